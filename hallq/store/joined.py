"""What a terminal that joined a hub remembers: who it is, its session, lease and open commands."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any

import sqlcipher3.dbapi2 as driver

from hallq.domain.state import LastMoment


@dataclass(frozen=True, slots=True)
class Joined:
    """The terminal's identity and how far its conversation with the hub got.

    `anchor_*`: a reading of this machine's clocks beside the hall's clock. `standing`: the hub's
    last word on this terminal. `past`: the devices that this file was before, with blanks between.
    """

    hub_url: str
    hall: str
    hall_name: str
    device: str
    name: str
    digit: int
    session: str = ""
    epoch: str = ""
    lease_number: int = 0
    settings_version: int = 0
    anchor_at_ms: int = 0
    anchor_wall_ms: int = 0
    anchor_boot_id: str = ""
    anchor_boot_ms: int = 0
    standing: str = ""
    past: str = ""

    @property
    def devices(self) -> tuple[str, ...]:
        """Every name that this file ever had at its hub."""
        return (*self.past.split(), self.device)

    @property
    def anchor(self) -> LastMoment | None:
        """Where the hall's clock stood when this machine last heard of it."""
        if not self.anchor_boot_id:
            return None
        return LastMoment(self.anchor_at_ms, self.anchor_wall_ms, self.anchor_boot_id, self.anchor_boot_ms)


@dataclass(frozen=True, slots=True)
class OpenCommand:
    """A command whose answer has not come: `facts` are those of the intent."""

    id: str
    intent: str
    facts: dict[str, Any]
    actor: str
    terminal: str
    asked_ms: int
    staff: str = ""
    word: str = ""


SEALED_EVERY = 200
"""At most so many entries, and one page more, lie between two kept proofs."""

_NAMES = tuple(f.name for f in fields(Joined))
_LOAD = f"SELECT {', '.join(_NAMES)} FROM joined WHERE row = 1"
_OPEN_COMMANDS = (
    "SELECT id, intent, facts, actor, terminal, asked_ms, staff, word FROM command ORDER BY rowid"
)
_SAVE = f"INSERT OR REPLACE INTO joined (row, {', '.join(_NAMES)}) VALUES (1{', ?' * len(_NAMES)})"


def load(connection: driver.Connection) -> Joined | None:
    """Who this terminal is to its hub; None in a hall without one."""
    row = connection.execute(_LOAD).fetchone()
    return Joined(*row) if row else None


def save(connection: driver.Connection, joined: Joined) -> None:
    """Keep what changed."""
    connection.execute(_SAVE, [getattr(joined, name) for name in _NAMES])


def leave(connection: driver.Connection) -> None:
    """Forget the hub."""
    for table in ("joined", "lease", "command", "seal"):
        connection.execute(f"DELETE FROM {table}")


def start_anew(connection: driver.Connection, joined: Joined) -> None:
    """Be somebody else at the hub: what was leased to and asked by the one before is not this one's.

    Nor is what it had in hand of its own: another copy of the file may have that still.
    """
    before = load(connection)
    for table in ("lease", "command"):
        connection.execute(f"DELETE FROM {table}")
    connection.execute("UPDATE outbox SET sent = 1")
    past = before.devices if before else ()
    save(connection, replace(joined, past=" ".join(d for d in past if d != joined.device)))


def keep_seal(connection: driver.Connection, position: int, seal: str) -> None:
    """Keep the hub's proof for this position; of those close together only the newest.

    None of a page that a later one has overtaken.
    """
    newest = connection.execute("SELECT position FROM seal ORDER BY position DESC LIMIT 2").fetchall()
    if newest and newest[0][0] > position:
        return
    if len(newest) == 2 and newest[0][0] - newest[1][0] < SEALED_EVERY:
        connection.execute("DELETE FROM seal WHERE position = ?", newest[0])
    connection.execute("INSERT OR REPLACE INTO seal (position, seal) VALUES (?, ?)", (position, seal))


def seal_between(connection: driver.Connection, after: int, until: int) -> tuple[int, str] | None:
    """The last proof in this range of positions, and where it is."""
    found = connection.execute(
        "SELECT position, seal FROM seal WHERE position > ? AND position <= ? ORDER BY position DESC LIMIT 1",
        (after, until),
    ).fetchone()
    return (found[0], found[1]) if found else None


def leased(connection: driver.Connection) -> dict[str, int]:
    """ticket_id to counter of the tickets that only this terminal may call when cut off."""
    return dict(connection.execute("SELECT ticket_id, counter FROM lease").fetchall())


def set_lease(connection: driver.Connection, tickets: dict[str, int]) -> None:
    """The lease as the hub gave it last."""
    connection.execute("DELETE FROM lease")
    connection.executemany("INSERT INTO lease (ticket_id, counter) VALUES (?, ?)", list(tickets.items()))


def open_commands(connection: driver.Connection) -> list[OpenCommand]:
    """Commands of unknown outcome, oldest first."""
    rows = connection.execute(_OPEN_COMMANDS).fetchall()
    return [OpenCommand(i, intent, json.loads(facts), *rest) for i, intent, facts, *rest in rows]


def remember(connection: driver.Connection, command: OpenCommand) -> None:
    """Keep a command before its first byte leaves."""
    connection.execute(
        "INSERT INTO command (id, intent, facts, actor, terminal, asked_ms, staff, word) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            command.id,
            command.intent,
            json.dumps(command.facts),
            command.actor,
            command.terminal,
            command.asked_ms,
            command.staff,
            command.word,
        ),
    )


def forget(connection: driver.Connection, command_id: str) -> None:
    """The answer is there."""
    connection.execute("DELETE FROM command WHERE id = ?", (command_id,))


def quarantine(connection: driver.Connection, position: int, entry: str, reason: str) -> None:
    """Keep an entry that cannot be read, for a person or a later hallq."""
    connection.execute("INSERT OR REPLACE INTO quarantine VALUES (?, ?, ?)", (position, entry, reason))


def quarantined(connection: driver.Connection) -> int:
    """How many entries could not be read."""
    return int(connection.execute("SELECT COUNT(*) FROM quarantine").fetchone()[0])


def aside(connection: driver.Connection) -> set[int]:
    """The positions of the entries that could not be read, and were not folded."""
    return {position for (position,) in connection.execute("SELECT position FROM quarantine")}


def take_back(connection: driver.Connection, positions: Iterable[int]) -> None:
    """These entries can be read after all."""
    connection.executemany("DELETE FROM quarantine WHERE position = ?", [(p,) for p in positions])
