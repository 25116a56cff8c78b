"""The same runs find what worse designs do: if these pass, the simulator sees nothing."""

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from hallq.domain.intents import Intent
from hallq.domain.state import HallState
from hallq.hub import leases, tables
from hallq.hub.devices import DeviceRow
from hallq.hub.kept import Leased
from hallq.store import outbox
from hallq.sync.joined_hall import JoinedHall
from tests.simulator.fate import live
from tests.simulator.ledger import Ledger
from tests.simulator.plans import Plan
from tests.simulator.stage import HALL, Stage
from tests.simulator.world import World

PLANS = [Plan(seed, terminals=3, steps=30, badness=0.2, crowd=12) for seed in range(12)]
"""Cuts and lost answers only: disks and hubs keep what they have, and no person releases anything."""

SILENT_MS = 60_000


def _seen(stage: Stage, **design: Any) -> Iterator[Ledger]:
    """What people saw in each of these runs."""
    for plan in PLANS:
        world = World(stage, plan, **design)
        live(world)
        world.close()
        yield world.ledger


def test_the_design_itself_does_nothing_of_this_in_these_runs(stage: Stage) -> None:
    assert [(seen.doubles, seen.faults) for seen in _seen(stage) if seen.doubles or seen.faults] == []


class _Bold(JoinedHall):
    """Cut off, it acts on all who wait."""

    def _as_it_may_act(self, connection: Any, intent: Intent, state: HallState) -> HallState:
        return state


def test_deciding_locally_when_the_hub_is_away_calls_twice(stage: Stage) -> None:
    assert any(seen.doubles for seen in _seen(stage, hall_kind=_Bold))


def test_leases_shortened_without_the_acknowledgement_give_away_what_is_in_a_hand(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def at_once(leased: dict[str, Leased], device: DeviceRow, target: dict[str, int]) -> dict[str, Leased]:
        others = {i: at for i, at in leased.items() if at.device != device.device}
        return others | {i: Leased(device.device, counter, 0) for i, counter in target.items()}

    monkeypatch.setattr(leases, "_with", at_once)
    assert any(seen.faults for seen in _seen(stage))


def test_what_was_sent_and_may_still_be_called_is_in_a_hand_and_free(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "mark_sent", lambda connection, last_ordinal: None)
    assert any(seen.faults for seen in _seen(stage))


def test_leases_freed_by_time_call_twice(stage: Stage) -> None:
    def free_the_silent(world: World) -> None:
        now_ms = world.net.hub.status(HALL).hall_ms
        lease, device = tables.lease.c, tables.device.c
        silent = sa.select(device.device).where(device.hall == HALL, device.seen_ms < now_ms - SILENT_MS)
        free = sa.delete(tables.lease).where(lease.hall == HALL, lease.device.in_(silent))
        anew = sa.update(tables.hall).values(kept_version=tables.hall.c.kept_version + 1)
        world.stage.database.transaction(lambda c: (c.execute(free), c.execute(anew)))

    assert any(seen.doubles for seen in _seen(stage, on_step=free_the_silent))
