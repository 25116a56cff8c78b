"""What a person, or the hall's own clockwork, may ask for."""

from hallq.domain.intents.base import (
    CounterNumber,
    Intent,
)
from hallq.domain.intents.counters import (
    CloseCounter,
    OpenCounter,
    PauseCounter,
    ResumeCounter,
    TakeOverCounter,
)
from hallq.domain.intents.day import (
    AdoptClock,
    BusinessDate,
    CloseDay,
    KeepHouse,
    OpenDay,
)
from hallq.domain.intents.staff import (
    ChangeStaff,
)
from hallq.domain.intents.tickets import (
    CallNext,
    CallTicket,
    DivertCustomer,
    GivePriority,
    GrantNext,
    GrantTicket,
    HandBack,
    IssueTicket,
    Recall,
    ReleaseTickets,
    WithdrawCall,
)
from hallq.domain.intents.visits import (
    CancelTicket,
    ConfirmArrival,
    EndHold,
    ExplainOverrun,
    FinishVisit,
    HoldMinutes,
    HoldVisit,
    ReportLeft,
    ReportMissed,
    ReturnMissed,
    StartTransaction,
    TransferVisit,
)

__all__ = [
    "AdoptClock",
    "BusinessDate",
    "CallNext",
    "CallTicket",
    "CancelTicket",
    "ChangeStaff",
    "CloseCounter",
    "CloseDay",
    "ConfirmArrival",
    "CounterNumber",
    "DivertCustomer",
    "EndHold",
    "ExplainOverrun",
    "FinishVisit",
    "GivePriority",
    "GrantNext",
    "GrantTicket",
    "HandBack",
    "HoldMinutes",
    "HoldVisit",
    "Intent",
    "IssueTicket",
    "KeepHouse",
    "OpenCounter",
    "OpenDay",
    "PauseCounter",
    "Recall",
    "ReleaseTickets",
    "ReportLeft",
    "ReportMissed",
    "ResumeCounter",
    "ReturnMissed",
    "StartTransaction",
    "TakeOverCounter",
    "TransferVisit",
    "WithdrawCall",
]
