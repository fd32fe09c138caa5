"""A result is proved: what is missing is said exactly, the head alone closes without it; remedies outlive their case."""

from datetime import timedelta

import pytest

from hoiam.core import ledger
from hoiam.core.errors import InvalidInput, NotAllowed, WrongState
from hoiam.handling import actions
from hoiam.handling.models import Case, Outcome, WatchCheck
from hoiam.handling.queries import remedy_light
from hoiam.handling.queries.outcomes import NEEDS, NO_PROOF, Proof, lacking
from hoiam.handling.queries.work import work_list
from hoiam.handling.states import CaseState
from hoiam.kit.rulebook import result_codes
from tests import factories as make
from tests.factories import NOW, TODAY

DAY = timedelta(days=1)


def lacks(case, result, proof=NO_PROOF, note=""):
    return [lack.what for lack in lacking(case, result, proof, note=note, day=TODAY)]


def check(case, reply, **fields):
    paper = make.paper(case, "sent")
    return WatchCheck.objects.create(paper=paper, at=NOW, reply=reply, **fields)


def test_every_code_of_the_rulebook_has_its_needs():
    assert set(NEEDS) == {code.code for code in result_codes()}


# What proves each code: a change of the records, or something named at closing.
SHOWN = {
    "published": lambda c: Proof(link="https://songthanh.example/1"),
    "corrected": lambda c: check(c, "corrected") and NO_PROOF,
    "removed": lambda c: check(c, "removed") and NO_PROOF,
    "refused_with_reason": lambda c: Proof(evidence=make.evidence(c)),
    "no_reaction": lambda c: make.paper(c, "delivered", delivered_at=NOW) and NO_PROOF,
    "stopped_after_rounds": lambda c: make.paper(c, "sent", round=2) and NO_PROOF,
    "escalated": lambda c: Proof(place="Sở Văn hóa", evidence=make.evidence(c)),
    "answered": lambda c: make.paper(c, "sent") and NO_PROOF,
    "declined": lambda c: Proof(ground="investigation"),
    "press_right": lambda c: _remedy(c) and NO_PROOF,
    "not_ours": lambda c: Proof(place="THADS tỉnh Lam Hà"),
    "duplicate": lambda c: Proof(original=make.case(c.agency)),
}


def _remedy(case):
    who = make.focal_point(case.agency)
    return actions.plan_remedy(case, what="họp", who="Phòng 1", due_on=TODAY, actor=who, now=NOW)


@pytest.mark.parametrize("result", SHOWN)
def test_a_result_lacks_what_it_needs_until_it_is_shown(tree, result):
    case = make.case(tree.province)
    assert lacks(case, result) != []
    assert lacks(case, result, SHOWN[result](case)) == []


def test_a_reason_is_all_that_no_duty_needs(tree):
    case = make.case(tree.province)
    assert (lacks(case, "no_duty"), lacks(case, "no_duty", note="tin tích cực")) == (["lý do"], [])


def test_a_published_reply_without_address_or_file_is_no_proof(tree):
    case = make.case(tree.province)
    check(case, "published")
    assert lacks(case, "published") == ["địa chỉ bài đã đăng hoặc bản chụp"]
    check(case, "published", url="https://songthanh.example/2")
    assert lacks(case, "published") == []


def test_another_agency_s_case_is_no_original(tree):
    case = make.case(tree.province)
    for original in (case, make.case(tree.other)):
        assert lacks(case, "duplicate", Proof(original=original)) == ["hồ sơ gốc của cùng đơn vị"]


def test_closing_says_exactly_what_is_missing_and_changes_nothing(tree, head):
    case = make.case(tree.province, CaseState.WATCHING)
    with pytest.raises(InvalidInput) as refused:
        actions.close(case, actor=head, now=NOW, result="escalated")
    assert str(refused.value) == (
        "Kết quả “Đã chuyển cấp có thẩm quyền” còn thiếu: nơi nhận đề nghị xử lý; hồ sơ chứng cứ (ít nhất một tệp). "
        "Bổ sung, chọn kết quả khác, hoặc thủ trưởng ghi vì sao vẫn đóng."
    )
    assert refused.value.field == "place"
    assert (Case.objects.system("test").get().state, Outcome.objects.count()) == ("watching", 0)


def test_the_head_closes_without_it_and_the_reason_is_kept(tree, head):
    chief = make.actor(tree.province, "chief_of_office")
    case = make.case(tree.province, CaseState.WATCHING)
    typed = {"result": "corrected", "waiver": "Báo đã xin lỗi trực tiếp", "now": NOW}
    with pytest.raises(NotAllowed, match="thủ trưởng"):
        actions.close(case, actor=chief, **typed)
    closed = actions.close(case, actor=head, **typed)
    assert closed.outcome.waived == "Báo đã xin lỗi trực tiếp"
    line = ledger.of(case).get(step="close")
    assert (line.data["waived"], "lời cải chính" in line.data["lacking"]) == (
        closed.outcome.waived,
        True,
    )


