"""What the press asks: taken in, acknowledged, answered or refused by the law of the day, counted in I3."""

from datetime import datetime, timedelta

import pytest

from hoiam.agencies.states import Role
from hoiam.core import ledger
from hoiam.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from hoiam.core.jobs.models import OutgoingMail
from hoiam.core.models import OutboxMessage
from hoiam.core.outbox import deliver_due
from hoiam.handling.actions import enquiry as enquiries
from hoiam.handling.actions.enquiry_content import ask_unit, draft_answer, supply_content
from hoiam.handling.actions.enquiry_intake import receive_enquiry, send_enquiry
from hoiam.handling.models import Enquiry
from hoiam.handling.queries.enquiry import (
    answer_count,
    content_requests_of,
    enquiries_to_do,
    enquiries_visible_to,
    enquiry_by_code,
    enquiry_light,
)
from hoiam.handling.states import ENQUIRY_TRANSITIONS, CaseState, EnquiryState, StatementForm
from hoiam.kit.vietnamese import VIETNAM
from tests import factories as make
from tests.factories import NOW
from tests.handling.press_desk import ASKED, enquiry

OLD = datetime(2026, 6, 29, 9, 0, tzinfo=VIETNAM)
SPOKEN = {
    "form": StatementForm.INTERVIEW,
    "spokesperson": "Nguyễn Văn Thử",
    "text": "Đã thi hành xong ngày 20/6/2026.",
}
GROUND = {"ground": "unconcluded", "reason": "Đang giải quyết khiếu nại lần hai."}


def test_it_is_taken_in_with_its_number_and_two_default_times(tree, focal):
    first, second = enquiry(tree.province, focal), enquiry(tree.province, focal)

    assert (first.number, second.number) == ("ĐN 1/2026", "ĐN 2/2026")
    assert first.code != second.code
    assert first.acknowledge_due_at == NOW + timedelta(hours=5, minutes=30)  # over the noon pause
    assert first.answer_due_at.date() == NOW.date() + timedelta(days=5)  # a week-end between
    assert [entry.step for entry in ledger.of(first)] == ["receive_enquiry"]


@pytest.mark.parametrize("name", ["outlet", "reporter_name", "contact", "purpose", "questions"])
def test_what_is_missing_is_named_at_its_field(tree, focal, name):
    with pytest.raises(InvalidInput) as refused:
        enquiry(tree.province, focal, **{name: "  "})

    assert refused.value.field == name


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"channel": "form"}, "channel"),
        ({"kind": "gossip"}, "kind"),
        ({"questions": "hỏi " * 5000}, "questions"),
        ({"received_at": NOW + timedelta(minutes=1)}, "received_at"),
        ({"wished_at": NOW - timedelta(hours=1)}, "wished_at"),
    ],
)
def test_what_cannot_be_is_refused(tree, focal, typed, field):
    with pytest.raises(InvalidInput) as refused:
        enquiry(tree.province, focal, **typed)

    assert refused.value.field == field
    assert Enquiry.objects.system("test").count() == 0


def test_acknowledged_is_not_answered(tree, focal):
    asked = enquiries.acknowledge_enquiry(enquiry(tree.province, focal), actor=focal, now=NOW)
    count = answer_count(tree.province, first=OLD, end=NOW + timedelta(days=1))

    assert (asked.state, asked.answered_at) == (EnquiryState.ACKNOWLEDGED, None)
    assert asked.holder == focal.official
    assert (count.answered, count.received) == (0, 1)


def test_an_answer_counts_and_junk_counts_nowhere(tree, focal):
    junk = enquiry(tree.province, focal)
    enquiries.discard_enquiry(junk, reason="quảng cáo", actor=focal, now=NOW)
    enquiries.answer_enquiry(enquiry(tree.province, focal), actor=focal, now=NOW, **SPOKEN)
    enquiry(tree.province, focal)
    enquiry(tree.other, make.focal_point(tree.other))
    window = {"first": NOW, "end": NOW + timedelta(seconds=1)}
    count = answer_count(tree.province, **window)

    assert (count.answered, count.received) == (1, 2)
    assert answer_count(tree.province, first=OLD, end=NOW).received == 0


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"form": "rumour"}, "form"),
        ({"spokesperson": " "}, "spokesperson"),
        ({"text": ""}, "text"),
        ({"url": "javascript:1"}, "url"),
        ({"at": NOW - timedelta(days=1)}, "at"),
        ({"at": NOW + timedelta(days=1)}, "at"),
    ],
)
def test_an_answer_says_how_by_whom_and_what(tree, focal, typed, field):
    asked = enquiry(tree.province, focal)
    with pytest.raises(InvalidInput) as refused:
        enquiries.answer_enquiry(asked, actor=focal, now=NOW, **{**SPOKEN, **typed})

    assert refused.value.field == field


