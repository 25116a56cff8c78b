"""The slip of a visit: what stands on it, on paper and in a file."""

from pathlib import Path

import pytest

from hallq.domain import intents as i
from hallq.domain.transactions import Outcome
from hallq.domain.views.visit_bill import VisitBill, visit_bill
from hallq.paper.composing import composed
from hallq.paper.layout import Row, cells, rows
from hallq.paper.saving import save_slip
from hallq.paper.visit import visit_slip
from hallq.store import Store
from tests.builders import HandClock, TryHall, a_config, a_hall

NUMBER = "10000000421"


def a_visit(hall: TryHall) -> VisitBill:
    """A SIM card that could not be replaced, then a payment."""
    hall.opens(2)
    hall.issues("sim_replacement", customer=hall.hall.recognise(NUMBER).customer)
    hall.serves()
    missing = {"outcome": Outcome.NOT_POSSIBLE, "end_reason": "documents_missing"}
    hall.does(i.StartTransaction.model_validate({"counter": 2, "service": "payment", **missing}))
    bill = visit_bill(hall.state, 2)
    assert bill is not None
    return bill.after(hall.does(i.FinishVisit(counter=2)))


@pytest.mark.parametrize("columns", [32, 48])
def test_every_service_stands_on_one_slip_with_its_end(hall: TryHall, columns: int) -> None:
    bill = a_visit(hall)
    slip = visit_slip(hall.hall.config, bill, 0, hall.hall.now_ms())
    lines = [row for row in rows(slip, columns) if isinstance(row, Row)]
    said = "\n".join(line.text for line in lines)
    for text in ("业务办理清单", "A001", "未能办理", "原因：证件不全", "请备好：身份证", "已办结", "共 2 项"):
        assert text in said
    assert said.index("补(换)卡") < said.index("话费缴纳/充值")
    assert "首问：2 号窗口 工号 clerk-2" in said
    assert all(cells(line.text, "zh") * line.size <= columns for line in lines)
    paper = composed(slip, columns)
    assert "未能办理".encode("gb18030") in paper
    for secret in (NUMBER, NUMBER[-4:], bill.ticket.customer or "?"):
        assert secret.encode() not in paper


def test_nothing_of_it_is_torn_in_english_on_narrow_paper(store: Store, clock: HandClock) -> None:
    hall = a_hall(store, clock, a_config(printer={"language": "en"}))
    slip = visit_slip(hall.hall.config, a_visit(hall), 0, hall.hall.now_ms())
    lines = [row.text for row in rows(slip, 32) if isinstance(row, Row)]
    assert "- Counter 2, clerk clerk-2" in "\n".join(lines)
    assert "Ask for clerk clerk-2, counter 2" in lines
    assert "Please check this. Thank you." in lines


def test_in_english_and_as_a_file(store: Store, clock: HandClock, tmp_path: Path) -> None:
    hall = a_hall(store, clock, a_config(printer={"language": "en"}))
    slip = visit_slip(hall.hall.config, a_visit(hall), 0, hall.hall.now_ms())
    path = save_slip(slip, tmp_path / "slips" / "2026-11-22", 48)
    assert path.name == "A001.txt"
    said = path.read_text(encoding="utf-8")
    for text in ("not possible", "Reason: Documents missing", "Please have ready: ID card", "done"):
        assert text in said
    assert save_slip(slip, path.parent, 48) == path
    assert path.read_text(encoding="utf-8") == said
