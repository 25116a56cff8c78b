"""`hallq hub ...`: the central store of one or many halls, and who may speak to it."""

from pathlib import Path
from typing import Annotated

import typer

from hallq.cli.commands import backup, hub_encrypt, hub_staff, hub_vip
from hallq.cli.commands.hub_serve import serve
from hallq.cli.commands.hub_upstream import upstream
from hallq.cli.exits import CommandError, Exit
from hallq.cli.hub_desk import HallOption, HubDbOption, KeyOption, at_desk, make_hall, settings_text
from hallq.cli.hub_inviting import say_code
from hallq.cli.hub_waiting import say_waiting
from hallq.cli.options import LanguageOption
from hallq.cli.telling import note, out
from hallq.i18n import N_, _, counted
from hallq.machine import login_name

app = typer.Typer(rich_markup_mode=None)

SettingsOption = Annotated[
    Path | None,
    typer.Option(
        "--settings",
        metavar="FILE",
        help=N_("The hall.toml of a new hall. Without it: hallq's own defaults."),
    ),
]
DeviceNameOption = Annotated[
    str, typer.Option("--name", metavar="NAME", help=N_('What people call it: "Counter 3".'))
]
OnlyHallOption = Annotated[
    str | None, typer.Option("--hall", metavar="HALL", help=N_("One hall. Without it: all of them."))
]


@app.callback()
def _hub() -> None:
    """The hub."""


app.command(
    "serve",
    help=N_(
        "Serve halls to their terminals, until Ctrl+C.\n\n"
        "Terminals on other machines need a certificate: --tls-cert, --tls-key."
    ),
)(serve)
app.add_typer(hub_staff.app, name="staff", help=N_("Who works in a hall: numbers, roles, passwords."))
app.add_typer(hub_vip.app, name="vip", help=N_("The directory of VIP customers."))
backup.add_to(app)
hub_encrypt.add_to(app)

app.command(
    "upstream",
    help=N_(
        "Forward a hall to a hub above this one. The code comes from `hallq hub enroll --hub` there; "
        "the hall works on alone while that hub is away."
    ),
)(upstream)


@app.command(
    "enroll",
    help=N_(
        "Print a one-time code for a new terminal; `hallq join` takes it within ten minutes. "
        "A hall that is not there yet is made.\n\n"
        "The name of an earlier device makes the new one its successor."
    ),
)
def enroll(
    hall: HallOption,
    name: DeviceNameOption,
    hub_below: Annotated[
        bool, typer.Option("--hub", help=N_("The code is for a hub below this one, not for a terminal."))
    ] = False,
    settings: SettingsOption = None,
    db: HubDbOption = None,
    key: KeyOption = None,
    language: LanguageOption = None,
) -> None:
    """A one-time code."""
    from hallq.hub.shapes import Role

    with at_desk(db, key, language, create=True) as hub:
        if hall not in hub.halls():
            make_hall(hub, hall, settings)
            note(_("Hall {hall} is new at this hub.").format(hall=hall))
        code = hub.invite(hall, name, Role.HUB if hub_below else Role.TERMINAL)
    say_code(hall, code, hub_below=hub_below)


@app.command("operator", help=N_("Print a token for an operator's programs. It is shown only now."))
def operator(
    hall: HallOption,
    name: DeviceNameOption,
    db: HubDbOption = None,
    key: KeyOption = None,
    language: LanguageOption = None,
) -> None:
    """A token that may look, invite and revoke."""
    with at_desk(db, key, language) as hub:
        from hallq.hub import Role
        from hallq.protocol import Enrol

        code = hub.invite(hall, name, Role.OPERATOR)
        out(hub.enrol(hall, Enrol(code=code)).token)


@app.command("devices", help=N_("List a hall's devices, the revoked ones too."))
def devices(
    hall: HallOption, db: HubDbOption = None, key: KeyOption = None, language: LanguageOption = None
) -> None:
    """One line for each device."""
    from hallq.cli.hub_tables import device_lines

    with at_desk(db, key, language) as hub:
        for line in device_lines(hub.status(hall)):
            out(line)


