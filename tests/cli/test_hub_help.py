"""Help of `hallq hub` is quick: it loads neither a screen nor a database nor a web framework."""

import pytest

from tests.cli.helped import helped

COMMANDS = tuple(
    f"hub {command}".strip()
    for command in (
        "",
        "serve",
        "enroll",
        "operator",
        "devices",
        "revoke",
        "status",
        "settings",
        "release",
        "resume",
        "promote",
        "rebuild",
        "upstream",
        "staff",
        "staff add",
    )
)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_help_is_there_and_light(command: str, language: str) -> None:
    told = helped(COMMANDS, language)[command]
    assert (told.code, told.heavy) == (0, [])
    assert f"hallq {command}" in told.out
    assert any("\u4e00" <= character <= "\u9fff" for character in told.out) == (language == "zh")