def test_a_refusal_names_a_ground_of_that_day(tree, head):
    asked = enquiry(tree.province, head, received_at=OLD)
    drafts = {"ground": "drafts", "reason": "Đề án đang soạn thảo."}
    with pytest.raises(InvalidInput, match=r"không có hiệu lực ngày 05/08/2026.*Đ31\.2\.a"):
        enquiries.refuse_enquiry(asked, actor=head, now=NOW, **drafts)

    before = enquiries.refuse_enquiry(asked, actor=head, now=NOW, at=OLD, **drafts)

    assert (before.state, before.refused_at) == (EnquiryState.REFUSED, OLD)
    assert ledger.of(before).last().data["source"] == "Luật 103/2016 Đ38.2.d"


def test_a_refusal_without_a_reason_or_by_the_desk_alone_is_none(tree, head, focal):
    asked = enquiry(tree.province, focal)
    with pytest.raises(InvalidInput, match="luật buộc phải nêu"):
        enquiries.refuse_enquiry(asked, actor=head, now=NOW, ground="secrets", reason=" ")
    with pytest.raises(NotAllowed, match="thủ trưởng"):
        enquiries.refuse_enquiry(asked, actor=focal, now=NOW, **GROUND)


def closed_by(asked, verb, head):
    typed = {
        "acknowledge_enquiry": {},
        "answer_enquiry": SPOKEN,
        "refuse_enquiry": GROUND,
        "refer_enquiry": {"to": "Tòa án nhân dân tỉnh"},
        "discard_enquiry": {"reason": "quảng cáo"},
        "reopen_enquiry": {"reason": "báo hỏi lại"},
    }[verb]
    return getattr(enquiries, verb)(asked, actor=head, now=NOW, **typed)


@pytest.mark.parametrize("verb", ENQUIRY_TRANSITIONS)
@pytest.mark.parametrize("state", EnquiryState.values)
def test_every_state_and_verb(tree, head, state, verb):
    asked = enquiry(tree.province, head)
    way = {
        "received": (),
        "acknowledged": ("acknowledge_enquiry",),
        "answered": ("answer_enquiry",),
        "refused": ("refuse_enquiry",),
        "referred": ("refer_enquiry",),
        "discarded": ("discard_enquiry",),
    }
    for step in way[state]:
        asked = closed_by(asked, step, head)
    transition = ENQUIRY_TRANSITIONS[verb]
    if state in transition.sources:
        assert closed_by(asked, verb, head).state == transition.target
    else:
        with pytest.raises(WrongState, match=r"Tải lại trang"):
            closed_by(asked, verb, head)


def test_of_two_answers_with_a_stale_page_the_second_is_told(tree, focal, head):
    asked = enquiry(tree.province, focal)
    stale = Enquiry.objects.system("test").get(pk=asked.pk)
    enquiries.answer_enquiry(asked, actor=focal, now=NOW, **SPOKEN)

    with pytest.raises(WrongState, match="Đã trả lời"):
        enquiries.refuse_enquiry(stale, actor=head, now=NOW, **GROUND)


def test_two_drafts_never_overwrite_each_other(tree, focal, head):
    asked = enquiry(tree.province, focal)
    draft_answer(asked, text="Bản của đầu mối", seen=0, actor=focal, now=NOW)
    with pytest.raises(Conflict, match="vừa lưu bản khác"):
        draft_answer(asked, text="Bản của thủ trưởng", seen=0, actor=head, now=NOW)
    kept = draft_answer(asked, text="Bản gộp", seen=1, actor=head, now=NOW)

    assert (kept.draft, kept.draft_version) == ("Bản gộp", 2)
    assert [e.data["text"] for e in ledger.of(asked) if e.step == "draft_answer"] == [
        "Bản của đầu mối", "Bản gộp",
    ]  # fmt: skip


