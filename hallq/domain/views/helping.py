"""Which counter would help those who wait, and what the manager can do about it."""

from hallq.domain.counters import CounterState
from hallq.domain.policy.eligible import rule_of
from hallq.domain.tickets import Ticket
from hallq.domain.views.alert_kinds import Act, Facts, Scene
from hallq.domain.views.cards import CounterCard


def helper_for(scene: Scene, waiting: list[Ticket], only: int | None = None) -> dict[str, int | str]:
    """The counter that could take one of `waiting`: a closed one, else a paused one, else none.

    `only`: the staffed counter that they are kept for, if there is one.
    """
    closed, paused = _could_help(scene, waiting)
    if only is not None and scene.state.counter(only).is_staffed:
        closed, paused = [], [card for card in paused if card.number == only]
        if not paused:
            return {}
    if closed:
        return {"help": "closed", "helper": closed[0].number}
    if paused:
        return {"help": "paused", "helper": paused[0].number, "clerk": paused[0].clerk}
    return {"help": "none"}


def act_of(helper: Facts) -> Act | None:
    """A paused counter is its clerk's: the manager has to speak with them."""
    return Act.OPEN_COUNTER if helper.get("help") == "closed" else None


def number_of(helper: Facts) -> int | None:
    """The counter that was named, if one was."""
    return int(helper["helper"]) if "helper" in helper else None


def _could_help(scene: Scene, waiting: list[Ticket]) -> tuple[list[CounterCard], list[CounterCard]]:
    """(closed counters, paused counters) that could take one of `waiting`.

    Those with a fault come last, those for everybody first.
    """
    lanes = {t.lane for t in waiting}
    wanted = {(t.service, t.lane, t.bound_counter) for t in waiting}
    numbers = scene.config.counter_by_number
    rules = {n: rule_of(scene.state, scene.config, n) or rule for n, rule in numbers.items()}

    def helps(card: CounterCard) -> bool:
        rule = rules.get(card.number)
        return rule is not None and any(rule.could_take(*ticket) for ticket in wanted)

    def order(card: CounterCard) -> tuple[bool, bool, bool, int]:
        rule = rules[card.number]
        return (bool(card.fault), rule.dedicated_to not in lanes, rule.dedicated_to is not None, card.number)

    able = sorted((card for card in scene.cards if helps(card)), key=order)
    return (
        [card for card in able if card.state is CounterState.CLOSED],
        [card for card in able if card.state is CounterState.PAUSED],
    )
