"""Devices are invited with a one-time code and enrolled by it; codes and tokens are kept as hashes only."""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from hallq.domain.tickets import digit_of
from hallq.hub import tables
from hallq.hub.devices import HUB, DeviceRow, digest, of_hall, save_device
from hallq.hub.shapes import HubFault, Role
from hallq.hub.sitting import Desk, Sitting
from hallq.hub.succession import claim
from hallq.protocol import Enrol, Enrolled, Fault

CODE_MS = 10 * 60_000
AFTER_A_LOSS = 21
"""The first digit for newcomers when terminals may be missing that print with lower ones."""


_CODE_BITS = 80
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""32 signs that nobody takes for another."""


def _code(random_hex: str) -> str:
    number = int(hashlib.sha256(random_hex.encode()).hexdigest(), 16)
    signs = [_LETTERS[number >> (5 * place) & 31] for place in range(_CODE_BITS // 5)]
    return "-".join("".join(signs[start : start + 4]) for start in range(0, len(signs), 4))


def _plain_code(typed: str) -> str:
    return typed.strip().upper().replace("-", "").replace(" ", "")


def invite(desk: Desk, hall: str, name: str, role: Role) -> str:
    """A one-time code for a device with this name."""
    code = _code(desk.new_random())

    def work(sitting: Sitting) -> str:
        table = tables.invitation
        old = sa.delete(table).where(
            table.c.hall == sa.bindparam("hall"), table.c.until_ms < sa.bindparam("now_ms")
        )
        sitting.connection.execute(old, {"hall": hall, "now_ms": sitting.now_ms})
        facts = {"hall": hall, "code_hash": digest(_plain_code(code)), "name": name, "role": str(role)}
        known = sa.select(table.c.hall).where(
            table.c.hall == sa.bindparam("hall"), table.c.code_hash == sa.bindparam("code_hash")
        )
        if sitting.connection.execute(known, facts).first() is None:
            sitting.connection.execute(sa.insert(table), {**facts, "until_ms": sitting.now_ms + CODE_MS})
        return code

    return desk.sit(hall, work)


def enrol(desk: Desk, hall: str, asked: Enrol) -> Enrolled:
    """Identity for a code, which nobody else can use from then on.

    Who lost the answer asks again with the same request, and is the same device with another token.
    """
    device, token = desk.new_random()[:32], desk.new_random() + desk.new_random()
    if asked.request:
        device = digest(f"{_plain_code(asked.code)} {asked.request}")[:32]

    def work(sitting: Sitting) -> Enrolled:
        invited = _invitation(sitting, device, digest(_plain_code(asked.code)))
        others = of_hall(sitting.connection, hall)
        written = next((d for d in others if d.device == device), None)
        digit = written.digit if written else _digit(sitting, invited["role"], asked, others)
        if written is not None:
            _give_again(sitting, written, token)
        else:
            named = {"name": invited["name"], "role": invited["role"], "digit": digit}
            known = {"token_hash": digest(token), "code_hash": invited["code_hash"], "home": asked.home}
            since = {"enrolled_ms": sitting.now_ms, "lease_epoch": sitting.row.epoch}
            before = {"succeeds": " ".join(_inherited(sitting, invited, asked, others))}
            values = {"hall": hall, "device": device, **named, **known, **since, **before}
            sitting.connection.execute(sa.insert(tables.device), values)
        return Enrolled(
            hall=hall,
            hall_name=sitting.row.name,
            device=device,
            name=invited["name"],
            digit=digit,
            token=token,
        )

    return desk.sit(hall, work)


def _give_again(sitting: Sitting, written: DeviceRow, token: str) -> None:
    """Another token for who lost the first. Raises UNAUTHORISED after the device has spoken."""
    if written.revoked or written.session:
        raise HubFault(Fault.UNAUTHORISED)
    save_device(sitting.connection, written.hall, written.device, token_hash=digest(token))


def _invitation(sitting: Sitting, device: str, code_hash: str) -> Mapping[str, Any]:
    """The invitation of this code, which is used up. Raises UNAUTHORISED."""
    table = tables.invitation
    mine = (table.c.hall == sa.bindparam("hall_is"), table.c.code_hash == sa.bindparam("code_is"))
    facts = {"hall_is": sitting.hall, "code_is": code_hash}
    found = sitting.connection.execute(sa.select(table).where(*mine), facts).mappings().first()
    if found is None or found["used_by"] not in ("", device) or found["until_ms"] < sitting.now_ms:
        raise HubFault(Fault.UNAUTHORISED)
    sitting.connection.execute(sa.update(table).where(*mine).values(used_by=device), facts)
    return dict(found)


def _inherited(
    sitting: Sitting, invited: Mapping[str, Any], asked: Enrol, others: Sequence[DeviceRow]
) -> list[str]:
    """For whom the new device may speak: who had its name before, and who its file shows that it was."""
    names = list(next((d.family for d in reversed(others) if d.name == invited["name"]), ()))
    if invited["role"] != Role.TERMINAL:
        return names
    known = {d.device: d for d in others}
    proofs = (*asked.proofs, digest(asked.token))
    for before in (known[name] for name in asked.devices if name in known):
        if _is_shown(before, proofs):
            names += before.family
    called = asked.name or invited["name"]
    for stranger in asked.devices:
        shown = digest(asked.token) if stranger == asked.devices[-1] and asked.token else ""
        if stranger != HUB and claim(sitting, known.get(stranger), stranger, called, shown):
            names.append(stranger)
    return list(dict.fromkeys(names))


def _is_shown(before: DeviceRow, proofs: Sequence[str]) -> bool:
    """Whether the file has or had the token of who it was, which may be good no more."""
    kept = (before.token_hash.encode(), before.next_token_hash.encode())
    return any(hmac.compare_digest(one, proof.encode()) for one in kept for proof in proofs)


def _digit(sitting: Sitting, role: str, asked: Enrol, others: Sequence[DeviceRow]) -> int:
    """Terminals are counted, for the numbers that they print; who prints none has 0.

    A file that a lost hub knew keeps its digit while nobody else has it: it knows the numbers that it gave.
    A new digit is above all that ever printed here, as far as the log or the file tells; after a loss it
    leaves room for those of whom neither tells.
    """
    if role != Role.TERMINAL:
        return 0
    taken = {other.digit for other in others if other.role == Role.TERMINAL}
    is_forgotten = bool(asked.devices) and asked.devices[-1] not in {other.device for other in others}
    if is_forgotten and asked.digit and asked.digit not in taken:
        return asked.digit
    state = sitting.folded.state
    printed = (digit_of(series) for numbers in state.series.values() for series in numbers)
    digit = 1 + max([*taken, *printed, asked.highest_digit if is_forgotten else 0])
    has_lost = not sitting.row.is_whole or sitting.row.resumed_position > 0
    return max(digit, AFTER_A_LOSS) if has_lost else digit
