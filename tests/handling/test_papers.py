"""Papers: filled from case and report, edited by people, approved by somebody else, numbered without gaps, kept as bytes."""

import hashlib
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from docx import Document

from hoiam.agencies.states import MediaType, Role
from hoiam.core import blobs
from hoiam.core.errors import InvalidInput, NotAllowed, WrongState
from hoiam.handling import actions
from hoiam.handling.actions.papers import preview
from hoiam.handling.models import NumberBook, Paper
from hoiam.handling.states import CaseState, PaperState
from hoiam.kit.vietnamese import VIETNAM
from tests import factories as make
from tests.factories import NOW

TITLE = {"signer_title": "Trưởng Thi hành án dân sự tỉnh"}
DEPUTY = {
    "signer_title": "Phó Trưởng Thi hành án dân sự tỉnh",
    "signing_form": "KT",
    "signing_for": "Trưởng Thi hành án dân sự tỉnh",
}
AUTHORITY = {
    "authority_number": "12/GUQ-THADSTG",
    "authority_content": "Ký văn bản trả lời báo chí",
    "authority_from": NOW.date(),
    "authority_to": NOW.date() + timedelta(days=30),
}
TUQ = {**DEPUTY, "signing_form": "TUQ", "signer_title": "Chánh Văn phòng"}


def words(data: bytes) -> str:
    """All text of a Word file, heads and tables included."""
    document = Document(BytesIO(data))
    rows = [cell.text for t in document.tables for row in t.rows for cell in row.cells]
    heads = [
        p.text
        for section in document.sections
        for head in (section.header, section.first_page_header)
        for p in head.paragraphs
    ]
    return "\n".join([*heads, *(p.text for p in document.paragraphs), *rows])


def verified(tree, media=MediaType.ONLINE, **item):
    """A verified case of one report on a channel of this media type, with one fact the paper had wrong."""
    report = make.item(channel=make.channel(media), **item)
    case = make.case(tree.province, CaseState.VERIFIED, story=make.story(report))
    make.fact(case)
    return case, report


def submitted(tree, focal, media=MediaType.ONLINE):
    case, _ = verified(tree, media)
    paper = actions.draft_paper(case, code="response", actor=focal, now=NOW)
    return actions.submit_paper(paper, actor=focal, now=NOW)


def test_a_draft_is_filled_from_the_case_and_an_online_report(tree, focal):
    case, report = verified(tree)
    paper = actions.draft_paper(case, code="response", actor=focal, now=NOW)
    assert paper.fields == {
        "agency": "Thi hành án dân sự tỉnh Thanh Giang",
        "parent_agency": "Cục Quản lý THADS",
        "agency_symbol": "THADSTG",
        "unit_symbol": "VP",
        "place": "Thanh Giang",
        "press_agency": "Báo Sông Thanh",
        "media_type": "online",
        "work_title": "Chuyện một bản án ở bến sông",
        "section": "Bạn đọc",
        "link": report.url,
        "published_on": "2026-08-05",
        "reported": "Bản án hai năm chưa thi hành.",
        "grounds": ["Đã thi hành xong ngày 20/6/2026 (chứng cứ: Biên bản giao tiền)."],
        "response": "Đã thi hành xong ngày 20/6/2026.",
        "addressees": ["Báo Sông Thanh"],
    }
    assert (paper.item_id, paper.round, paper.addressee) == (report.pk, 1, "Báo Sông Thanh")
    assert paper.drafted_by_id == focal.pk


def test_a_report_in_print_brings_its_issue(tree, focal):
    case, report = verified(tree, MediaType.DAILY_PRINT, url="")
    make.clip(report, focal.official, medium="print", issue="112", page="3")
    paper = actions.draft_paper(case, code="response", actor=focal, now=NOW)
    told = {name: paper.fields.get(name) for name in ("media_type", "issue", "link")}
    assert told == {"media_type": "print", "issue": "112", "link": None}
    actions.submit_paper(paper, actor=focal, now=NOW)


