"""What `hallq hub status` says of the devices of a hall."""

from hallq.cli.hub_tables import device_lines
from hallq.hub.shapes import DeviceStatus, HallStatus, Role

NOW_MS = 1_000_000


def device(name: str, seen_seconds: int | None, behind: int, *, fenced: bool = False) -> DeviceStatus:
    """A terminal that was noted so long ago, at a place so far behind."""
    return DeviceStatus(
        device="d" * 32,
        name=name,
        role=Role.TERMINAL,
        digit=1,
        seen_ms=None if seen_seconds is None else NOW_MS - seen_seconds * 1_000,
        behind=behind,
        more=False,
        lease_tickets=0,
        revoked=False,
        fenced=fenced,
    )


def lines(*devices: DeviceStatus) -> list[str]:
    """Each device's line, without the heads and its id, spaces as one."""
    hall = HallStatus("h", "H", "e", 90, NOW_MS, False, 0, 0, 0, 1, devices)
    return [" ".join(line.split()[1:]) for line in device_lines(hall)][1:]


def test_who_is_noted_every_twenty_seconds_is_connected_and_at_most_so_far_behind() -> None:
    told = lines(device("here", 24, 7), device("whole", 3, 0), device("away", 95, 7), device("new", None, 90))
    assert told == [
        "here terminal 1 connected ≤7 0",
        "whole terminal 1 connected 0 0",
        "away terminal 1 95 s ago 7 0",
        "new terminal 1 never 90 0",
    ]


def test_the_original_of_a_copy_is_not_to_be_enrolled_anew() -> None:
    assert lines(device("here", 1, 0, fenced=True)) == [
        "here terminal 1 connected 0 0 a copy of it came, and was refused"
    ]
