"""What a person, or the hall's own clockwork, may ask for."""

from hallq.domain.intents.appointments import (
    BookAppointment,
    CancelAppointment,
    CheckIn,
    MoveAppointment,
)
from hallq.domain.intents.base import (
    CounterNumber,
    Intent,
)
from hallq.domain.intents.counters import (
    ChangeLanes,
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
from hallq.domain.intents.feedback import (
    AnswerComplaint,
    FollowUpComplaint,
    RateVisit,
    SeeRating,
    SettleComplaint,
    TakeComplaint,
)
from hallq.domain.intents.shift import ReadNotes, ReportPresence, SettleNote, WriteNote
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
from hallq.domain.intents.vip import (
    NoteDirectory,
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
    "AnswerComplaint",
    "BookAppointment",
    "BusinessDate",
    "CallNext",
    "CallTicket",
    "CancelAppointment",
    "CancelTicket",
    "ChangeLanes",
    "ChangeStaff",
    "CheckIn",
    "CloseCounter",
    "CloseDay",
    "ConfirmArrival",
    "CounterNumber",
    "DivertCustomer",
    "EndHold",
    "ExplainOverrun",
    "FinishVisit",
    "FollowUpComplaint",
    "GivePriority",
    "GrantNext",
    "GrantTicket",
    "HandBack",
    "HoldMinutes",
    "HoldVisit",
    "Intent",
    "IssueTicket",
    "KeepHouse",
    "MoveAppointment",
    "NoteDirectory",
    "OpenCounter",
    "OpenDay",
    "PauseCounter",
    "RateVisit",
    "ReadNotes",
    "Recall",
    "ReleaseTickets",
    "ReportLeft",
    "ReportMissed",
    "ReportPresence",
    "ResumeCounter",
    "ReturnMissed",
    "SeeRating",
    "SettleComplaint",
    "SettleNote",
    "StartTransaction",
    "TakeComplaint",
    "TakeOverCounter",
    "TransferVisit",
    "WithdrawCall",
    "WriteNote",
]