def test_a_report_on_television_brings_programme_and_air_time(tree, focal):
    case, report = verified(tree, MediaType.TELEVISION, url="", section="")
    aired = datetime(2026, 8, 4, 19, 45, tzinfo=VIETNAM)
    make.clip(
        report,
        focal.official,
        medium="television",
        programme="Câu chuyện pháp luật",
        aired_at=aired,
    )
    paper = actions.draft_paper(case, code="response", actor=focal, now=NOW)
    told = {
        name: paper.fields[name]
        for name in ("media_type", "programme", "broadcast_on", "broadcast_time")
    }
    assert told == {
        "media_type": "television",
        "programme": "Câu chuyện pháp luật",
        "broadcast_on": "2026-08-04",
        "broadcast_time": "19 giờ 45 phút",
    }
    actions.submit_paper(paper, actor=focal, now=NOW)


def test_a_report_upward_goes_to_the_superior_with_all_facts(tree, focal):
    case, _ = verified(tree)
    make.fact(case, right=True, truth="Đúng là có chậm")
    paper = actions.draft_paper(case, code="superior_report", actor=focal, now=NOW)
    assert paper.addressee == "Văn phòng Cục Quản lý THADS"
    assert [row["actual"] for row in paper.fields["facts"]] == [
        "Đã thi hành xong ngày 20/6/2026",
        "Đúng là có chậm",
    ]


def test_an_unknown_kind_is_refused(tree, focal):
    case, _ = verified(tree)
    with pytest.raises(InvalidInput) as refused:
        actions.draft_paper(case, code="love_letter", actor=focal, now=NOW)
    assert refused.value.field == "kind"


def test_who_drafts_does_not_type_number_or_signer(tree, focal):
    case, _ = verified(tree)
    typed = {"number": 99, "signer": "Ai đó", "subject": "về  việc khác", "section": "Pháp luật"}
    paper = actions.draft_paper(case, code="response", actor=focal, now=NOW, fields=typed)
    assert {"number", "signer", "subject"} & set(paper.fields) == set()
    assert (paper.subject, paper.fields["section"]) == ("về việc khác", "Pháp luật")


def test_an_edited_body_survives_changed_fields(tree, focal):
    case, _ = verified(tree)
    paper = actions.draft_paper(case, code="response", actor=focal, now=NOW)
    mine = paper.body + "\n\nCâu của tôi."
    edited = actions.edit_paper(paper, actor=focal, now=NOW, fields={}, body=mine)
    later = actions.edit_paper(
        edited, actor=focal, now=NOW, fields={"response": "Ý kiến khác."}, body=None
    )
    assert (later.body, later.is_body_edited) == (mine, True)
    assert later.fields["response"] == "Ý kiến khác."
    assert [v.body == mine for v in later.versions.all()] == [True, True, False]


def test_an_unedited_body_follows_the_fields(tree, focal):
    case, _ = verified(tree)
    paper = actions.draft_paper(case, code="response", actor=focal, now=NOW)
    # Browsers send line ends of their own: that is no edit.
    sent_back = paper.body.replace("\n", "\r\n")
    changed = actions.edit_paper(
        paper, actor=focal, now=NOW, fields={"response": "Ý kiến khác."}, body=sent_back
    )
    assert changed.is_body_edited is False
    assert "Ý kiến khác." in changed.body


def test_editing_fields_leaves_the_subject_as_it_was(tree, focal):
    case, _ = verified(tree)
    paper = actions.draft_paper(case, code="response", actor=focal, now=NOW)
    named = actions.edit_paper(paper, actor=focal, now=NOW, fields={}, subject="về một bản án")
    assert actions.edit_paper(named, actor=focal, now=NOW, fields={}).subject == "về một bản án"


def test_submitting_names_all_that_is_missing(tree, focal):
    case, _ = verified(tree, section="")
    case.facts.all().delete()
    paper = actions.draft_paper(case, code="response", actor=focal, now=NOW)
    with pytest.raises(InvalidInput) as refused:
        actions.submit_paper(paper, actor=focal, now=NOW)
    for label in ("Chuyên mục", "Nội dung báo nêu", "Căn cứ", "Ý kiến phản hồi"):
        assert label in str(refused.value)
    assert Paper.objects.system("test").get(pk=paper.pk).state == PaperState.DRAFT


