"""Screening: every state × every verb, reasons, scope, assigning, putting off, duplicates, undoing."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from hoiam.core import authority, ledger, search
from hoiam.core.errors import InvalidInput, NotAllowed, WrongState
from hoiam.core.models import OutboxMessage
from hoiam.core.outbox import deliver_due
from hoiam.monitoring.actions import triage
from hoiam.monitoring.models import Item, Story, Warning
from hoiam.monitoring.queries import warnings_visible_to
from hoiam.monitoring.states import TRANSITIONS, WarningState
from tests.monitoring.house import ELSEWHERE, GRAVE, NOW, fresh, make_actor, take, warnings_of

S = WarningState
VERBS = sorted(TRANSITIONS)


def second(warning, **fields):
    """Another row before the same agency."""
    story = Story.objects.create(
        title="Vụ việc khác ở tỉnh Thanh Giang", first_at=NOW, last_at=NOW, severity=1
    )
    return Warning.objects.create(
        story=story, agency=warning.agency, severity=1, why="Thử.", at=NOW, **fields
    )


def put_in(warning, state):
    """The row in this state."""
    warning.state = state
    warning.dismissal = "other" if state == S.DISMISSED else ""
    warning.save()
    return warning


def step(verb, warning, actor):
    """One verb with what it owes."""
    extra = {}
    if verb == "dismiss":
        extra = {"reason": "criminal"}
    if verb == "mark_duplicate":
        extra = {"of": second(warning)}
    return getattr(triage, verb)(warning, actor=actor, now=NOW, **extra)


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("state", list(S))
def test_every_state_and_verb(warning, desk, state, verb):
    put_in(warning, state)
    if state in TRANSITIONS[verb].sources:
        assert step(verb, warning, desk).state == TRANSITIONS[verb].target
        assert [e.step for e in ledger.of(warning)][-1] == verb
    else:
        with pytest.raises(WrongState, match="Tải lại trang"):
            step(verb, warning, desk)
        assert fresh(warning).state == state


@pytest.mark.parametrize("verb", VERBS)
def test_a_stranger_may_not(warning, stranger, verb):
    with pytest.raises(NotAllowed):
        step(verb, put_in(warning, next(iter(TRANSITIONS[verb].sources))), stranger)


@pytest.mark.parametrize("role", ["examiner", "contributor", "records_clerk"])
def test_a_role_without_the_desk_may_not(warning, province, role):
    with pytest.raises(NotAllowed):
        triage.take(warning, actor=make_actor(province, role), now=NOW)


def test_a_dismissal_owes_a_reason(warning, desk):
    for owed in ({"reason": ""}, {"reason": "vì không thích"}, {"reason": "other", "note": "  "}):
        with pytest.raises(InvalidInput):
            triage.dismiss(warning, actor=desk, now=NOW, **owed)
    done = triage.dismiss(warning, actor=desk, now=NOW, reason="other", note=" Tin cũ. ")
    assert (done.dismissal, done.note, done.settled_at) == ("other", "Tin cũ.", NOW)
    assert ledger.of(warning).last().reason == "Tin cũ."


@pytest.mark.parametrize("wrong", [{"state": "lost"}, {"state": "dismissed", "dismissal": ""}])
def test_the_database_refuses_what_the_table_does_not_know(warning, wrong):
    rows = Warning.objects.system("a test breaks a rule").filter(pk=warning.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**wrong)


def test_one_row_for_each_agency_and_one_for_nobody(warning):
    nobody = Warning(story=warning.story, agency=None, why="Thử.", at=NOW)
    nobody.save()
    for agency in (warning.agency, None):
        with pytest.raises(IntegrityError), transaction.atomic():
            Warning.objects.create(story=warning.story, agency=agency, why="Thử.", at=NOW)


def test_policy_and_scope_agree(warning, desk, stranger, top, region, other):
    rows = [warning, second(warning), second(warning), second(warning)]
    rows[1].agency, rows[2].agency, rows[3].agency = region, other, None
    for row in rows:
        row.save()
    chief = make_actor(region, "head_of_region")
    for actor in (desk, stranger, top, chief):
        seen = set(warnings_visible_to(actor).values_list("pk", flat=True))
        assert seen == {row.pk for row in rows if authority.can(actor, "take", row)}
    assert len(warnings_visible_to(chief)) == 1
    assert len(warnings_visible_to(top)) == 4


def test_assigning_moves_the_row_the_search_and_the_word(warning, desk, other, stranger):
    moved = triage.assign_warning(warning, actor=desk, now=NOW, agency=other, note="Của tỉnh bạn.")
    assert (moved.agency, moved.state, moved.holder) == (other, S.NEW, None)
    assert not search.find(
        "chậm chi trả", kinds=["warning"], scope={f"agency:{desk.posts[0].agency_id}"}
    )
    hits = search.find("cham chi tra", kinds=["warning"], scope={f"agency:{other.pk}"})
    assert [hit.key for hit in hits] == [str(warning.pk)]
    assert OutboxMessage.objects.filter(kind="warning_raised").count() == 2
    assert ledger.of(warning).last().reason == "Của tỉnh bạn."


def test_assigning_refuses(warning, desk, stranger, top, other):
    with pytest.raises(InvalidInput, match="Chọn đơn vị hoặc người nhận"):
        triage.assign_warning(warning, actor=desk, now=NOW)
    with pytest.raises(InvalidInput, match="không làm việc ở đơn vị"):
        triage.assign_warning(warning, actor=desk, now=NOW, holder=stranger.official)
    Warning.objects.create(story=warning.story, agency=other, why="Thử.", at=NOW)
    with pytest.raises(InvalidInput, match="đã có tin này"):
        triage.assign_warning(warning, actor=desk, now=NOW, agency=other)
    with pytest.raises(WrongState):
        triage.assign_warning(put_in(warning, S.READ), actor=desk, now=NOW, holder=desk.official)


def test_assigning_to_a_person_is_taking(warning, desk, province):
    helper = make_actor(province, "deputy")
    moved = triage.assign_warning(warning, actor=desk, now=NOW, holder=helper.official)
    assert (moved.state, moved.holder, moved.taken_at) == (S.TAKEN, helper.official, NOW)


def test_putting_off_hides_but_moves_no_clock(warning, desk):
    due, later = warning.due_at, NOW + timedelta(hours=2)
    assert triage.snooze(warning, actor=desk, now=NOW, until=later).due_at == due
    with pytest.raises(InvalidInput):
        triage.snooze(warning, actor=desk, now=NOW, until=NOW)
    with pytest.raises(WrongState):
        triage.snooze(put_in(fresh(warning), S.READ), actor=desk, now=NOW, until=later)


def test_undoing_a_put_off_taken_row_clears_all(warning, desk):
    triage.snooze(warning, actor=desk, now=NOW, until=NOW + timedelta(hours=2))
    triage.take(warning, actor=desk, now=NOW)
    back = triage.restore(warning, actor=desk, now=NOW)
    assert (back.state, back.holder, back.taken_at, back.snoozed_until) == (S.NEW, None, None, None)


def test_a_duplicate_folds_and_comes_back(warning, desk):
    copy = second(warning)
    item = take(ELSEWHERE).items[0]
    Item.objects.filter(pk=item.pk).update(story=copy.story, is_relevant=True)
    triage.mark_duplicate(copy, actor=desk, now=NOW, of=warning)
    deliver_due(NOW)
    assert Item.objects.get(pk=item.pk).story_id == warning.story_id
    assert fresh(copy).story.merged_into_id == warning.story_id
    assert Story.objects.get(pk=warning.story_id).item_count == 2
    triage.restore(copy, actor=desk, now=NOW)
    assert Item.objects.get(pk=item.pk).story_id == copy.story_id
    assert Story.objects.get(pk=warning.story_id).item_count == 1
    assert fresh(copy).story.merged_into is None


def test_a_duplicate_undone_before_the_job_is_not_folded(warning, desk):
    copy = second(warning)
    triage.mark_duplicate(copy, actor=desk, now=NOW, of=warning)
    triage.restore(copy, actor=desk, now=NOW)
    deliver_due(NOW)
    assert fresh(copy).story.merged_into is None


def test_a_story_others_work_on_is_not_folded(warning, desk, other):
    copy = second(warning)
    Warning.objects.create(story=copy.story, agency=other, why="Thử.", at=NOW)
    triage.mark_duplicate(copy, actor=desk, now=NOW, of=warning)
    deliver_due(NOW)
    assert fresh(copy).story.merged_into is None


def test_a_duplicate_needs_a_true_original(warning, desk, other):
    foreign, chained = second(warning), second(warning, state=S.DUPLICATE)
    foreign.agency = other
    foreign.save()
    for wrong in (warning, foreign, chained):
        with pytest.raises(InvalidInput):
            triage.mark_duplicate(warning, actor=desk, now=NOW, of=wrong)


def test_what_a_grave_report_told(warning, desk):
    assert warnings_of(Item.objects.get(url=GRAVE.url)) == [warning]
    assert [e.step for e in ledger.of(warning)] == ["raise_warning"]
