"""The draft of a ticket: each key makes a new one of the old."""

from dataclasses import replace

import pytest

from hallq.domain.lanes import Lane, Tier
from hallq.domain.views import guide_draft as drafts
from hallq.domain.views.guide_draft import Draft
from tests.builders import a_config

CONFIG = a_config()
START = drafts.start(CONFIG)


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("", ""),
        ("100", "100"),
        ("1000", "100*"),
        ("1000000", "100****"),
        ("10000000", "100****0"),
        ("10000000421", "100****0421"),
        ("100 0000 0421", "100****0421"),
        ("6200000000000000042", "620************0042"),
    ],
)
def test_a_number_is_masked_while_it_is_typed(typed: str, seen: str) -> None:
    assert drafts.masked(typed) == seen


def test_the_number_is_not_in_the_drafts_own_words() -> None:
    assert "0421" not in repr(Draft(number="10000000421"))


def test_looking_at_a_list_is_no_choice() -> None:
    assert START.is_blank
    assert drafts.with_group(START, CONFIG, "B").is_blank
    assert not drafts.with_place(START, CONFIG, (), 1).is_blank
    assert not replace(START, tier=Tier.GOLD).is_blank


def test_a_group_with_more_than_nine_has_parts_that_turn_round() -> None:
    first = drafts.with_group(START, CONFIG, "A")
    second = drafts.with_group(first, CONFIG, "A")
    assert (first.part, second.part) == (0, 1)
    assert drafts.with_group(second, CONFIG, "A").part == 0
    assert drafts.with_place(second, CONFIG, (), 3).service == "loss_report"
    assert drafts.with_place(second, CONFIG, (), 4) == second


def test_arrows_go_through_all_parts_and_round() -> None:
    draft = drafts.with_group(START, CONFIG, "A")
    for _each in range(10):
        draft = drafts.with_step(draft, CONFIG, (), 1)
    assert (draft.service, draft.part) == ("broadband_speed", 1)
    assert drafts.with_step(drafts.with_group(START, CONFIG, "A"), CONFIG, (), -1).service == "loss_report"


def test_a_search_that_ends_shows_the_group_of_what_it_found() -> None:
    draft = drafts.with_query(START, "gs", ("loss_report",))
    ended = drafts.ended(draft, CONFIG)
    assert (ended.group, ended.part, ended.service, ended.query) == ("A", 1, "loss_report", None)


def test_unknown_frequent_services_are_left_out_and_none_at_all_is_fine() -> None:
    few = a_config(hall={"frequent": ["payment", "gone"]})
    assert [service.code for service in drafts.frequent(few)] == ["payment"]
    none = a_config(hall={"frequent": []})
    assert drafts.start(none).group == "A"
    assert drafts.with_group(drafts.start(none), none, "").group == "A"


def test_priority_by_hand_leads_to_the_priority_lane() -> None:
    assert START.lane(CONFIG) is Lane.STANDARD
    assert replace(START, tier=Tier.SILVER).lane(CONFIG) is Lane.STANDARD
    assert replace(START, priority_reason="elderly").lane(CONFIG) is Lane.PRIORITY