def test_a_stale_copy_is_submitted_as_it_stands_now(tree, focal):
    case, _ = verified(tree)
    stale = actions.draft_paper(case, code="response", actor=focal, now=NOW)
    actions.edit_paper(stale, actor=focal, now=NOW, fields={"response": ""})
    with pytest.raises(InvalidInput, match="Ý kiến phản hồi"):
        actions.submit_paper(stale, actor=focal, now=NOW)


def test_the_approved_word_file_states_what_the_law_wants(tree, focal, head):
    paper = submitted(tree, focal)
    approved = actions.approve_paper(paper, actor=head, now=NOW, **TITLE)
    data = blobs.read(approved.blob)
    assert hashlib.sha256(data).hexdigest() == approved.blob
    text = words(data)
    for wanted in (
        "Thi hành án dân sự tỉnh Thanh Giang",
        "Báo Sông Thanh",
        "Chuyện một bản án ở bến sông",
        "Bạn đọc",
        "05/08/2026",
        "Đã thi hành xong ngày 20/6/2026",
        "Nghị định số 244/2026/NĐ-CP",
        str(head),
    ):
        assert wanted in text, wanted
    assert "DỰ THẢO" not in text
    assert (approved.number, approved.year, approved.symbol) == (1, 2026, "01/THADSTG-VP")
    assert (approved.issued_on, approved.approved_by_id) == (NOW.date(), head.pk)


def test_approved_bytes_never_change(tree, focal, head):
    approved = actions.approve_paper(submitted(tree, focal), actor=head, now=NOW, **TITLE)
    before = preview(approved)
    Paper.objects.system("test").filter(pk=approved.pk).update(body="khác", is_body_edited=True)
    sent = actions.mark_sent(approved, actor=focal, now=NOW, how="bưu điện", reason="gấp")
    assert preview(sent) == before == blobs.read(approved.blob)


def test_a_draft_is_previewed_as_a_draft(tree, focal):
    case, _ = verified(tree)
    assert "DỰ THẢO" in words(
        preview(actions.draft_paper(case, code="response", actor=focal, now=NOW))
    )


def test_the_drafter_does_not_approve(tree, head, deputy):
    case, _ = verified(tree)
    paper = actions.draft_paper(case, code="response", actor=head, now=NOW)
    paper = actions.submit_paper(paper, actor=head, now=NOW)
    with pytest.raises(NotAllowed, match="Người soạn không tự duyệt"):
        actions.approve_paper(paper, actor=head, now=NOW, **TITLE)
    assert actions.approve_paper(paper, actor=deputy, now=NOW, **DEPUTY).number == 1


def test_the_last_editor_does_not_approve_and_neither_does_the_first_drafter(tree, focal, head):
    case, _ = verified(tree)
    paper = actions.draft_paper(case, code="response", actor=head, now=NOW)
    deputy = make.actor(tree.province, Role.DEPUTY)
    paper = actions.edit_paper(paper, actor=deputy, now=NOW, fields={"section": "Pháp luật"})
    paper = actions.submit_paper(paper, actor=focal, now=NOW)
    for who in (head, deputy):
        with pytest.raises(NotAllowed):
            actions.approve_paper(paper, actor=who, now=NOW, **TITLE)
    spokesperson = make.actor(tree.province, Role.SPOKESPERSON)
    signed = actions.approve_paper(paper, actor=spokesperson, now=NOW, basis=AUTHORITY, **TUQ)
    assert signed.number == 1
    assert signed.signing_basis["authority_from"] == "2026-08-05"


def test_the_database_keeps_the_four_eyes_too(tree, focal):
    paper = submitted(tree, focal)
    with pytest.raises(IntegrityError), transaction.atomic():
        Paper.objects.system("test").filter(pk=paper.pk).update(approved_by=focal.official)


def test_a_second_approval_from_a_stale_page_changes_nothing(tree, focal, head, deputy):
    stale = submitted(tree, focal)
    actions.approve_paper(stale, actor=head, now=NOW, **TITLE)
    with pytest.raises(WrongState, match="“Đã duyệt”"):
        actions.approve_paper(stale, actor=deputy, now=NOW, **DEPUTY)
    kept = Paper.objects.system("test").get(pk=stale.pk)
    assert (kept.approved_by_id, kept.number) == (head.pk, 1)
    assert NumberBook.objects.get().last == 1


