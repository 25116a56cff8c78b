"""VIP customers in words."""

from hallq.i18n import _


def came_words(ticket: str, tier: str, number: str, name: str) -> str:
    """A VIP took a number; `number` and `name` are of who looks after them."""
    manager = f"{number} {name}".rstrip()
    return _("{ticket}: a {tier} customer of {manager} is here.").format(
        ticket=ticket, tier=tier, manager=manager
    )


def not_told_words(ticket: str, manager: str) -> str:
    """The customer's manager could not be told."""
    return _("Manager {manager} could not be told that {ticket} is here: call them.").format(
        manager=manager, ticket=ticket
    )