@app.command("revoke", help=N_("Take a device's token away. What it still sends is refused."))
def revoke(
    hall: HallOption,
    device: Annotated[
        str, typer.Argument(metavar="DEVICE", help=N_("Its id, as `hallq hub devices` shows it."))
    ],
    db: HubDbOption = None,
    key: KeyOption = None,
    language: LanguageOption = None,
) -> None:
    """A device that may speak no more."""
    with at_desk(db, key, language) as hub:
        if device not in {known.device for known in hub.devices(hall)}:
            raise CommandError(Exit.REFUSED, _("Hall {hall} has no such device.").format(hall=hall))
        hub.revoke(hall, device)
    note(_("{device} may speak no more.").format(device=device))


@app.command("status", help=N_("Say how the halls are: who is connected, how far behind, what needs a look."))
def status(
    hall: OnlyHallOption = None,
    db: HubDbOption = None,
    key: KeyOption = None,
    language: LanguageOption = None,
) -> None:
    """Each hall and its devices."""
    from hallq.cli.hub_tables import say_halls

    with at_desk(db, key, language) as hub:
        say_halls(hub, [hall] if hall else sorted(hub.halls()))


@app.command(
    "settings",
    help=N_("Give a hall new settings; its terminals take them by themselves."),
)
def settings(
    hall: HallOption,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=N_("A hall.toml."))],
    db: HubDbOption = None,
    key: KeyOption = None,
    language: LanguageOption = None,
) -> None:
    """A new version of the settings."""
    with at_desk(db, key, language) as hub:
        version = hub.publish_settings(hall, settings_text(file))
    note(_("Hall {hall} has settings version {version}.").format(hall=hall, version=version))


@app.command("release", help=N_("Free the tickets in hand of a counter that is silent, after a look at it."))
def release(
    hall: HallOption,
    counter: Annotated[int, typer.Option("--counter", metavar="N", min=1, help=N_("The counter."))],
    db: HubDbOption = None,
    key: KeyOption = None,
    language: LanguageOption = None,
) -> None:
    """A person answers for it."""
    with at_desk(db, key, language) as hub:
        freed = hub.release(hall, counter, login_name())
    for ticket in freed:
        out(ticket)
    told = counted(
        "{count} ticket of counter {counter} is free.",
        "{count} tickets of counter {counter} are free.",
        len(freed),
        counter=counter,
    )
    note(told)


@app.command("resume", help=N_("End the wait of a recovery for terminals that have not come."))
def resume(
    hall: HallOption, db: HubDbOption = None, key: KeyOption = None, language: LanguageOption = None
) -> None:
    """A person answers for it."""
    with at_desk(db, key, language) as hub:
        hub.resume(hall)
        say_waiting(hub, hall)


@app.command(
    "promote",
    help=N_(
        "After a copy of the hub's database took the place of the lost one: "
        "a new epoch, and a recovery that asks every terminal what it has."
    ),
)
def promote(
    hall: OnlyHallOption = None,
    db: HubDbOption = None,
    key: KeyOption = None,
    language: LanguageOption = None,
) -> None:
    """A new epoch."""
    with at_desk(db, key, language) as hub:
        for one in [hall] if hall else sorted(hub.halls()):
            hub.promote(one)
            note(_("Hall {hall} recovers: its terminals give back what this hub lacks.").format(hall=one))


@app.command(
    "rebuild",
    help=N_(
        "Make a hall anew whose hub is lost: its terminals, enrolled again, give back what happened. "
        "The hub's key must be the old one."
    ),
)
def rebuild(
    hall: HallOption,
    settings: SettingsOption = None,
    db: HubDbOption = None,
    key: KeyOption = None,
    language: LanguageOption = None,
) -> None:
    """An empty hall that waits for its terminals."""
    with at_desk(db, key, language, create=True) as hub:
        if hall in hub.halls():
            told = _("Hall {hall} is at this hub. `hallq hub promote` asks its terminals what it lacks.")
            raise CommandError(Exit.REFUSED, told.format(hall=hall))
        make_hall(hub, hall, settings)
        hub.rebuild(hall)
        note(_("Hall {hall} recovers. Enrol each terminal with `hallq hub enroll`.").format(hall=hall))
        say_waiting(hub, hall)
