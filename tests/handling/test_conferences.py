"""Press conferences by the law of their day: what a notice says, when it arrives, bans, promises, and the counts I1, I2."""

from datetime import datetime, timedelta

import pytest

from hoiam.agencies.models import PressAgency
from hoiam.core import ledger
from hoiam.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from hoiam.handling.actions import conference as moves
from hoiam.handling.actions import conference_day as day
from hoiam.handling.actions.briefing import record_briefing, withdraw_briefing
from hoiam.handling.models import PressConference
from hoiam.handling.queries.conference import (
    briefings_attended,
    conferences_held,
    conferences_visible_to,
    notice_of,
    promises_of,
)
from hoiam.handling.states import CONFERENCE_TRANSITIONS, ConferenceState
from hoiam.kit.vietnamese import VIETNAM
from tests import factories as make
from tests.factories import NOW
from tests.handling.press_desk import SIX, conference

STARTS = SIX["starts_at"]
OLD = datetime(2026, 6, 25, 9, 0, tzinfo=VIETNAM)
OLD_DAYS = {"starts_at": OLD + timedelta(days=2), "ends_at": None}
SENT = {"how": "trực tiếp"}


def invited(planned, by, now=NOW):
    press, _ = PressAgency.objects.get_or_create(name="Báo Sông Thanh", fictional=True)
    day.invite(planned, press_agencies=[press], actor=by, now=now)
    return planned


def notified(tree, by, **typed):
    return moves.send_notice(
        invited(conference(tree.province, by, **typed), by), actor=by, now=NOW, **SENT
    )


def fresh(found):
    return PressConference.objects.system("test").get(pk=found.pk)


def test_the_notice_names_all_that_is_missing_of_the_six(tree, focal):
    planned = conference(tree.province, focal, host="", legality_documents="", place=" ")
    with pytest.raises(InvalidInput) as refused:
        moves.send_notice(planned, actor=focal, now=NOW, **SENT)

    sentence = str(refused.value)
    for name in (
        "địa điểm",
        "người chủ trì",
        "tài liệu chứng minh",
        "danh sách báo mời",
        "Đ22.3-4",
    ):
        assert name in sentence
    assert "; nội dung" not in sentence and "thời gian" not in sentence


def test_before_the_new_decree_four_were_enough(tree, focal):
    planned = conference(tree.province, focal, now=OLD, legality_documents="", **OLD_DAYS)
    sent = moves.send_notice(planned, actor=focal, now=OLD, **SENT)

    assert sent.state == ConferenceState.NOTIFIED
    assert set(sent.notices.get().said) == {"place", "starts_at", "content", "host"}
    assert notice_of(sent, now=OLD).ban is None


def test_the_addressee_is_the_provinces_committee_unless_said_otherwise(tree, focal):
    planned = moves.plan_conference(tree.province, actor=focal, now=NOW, title="Họp")

    assert planned.authority == "UBND tỉnh Thanh Giang"
    assert conference(tree.province, focal, authority="Bộ VHTTDL").authority == "Bộ VHTTDL"


@pytest.mark.parametrize(("before", "is_late"), [(24 * 60, False), (24 * 60 - 1, True)])
def test_the_notice_leaves_by_the_last_minute_or_says_why_not(tree, focal, before, is_late):
    planned = invited(conference(tree.province, focal), focal)
    now = STARTS - timedelta(minutes=before)
    if is_late:
        with pytest.raises(
            InvalidInput, match=r"chậm nhất lúc 06/08/2026 09:00.*Dời giờ họp"
        ) as no:
            moves.send_notice(planned, actor=focal, now=now, **SENT)
        assert no.value.field == "late_reason"
    reason = {"late_reason": "Vụ việc khẩn cấp"} if is_late else {}
    sent = moves.send_notice(planned, actor=focal, now=now, **SENT, **reason)

    assert sent.notices.get().late_reason == reason.get("late_reason", "")
    assert notice_of(sent, now=now).is_late(sent) is is_late


def test_what_counts_is_when_it_arrived_and_that_has_proof(tree, focal, clerk):
    sent = notified(tree, focal)
    with pytest.raises(InvalidInput, match="chứng cứ"):
        moves.record_notice_received(sent, at=NOW, proof=" ", actor=clerk, now=NOW)
    with pytest.raises(InvalidInput, match="trước lúc gửi"):
        moves.record_notice_received(
            sent, at=NOW - timedelta(hours=1), proof="x", actor=clerk, now=NOW
        )
    late = STARTS - timedelta(hours=23)
    had = moves.record_notice_received(sent, at=late, proof="Số đến 5", actor=clerk, now=late)

    assert notice_of(had, now=late).is_late(had)
    assert ledger.of(had).last().data["is_late"] is True
    with pytest.raises(WrongState, match="đã được ghi"):
        moves.record_notice_received(had, at=late, proof="y", actor=clerk, now=late)


