"""Who may do what: one table of intents and roles, and the deeds that need a manager's word.

Only people who signed in are looked at here. Where nobody does (a demo, a replay, a hall that
switched it off), and for the hall's own clockwork, everything stands open.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from hallq.domain import intents as i
from hallq.domain.attendance import BY_MANAGER
from hallq.domain.config import HallConfig
from hallq.domain.figure_names import by_hand
from hallq.domain.intents import Intent
from hallq.domain.refusals import Reason, Refusal
from hallq.domain.staff import Role, Roster, StaffChange
from hallq.domain.state import HallState

_CLERK, _GUIDE, _MANAGER, _ADMIN = Role


def _for(roles: Iterable[Role], *intents: type[Intent]) -> dict[type[Intent], frozenset[Role]]:
    return dict.fromkeys(intents, frozenset(roles))


MAY: dict[type[Intent], frozenset[Role]] = {
    **_for(Role, i.KeepHouse, i.ReportPresence, i.ReportLost, i.RateVisit),
    **_for((_CLERK, _GUIDE, _MANAGER), i.OpenDay, i.ReturnMissed, i.EndHold, i.CancelTicket),
    **_for((_GUIDE, _MANAGER), i.IssueTicket, i.DivertCustomer, i.GivePriority, i.ReportLeft),
    **_for((_CLERK, _GUIDE, _MANAGER), i.WriteNote, i.ReadNotes, i.SettleNote, i.TakeComplaint),
    **_for(
        (_MANAGER,), i.SeeRating, i.AnswerComplaint, i.SettleComplaint, i.FollowUpComplaint, i.LookAtNumber
    ),
    **_for((_CLERK, _MANAGER), i.OpenCounter, i.CloseCounter, i.PauseCounter, i.ResumeCounter, i.ChangeLanes),
    **_for((_GUIDE, _MANAGER), i.BookAppointment, i.MoveAppointment, i.CancelAppointment, i.CheckIn),
    **_for((_CLERK,), i.TakeOverCounter, i.CallNext, i.CallTicket, i.GrantNext, i.GrantTicket, i.HandBack),
    **_for((_CLERK,), i.Recall, i.WithdrawCall, i.ConfirmArrival, i.ReportMissed, i.StartTransaction),
    **_for((_CLERK,), i.ExplainOverrun, i.FinishVisit, i.HoldVisit, i.TransferVisit),
    **_for((_MANAGER,), i.CloseDay, i.AdoptClock, i.ReleaseTickets),
    **_for((_ADMIN,), i.ChangeStaff),
    **_for((_MANAGER, _ADMIN), i.NoteDirectory),
}
"""Which roles may ask for what; a test holds it complete."""

_AT_ANY_COUNTER = (i.OpenCounter, i.TakeOverCounter, i.ReleaseTickets)
"""What is about a counter and is not its own clerk's alone."""