def test_a_unit_sees_and_supplies_what_it_is_asked_and_another_does_not(tree, focal):
    asked = enquiry(tree.province, focal)
    chief, other = (
        make.actor(place, Role.HEAD_OF_REGION) for place in (tree.region1, tree.region2)
    )
    assert not enquiries_visible_to(chief).exists()
    wanted = ask_unit(asked, unit=tree.region1, what="Biên bản giao tiền", actor=focal, now=NOW)

    assert [row.pk for row in content_requests_of(chief)] == [wanted.pk]
    assert (list(enquiries_visible_to(chief)), list(enquiries_visible_to(other))) == ([asked], [])
    assert wanted.due_at.date() == NOW.date() + timedelta(days=1)
    with pytest.raises(NotAllowed):
        supply_content(wanted, content="…", actor=other, now=NOW)
    given = supply_content(wanted, content="Đã giao đủ ngày 20/6.", actor=chief, now=NOW)
    more = supply_content(given, content="Kèm biên bản số 5.", actor=chief, now=NOW)
    assert more.content == "Đã giao đủ ngày 20/6.\n\nKèm biên bản số 5."
    assert not content_requests_of(chief).exists()
    enquiries.answer_enquiry(asked, actor=focal, now=NOW, **SPOKEN)
    with pytest.raises(WrongState, match="không cần cung cấp nữa"):
        supply_content(more, content="muộn", actor=chief, now=NOW)


def test_a_stranger_neither_sees_nor_takes_in(tree, focal):
    asked = enquiry(tree.province, focal)
    stranger = make.focal_point(tree.other)

    assert not enquiries_visible_to(stranger).exists()
    assert not enquiries_to_do(stranger).exists()
    with pytest.raises(NotAllowed):
        enquiries.acknowledge_enquiry(asked, actor=stranger, now=NOW)
    with pytest.raises(NotAllowed):
        receive_enquiry(tree.province, actor=stranger, now=NOW, channel="phone", **ASKED)


def test_a_case_has_the_duty_a_or_g_until_the_last_is_answered(tree, focal, head):
    case = make.case(tree.province)
    press = [enquiry(tree.province, focal, is_reported_matter=True) for _ in range(2)]
    body = enquiry(tree.province, focal, is_from_authority=True, outlet="Sở VHTTDL")
    for asked in (*press, body):
        enquiries.link_enquiry(asked, case=case, actor=focal, now=NOW)
    duties = {o.letter: o for o in case.obligations.all()}
    assert set(duties) == {"a", "g"}
    assert "NĐ 244/2026 Đ7.5" in duties["a"].reason

    spoken = {**SPOKEN, "spokesperson": head.official.full_name}
    enquiries.answer_enquiry(press[0], actor=focal, now=NOW, **spoken)
    assert case.obligations.get(letter="a").ended_at is None
    enquiries.answer_enquiry(press[1], actor=focal, now=NOW, **spoken)

    ended = {o.letter: o.result for o in case.obligations.all()}
    assert ended == {"a": "answered", "g": ""}


def linked(tree, focal, **typed):
    case = make.case(tree.province)
    asked = enquiry(tree.province, focal, **typed)
    return case, enquiries.link_enquiry(asked, case=case, actor=focal, now=NOW)


def test_an_answer_on_a_case_is_a_statement_of_who_had_the_right(tree, focal, head):
    case, asked = linked(tree, focal)
    spoken = {**SPOKEN, "spokesperson": f"{head.official.full_name}, Trưởng THADS tỉnh"}
    enquiries.answer_enquiry(
        asked, actor=focal, now=NOW, **spoken, url="https://songthanh.example/1"
    )

    said = case.statements.get()
    assert (said.official, said.basis, said.form) == (head.official, "head", SPOKEN["form"])
    assert (said.at, said.text, said.url) == (NOW, SPOKEN["text"], "https://songthanh.example/1")
    assert [e.step for e in ledger.of(case)][-1] == "record_statement"


def test_who_has_no_right_to_speak_answers_nothing_on_a_case(tree, focal, head):
    case, asked = linked(tree, focal)
    stranger = {**SPOKEN, "spokesperson": "Người Lạ"}
    with pytest.raises(InvalidInput, match=r"^Người Lạ không có quyền phát ngôn") as refused:
        enquiries.answer_enquiry(asked, actor=focal, now=NOW, **stranger)

    assert refused.value.field == "spokesperson"
    asked.refresh_from_db()
    assert (asked.answered_at, case.statements.count()) == (None, 0)
    enquiries.answer_enquiry(
        asked, actor=focal, now=NOW, **stranger, outside_reason="Bộ trả lời thay"
    )
    assert case.statements.get().basis == "outside"