def test_a_changed_hour_or_content_asks_for_another_notice_another_place_does_not(tree, focal):
    sent = notified(tree, focal)
    moved = moves.edit_conference(sent, seen=1, place="Phòng họp số 1", actor=focal, now=NOW)
    assert moved.state == ConferenceState.NOTIFIED
    later = moves.edit_conference(
        moved, seen=2, starts_at=STARTS + timedelta(days=1), ends_at=None, actor=focal, now=NOW
    )

    assert (later.state, later.notice_sent_at) == (ConferenceState.PLANNED, None)
    again = moves.send_notice(later, actor=focal, now=NOW, **SENT)
    assert again.notices.count() == 2


def test_of_two_edits_from_the_same_page_the_second_is_told(tree, focal, head):
    planned = conference(tree.province, focal)
    moves.edit_conference(planned, seen=1, host="Bà Mẫu", actor=focal, now=NOW)
    with pytest.raises(Conflict, match="người khác sửa"):
        moves.edit_conference(planned, seen=1, host="Ông Thử", actor=head, now=NOW)

    assert fresh(planned).host == "Bà Mẫu"


def test_a_forbidden_conference_is_not_held_and_may_be_planned_anew(tree, focal):
    sent = notified(tree, focal)
    banned = moves.record_ban(
        sent, at=NOW, reason="Số 9/UBND: nội dung chưa rõ", actor=focal, now=NOW
    )
    with pytest.raises(WrongState, match="Không được tổ chức"):
        moves.hold_conference(banned, actor=focal, now=STARTS)
    with pytest.raises(WrongState, match="không được tổ chức"):
        day.add_handout(banned, title="x", actor=focal, now=NOW)
    anew = moves.edit_conference(banned, seen=1, content="Nội dung mới", actor=focal, now=NOW)

    assert (anew.state, anew.forbidden_at) == (ConferenceState.PLANNED, None)


def test_only_a_held_conference_counts_by_its_own_moment(tree, head, focal):
    sent = notified(tree, focal)
    with pytest.raises(InvalidInput, match="Chưa đến giờ"):
        moves.hold_conference(sent, actor=focal, now=NOW)
    moves.hold_conference(sent, actor=focal, now=STARTS + timedelta(hours=1))
    off = notified(tree, focal)
    moves.cancel_conference(off, reason="hoãn", actor=head, now=NOW)
    notified(tree, focal)

    count = lambda first, end: conferences_held(tree.province, first=first, end=end)  # noqa: E731
    assert count(STARTS, STARTS + timedelta(seconds=1)) == 1
    assert count(NOW, STARTS) == 0


def test_without_notice_only_when_it_is_said_why_none_is_due(tree, focal):
    planned = conference(tree.province, focal)
    with pytest.raises(WrongState, match="Chưa thông báo"):
        moves.hold_conference(planned, actor=focal, now=STARTS)
    with pytest.raises(InvalidInput, match="vì sao"):
        conference(tree.province, focal, needs_notice=False)
    free = conference(
        tree.province, focal, needs_notice=False, no_notice_reason="Cơ quan thuộc NĐ 237/2026 Đ22.2"
    )
    assert moves.hold_conference(free, actor=focal, now=STARTS).state == ConferenceState.HELD


def in_state(tree, head, state):
    planned = invited(conference(tree.province, head), head)
    if state == "planned":
        return planned
    if state == "cancelled":
        return moves.cancel_conference(planned, reason="hoãn", actor=head, now=NOW)
    sent = moves.send_notice(planned, actor=head, now=NOW, **SENT)
    if state == "forbidden":
        return moves.record_ban(sent, at=NOW, reason="Số 9", actor=head, now=NOW)
    return moves.hold_conference(sent, actor=head, now=STARTS) if state == "held" else sent


@pytest.mark.parametrize("verb", CONFERENCE_TRANSITIONS)
@pytest.mark.parametrize("state", ConferenceState.values)
def test_every_state_and_verb(tree, head, state, verb):
    found = in_state(tree, head, state)
    typed = {
        "edit_conference": {"seen": 1, "content": "Nội dung khác"},
        "send_notice": SENT,
        "record_ban": {"at": NOW, "reason": "Số 9"},
        "cancel_conference": {"reason": "hoãn"},
        "hold_conference": {},
    }[verb]
    now = STARTS if verb == "hold_conference" else NOW
    run = lambda: getattr(moves, verb)(found, actor=head, now=now, **typed)  # noqa: E731
    owed = verb == "hold_conference" and state == "planned"
    if state in CONFERENCE_TRANSITIONS[verb].sources and not owed:
        assert run().state == CONFERENCE_TRANSITIONS[verb].target
    else:
        with pytest.raises(WrongState):
            run()


