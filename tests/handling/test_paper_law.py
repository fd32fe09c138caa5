"""Each paper's legal trigger, its lawful signing form, and the one series of numbers."""

from datetime import date, datetime, timedelta

import pytest

from hoiam.agencies.states import MediaType, Role
from hoiam.core import ledger
from hoiam.core.errors import InvalidInput, NotAllowed
from hoiam.handling import actions
from hoiam.handling.actions.paper_grounds import gaps_of, ground_of
from hoiam.handling.actions.signing import forms_open_to
from hoiam.handling.models import NumberBook, OutsideNumber, Paper
from hoiam.handling.states import CaseState
from hoiam.kit.papers import kind
from hoiam.kit.rulebook import refusal_grounds
from hoiam.kit.vietnamese import VIETNAM
from tests import factories as make
from tests.factories import NOW
from tests.handling.test_papers import AUTHORITY, DEPUTY, TITLE, TUQ, submitted, verified

FILE = b"%PDF-1.7\n%%EOF\n"
OUT = {
    "symbol": "QĐ-THADSTG",
    "issued_on": NOW.date(),
    "subject": "Quyết định phân công",
    "reason": "Lập trên phần mềm thi hành án",
}


def approved(tree, focal, head, at=NOW):
    return actions.approve_paper(submitted(tree, focal), actor=head, now=at, **TITLE)


def drafted(case, focal, code, **fields):
    return actions.draft_paper(case, code=code, actor=focal, now=NOW, fields=fields)


@pytest.mark.parametrize("code", ["response", "correction_demand"])
def test_a_paper_that_says_the_press_is_wrong_needs_a_wrong_claim_with_its_evidence(
    tree, focal, code
):
    case, _ = verified(tree)
    fact = case.facts.get()
    assert ground_of(case, code, today=NOW.date()).gaps == ()
    paper = drafted(case, focal, code, apology="Đề nghị xin lỗi.")
    case.facts.filter(pk=fact.pk).update(is_claim_right=True)
    with pytest.raises(InvalidInput, match="Bảng đối chiếu chưa có điều nào") as refused:
        actions.submit_paper(paper, actor=focal, now=NOW)
    assert refused.value.field == "facts"
    case.facts.filter(pk=fact.pk).update(is_claim_right=False, evidence="")
    with pytest.raises(InvalidInput, match="thực tế và chứng cứ"):
        actions.submit_paper(paper, actor=focal, now=NOW)
    case.facts.filter(pk=fact.pk).update(evidence="Biên bản")
    assert actions.submit_paper(paper, actor=focal, now=NOW).state == "submitted"


def test_a_ground_lost_between_submitting_and_signing_stops_the_signature(tree, focal, head):
    paper = submitted(tree, focal)
    paper.case.facts.all().delete()
    with pytest.raises(InvalidInput, match="Bảng đối chiếu"):
        actions.approve_paper(paper, actor=head, now=NOW, **TITLE)
    assert not NumberBook.objects.exists()


def test_a_conclusion_is_sent_with_its_file(tree, focal):
    case, _ = verified(tree)
    said = {
        "conclusion_number": "12/KL-TTTG",
        "conclusion_on": "2026-08-03",
        "conclusion_agency": "Thanh tra tỉnh Thanh Giang",
        "conclusion_content": "Kê biên đúng trình tự.",
    }
    paper = drafted(case, focal, "conclusion_notice", **said)
    with pytest.raises(InvalidInput, match="Gắn tệp văn bản kết luận") as refused:
        actions.submit_paper(paper, actor=focal, now=NOW)
    assert refused.value.field == "attached"
    file = actions.add_evidence(
        case, actor=focal, now=NOW, data=FILE, file_name="kl.pdf", title="Kết luận"
    )
    other = actions.add_evidence(
        make.case(tree.province), actor=focal, now=NOW, data=FILE, file_name="x.pdf", title="Khác"
    )
    with pytest.raises(InvalidInput, match="không thuộc hồ sơ này"):
        actions.edit_paper(paper, actor=focal, now=NOW, fields={}, attached=other)
    paper = actions.edit_paper(paper, actor=focal, now=NOW, fields={}, attached=file)
    assert actions.submit_paper(paper, actor=focal, now=NOW).attached_id == file.pk


