"""Passwords and PINs that are refused, and why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hallq import hashing
from hallq.domain.secrets_rules import SHORTEST_PASSWORD, Weakness, one_form, password_weakness, pin_weakness


@pytest.mark.parametrize(
    ("password", "weakness"),
    [
        ("", Weakness.TOO_SHORT),
        ("a b c d", Weakness.TOO_SHORT),
        ("x1 " * 50, Weakness.TOO_LONG),
        ("19901231", Weakness.ONLY_DIGITS),
        ("88888888888888", Weakness.COMMON),
        ("password", Weakness.COMMON),
        ("P@ssw0rd!", Weakness.COMMON),
        ("Admin12345", Weakness.COMMON),
        ("adminadmin", Weakness.COMMON),
        ("woaini1314", Weakness.COMMON),
        ("qwertyuiop", Weakness.COMMON),
        ("abcdefgh", Weakness.COMMON),
        ("1qaz2wsx", Weakness.COMMON),
        ("abababab", Weakness.COMMON),
        ("1007-wang", Weakness.OWN_NAME),
        ("1007abcd", Weakness.OWN_NAME),
        ("wang wang", Weakness.OWN_NAME),
        ("green tea at nine", None),
        ("三号窗口的绿茶", Weakness.TOO_SHORT),
        ("三号窗口的绿茶真香", None),
        ("tr4velling-k7", None),
    ],
)
def test_what_others_would_try_first_is_refused(password: str, weakness: Weakness | None) -> None:
    assert password_weakness(password, "1007", "Wang") is weakness


@pytest.mark.parametrize(
    ("pin", "weakness"),
    [
        ("12", Weakness.TOO_SHORT),
        ("123456789", Weakness.TOO_LONG),
        ("12ab", Weakness.NOT_DIGITS),
        ("", Weakness.NOT_DIGITS),
        ("１２９４", Weakness.NOT_DIGITS),
        ("1111", Weakness.COMMON),
        ("3456", Weakness.COMMON),
        ("8765", Weakness.COMMON),
        ("2580", None),
        ("905117", None),
    ],
)
def test_pins(pin: str, weakness: Weakness | None) -> None:
    assert pin_weakness(pin) is weakness


@given(st.text(max_size=200), st.text(max_size=20), st.text(max_size=20))
def test_any_text_is_judged(password: str, number: str, name: str) -> None:
    if password_weakness(password, number, name) is None:
        assert len(one_form(password)) >= SHORTEST_PASSWORD


def test_a_hash_is_salted_and_knows_its_password_alone() -> None:
    first = hashing.hashed("green tea at nine")
    assert first != hashing.hashed("green tea at nine")
    assert first.startswith("$argon2id$")
    assert hashing.matches(first, "green tea at nine")
    assert hashing.matches(first, "ｇreen tea at nine")  # however the keyboard composed it
    assert not hashing.matches(first, "green tea at ten")
    assert not hashing.matches("", "nobody")
    assert not hashing.matches("not a hash", "green tea at nine")
