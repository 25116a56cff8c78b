"""Projections: the entities of the fold, field by field, under the same names."""

from sqlmodel import Field, SQLModel


class TicketRow(SQLModel, table=True):
    """`hallq.domain.tickets.Ticket`."""

    __tablename__ = "ticket"

    ticket_id: str = Field(primary_key=True)
    business_date: str
    series: str
    number: int
    lane: str
    tier: str
    service: str
    state: str
    issued_ms: int
    due_ms: int
    queue_ms: int
    waiting_since_ms: int
    ahead: int
    customer: str | None
    priority_reason: str | None
    counter: int | None
    clerk: str | None
    first_counter: int | None
    first_clerk: str | None
    served_counter: int | None
    counters_visited: int
    bound_counter: int | None
    bound_zone: str | None
    return_to: int | None
    return_service: str | None
    called_ms: int | None
    called_position: int | None
    calls: int
    recalls: int
    wait_ms: int | None
    arrived_ms: int | None
    walk_ms: int
    held_ms: int | None
    hold_until_ms: int | None
    hold_reason: str | None
    missed_ms: int | None
    missed_times: int
    ended_ms: int | None
    end_reason: str | None
    contested: bool
    why: str | None
    issued_by: str | None
    agreed_ms: int | None
    told_low_minutes: int | None
    told_high_minutes: int | None


class TransactionRow(SQLModel, table=True):
    """`hallq.domain.transactions.Transaction`."""

    __tablename__ = "service_transaction"

    transaction_id: str = Field(primary_key=True)
    ticket_id: str
    business_date: str
    counter: int
    clerk: str
    service: str
    started_ms: int
    limit_ms: int
    boot_id: str
    ended_ms: int | None
    duration_ms: int | None
    outcome: str | None
    over_reason: str | None
    reliable: bool
    end_reason: str | None
    started_boot_ms: int | None
    contested: bool


class CounterRow(SQLModel, table=True):
    """`hallq.domain.counters.Counter`."""

    __tablename__ = "counter"

    number: int = Field(primary_key=True)
    state: str
    since_ms: int
    clerk: str | None
    ticket_id: str | None
    pause_reason: str | None
    served: int
    device: str = ""
    lanes: str | None
    left_ticket: str | None
    left_label: str | None
    left_clerk: str | None
    left_ms: int | None
    left_score: int | None


class AppointmentRow(SQLModel, table=True):
    """`hallq.domain.appointments.Appointment`."""

    __tablename__ = "appointment"

    appointment_id: str = Field(primary_key=True)
    slot: str
    lane: str
    tier: str
    service: str
    state: str
    booked_ms: int
    customer: str | None
    ticket_id: str | None
    ended_ms: int | None


class DayRow(SQLModel, table=True):
    """`hallq.domain.days.BusinessDay`."""

    __tablename__ = "business_day"

    date: str = Field(primary_key=True)
    opened_ms: int
    opened_position: int
    clock_offset_ms: int
    closed_ms: int | None
    times_opened: int


class SeriesRow(SQLModel, table=True):
    """The last number of each series and business day."""

    __tablename__ = "series"

    business_date: str = Field(primary_key=True)
    series: str = Field(primary_key=True)
    last_number: int


class RescueRow(SQLModel, table=True):
    """`hallq.domain.state.Rescue`."""

    __tablename__ = "rescue"

    position: int = Field(primary_key=True)
    lane: str
    at_ms: int


class FigureRow(SQLModel, table=True):
    """A stored figure of a business day."""

    __tablename__ = "figure"

    business_date: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    value: int