def test_numbers_have_no_gaps_when_an_approval_fails(tree, focal, head):
    first, second = submitted(tree, focal), submitted(tree, focal)
    assert actions.approve_paper(first, actor=head, now=NOW, **TITLE).number == 1
    # No học vị before a name: the paper cannot be written, so the number goes back.
    rank = head.official.full_name
    head.official.full_name = f"TS. {rank}"
    with pytest.raises(InvalidInput, match="học vị"):
        actions.approve_paper(second, actor=head, now=NOW, **TITLE)
    head.official.full_name = rank
    assert NumberBook.objects.get().last == 1
    assert actions.approve_paper(second, actor=head, now=NOW, **TITLE).number == 2


def test_each_agency_has_a_series_of_its_own_each_year(tree, focal, head):
    new_year = datetime(2027, 1, 1, 0, 5, tzinfo=VIETNAM)
    old_year = new_year - timedelta(minutes=10)
    ours = [submitted(tree, focal) for _ in range(3)]
    got = [
        actions.approve_paper(paper, actor=head, now=at, **TITLE)
        for paper, at in zip(ours, (old_year, new_year, new_year), strict=True)
    ]
    assert [(p.number, p.year) for p in got] == [(1, 2026), (1, 2027), (2, 2027)]
    assert [str(p.issued_on) for p in got] == ["2026-12-31", "2027-01-01", "2027-01-01"]
    case = make.case(
        tree.other, story=make.story(make.item(channel=make.channel(name="Báo Đò Mới")))
    )
    make.fact(case)
    theirs = actions.draft_paper(case, code="response", actor=make.focal_point(tree.other), now=NOW)
    theirs = actions.submit_paper(theirs, actor=make.focal_point(tree.other), now=NOW)
    assert actions.approve_paper(theirs, actor=make.head(tree.other), now=NOW, **TITLE).number == 1


def test_a_withdrawn_number_stays_in_the_register(tree, focal, head):
    first, second = submitted(tree, focal), submitted(tree, focal)
    actions.approve_paper(first, actor=head, now=NOW, **TITLE)
    actions.withdraw_paper(first, actor=focal, now=NOW, reason="báo đã tự cải chính")
    assert actions.approve_paper(second, actor=head, now=NOW, **TITLE).number == 2
    kept = Paper.objects.system("test").get(pk=first.pk)
    assert (kept.state, kept.number) == (PaperState.WITHDRAWN, 1)
    assert kept.withdrawn_reason == "báo đã tự cải chính"


def test_rounds_count_by_outlet_and_pass_over_withdrawn_papers(tree, focal):
    case, report = verified(tree)
    other = make.item("Bài đăng lại", channel=make.channel(name="Báo Đò Mới"))

    def draft(item):
        return actions.draft_paper(case, code="response", item=item, actor=focal, now=NOW)

    first = draft(report)
    assert [first.round, draft(report).round, draft(other).round] == [1, 2, 1]
    actions.withdraw_paper(first, actor=focal, now=NOW, reason="soạn nhầm")
    assert draft(report).round == 2


def test_a_returned_paper_says_what_to_mend(tree, focal, head):
    paper = submitted(tree, focal)
    with pytest.raises(InvalidInput) as refused:
        actions.return_paper(paper, actor=head, now=NOW, reason=" ")
    assert refused.value.field == "reason"
    assert actions.return_paper(paper, actor=head, now=NOW, reason="thiếu căn cứ").state == "draft"


def test_a_paper_of_a_closed_case_goes_nowhere_but_back(tree, focal, head):
    paper = submitted(tree, focal)
    actions.close(paper.case, actor=head, now=NOW, result="no_duty", note="báo đã gỡ bài")
    with pytest.raises(WrongState, match="đã đóng"):
        actions.approve_paper(paper, actor=head, now=NOW, **TITLE)
    withdrawn = actions.withdraw_paper(paper, actor=focal, now=NOW, reason="không cần nữa")
    assert withdrawn.state == PaperState.WITHDRAWN