def test_a_waiver_nothing_needs_is_not_kept(tree, head):
    case = make.case(tree.province, CaseState.WATCHING)
    closed = actions.close(case, actor=head, now=NOW, result="no_duty", note="đúng", waiver="x")
    assert (closed.outcome.lacking, closed.outcome.waived) == ("", "")


def duties(case, focal, letters):
    for letter in letters:
        actions.open_obligation(case, letter=letter, actor=focal, now=NOW)


def test_a_case_closes_when_every_obligation_has_its_own_result(tree, head, focal):
    case = make.case(tree.province, CaseState.WATCHING)
    duties(case, focal, "agh")
    act = {"actor": head, "now": NOW, "result": "answered", "note": "công văn 5"}
    with pytest.raises(InvalidInput, match="loại a, loại g, loại h") as refused:
        actions.close(case, **act)
    assert refused.value.field == "result_a"
    with pytest.raises(InvalidInput, match=r"nghĩa vụ loại h.*địa chỉ bài đã đăng"):
        actions.close(case, **act, results={"a": "answered", "g": "answered", "h": "published"})
    actions.close(case, **act, results={"a": "answered", "g": "answered", "h": "no_duty"})
    assert {o.letter: o.result for o in case.obligations.all()} == {
        "a": "answered", "g": "answered", "h": "no_duty",
    }  # fmt: skip
    assert sorted(o.letter for o in case.outcomes.all()) == ["", "a", "g", "h"]


def test_a_result_of_the_whole_matter_is_every_obligation_s(tree, head, focal):
    case = make.case(tree.province, CaseState.WATCHING)
    duties(case, focal, "agh")
    actions.close(case, actor=head, now=NOW, result="no_duty", note="tin tích cực")
    assert {o.result for o in case.obligations.all()} == {"no_duty"}


def test_a_directive_not_answered_is_answered_first_or_explained(tree, head):
    case = make.case(tree.province, CaseState.WATCHING)
    actions.receive_directive(case, issuer="UBND", content="báo cáo", actor=head, now=NOW)
    proof = Proof(place="THADS tỉnh Lam Hà")
    with pytest.raises(InvalidInput, match="“UBND”"):
        actions.close(case, actor=head, now=NOW, result="not_ours", proof=proof)
    actions.close(
        case, actor=head, now=NOW, result="not_ours", proof=proof, note="tỉnh bạn trả lời"
    )


def test_results_of_a_reopened_case_stay_on_record_and_are_given_anew(tree, head, focal):
    case = make.case(tree.province, CaseState.WATCHING)
    duties(case, focal, "g")
    actions.close(case, actor=head, now=NOW, result="answered", note="công văn 5")
    again = actions.reopen(case, actor=head, now=NOW + DAY, reason="còn việc")
    assert (again.outcome, case.outcomes.count()) == (None, 2)
    assert not Outcome.objects.exclude(obligation=None).exists()
    make.fact(case)
    actions.close(case, actor=head, now=NOW + DAY, result="answered", note="công văn 6")
    assert case.outcomes.count() == 4


def test_the_press_was_right_needs_a_remedy_and_its_date_stays_on_the_list(tree, head, focal):
    case = make.case(tree.province, CaseState.VERIFIED, holder=focal.official)
    act = {"actor": head, "now": NOW}
    with pytest.raises(InvalidInput, match="chấn chỉnh nội bộ"):
        actions.close(case, **act, result="press_right", note="báo đúng")
    actions.remedy(case, **act, text="Kiểm điểm", who="Phòng khu vực 1", due_on=TODAY + 2 * DAY)
    closed = actions.close(case, **act, result="press_right")
    assert closed.state == CaseState.CLOSED
    row = work_list(focal, now=NOW + 3 * DAY).late[0]
    assert (row.kind, row.title, row.light.time) == ("remedy", "Kiểm điểm", "late")
    remedy = case.remedies.get()
    done = actions.finish_remedy(remedy, note="Đã kiểm điểm", actor=focal, now=NOW + 3 * DAY)
    assert (done.is_late, remedy_light(done, NOW + 9 * DAY).words) == (True, "xong muộn 1 ngày")
    assert work_list(focal, now=NOW + 3 * DAY).late == []
    with pytest.raises(WrongState, match="đã ghi xong"):
        actions.finish_remedy(remedy, note="nữa", actor=focal, now=NOW + 3 * DAY)


def test_a_remedy_said_to_be_done_is_done(tree, head):
    case = make.case(tree.province, CaseState.VERIFIED)
    actions.remedy(case, text="Đã phê bình", actor=head, now=NOW)
    assert case.remedies.get().done_at == NOW


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"what": " "}, "what"), ({"who": ""}, "who"), ({"due_on": TODAY - DAY}, "due_on")],
)
def test_what_a_remedy_lacks_is_named(tree, focal, fields, field):
    first = {"what": "họp", "who": "Phòng 1", "due_on": TODAY}
    with pytest.raises(InvalidInput) as refused:
        actions.plan_remedy(make.case(tree.province), actor=focal, now=NOW, **{**first, **fields})
    assert refused.value.field == field
