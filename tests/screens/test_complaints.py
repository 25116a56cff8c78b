"""Complaints by their keys: taken at the counter, answered and settled at the manager's screen."""

import logging
from pathlib import Path

import pytest
from textual import events

from hallq.app import HallApp
from hallq.domain.complaints import Stage
from hallq.domain.intents import TakeComplaint
from hallq.hall import Actor
from hallq.i18n import set_language
from hallq.screens.dialogs.choose import ListDialog
from hallq.screens.dialogs.write import WriteDialog
from hallq.screens.manager import ManagerScreen
from hallq.wording.complaints import STAGES
from tests.builders import HOUR_MS, TryHall
from tests.screens.hands import Text, painted, press
from tests.screens.test_counter import at_counter

NUMBER = "10000000421"


async def test_a_clerk_writes_a_complaint_down_and_its_number_is_nowhere_in_the_clear(
    hall: TryHall, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    hall.opens(2)
    hall.issues("complaint")
    hall.serves()
    async with at_counter(hall) as clerk:
        await clerk.presses("i", "1", Text("No signal"), "enter", Text(NUMBER))
        assert NUMBER not in clerk.sees()
        assert "100****0421" in clerk.sees()
        await clerk.presses("enter")
        assert "Complaint TS1122-01 is written down. Answer by Tue 11/24 18:00." in clerk.sees()
        await clerk.presses("i", "9", Text("Again"), "enter", Text(NUMBER), "enter")
        assert "Open from the same number: TS1122-01." in clerk.app.notices[-1].sentence  # type: ignore[attr-defined]
    first = min(hall.state.complaints.values(), key=lambda c: c.label)
    assert (first.text, first.category, first.at_counter, first.ticket) == ("No signal", "mobile", 2, "C001")
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert NUMBER.encode() not in written
    assert NUMBER not in caplog.text


async def test_escape_goes_back_by_one_question_and_loses_no_text(hall: TryHall) -> None:
    hall.opens(2)
    async with at_counter(hall) as clerk:
        await clerk.presses("i", "1", Text("No signal"), "enter", "escape", "escape")
        assert "What is the complaint about?" in clerk.sees()
        await clerk.presses("2", Text(" at all"), "enter", Text("1000x"), "enter")
        assert "digits alone" in clerk.sees()
        await clerk.presses("backspace", "0", "enter")
        assert [(c.text, c.category) for c in hall.state.complaints.values()] == [
            ("No signal at all", "charges")
        ]
        await clerk.presses("i", "1", "escape", "escape")
        assert len(hall.state.complaints) == 1


async def test_what_is_pasted_is_one_harmless_line_of_bounded_length(hall: TryHall) -> None:
    hall.opens(2)
    async with at_counter(hall) as clerk:
        await clerk.presses("i", "1")
        dialog = clerk.app.screen
        assert isinstance(dialog, WriteDialog)
        dialog.field.post_message(events.Paste("\x1b[31mred\n😀\U00020000 " + "长" * 10_000))
        await clerk.pilot.pause()
        assert "\x1b" not in dialog.field.text
        assert dialog.field.text.count("red") == 1
        await clerk.presses("x", "enter", "enter")
    (complaint,) = hall.state.complaints.values()
    assert complaint.text.startswith("[31mred 😀\U00020000 长")
    assert "x" not in complaint.text
    assert len(complaint.text) <= 600
    assert complaint.text.isprintable()


async def test_the_manager_answers_settles_and_asks_again(hall: TryHall) -> None:
    hall.opens(2)
    async with at_counter(hall) as clerk:
        await clerk.presses("i", "9", Text("Who calls"), "enter", Text(NUMBER), "enter")
    hall.clock.pass_ms(HOUR_MS + 60_000)
    app = HallApp(hall.hall, Actor("3001", "t1"), role="manager")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        assert isinstance(app.screen, ManagerScreen)
        assert "Complaint TS1122-01 is overdue. See to it (I)" in painted(pilot)
        assert app.screen.likely_label() == "Complaints"
        await press(pilot, "space")
        assert "Open complaints: 1, overdue: 1" in painted(pilot)
        assert "TS1122-01  ✖ overdue since 10:30  to be answered" in painted(pilot)
        await press(pilot, "enter")
        assert "Number to call back: ••• 0421" in painted(pilot)
        await press(pilot, "3")
        assert NUMBER in painted(pilot)
        await press(pilot, "escape")
        assert NUMBER not in painted(pilot)
        await press(pilot, "1", Text("We do"), "enter")
        (complaint,) = hall.state.complaints.values()
        assert (complaint.stage, complaint.answer) == (Stage.SETTLEMENT, "We do")
        await press(pilot, "i", "enter", "1", Text("Done"), "enter", "i", "enter")
        assert "ask the customer again" in painted(pilot)
        await press(pilot, "2", "enter", "i", "enter", "1", Text("Now"), "enter", "i", "enter", "1", "enter")
        assert hall.state.complaints == {}
        await press(pilot, "i")
        assert isinstance(app.screen, ListDialog)
        assert "No complaint is open." in painted(pilot)
        await press(pilot, "n", "1", Text("At the desk"), "enter", "enter")
        await press(pilot, "s", "end")
        assert "Complaints" in painted(pilot)
        assert "settled in time" in painted(pilot)
    (complaint,) = hall.state.complaints.values()
    assert (complaint.text, complaint.at_counter, complaint.number_at) == ("At the desk", None, "")


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_a_long_complaint_can_be_read_on_in_a_small_terminal(hall: TryHall, language: str) -> None:
    hall.does(TakeComplaint(category="mobile", text="一二三四五" * 118 + "末尾"))
    set_language(language)
    app = HallApp(hall.hall, Actor("3001", "t1"), role="manager")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "i", "enter")
        assert "末尾" not in painted(pilot)
        assert "PgDn" in painted(pilot)
        await press(pilot, "pagedown", "pagedown")
        assert "末尾" in painted(pilot)


def test_every_stage_has_a_word() -> None:
    assert set(STAGES) == set(Stage)
