"""Deciding: state and intent in, events or a refusal out. Nothing is changed here."""

from hallq.domain.decide import (
    appointments,
    calling,
    complaints,
    counters,
    day,
    feedback,
    issuing,
    leaving,
    serving,
    shift,
    staff,
    vip,
)
from hallq.domain.decide.dispatch import Decision, Moment, decide

__all__ = ["ROOMS", "Decision", "Moment", "decide"]

ROOMS = (
    appointments,
    calling,
    complaints,
    counters,
    day,
    feedback,
    issuing,
    leaving,
    serving,
    shift,
    staff,
    vip,
)
"""The modules whose functions are registered with the dispatch."""
