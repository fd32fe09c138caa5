"""The outlook of a week and the synthesis of a period: what they tell, to whom, when, and once."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from docx import Document

from hoiam.core import ledger
from hoiam.core.errors import InvalidInput, NotAllowed
from hoiam.core.jobs.models import OutgoingMail
from hoiam.core.outbox import deliver_due
from hoiam.handling.actions import make_outlook, make_sheet, make_synthesis
from hoiam.handling.jobs.schedules import periodic_digests
from hoiam.handling.models import Statement
from hoiam.handling.queries.ahead import Answer, answers_of, open_cases_of
from hoiam.handling.states import CaseState, PaperState
from hoiam.monitoring.actions.digest import write_remarks
from hoiam.monitoring.actions.digest_letters import digest_html, digest_text
from hoiam.monitoring.actions.digest_papers import digest_word
from hoiam.monitoring.models import Digest, Finding
from tests import factories as make

NOW, TODAY = make.NOW, make.TODAY  # Wednesday 05/08/2026
MONDAY, SUNDAY = date(2026, 8, 3), date(2026, 8, 9)
LAST_WEEK = date(2026, 7, 29)
WHY = "a test looks"


def report(at, outlet="Báo Sông Thanh", body="", title="Chuyện ở bến sông"):
    item = make.item(title, at=at, outlet=outlet, body=body, is_relevant=True)
    Finding.objects.create(
        item=item, at=NOW, kind="phan_anh", stance="negative", severity=2, reasons=[]
    )
    return item


def on(day, month=7):
    return datetime(2026, month, day, 5, tzinfo=UTC)


def outlook(place, actor, now=NOW):
    return make_outlook(place, now.date(), actor=actor, now=now)


def test_the_outlook_of_a_quiet_week_is_calm_and_says_so(tree, focal):
    made = outlook(tree.province, focal)
    assert (made.first, made.day, made.kind) == (MONDAY, SUNDAY, "outlook")
    assert made.content["level"]["label"] == "Bình thường"
    assert made.content["level"]["reasons"] == []
    assert digest_text(made).count("Không có.") == 4
    assert ledger.of(made).last().step == "make_digest"


def test_the_outlook_tells_open_cases_clocks_events_and_why(tree, focal):
    told = "Phiên tòa sẽ mở ngày 7/8."
    warning = make.warning(tree.province, make.story(report(on(29), body=told), report(on(30))))
    late = make.case(tree.province, title="Chậm trả tiền")
    make.clock(late, due_at=NOW - timedelta(hours=1))
    soon = make.case(tree.region1, title="Kê biên ghe")
    make.clock(soon, due_at=NOW + timedelta(days=2))
    make.clock(soon, "MD-05", due_at=NOW - timedelta(days=2), state="pause")
    make.case(tree.other, title="Tỉnh khác")
    make.case(tree.province, CaseState.CLOSED, title="Đã đóng")
    content = outlook(tree.province, focal).content
    assert [(row["title"], row["due"], row["is_late"]) for row in content["cases"]] == [
        ("Chậm trả tiền", "Việc MD-03: đã quá hạn 05/08/2026 08:00", True),
        ("Kê biên ghe", "Việc MD-03: 07/08/2026 09:00", False),
    ]
    assert [(row["story"], row["day"]) for row in content["events"]] == [
        (warning.story_id, "2026-08-07")
    ]
    assert content["level"]["label"] == "Cần chuẩn bị trước"
    assert content["level"]["reasons"] == [
        "1 hạn đã quá mà việc chưa xong",
        "1 phiên tòa, đấu giá, cưỡng chế trong tuần thuộc vụ việc phải xác minh trở lên",
        "1 hạn đến trong tuần",
        "1 vụ việc tuần qua có nhiều bài hơn tuần trước",
    ]


def test_the_centre_looks_over_all(tree):
    top = make.focal_point(tree.centre)
    make.case(tree.province), make.case(tree.other)
    assert len(outlook(tree.centre, top).content["cases"]) == 2


def test_next_week_may_be_looked_at_a_later_one_not(tree, focal):
    made = make_outlook(tree.province, date(2026, 8, 12), actor=focal, now=NOW)
    assert made.first == date(2026, 8, 10)
    with pytest.raises(InvalidInput, match="Chỉ dự báo được tuần này hoặc tuần sau"):
        make_outlook(tree.province, date(2026, 8, 17), actor=focal, now=NOW)


def test_who_may_not_makes_none(tree, clerk):
    stranger = make.focal_point(tree.other)
    for actor in (clerk, stranger):
        with pytest.raises(NotAllowed):
            outlook(tree.province, actor)
        with pytest.raises(NotAllowed):
            make_synthesis(tree.province, "week", LAST_WEEK, actor=actor, now=NOW)
    made = outlook(tree.province, None)
    with pytest.raises(NotAllowed):
        write_remarks(made, "x", actor=stranger, now=NOW)


def test_the_synthesis_counts_compares_and_says_what_was_answered(tree, focal):
    make.item("Cũ", at=on(1))
    answered = make.warning(tree.province, make.story(report(on(28)), report(on(29), "Báo Đò Mới")))
    waiting = make.warning(tree.region1, make.story(report(on(29))))
    make.warning(tree.province, make.story(report(on(30))))
    make.warning(tree.province, make.story(report(on(22))))
    make.paper(make.case(tree.province, story=answered.story), PaperState.SENT)
    make.case(tree.province, story=waiting.story)
    content = make_synthesis(tree.province, "week", LAST_WEEK, actor=focal, now=NOW).content
    assert content["sentences"] == [
        "Trong tuần có 4 bài về 3 vụ việc, trên 2 báo.",
        "So với tuần trước (1 bài): +3.",
        "Bài bất lợi cho Hệ thống: 4 (100% số bài), kỳ trước 1.",
        "Vụ việc cần xác minh, trả lời: 3.",
        "Ngày nhiều bài nhất: 29/07/2026, 2 bài.",
    ]
    assert content["answers"]["sentences"] == [
        "Trong 3 vụ việc cần xác minh, trả lời: 1 đã trả lời, 1 đang xử lý, 1 chưa mở hồ sơ."
    ]
    assert [(row["items"], row["answer"]) for row in content["top"]] == [
        (2, "Đã trả lời"), (1, "Đang xử lý"), (1, "Chưa mở hồ sơ"),
    ]  # fmt: skip
    assert [part["code"] for part in content["tallies"]] == [
        "kind", "stance", "severity", "place", "outlet",
    ]  # fmt: skip


def test_a_period_still_running_says_so_and_one_to_come_is_refused(tree, focal):
    make.item("Cũ", at=on(1, 5))
    running = make_synthesis(tree.province, "month", TODAY, actor=focal, now=NOW)
    assert (running.first, running.day) == (date(2026, 8, 1), date(2026, 8, 31))
    assert running.content["sentences"] == [
        "Trong tháng (đến 05/08/2026, kỳ chưa hết) không có tin, bài liên quan.",
        "So với tháng trước (0 bài): không đổi.",
    ]
    with pytest.raises(InvalidInput, match="Chưa đến những ngày này"):
        make_synthesis(tree.province, "month", date(2026, 9, 1), actor=focal, now=NOW)


def test_made_anew_it_keeps_what_people_wrote(tree, focal):
    first = make_synthesis(tree.province, "week", LAST_WEEK, actor=focal, now=NOW)
    write_remarks(first, "Đề nghị chuẩn bị.\r\n Trước phiên tòa.", actor=focal, now=NOW)
    again = make_sheet(tree.province, "week", LAST_WEEK, actor=focal, now=NOW)
    assert (again.pk, again.remarks) == (first.pk, "Đề nghị chuẩn bị.\nTrước phiên tòa.")
    assert "Trước phiên tòa." in digest_html(again)


def lines_of(digest):
    document = Document(BytesIO(digest_word(digest, now=NOW)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in document.paragraphs], cells


def test_the_word_files_hold_their_parts(tree, head, focal):
    make.warning(tree.province, make.story(report(on(29), body="Phiên tòa sẽ mở ngày 7/8.")))
    make.case(tree.province, title="Chậm trả tiền")
    paragraphs, cells = lines_of(make_synthesis(tree.province, "week", LAST_WEEK, actor=focal, now=NOW))  # fmt: skip
    assert "Tổng hợp dư luận báo chí tuần (từ ngày 27/07/2026 đến ngày 02/08/2026)" in paragraphs
    for words in ("Phản ánh, khiếu nại", "█████████", "Chưa mở hồ sơ"):
        assert words in cells
    assert "Đơn vị chưa có nhận xét, đề xuất." in paragraphs
    assert any("Người thadstg-head" in cell for cell in cells)
    paragraphs, cells = lines_of(outlook(tree.province, focal))
    assert "III. PHIÊN TÒA, ĐẤU GIÁ, CƯỠNG CHẾ ĐÃ ĐƯỢC BÁO TRƯỚC" in paragraphs
    assert "HS 1/2026: Chậm trả tiền" in cells
    assert "Thứ Sáu, 07/08/2026" in cells


def morning(day, month=8):
    slot = datetime(2026, month, day, 0, 0, tzinfo=UTC)
    return periodic_digests.func(now=slot, slot=slot.isoformat())


def made():
    rows = Digest.objects.system(WHY).exclude(sent_at=None).order_by("pk")
    return [(digest.kind, digest.first_day, digest.day) for digest in rows]


def test_monday_owes_the_outlook_and_the_last_week_once(tree, focal):
    assert morning(10) == 3  # with the month before, which was owed too
    assert made() == [
        ("outlook", date(2026, 8, 10), date(2026, 8, 16)),
        ("week", date(2026, 8, 3), date(2026, 8, 9)),
        ("month", date(2026, 7, 1), date(2026, 7, 31)),
    ]
    assert [morning(10), morning(11), morning(15)] == [0, 0, 0]
    assert morning(17) == 2


def test_a_monday_off_is_made_good_on_the_next_working_morning(tree, focal):
    morning(24)
    assert [morning(31), morning(1, 9), morning(2, 9)] == [0, 0, 0]
    assert morning(3, 9) == 3  # after the holidays: outlook, last week, and August
    assert made()[-1] == ("month", date(2026, 8, 1), date(2026, 8, 31))


def test_a_month_long_past_is_owed_no_longer(tree, focal):
    assert morning(17) == 2


def test_it_goes_by_mail_with_its_word_file(tree, focal):
    morning(10)
    deliver_due(datetime(2026, 8, 10, 1, tzinfo=UTC))
    mails = OutgoingMail.objects.order_by("pk")
    assert [(mail.subject, mail.attachments[0][0]) for mail in mails] == [
        ("Dự báo tuần 10/08/2026 – 16/08/2026 – THADS tỉnh Thanh Giang", "du-bao-tuan-2026-08-16.docx"),
        ("Tổng hợp dư luận báo chí tuần 03/08/2026 – 09/08/2026 – THADS tỉnh Thanh Giang", "tong-hop-tuan-2026-08-09.docx"),
        ("Tổng hợp dư luận báo chí tháng 7/2026 – THADS tỉnh Thanh Giang", "tong-hop-thang-2026-07-31.docx"),
    ]  # fmt: skip
    assert all("<table" in mail.html or "Không có." in mail.html for mail in mails)


def test_a_synthesis_sent_before_its_days_ended_is_owed_again(tree, focal):
    early = make_synthesis(tree.province, "week", TODAY, actor=focal, now=NOW)
    Digest.objects.system(WHY).filter(pk=early.pk).update(sent_at=NOW)
    assert morning(10) == 3


def test_open_cases_and_answers_keep_their_queries(tree, django_assert_num_queries):
    stories = set()
    for _ in range(3):
        warning = make.warning(tree.province)
        make.clock(make.case(tree.province, story=warning.story), due_at=NOW)
        stories.add(warning.story_id)
    with django_assert_num_queries(2):
        assert len(open_cases_of({tree.province.pk})) == 3
    with django_assert_num_queries(1):
        found = answers_of({tree.province.pk}, stories)
    assert set(found.values()) == {Answer(is_answered=False, is_open=True)}


def test_a_statement_answers_and_another_agency_s_case_does_not(tree):
    warning = make.warning(tree.province)
    case = make.case(tree.other, story=warning.story)
    assert answers_of({tree.province.pk}, {warning.story_id}) == {}
    Statement.objects.create(
        case=case, at=NOW, form="website", spokesperson="x", text="y", recorded_by=case.opened_by, recorded_at=NOW
    )  # fmt: skip
    assert answers_of(None, {warning.story_id}) == {warning.story_id: Answer(True, True)}
