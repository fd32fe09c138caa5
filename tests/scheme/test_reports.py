"""The yearly report: counted, written, approved by another, taken or returned by the superior; Word in the law's layout."""

import io
from datetime import timedelta

import pytest
from docx import Document

from hoiam.agencies.states import Role
from hoiam.core import blobs, ledger
from hoiam.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from hoiam.handling.models import Obligation
from hoiam.scheme import actions
from hoiam.scheme.actions.report_papers import report_word
from hoiam.scheme.actions.reports import changed_since
from hoiam.scheme.queries import due_of, report_of, report_period_of, reports_below
from hoiam.scheme.states import REPORT_TRANSITIONS, ReportState
from tests import factories as make
from tests.factories import NOW

LATER = NOW + timedelta(hours=1)


def duty(place, letter="h"):
    case = make.case(place)
    Obligation.objects.create(case=case, letter=letter, confirmed_by=case.opened_by, opened_at=NOW)
    return case


def written(tree, focal, **more):
    return actions.write_report(tree.province, actor=focal, now=NOW, year=2026, **more)


def text_of(data):
    document = Document(io.BytesIO(data))
    cells = [c.text for table in document.tables for row in table.rows for c in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def test_a_report_goes_from_the_desk_to_the_centre(tree, focal, head):
    duty(tree.province)
    report = written(tree, focal, difficulties="Thiếu người.")
    assert report.figures["I6"] == {"part": 0, "whole": 1}
    assert report.figures["I1"] == {"part": 0, "whole": None}
    report = actions.submit_report(report, actor=focal, now=NOW)
    report = actions.approve_report(report, actor=head, now=LATER)
    told = text_of(blobs.read(report.blob))
    for words in ("15/12/2025", "14/12/2026", "0/1", "Thiếu người.", "đề xuất, kiến nghị"):
        assert words.lower() in told.lower(), words
    centre = make.head(tree.centre)
    report = actions.accept_report(report, actor=centre, now=LATER)
    assert report.state == ReportState.ACCEPTED
    assert [e.step for e in ledger.of(report)] == [
        "write_report", "submit_report", "approve_report", "accept_report",
    ]  # fmt: skip
    assert list(reports_below(tree.centre, 2026, centre)) == [tree.province.pk]
    assert report_of(tree.province, 2026, make.head(tree.other)) is None


def test_who_wrote_does_not_approve(tree, head):
    report = actions.write_report(tree.province, actor=head, now=NOW, year=2026)
    actions.submit_report(report, actor=head, now=NOW)
    with pytest.raises(NotAllowed, match="không tự duyệt"):
        actions.approve_report(report, actor=head, now=NOW)


def test_figures_that_changed_since_are_counted_again_before_submitting(tree, focal):
    report = written(tree, focal)
    duty(tree.province)
    assert changed_since(report) == ["I6"]
    with pytest.raises(Conflict, match="Tính lại"):
        actions.submit_report(report, actor=focal, now=LATER)
    report = written(tree, focal)
    assert actions.submit_report(report, actor=focal, now=LATER).state == ReportState.SUBMITTED


def test_an_approved_report_keeps_its_figures(tree, focal, head):
    report = actions.submit_report(written(tree, focal), actor=focal, now=NOW)
    report = actions.approve_report(report, actor=head, now=NOW)
    duty(tree.province)
    report.refresh_from_db()
    assert report.figures["I6"]["whole"] == 0
    assert changed_since(report) == ["I6"]
    with pytest.raises(WrongState, match="Đã duyệt"):
        written(tree, focal)


def test_the_superior_returns_what_it_was_sent_and_not_before(tree, focal, head):
    centre = make.head(tree.centre)
    report = actions.submit_report(written(tree, focal), actor=focal, now=NOW)
    with pytest.raises(NotAllowed):
        actions.return_report(report, actor=centre, now=NOW, reason="Thiếu số.")
    report = actions.approve_report(report, actor=head, now=NOW)
    with pytest.raises(InvalidInput, match="cần sửa"):
        actions.return_report(report, actor=centre, now=NOW, reason=" ")
    report = actions.return_report(report, actor=centre, now=NOW, reason="Thiếu I2.")
    assert (report.state, report.returned_why, report.blob) == (ReportState.DRAFT, "Thiếu I2.", "")


def test_a_year_that_has_not_begun_is_not_reported(tree, focal):
    with pytest.raises(InvalidInput, match="chưa bắt đầu"):
        actions.write_report(tree.province, actor=focal, now=NOW, year=2027)


def test_another_province_neither_writes_nor_takes_it(tree, focal, head):
    stranger = make.head(tree.other)
    with pytest.raises(NotAllowed):
        actions.write_report(tree.province, actor=stranger, now=NOW, year=2026)
    report = actions.submit_report(written(tree, focal), actor=focal, now=NOW)
    report = actions.approve_report(report, actor=head, now=NOW)
    with pytest.raises(NotAllowed, match="cấp trên"):
        actions.accept_report(report, actor=stranger, now=NOW)


VERBS = {
    "write_report": lambda r, who: actions.write_report(
        r.agency, actor=who["focal"], now=LATER, year=2026
    ),
    "submit_report": lambda r, who: actions.submit_report(r, actor=who["focal"], now=LATER),
    "approve_report": lambda r, who: actions.approve_report(r, actor=who["head"], now=LATER),
    "return_report": lambda r, who: actions.return_report(
        r, actor=who["centre" if r.state == "approved" else "head"], now=LATER, reason="Sửa."
    ),
    "accept_report": lambda r, who: actions.accept_report(r, actor=who["centre"], now=LATER),
}


@pytest.mark.parametrize("verb", REPORT_TRANSITIONS)
@pytest.mark.parametrize("state", ReportState.values)
def test_every_state_and_verb(tree, focal, head, state, verb):
    who = {"focal": focal, "head": head, "centre": make.head(tree.centre)}
    report = written(tree, focal)
    report.state = state
    report.save()
    transition = REPORT_TRANSITIONS[verb]
    if state in transition.sources:
        assert VERBS[verb](report, who).state == transition.target
        return
    with pytest.raises((WrongState, NotAllowed)):
        VERBS[verb](report, who)
    report.refresh_from_db()
    assert report.state == state


def test_the_word_file_of_the_centre_holds_every_province(tree):
    centre = make.actor(tree.centre, Role.FOCAL_POINT)
    duty(tree.province)
    report = actions.write_report(tree.centre, actor=centre, now=NOW, year=2026)
    told = text_of(report_word(report, now=NOW))
    assert "THADS tỉnh Thanh Giang" in told
    assert "Bộ Văn hóa, Thể thao và Du lịch" in told
    assert "không có" in told


def test_the_last_day_to_send_is_the_day_before(tree):
    assert due_of(tree.province, report_period_of(2026))[0].isoformat() == "2026-12-19"
