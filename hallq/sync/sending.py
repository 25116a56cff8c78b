"""What a terminal sends: its own events, and what its hub has lost."""

from hallq.protocol import BATCH_EVENTS, GivenBack, Push, Standing, Welcome
from hallq.sync.file import TerminalFile
from hallq.sync.line import Line


def send_own(file: TerminalFile, line: Line, session: str) -> bool:
    """Send the oldest own events; whether more wait. Raises LineError."""
    lease = file.joined.lease_number  # looked at first: whoever calls from an older one is in the batch
    batch, more = file.to_send(BATCH_EVENTS)
    if not batch:
        return False
    push = Push(session=session, place=file.place, more=more, lease=lease, events=batch)
    pushed = line.push(push)
    file.put_aside(batch, pushed.fates)
    return more


def give_back(file: TerminalFile, line: Line, session: str, welcome: Welcome) -> Welcome:
    """Return what the hub has lost; its last word. Raises LineError."""
    position, done = welcome.place.position, False
    while not done:
        lost, seal = file.lost_by_hub(position, BATCH_EVENTS)
        position = lost[-1].position if lost else position
        done = not lost
        welcome = line.give_back(GivenBack(session=session, entries=lost, seal=seal, done=done))
        done = done or welcome.standing is Standing.DIVERGED
    return welcome
