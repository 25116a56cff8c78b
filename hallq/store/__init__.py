"""The local file: an append-only log of events, and projections that mirror the fold.

Only `hallq.hall` and the commands that open a file enter here.
"""

from hallq.store.opening import Store, open_store
from hallq.store.trouble import StoreError, Trouble

__all__ = ["Store", "StoreError", "Trouble", "open_store"]
