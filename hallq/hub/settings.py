"""Settings of a hall: published as versions of the whole text, which flow down."""

import sqlalchemy as sa

from hallq.domain.config import HallConfig
from hallq.hub import ledger, rules, tables
from hallq.hub.shapes import Caller, HubFault
from hallq.hub.sitting import Desk, Sitting
from hallq.protocol import Fault, Snapshot
from hallq.settings import SettingsError, config_in

NAME = "settings"


def publish(desk: Desk, hall: str, toml: str) -> int:
    """A new version, unless the text is the present one. BAD_REQUEST for a text that no hall can use."""
    try:
        config_in(toml)
    except SettingsError as error:
        raise HubFault(Fault.BAD_REQUEST, str(error)) from error

    def work(sitting: Sitting) -> int:
        row = sitting.row
        if (
            row.settings_version
            and rules.settings_text(sitting.connection, hall, row.settings_version) == toml
        ):
            return row.settings_version
        row.settings_version += 1
        values = {"hall": hall, "version": row.settings_version, "at_ms": sitting.now_ms, "body": toml}
        sitting.connection.execute(sa.insert(tables.setting), values)
        return row.settings_version

    return desk.sit(hall, work)


def config(desk: Desk, hall: str) -> HallConfig:
    """The hall's newest settings, read."""
    return desk.database.look(lambda c: desk.rules.of(c, ledger.hall_row(c, hall)))


def newest(desk: Desk, caller: Caller) -> Snapshot:
    """The hall's newest settings."""

    def work(connection: sa.Connection) -> Snapshot:
        version = ledger.hall_row(connection, caller.hall).settings_version
        body = rules.settings_text(connection, caller.hall, version)
        return Snapshot(name=NAME, version=version, body=body)

    return desk.database.look(work)
