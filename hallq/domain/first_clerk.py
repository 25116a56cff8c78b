"""Who took the customer first stays answerable, and can be found again."""

from hallq.domain.state import HallState


def first_counter(state: HallState, counter: int) -> int | None:
    """Where the first clerk of the visit at `counter` is now; None where that is here, or nobody yet.

    Somebody who has left is not found: then it is the counter where the visit began.
    """
    ticket = state.ticket_at(counter)
    if ticket is None or ticket.first_clerk is None:
        return None
    places = [c.number for c in state.counters.values() if c.clerk == ticket.first_clerk]
    found = places[0] if places else ticket.first_counter
    return None if found == counter else found
