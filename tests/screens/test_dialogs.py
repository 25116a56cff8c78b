"""Dialogs: each key gives its answer, and Esc gives none."""

import pytest
from rich.cells import cell_len
from textual.app import App
from textual.screen import ModalScreen

from hallq.domain import intents as i
from hallq.screens.counter_entries import place_entries
from hallq.screens.dialogs.choose import ChooseDialog, Entry, Search
from hallq.screens.dialogs.confirm import ConfirmDialog
from hallq.screens.dialogs.hold import HoldAnswer, HoldDialog
from hallq.screens.dialogs.transfer import TransferAnswer, TransferDialog
from hallq.screens.dialogs.why import WhyDialog
from hallq.theming import VARIABLE_DEFAULTS
from tests.builders import TryHall

ENTRIES = [
    Entry("sim", "SIM replacement", "5 min", "补(换)卡"),
    Entry("bill", "Bill query [b]x[/b]"),
    Entry("sell", "销户"),
]


class Host(App[None]):
    """Asks one question."""

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return dict(VARIABLE_DEFAULTS)


async def answer(dialog: ModalScreen[object], *keys: str) -> list[object]:
    """What the dialog answers to these keys; empty while it is still open."""
    answers: list[object] = []
    async with Host().run_test() as pilot:
        await pilot.app.push_screen(dialog, answers.append)
        for key in keys:
            await pilot.press(key)
        await pilot.pause()
    return answers


def choose(**more: object) -> ModalScreen[object]:
    return ChooseDialog("Which?", ENTRIES, **more)  # type: ignore[arg-type,return-value]


@pytest.mark.parametrize(
    ("keys", "answered"),
    [
        (["1"], ["sim"]),
        (["down", "enter"], ["bill"]),
        (["escape"], [None]),
        (["9"], []),
        (["2"], ["bill"]),
    ],
)
async def test_a_list_is_answered_by_digit_or_arrows(keys: list[str], answered: list[object]) -> None:
    assert await answer(choose(), *keys) == answered


@pytest.mark.parametrize(
    ("keys", "answered"),
    [
        ([*"bil", "enter"], ["bill"]),
        (["卡", "enter"], ["sim"]),
        (["销", "1"], ["sell"]),
        ([*"zzz", "enter"], []),
        ([*"b", "escape"], [None]),
    ],
)
async def test_typing_narrows_a_list_and_digits_still_choose(keys: list[str], answered: list[object]) -> None:
    assert await answer(choose(search=Search()), *keys) == answered


async def test_a_search_may_know_more_than_the_text() -> None:
    search = Search(find=lambda typed: ["sell"] if typed == "xh" else [])
    assert await answer(choose(search=search), *"xh", "enter") == ["sell"]


async def test_numbers_are_typed_where_digits_do_not_choose() -> None:
    dialog = ChooseDialog(
        "Which?", [Entry("a", "A001"), Entry("b", "A012")], search=Search(digits_choose=False)
    )
    assert await answer(dialog, *"12", "enter") == ["b"]  # type: ignore[arg-type]


async def test_hold_answers_reason_and_minutes() -> None:
    assert await answer(HoldDialog("Why?", ENTRIES), "right", "right", "right", "2") == [  # type: ignore[arg-type]
        HoldAnswer("bill", 8)
    ]
    assert await answer(HoldDialog("Why?", ENTRIES), "left", "1") == [HoldAnswer("sim", 15)]  # type: ignore[arg-type]
    assert await answer(HoldDialog("Why?", ENTRIES), "1") == [HoldAnswer("sim", None)]  # type: ignore[arg-type]


async def test_transfer_answers_place_and_way_back() -> None:
    places = [Entry("counter:5", "Counter 5"), Entry("zone:vip", "VIP"), Entry("service:points", "Points")]

    def dialog() -> ModalScreen[object]:
        return TransferDialog("Where?", places, Search())  # type: ignore[return-value]

    assert await answer(dialog(), "1") == [TransferAnswer(counter=5)]
    assert await answer(dialog(), "tab", "2") == [TransferAnswer(zone="vip", comes_back=True)]
    assert await answer(dialog(), *"poi", "enter") == [TransferAnswer(service="points")]
    assert await answer(dialog(), "escape") == [None]


@pytest.mark.parametrize(("key", "said"), [("y", True), ("enter", True), ("n", False), ("escape", False)])
async def test_confirm(key: str, said: bool) -> None:
    assert await answer(ConfirmDialog("Sure?", "Really?", "do it"), key) == [said]  # type: ignore[arg-type]


async def test_why_shows_any_text_harmlessly_and_closes() -> None:
    assert await answer(WhyDialog("Why?", "[b]because[/b] [", ["[/]"]), "escape") == [None]  # type: ignore[arg-type]


def test_a_customer_is_sent_to_the_first_clerk_or_where_somebody_is_before_any_other_place(
    hall: TryHall,
) -> None:
    hall.opens(2, 5, 6)
    codes = [entry.code for entry in place_entries(hall.state, hall.hall.config, counter=2)]
    assert codes[:4] == ["counter:5", "counter:6", "counter:1", "counter:3"]


def test_a_place_and_who_is_there_fit_beside_the_longest_service(hall: TryHall) -> None:
    hall.opens(2)
    hall.does(i.OpenCounter(counter=8, clerk="1008"))
    hall.issues()
    hall.serves(8)
    hall.does(i.TransferVisit(counter=8, to_counter=2))
    hall.serves(2)
    entries = place_entries(hall.state, hall.hall.config, 2)
    lines = [str(option.prompt) for option in ChooseDialog("Where?", entries)._options()]
    assert lines[0].endswith("first clerk · Complaints desk · free · 1008")
    assert max(cell_len(line) for line in lines) <= 68  # of 80 columns, beside frame and scroll bar
    assert lines[1].index("VIP zone") == lines[2].index("Standard")
