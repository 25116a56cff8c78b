"""`hallq day` on the file of a terminal whose hall has a hub: whose day it is, and how much of it is here."""

from hallq.domain import intents as i
from hallq.settings import default_text
from tests.cli.conftest import Shell, no_keyboard, shell
from tests.sync.network import Streets

__all__ = ["no_keyboard", "shell"]


def test_a_terminal_tells_the_halls_day_as_far_as_it_has_it(streets: Streets, shell: Shell) -> None:
    (streets.folder / "hall.toml").write_text(default_text(), encoding="utf-8")
    guide, clerk = streets.opened(), streets.terminal("clerk")
    guide.does(i.IssueTicket(service="payment"))
    guide.syncs()
    clerk.syncs()
    clerk.does(i.IssueTicket(service="bill_query"))

    said = shell("day", "--db", clerk.store.path, "--language", "en")
    whose, unsent, title = said.out.splitlines()[:3]
    assert whose.startswith("Hall Hall of the hub http://127.0.0.1:")
    assert "as terminal clerk has it from there, up to " in whose
    assert unsent == "1 event of this terminal is not at the hub yet."
    assert "the day so far" in title
    assert "issued    2" in said.out  # its own number counts here already

    said = shell("day", "--csv", "--db", guide.store.path, "--language", "en")
    assert said.out.startswith("date,section,item,figure,value\n")
    assert ",numbers,,issued,1\n" in said.out
    assert said.err.startswith("Hall Hall of the hub")
    assert "not at the hub yet" not in said.err