def test_guests_are_invited_once_and_who_came_unasked_stays(tree, focal):
    planned = invited(conference(tree.province, focal), focal)
    with pytest.raises(InvalidInput, match="đã có"):
        invited(planned, focal)
    day.invite(planned, outlet="Báo Đò Mới", reporter_name="Vũ Mẫu", actor=focal, now=NOW)
    here, away = planned.invitations.all()
    day.take_attendance(planned, present=[here], outlet="Phố Bến", actor=focal, now=NOW)
    assert day.take_attendance(planned, present=[here], actor=focal, now=NOW) == 2
    assert [(str(g), g.is_present, g.is_walk_in) for g in planned.invitations.all()] == [
        ("Báo Sông Thanh", True, False), ("Báo Đò Mới · Vũ Mẫu", False, False), ("Phố Bến", True, True),
    ]  # fmt: skip
    other = conference(tree.province, focal)
    with pytest.raises(InvalidInput, match="của cuộc họp này"):
        day.record_reply(other, guest=away, reply="accepted", actor=focal, now=NOW)


def test_a_promised_answer_is_somebodys_work_until_it_is_given(tree, focal):
    planned = conference(tree.province, focal)
    asked = {"outlet": "Báo Sông Thanh", "question": "Bao nhiêu vụ?", "is_promised": True}
    with pytest.raises(InvalidInput, match="người chịu trách nhiệm"):
        day.record_question(planned, actor=focal, now=NOW, **asked)
    with pytest.raises(InvalidInput, match="hoặc đánh dấu hẹn"):
        day.record_question(planned, actor=focal, now=NOW, **{**asked, "is_promised": False})
    examiner = make.actor(tree.province, "examiner")
    kept = day.record_question(planned, actor=focal, now=NOW, holder=examiner.official, **asked)

    assert kept.promised_at.date() == NOW.date() + timedelta(days=7)  # five working days, MD-84
    assert list(promises_of(examiner)) == [kept] and not promises_of(focal).exists()
    with pytest.raises(NotAllowed):
        day.keep_promise(kept, note="…", actor=make.focal_point(tree.other), now=NOW)
    day.keep_promise(kept, note="Gửi thư ngày 6/8: 12 vụ.", actor=examiner, now=NOW)
    assert not promises_of(examiner).exists()
    with pytest.raises(WrongState, match="không còn chờ"):
        day.keep_promise(kept, note="lần nữa", actor=examiner, now=NOW)


def test_words_at_a_conference_are_no_interview_without_consent(tree, focal):
    planned = conference(tree.province, focal)
    said = day.record_question(
        planned,
        outlet="Báo Đò Mới",
        question="Vì sao?",
        answer="Vì tranh chấp.",
        actor=focal,
        now=NOW,
    )
    assert said.consent_at is None
    with pytest.raises(InvalidInput, match="người trả lời"):
        day.consent_to_interview(planned, question=said, by="", actor=focal, now=NOW)
    agreed = day.consent_to_interview(planned, question=said, by="Ông Thử", actor=focal, now=NOW)
    assert (agreed.consent_at, agreed.consent_by) == (NOW, "Ông Thử")


def test_coverage_is_a_collected_report_once_or_one_by_hand(tree, focal):
    planned, report = conference(tree.province, focal), make.item(outlet="Báo Sông Thanh")
    found = day.add_coverage(planned, item=report, actor=focal, now=NOW)
    assert (found.title, found.url) == (report.title, report.url)
    with pytest.raises(InvalidInput, match="đã có"):
        day.add_coverage(planned, item=report, actor=focal, now=NOW)
    with pytest.raises(InvalidInput, match="bắt đầu bằng https"):
        day.add_coverage(
            planned, outlet="Báo", title="Bài", url="javascript:alert(1)", actor=focal, now=NOW
        )


def test_a_stranger_neither_sees_nor_plans(tree, focal):
    conference(tree.province, focal)
    stranger = make.focal_point(tree.other)

    assert not conferences_visible_to(stranger).exists()
    with pytest.raises(NotAllowed):
        conference(tree.province, stranger)


def test_a_briefing_counts_when_it_was_our_own_wish_and_not_once_withdrawn(tree, focal):
    said = {"organiser": "Ban Tuyên giáo và Dân vận", "topics": "Kết quả", "speaker": "Ông Thử"}
    own = record_briefing(
        tree.province, at=NOW, on_own_initiative=True, actor=focal, now=NOW, **said
    )
    record_briefing(tree.province, at=NOW, actor=focal, now=NOW, **said)
    count = lambda: briefings_attended(  # noqa: E731
        tree.province, first=NOW, end=NOW + timedelta(seconds=1)
    )
    assert count() == 1
    with pytest.raises(InvalidInput) as refused:
        record_briefing(tree.province, at=NOW, actor=focal, now=NOW, **{**said, "speaker": ""})
    assert refused.value.field == "speaker"
    withdraw_briefing(own, reason="ghi trùng", actor=focal, now=NOW)
    assert count() == 0