def test_a_conclusion_without_number_day_or_body_is_named_whole(tree, focal):
    case, _ = verified(tree)
    with pytest.raises(InvalidInput) as refused:
        actions.submit_paper(drafted(case, focal, "conclusion_notice"), actor=focal, now=NOW)
    for wanted in (
        "Số, ký hiệu văn bản kết luận",
        "Ngày của văn bản",
        "Cơ quan ban hành",
        "Gắn tệp",
    ):
        assert wanted in str(refused.value)


@pytest.mark.parametrize(
    ("day", "stand", "fall"),
    [
        (date(2026, 6, 30), "drafts", None),
        (date(2026, 6, 30), "policy_draft", None),  # as papers of before hold it
        (date(2026, 7, 1), "unconcluded", "drafts"),
        (date(2026, 7, 1), "open_case", "policy_draft"),
    ],
)
def test_a_refusal_rests_on_a_ground_in_force_that_day(tree, focal, day, stand, fall):
    case, _ = verified(tree)
    paper = drafted(case, focal, "refusal", ground=stand)
    assert gaps_of(paper, today=day) == ()
    if fall:
        paper.fields["ground"] = fall
        gap = gaps_of(paper, today=day)[0]
        assert (gap.place, "không có hiệu lực ngày 01/07/2026" in gap.sentence) == ("ground", True)
        assert "điểm a khoản 2 Điều 31" in gap.sentence


@pytest.mark.parametrize("day", [date(2026, 6, 30), date(2026, 7, 1)])
def test_the_forms_grounds_are_the_rulebooks(day):
    offered = [choice for choice in kind("refusal").field("ground").choices if choice.holds(day)]
    assert [c.value for c in offered] == [ground.code for ground in refusal_grounds(day)]
    for choice, ground in zip(offered, refusal_grounds(day), strict=True):
        letter = ground.source.clause[-1]
        assert f"điểm {letter} khoản 2" in choice.label


def test_a_radio_programme_is_identified_by_its_hour_and_print_by_its_issue(tree, focal):
    for media, wanted in ((MediaType.RADIO, "Giờ phát sóng"), (MediaType.DAILY_PRINT, "Số báo")):
        case, _ = verified(tree, media)
        with pytest.raises(InvalidInput, match=wanted):
            actions.submit_paper(drafted(case, focal, "response"), actor=focal, now=NOW)


def test_an_authorisation_that_has_run_out_is_not_signed(tree, focal):
    case, _ = verified(tree)
    said = {"person": "Trần Thị Mẫu", "post": "Phó Trưởng", "matter": "vụ việc A"}
    paper = drafted(case, focal, "authorisation", **said, from_on="2026-07-01", to_on="2026-08-04")
    with pytest.raises(InvalidInput, match="Thời hạn ủy quyền đã qua"):
        actions.submit_paper(paper, actor=focal, now=NOW)


def test_nobody_above_is_asked_before_the_outlet_was(tree, focal, head):
    case, _ = verified(tree)
    said = {
        "addressee_kind": "press_authority", "lacking": "đăng ý kiến phản hồi",
        "replies": "Báo không trả lời.", "request": ["Xem xét, xử lý."], "dossier": ["Bản chụp"],
    }  # fmt: skip
    early = drafted(case, focal, "escalation_request", **said, sent=["Văn bản nào đó."])
    with pytest.raises(InvalidInput, match="chưa có văn bản phản hồi"):
        actions.submit_paper(early, actor=focal, now=NOW)
    paper = actions.draft_paper(case, code="response", actor=focal, now=NOW)
    paper = actions.submit_paper(paper, actor=focal, now=NOW)
    paper = actions.approve_paper(paper, actor=head, now=NOW, **TITLE)
    actions.mark_sent(paper, actor=focal, now=NOW, how="bưu điện", reason="gấp")
    later = drafted(case, focal, "escalation_request", **said)
    assert later.fields["sent"] == ["Văn bản số 01/THADSTG-VP ngày 05/08/2026."]
    assert actions.submit_paper(later, actor=focal, now=NOW).state == "submitted"


