"""A terminal that does random things and says so only once they are confirmed."""

import random
from multiprocessing.connection import Connection
from pathlib import Path

from hallq.domain import intents as i
from hallq.domain.intents import Intent
from hallq.domain.lanes import Tier
from hallq.hall import Actor, Done
from tests.faults.helpers import open_hall


def works_until_killed(path: Path, seed: float, confirmations: Connection) -> None:
    """Perform random intents for ever; send position and body of what is done."""
    chance, actor, hall = random.Random(seed), Actor("clerk", "t1"), open_hall(path)
    while True:
        result = hall.perform(_any_intent(chance), actor)
        if isinstance(result, Done) and result.events:
            last = result.events[-1].model_dump_json()
            confirmations.send_bytes(f"{result.state.position} {last}".encode())


def _any_intent(chance: random.Random) -> Intent:
    counter = chance.randint(1, 3)
    intents: list[Intent] = [
        i.IssueTicket(service="payment", tier=chance.choice([Tier.NONE, Tier.GOLD])),
        i.CallNext(counter=counter),
        i.ConfirmArrival(counter=counter),
        i.StartTransaction(counter=counter, service="points"),
        i.FinishVisit(counter=counter),
        i.HoldVisit(counter=counter, reason="phone_call", minutes=0.001),
        i.ReportMissed(counter=counter),
        i.KeepHouse(),
    ]
    return chance.choice(intents)