def test_an_answer_known_by_its_address_alone_is_a_statement_that_says_so(tree, focal, head):
    case, asked = linked(tree, focal)
    spoken = {**SPOKEN, "text": "", "spokesperson": head.official.full_name}
    enquiries.answer_enquiry(
        asked, actor=focal, now=NOW, **spoken, url="https://songthanh.example/1"
    )

    assert case.statements.get().text == (
        "Trả lời Báo Sông Thanh (ĐN 1/2026), nội dung tại địa chỉ đăng."
    )


@pytest.mark.parametrize("changed", ["closed", "handed over"])
def test_on_a_case_no_longer_open_here_the_answer_stays_with_the_enquiry(tree, focal, changed):
    case, asked = linked(tree, focal)
    if changed == "closed":
        case.state, case.result, case.closed_at = CaseState.CLOSED, "no_duty", NOW
    else:
        case.agency = tree.other
    case.save()
    done = enquiries.answer_enquiry(asked, actor=focal, now=NOW, **SPOKEN)

    assert (done.state, case.statements.count()) == (EnquiryState.ANSWERED, 0)


def test_refusing_on_a_case_starts_the_clock_of_the_stated_reason(tree, head):
    case = make.case(tree.province)
    asked = enquiries.link_enquiry(enquiry(tree.province, head), case=case, actor=head, now=NOW)
    enquiries.refuse_enquiry(asked, actor=head, now=NOW, **GROUND)

    assert [clock.rule for clock in case.clocks.all()] == ["PN-08"]
    assert case.obligations.get(letter="a").result == "declined"


def test_before_the_new_decree_no_such_clock_ran(tree, head):
    case = make.case(tree.province)
    asked = enquiry(tree.province, head, received_at=OLD)
    enquiries.link_enquiry(asked, case=case, actor=head, now=NOW)
    enquiries.refuse_enquiry(asked, actor=head, now=NOW, at=OLD, **GROUND)

    assert not case.clocks.exists()


def test_another_agencys_or_a_closed_case_is_no_place(tree, focal):
    asked = enquiry(tree.province, focal)
    with pytest.raises(InvalidInput, match="chính đơn vị"):
        enquiries.link_enquiry(asked, case=make.case(tree.other), actor=focal, now=NOW)
    with pytest.raises(WrongState, match="đã đóng"):
        enquiries.link_enquiry(asked, case=make.case(tree.province, "closed"), actor=focal, now=NOW)


def test_the_form_gives_a_code_tells_the_desk_and_takes_a_letter_once(tree, focal):
    first = send_enquiry(tree.province, now=NOW, sender_key="x", **ASKED)
    twice = send_enquiry(tree.province, now=NOW + timedelta(minutes=1), sender_key="x", **ASKED)
    other = send_enquiry(tree.province, now=NOW, sender_key="y", **ASKED)
    deliver_due(NOW)

    assert (twice.pk, other.pk == first.pk) == (first.pk, False)
    assert enquiry_by_code(first.code.lower()) == first
    assert (enquiry_by_code(""), enquiry_by_code(first.code[:-1])) == (None, None)
    letters = OutgoingMail.objects.filter(address=focal.official.email)
    assert letters.count() == 2 and ASKED["questions"] not in letters.first().text


def test_the_reporter_is_told_where_to_look_but_not_what_it_says(tree, head):
    asked = send_enquiry(tree.province, now=NOW, **ASKED)
    enquiries.refuse_enquiry(asked, actor=head, now=NOW, **GROUND)
    deliver_due(NOW)
    letter = OutgoingMail.objects.get(address="mau@songthanh.example")

    assert f"/hoi-bao-chi/{asked.code}/" in letter.text
    assert GROUND["reason"] not in letter.text
    assert not OutboxMessage.objects.filter(done_at=None).exists()


def test_lights_say_what_is_owed_next(tree, focal):
    asked = enquiry(tree.province, focal)
    late = enquiry_light(asked, NOW + timedelta(days=1))
    taken = enquiries.acknowledge_enquiry(asked, actor=focal, now=NOW)
    done = enquiries.answer_enquiry(taken, actor=focal, now=NOW + timedelta(days=7), **SPOKEN)

    assert (late.time, late.work) == ("late", "wait")
    assert enquiry_light(taken, NOW).work == "run"
    assert enquiry_light(done, NOW).words.startswith("xong muộn")
