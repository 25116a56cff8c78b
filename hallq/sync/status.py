"""How the conversation stands: the words for it belong to the hall, whose screens tell it."""

from hallq.hall.link import Link, SyncStatus

__all__ = ["Link", "SyncStatus"]
