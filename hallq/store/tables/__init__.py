"""The tables. Rows are columns only; what goes in was validated as an event before."""

from hallq.store.tables.feedback import ComplaintRow, LowRatingRow
from hallq.store.tables.joined import CommandRow, JoinedRow, LeaseRow, OutboxRow, QuarantineRow, SealRow
from hallq.store.tables.live import (
    AppointmentRow,
    CounterRow,
    DayRow,
    FigureRow,
    RescueRow,
    SeriesRow,
    TicketRow,
    TransactionRow,
)
from hallq.store.tables.log import CustomerRow, EventRow
from hallq.store.tables.shift import AttendanceRow, FoldingRow, NoteRow
from hallq.store.tables.staff import RosterRow, StaffRow, TryRow

__all__ = [
    "AppointmentRow",
    "AttendanceRow",
    "CommandRow",
    "ComplaintRow",
    "CounterRow",
    "CustomerRow",
    "DayRow",
    "EventRow",
    "FigureRow",
    "FoldingRow",
    "JoinedRow",
    "LeaseRow",
    "LowRatingRow",
    "NoteRow",
    "OutboxRow",
    "QuarantineRow",
    "RescueRow",
    "RosterRow",
    "SealRow",
    "SeriesRow",
    "StaffRow",
    "TicketRow",
    "TransactionRow",
    "TryRow",
]