@pytest.mark.parametrize(
    ("who", "how", "said"),
    [
        ("deputy", TITLE, "Ký trực tiếp là của thủ trưởng"),
        ("head", DEPUTY, "Ký KT. là của cấp phó"),
        ("deputy", {**DEPUTY, "signing_for": " "}, "phải ghi chức vụ của người được ký thay"),
        ("deputy", {**DEPUTY, "signing_form": "TL"}, "Còn thiếu: Quy chế cho ký thừa lệnh"),
        ("deputy", TUQ, "Còn thiếu: Số, ký hiệu văn bản ủy quyền; Nội dung"),
        ("deputy", {**DEPUTY, "signing_form": "TM"}, "chỉ dùng cho tập thể"),
        ("deputy", {**DEPUTY, "signing_form": "XX"}, "Chọn hình thức ký"),
    ],
)  # fmt: skip
def test_an_unlawful_signing_form_is_refused_in_a_sentence(tree, focal, who, how, said):
    actor = make.actor(tree.province, who)
    paper = submitted(tree, focal)
    with pytest.raises(InvalidInput, match=said):
        actions.approve_paper(paper, actor=actor, now=NOW, **how)
    assert not NumberBook.objects.exists()


def test_an_authority_is_good_for_its_days_only(tree, focal, deputy):
    paper = submitted(tree, focal)
    ended = {**AUTHORITY, "authority_to": NOW.date() - timedelta(days=1)}
    with pytest.raises(InvalidInput, match="chỉ có giá trị từ 05/08/2026 đến 04/08/2026"):
        actions.approve_paper(paper, actor=deputy, now=NOW, basis=ended, **TUQ)
    assert actions.approve_paper(paper, actor=deputy, now=NOW, basis=AUTHORITY, **TUQ).number == 1


def test_an_authorisation_is_never_passed_on(tree, focal, deputy):
    case, _ = verified(tree)
    said = {"person": "Trần Thị Mẫu", "post": "Phó Trưởng", "matter": "vụ việc A"}
    paper = drafted(case, focal, "authorisation", **said, from_on="2026-08-05", to_on="2026-08-20")
    paper = actions.submit_paper(paper, actor=focal, now=NOW)
    assert forms_open_to(deputy, paper) == ["TM", "KT", "TL"]
    with pytest.raises(InvalidInput, match="không được ủy quyền lại"):
        actions.approve_paper(paper, actor=deputy, now=NOW, basis=AUTHORITY, **TUQ)


def test_a_number_used_elsewhere_takes_its_place_in_the_series(tree, focal, head, clerk):
    approved(tree, focal, head)
    row = actions.enter_outside_number(tree.province, actor=clerk, now=NOW, number=2, **OUT)
    assert (row.symbol, row.year) == ("02/QĐ-THADSTG", 2026)
    assert approved(tree, focal, head).number == 3
    assert [entry.step for entry in ledger.of(row)] == ["enter_outside_number"]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "Số 01 năm 2026 đã cấp cho “.+” ngày 05/08/2026. Số tiếp theo là 02"),
        (3, "sẽ bỏ trống từ số 02"),
        (0, "bắt đầu từ 01"),
    ],
)
def test_a_number_that_is_taken_or_leaves_a_gap_is_refused(tree, focal, head, clerk, number, said):
    approved(tree, focal, head)
    with pytest.raises(InvalidInput, match=said) as refused:
        actions.enter_outside_number(tree.province, actor=clerk, now=NOW, number=number, **OUT)
    assert refused.value.field == "number"
    assert (NumberBook.objects.get().last, OutsideNumber.objects.system("test").count()) == (1, 0)


