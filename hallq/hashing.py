"""Passwords and PINs as Argon2id hashes. What was typed leaves here only as a hash.

A wrong number takes as long as a wrong password, so that waiting tells nobody which numbers exist.
"""

from functools import cache
from typing import TYPE_CHECKING

from hallq.domain.secrets_rules import one_form

if TYPE_CHECKING:
    from argon2 import PasswordHasher

COST = (3, 64 * 1024, 4)
"""Passes, KiB of memory and lanes of new hashes: RFC 9106's profile for little memory."""


def hashed(secret: str) -> str:
    """A new hash, which carries its own salt and costs."""
    return _hasher().hash(one_form(secret))


def matches(stored: str, secret: str) -> bool:
    """Whether `secret` is behind the hash; for an empty hash no, after the same time."""
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return _hasher().verify(stored or _nobodys(), one_form(secret)) and bool(stored)
    except (VerificationError, InvalidHashError):
        return False


def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher

    return PasswordHasher(*COST)


@cache
def _nobodys() -> str:
    return hashed("nobody")
