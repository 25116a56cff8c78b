"""The settings of halls: stored as versions of the text, read once."""

import threading
from collections import OrderedDict
from functools import lru_cache

import sqlalchemy as sa

from hallq.domain.config import HallConfig
from hallq.hub import tables
from hallq.hub.ledger import HallRow
from hallq.settings import config_in

_KEPT = 256
_TEXT = sa.select(tables.setting.c.body).where(
    tables.setting.c.hall == sa.bindparam("hall"), tables.setting.c.version == sa.bindparam("version")
)


def settings_text(connection: sa.Connection, hall: str, version: int) -> str:
    """One version of a hall's settings; empty for version 0, the packaged ones."""
    found: str | None = connection.execute(_TEXT, {"hall": hall, "version": version}).scalar()
    return found or ""


def read_config(connection: sa.Connection, row: HallRow) -> HallConfig:
    """The hall's settings as this transaction sees them."""
    return _config_of(settings_text(connection, row.hall, row.settings_version))


@lru_cache(maxsize=_KEPT)
def _config_of(text: str) -> HallConfig:
    """Read once: many halls share the same text."""
    return config_in(text)


class Rules:
    """The settings that were read, by hall and version."""

    def __init__(self) -> None:
        """Nothing is read at the start."""
        self._guard = threading.Lock()
        self._known: OrderedDict[tuple[str, int], HallConfig] = OrderedDict()

    def of(self, connection: sa.Connection, row: HallRow) -> HallConfig:
        """The hall's newest settings."""
        name = (row.hall, row.settings_version)
        with self._guard:
            known = self._known.get(name)
        if known is not None:
            return known
        config = read_config(connection, row)
        with self._guard:
            self._known[name] = config
            if len(self._known) > _KEPT:
                self._known.popitem(last=False)
        return config