class Deed(StrEnum):
    """What needs a manager's word from everybody else."""

    PRIORITY = "priority"
    CANCEL = "cancel"
    REOPEN = "reopen"
    LANES = "lanes"


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody who signed in: the staff number, the opaque id, the roles of now; whether a manager agrees."""

    number: str
    staff: str
    roles: frozenset[Role]
    has_word: bool = False

    @property
    def is_manager(self) -> bool:
        """Whether no word of another is needed."""
        return Role.MANAGER in self.roles


def who_is(roster: Roster, number: str, staff: str, word: str) -> Who:
    """What the staff list says of somebody now, and of the manager whose word they have."""
    return Who(number, staff, roster.roles_of(staff), Role.MANAGER in roster.roles_of(word))


def barred(intent: Intent, state: HallState, config: HallConfig, who: Who) -> Refusal | None:
    """Why this person may not ask for this now; None where they may."""
    if not who.roles:
        return Refusal(Reason.SIGN_IN_AGAIN)
    if _is_own_secret(intent, who):
        return None
    needed = MAY[type(intent)]
    if not needed & who.roles:
        return Refusal(Reason.NOT_ALLOWED, {"roles": " ".join(role for role in Role if role in needed)})
    return (
        _not_themselves(intent, who)
        or _not_their_counter(intent, state, who)
        or _needs_word(intent, state, config, who)
    )


def _is_own_secret(intent: Intent, who: Who) -> bool:
    """Everybody changes the own password and PIN, and nothing beside them."""
    secrets = (StaffChange.PASSWORD, StaffChange.PIN)
    own = isinstance(intent, i.ChangeStaff) and intent.staff_id == who.staff and intent.change in secrets
    return own and frozenset(getattr(intent, "roles", ())) == who.roles


def _not_themselves(intent: Intent, who: Who) -> Refusal | None:
    """Everybody comes and goes for themselves; a manager says who is not expected."""
    if not isinstance(intent, i.ReportPresence):
        return None
    allowed = who.is_manager if intent.change in BY_MANAGER else intent.staff_id == who.staff
    return None if allowed else Refusal(Reason.NOT_ALLOWED, {"roles": _MANAGER})


def _not_their_counter(intent: Intent, state: HallState, who: Who) -> Refusal | None:
    number = getattr(intent, "counter", None)
    if who.is_manager or number is None:
        return None
    if isinstance(intent, i.OpenCounter | i.TakeOverCounter) and intent.clerk != who.number:
        return Refusal(Reason.NOT_ALLOWED, {"roles": _MANAGER})
    clerk = state.counter(number).clerk
    if isinstance(intent, _AT_ANY_COUNTER) or clerk in (None, who.number):
        return None
    return Refusal(Reason.NOT_YOUR_COUNTER, {"counter": number, "clerk": clerk or ""})


def _needs_word(intent: Intent, state: HallState, config: HallConfig, who: Who) -> Refusal | None:
    rule = _WORDS.get(type(intent))
    if rule is None or who.is_manager or who.has_word:
        return None
    return rule(intent, state, config, who)


def _priority(intent: Intent, state: HallState, config: HallConfig, who: Who) -> Refusal | None:
    if isinstance(intent, i.IssueTicket) and not intent.priority_reason:
        return None
    given = state.figures.get(by_hand(who.staff), 0)
    if given < config.staff.priority_by_hand:
        return None
    return Refusal(Reason.NEEDS_WORD, {"deed": Deed.PRIORITY, "given": given})


def _cancel(intent: Intent, state: HallState, config: HallConfig, who: Who) -> Refusal | None:
    assert isinstance(intent, i.CancelTicket)
    ticket = state.tickets.get(intent.ticket_id)
    if ticket is None or ticket.issued_by == who.staff:
        return None
    return Refusal(Reason.NEEDS_WORD, {"deed": Deed.CANCEL, "ticket": ticket.label})


def _reopen(intent: Intent, state: HallState, config: HallConfig, who: Who) -> Refusal | None:
    assert isinstance(intent, i.OpenDay)
    if state.is_open or intent.business_date not in state.series:
        return None
    return Refusal(Reason.NEEDS_WORD, {"deed": Deed.REOPEN, "date": intent.business_date})


def _lanes(intent: Intent, state: HallState, config: HallConfig, who: Who) -> Refusal | None:
    assert isinstance(intent, i.ChangeLanes)
    return Refusal(Reason.NEEDS_WORD, {"deed": Deed.LANES, "counter": intent.counter})


_Rule = Callable[[Intent, HallState, HallConfig, Who], Refusal | None]
_WORDS: dict[type[Intent], _Rule] = {
    i.IssueTicket: _priority,
    i.GivePriority: _priority,
    i.CancelTicket: _cancel,
    i.OpenDay: _reopen,
    i.ChangeLanes: _lanes,
}
"""The deeds that may need a manager's word, and when they do."""


STAFF_LIST = "staff"
"""The one workplace that is nobody's where people do not sign in."""

WORKPLACES: dict[str, frozenset[Role]] = {
    "guide": frozenset({Role.GUIDE, Role.MANAGER}),
    "counter": frozenset({Role.CLERK}),
    "manager": frozenset({Role.MANAGER}),
    STAFF_LIST: frozenset({Role.ADMIN}),
}
"""The screens that are somebody's, and whose; the board is everybody's."""
