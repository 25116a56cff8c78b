"""A terminal without a screen: opens a file as the screens do, and does what its standard input says."""

import json
import sys
from pathlib import Path

from hallq import launch
from hallq.domain import intents as i
from hallq.domain.intents import Intent
from hallq.hall import Actor, Done, Hall
from hallq.paths import place_of
from hallq.settings import load_config
from hallq.store import StoreError
from tests.rig.invariants import broken_invariants


def _intent(words: list[str]) -> Intent:
    match words:
        case ["day", date]:
            return i.OpenDay(business_date=date)
        case ["open", counter]:
            return i.OpenCounter(counter=int(counter), clerk=f"clerk-{counter}")
        case ["issue"]:
            return i.IssueTicket(service="payment")
        case ["call", counter]:
            return i.CallNext(counter=int(counter))
        case ["serve", counter]:
            return i.ConfirmArrival(counter=int(counter))
        case ["finish", counter]:
            return i.FinishVisit(counter=int(counter))
    raise ValueError(words)


def _told(hall: Hall) -> dict[str, object]:
    hall.refresh()
    state, link = hall.state, hall.link
    return {
        "link": link.link if link else "",
        "unsent": link.unsent if link else 0,
        "in_hand": link.in_hand if link else 0,
        "position": state.position,
        "hash": state.moment.log_hash if state.moment else "",
        "waiting": sorted(ticket.label for ticket in state.waiting()),
        "finished": state.figures.get("tickets.finished", 0),
        "contested": state.figures.get("contested", 0),
        "broken": broken_invariants(state),
    }


def main(folder: Path) -> None:
    """Until the input ends."""
    place = place_of(folder)
    hall, end_sync = launch.open_hall(place, load_config(place.settings))
    try:
        for line in sys.stdin:
            words = line.split()
            if words == ["tell"]:
                print(json.dumps(_told(hall)), flush=True)  # noqa: T201
                continue
            try:
                result = hall.perform(_intent(words), Actor("1001", folder.name))
            except StoreError as error:
                print(json.dumps({"trouble": error.trouble}), flush=True)  # noqa: T201
                continue
            outcome = (
                {"done": len(result.events)} if isinstance(result, Done) else {"no": result.refusal.reason}
            )
            called = [event.model_dump().get("ticket_id") for event in getattr(result, "events", ())]
            print(json.dumps({**outcome, "tickets": called}), flush=True)  # noqa: T201
    finally:
        end_sync()
        hall.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