def test_a_book_taken_over_in_the_middle_of_a_year_goes_on(tree, focal, head, clerk):
    actions.enter_outside_number(tree.province, actor=clerk, now=NOW, number=347, **OUT)
    assert approved(tree, focal, head).number == 348
    with pytest.raises(InvalidInput, match="thuộc sổ cũ"):
        actions.enter_outside_number(tree.province, actor=clerk, now=NOW, number=12, **OUT)


def test_the_new_year_begins_from_one_again(tree, focal, head, clerk):
    actions.enter_outside_number(tree.province, actor=clerk, now=NOW, number=347, **OUT)
    new_year = datetime(2027, 1, 1, 0, 0, tzinfo=VIETNAM)
    assert approved(tree, focal, head, new_year).number == 1
    late = {**OUT, "issued_on": date(2026, 12, 31)}
    row = actions.enter_outside_number(tree.province, actor=clerk, now=new_year, number=348, **late)
    assert (row.year, row.number) == (2026, 348)


@pytest.mark.parametrize("blank", ["subject", "reason", "symbol"])
def test_an_outside_number_says_what_it_was_for_and_why(tree, clerk, blank):
    with pytest.raises(InvalidInput) as refused:
        actions.enter_outside_number(
            tree.province, actor=clerk, now=NOW, number=1, **{**OUT, blank: " "}
        )
    assert refused.value.field == blank


def test_a_day_that_has_not_come_is_no_day_of_a_paper(tree, clerk):
    ahead = {**OUT, "issued_on": NOW.date() + timedelta(days=1)}
    with pytest.raises(InvalidInput, match="tương lai"):
        actions.enter_outside_number(tree.province, actor=clerk, now=NOW, number=1, **ahead)


def test_strangers_do_not_touch_the_book(tree):
    stranger = make.actor(tree.other, Role.RECORDS_CLERK)
    with pytest.raises(NotAllowed):
        actions.enter_outside_number(tree.province, actor=stranger, now=NOW, number=1, **OUT)


def test_a_cancelled_number_stays_with_its_reason(tree, focal, head, clerk):
    row = actions.enter_outside_number(tree.province, actor=clerk, now=NOW, number=1, **OUT)
    with pytest.raises(InvalidInput, match="lý do hủy"):
        actions.cancel_outside_number(row, actor=clerk, now=NOW, reason=" ")
    row = actions.cancel_outside_number(row, actor=clerk, now=NOW, reason="Ghi nhầm sổ")
    assert row.cancelled_reason == "Ghi nhầm sổ"
    with pytest.raises(InvalidInput, match="đã hủy"):
        actions.cancel_outside_number(row, actor=clerk, now=NOW, reason="nữa")
    assert approved(tree, focal, head).number == 2


def test_a_huge_paste_is_refused_and_nothing_is_lost(tree, focal):
    case, _ = verified(tree)
    paper = actions.draft_paper(case, code="response", actor=focal, now=NOW)
    with pytest.raises(InvalidInput, match=r"70\.001 ký tự") as refused:
        actions.edit_paper(paper, actor=focal, now=NOW, fields={}, body="x" * 70_001)
    assert refused.value.field == "body"
    assert Paper.objects.system("test").get(pk=paper.pk).body == paper.body


def test_quotes_and_control_characters_in_a_title_do_no_harm(tree, focal, head):
    case, _ = verified(tree)
    wild = "Chuyện \"một\" bản án\x00\x0b ở <bến> & 'sông' \u202e"
    paper = drafted(case, focal, "response", work_title=wild)
    paper = actions.submit_paper(paper, actor=focal, now=NOW)
    assert actions.approve_paper(paper, actor=head, now=NOW, **TITLE).state == "approved"


def test_drafting_is_allowed_before_the_grounds_are_there(tree, focal):
    case = make.case(tree.province, CaseState.VERIFIED, story=make.story())
    assert drafted(case, focal, "response").state == "draft"
    gaps = ground_of(case, "response", today=NOW.date()).gaps
    assert [gap.place for gap in gaps] == ["facts"]
