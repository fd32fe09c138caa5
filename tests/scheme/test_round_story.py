"""The story of a round: given out, one unit late, one incomplete and returned, all put together in one Word file."""

import io
from datetime import timedelta

from docx import Document

from hoiam.core import blobs, outbox
from hoiam.core.jobs import run_due
from hoiam.core.jobs.models import OutgoingMail
from hoiam.scheme import actions
from hoiam.scheme.models import Synthesis
from hoiam.scheme.queries.rounds import board_of
from hoiam.scheme.queries.scores import scores_of_year
from tests import factories as make
from tests.factories import NOW
from tests.scheme.rounds import FULL, LAST_SECOND, centre_of, open_round, report_of, sent


def text_of(data):
    document = Document(io.BytesIO(data))
    cells = [c.text for table in document.tables for row in table.rows for c in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def work_off(now):
    """Messages delivered and jobs run, as the workers do."""
    outbox.deliver_due(now)
    run_due(now)


def test_two_units_report_one_late_one_incomplete_and_the_national_report_is_written(tree):
    round_ = open_round(tree)
    centre = centre_of(tree)
    make.focal_point(tree.province)
    make.focal_point(tree.other)
    work_off(NOW)
    assert (
        OutgoingMail.objects.filter(subject__startswith="[Việc của bạn] Yêu cầu báo cáo").count()
        == 2
    )

    # One sends in time, but says nothing of difficulties: returned, sent again after the last day.
    other = sent(report_of(round_, tree.other), FULL | {"kho-khan": ""})
    other = actions.return_unit_report(
        other,
        actor=centre,
        now=NOW + timedelta(hours=1),
        fault="incomplete",
        reason="Thiếu khó khăn.",
    )
    # The other sends five minutes after the last day.
    late = sent(report_of(round_, tree.province), at=LAST_SECOND + timedelta(minutes=5))
    again = FULL | {"kho-khan": "Thiếu công chức chuyên trách làm công tác truyền thông tại các phòng khu vực.", "bao": "10", "tin-bai": "14"}  # fmt: skip
    other = sent(other, again, at=LAST_SECOND + timedelta(days=2))
    after = LAST_SECOND + timedelta(days=3)
    late = actions.accept_unit_report(late, actor=centre, now=after)
    assert late.state == "accepted"

    lines = {line.report.agency: line.standing for line in board_of(round_, centre, after)}
    assert lines[tree.province].words == "Chậm 5 phút"
    assert lines[tree.other].words == "Chậm 1 ngày"
    scores = {score.agency: score for score in scores_of_year(2026, centre, after)}
    assert [line.loss for line in scores[tree.province].scores[0].lines] == ["late"]
    # Late only because it had to be completed: it pays for being incomplete, not twice.
    assert [line.loss for line in scores[tree.other].scores[0].lines] == ["incomplete"]

    actions.ask_synthesis(round_, actor=centre, now=after)
    work_off(after)
    synthesis = Synthesis.objects.system("a test looks").get(round=round_)
    assert (synthesis.state, synthesis.word_fault, synthesis.done) == ("ready", "", synthesis.total)
    told = text_of(blobs.read(synthesis.blob))
    for words in (
        "BÁO CÁO",
        "Tổng kết Đề án truyền thông",
        "15/CTHADS-VP",
        "I. TÌNH HÌNH GỬI BÁO CÁO",
        "Có 2/2 đơn vị gửi báo cáo",
        "II. KẾT QUẢ THỰC HIỆN",
        "Tổng số tin bài: 26 tin bài (2 đơn vị có số liệu)",
        "Nhiều đơn vị cùng nêu:",
        "Danh sách đơn vị gửi báo cáo".upper(),
        "Chậm 5 phút",
        "Phòng khu vực 1",
        "Lãnh đạo Bộ Tư pháp",
    ):
        assert words in told, words
    # The same difficulty in nearly the same words stands once, with both units behind it.
    assert told.count("Thiếu công chức chuyên trách") == 1
    pictures = Document(io.BytesIO(blobs.read(synthesis.blob))).inline_shapes
    assert len(pictures) == 2
