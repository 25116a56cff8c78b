"""The business day, the shown clock, the hall's own housekeeping."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator

from hallq.domain.intents.base import Intent


def _is_a_date(text: str) -> str:
    if date.fromisoformat(text).isoformat() != text:
        raise ValueError("a date is needed, for example 2026-11-22")
    return text


BusinessDate = Annotated[str, AfterValidator(_is_a_date)]


class OpenDay(Intent):
    """Begin the business day, or open a closed one of the same date again."""

    business_date: BusinessDate


class CloseDay(Intent):
    """End the business day; those still waiting are carried over or expire."""

    carry: Literal["none", "all"] | tuple[str, ...] = "none"


class AdoptClock(Intent):
    """Show the computer's time again after its clock was set."""


class KeepHouse(Intent):
    """What the clock brings about: timed holds end, missed windows pass."""
