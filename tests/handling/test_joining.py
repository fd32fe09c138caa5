"""Cases merged, split and handed over: everything is still somewhere, both diaries tell, nobody skips a signature."""

from datetime import timedelta

import pytest

from hoiam.core import ledger
from hoiam.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from hoiam.handling import actions
from hoiam.handling.actions.sending import clocks_of
from hoiam.handling.models import Case, CaseItem, Clock
from hoiam.handling.queries import cases_visible_to
from hoiam.handling.queries.work import work_list
from hoiam.handling.states import CaseState, MomentKind
from hoiam.monitoring.models import Warning
from tests import factories as make
from tests.factories import NOW, TODAY

HOUR = timedelta(hours=1)
WHY = "một vụ việc"


def again(case):
    return Case.objects.system("test").get(pk=case.pk)


@pytest.fixture
def two(tree, focal):
    """An elder and a younger case, each with a report, a fact, a file, a remark, a clock, a paper and a duty."""
    made = []
    for n in (1, 2):
        story = make.story(make.item(f"Bài {n}"))
        case = make.case(
            tree.province, "assigned", story=story, opened_at=NOW - (3 - n) * HOUR, severity=n
        )
        make.fact(case)
        make.evidence(case)
        make.moment(case, NOW - n * HOUR)
        make.paper(case)
        make.party(case, tree.region1 if n == 1 else tree.region2, "lead")
        actions.add_note(case, text=f"ý {n}", actor=focal, now=NOW)
        actions.open_obligation(case, letter="e", actor=focal, now=NOW)
        make.clock(case, "MD-03", NOW + HOUR)
        made.append(case)
    actions.open_obligation(made[1], letter="h", actor=focal, now=NOW)
    actions.receive_directive(made[1], issuer="UBND", content="báo cáo", actor=focal, now=NOW)
    return made


def test_the_younger_goes_into_the_elder_with_all_it_had(two, head):
    elder, younger = two
    kept = actions.merge_cases(elder, other=younger, reason=WHY, actor=head, now=NOW)
    assert kept == elder
    counts = {
        name: getattr(elder, name).count()
        for name in ("case_items", "facts", "evidence_files", "papers", "notes", "directives")
    }
    assert counts == {
        "case_items": 2, "facts": 2, "evidence_files": 2, "papers": 2, "notes": 2, "directives": 1,
    }  # fmt: skip
    assert [fact.position for fact in elder.facts.all()] == [1, 2]
    assert elder.case_items.filter(is_lead=True).count() == 1
    assert sorted(o.letter for o in elder.obligations.all()) == ["e", "h"]
    gone = again(younger)
    assert (gone.state, gone.result, gone.merged_into, gone.outcome.original) == (
        CaseState.CLOSED, "duplicate", elder, elder,
    )  # fmt: skip
    assert kept.severity == 2


def test_clocks_of_law_run_on_in_the_elder_and_those_of_the_younger_s_steps_end(two, head):
    elder, younger = two
    actions.merge_cases(younger, other=elder, reason=WHY, actor=head, now=NOW)
    rows = [
        (c.rule, c.state) for c in Clock.objects.system("test").filter(case=elder).order_by("pk")
    ]
    assert rows == [("PN-01", "run"), ("MD-03", "run"), ("PN-01", "run"), ("MD-03", "cancelled")]
    duties = set(
        Clock.objects.system("test").filter(rule="PN-01").values_list("obligation", flat=True)
    )
    assert duties == {elder.obligations.get(letter="e").pk}
    assert not younger.clocks.exists()


def test_a_duty_the_elder_had_ended_goes_on_when_the_younger_s_had_not(two, head, focal):
    elder, younger = two
    actions.close_obligation(
        elder.obligations.get(letter="e"), result="answered", note="đã nói", actor=focal, now=NOW
    )
    actions.merge_cases(younger, other=elder, reason=WHY, actor=head, now=NOW)
    duty = elder.obligations.get(letter="e")
    assert (duty.ended_at, duty.result) == (None, "")
    assert [o.letter for o in elder.obligations.filter(ended_at=None)] == ["e", "h"]


def test_both_diaries_tell_of_a_merging(two, head):
    elder, younger = two
    actions.merge_cases(younger, other=elder, reason=WHY, actor=head, now=NOW)
    assert ledger.of(elder).get(step="merge_cases").data["other"] == younger.number
    assert elder.number in ledger.of(younger).get(step="close").reason
    assert list(ledger.breaks()) == []


def test_a_merged_case_is_not_reopened(two, head):
    elder, younger = two
    actions.merge_cases(younger, other=elder, reason=WHY, actor=head, now=NOW)
    with pytest.raises(WrongState, match=f"nhập vào {elder.number}"):
        actions.reopen(younger, actor=head, now=NOW, reason="còn việc")


def test_an_outlet_s_reply_still_ends_the_clock_of_a_paper_that_moved(two, head, clerk):
    elder, younger = two
    paper = younger.papers.get()
    paper.channel = make.channel()
    paper.state, paper.sent_at = "sent", NOW
    paper.save()
    actions.mark_delivered(paper, at=NOW, actor=clerk, now=NOW)
    actions.merge_cases(younger, other=elder, reason=WHY, actor=head, now=NOW)
    paper.refresh_from_db()
    assert (paper.case, [c.rule for c in clocks_of(paper)]) == (elder, ["PH-01"])


def test_the_same_report_in_both_stays_once(tree, head):
    item = make.item()
    elder, younger = (make.case(tree.province, opened_at=NOW + n * HOUR) for n in (0, 1))
    for case in (elder, younger):
        CaseItem.objects.create(case=case, item=item, added_at=NOW)
    actions.merge_cases(younger, other=elder, reason=WHY, actor=head, now=NOW)
    assert [row.item for row in elder.case_items.all()] == [item]


@pytest.mark.parametrize("verb", ["merge_cases", "split_case", "hand_over"])
def test_a_paper_before_its_signer_is_signed_first(tree, two, head, verb):
    elder, younger = two
    younger.papers.update(state="submitted")
    typed = {
        "merge_cases": {"other": elder},
        "split_case": {"title": "x", "items": [younger.case_items.get().item_id]},
        "hand_over": {"to": tree.other},
    }[verb]
    with pytest.raises(WrongState, match="đang chờ duyệt"):
        getattr(actions, verb)(younger, reason=WHY, actor=head, now=NOW, **typed)
    assert again(younger).state == "assigned"


def test_what_cannot_be_merged_is_refused_in_a_sentence(tree, two, head, focal):
    elder, younger = two
    act = {"actor": head, "now": NOW}
    with pytest.raises(InvalidInput, match="hồ sơ khác"):
        actions.merge_cases(elder, other=elder, reason=WHY, **act)
    with pytest.raises(InvalidInput, match="vì sao"):
        actions.merge_cases(elder, other=younger, reason=" ", **act)
    with pytest.raises(NotAllowed):
        actions.merge_cases(elder, other=make.case(tree.other), reason=WHY, **act)
    with pytest.raises(NotAllowed):
        actions.merge_cases(elder, other=younger, reason=WHY, actor=focal, now=NOW)
    with pytest.raises(WrongState, match="đã đóng"):
        actions.merge_cases(elder, other=make.case(tree.province, "closed"), reason=WHY, **act)
    assert {again(c).state for c in two} == {"assigned"}


@pytest.fixture
def grown(tree, focal):
    """A case of three reports and two duties."""
    items = [make.item(f"Bài {n}") for n in range(3)]
    case = make.case(tree.province, "assigned", story=make.story(*items), holder=focal.official)
    make.moment(case, NOW - HOUR)
    for item in items[1:]:
        CaseItem.objects.create(case=case, item=item, added_at=NOW)
    for letter in "eh":
        actions.open_obligation(case, letter=letter, actor=focal, now=NOW)
    return case, items


def split(case, head, items, **fields):
    first = {"title": "Chuyện khác", "reason": "hai việc", "items": [i.pk for i in items]}
    return actions.split_case(case, actor=head, now=NOW, **{**first, **fields})


def test_a_case_splits_with_reports_duties_and_their_clocks(grown, head):
    case, items = grown
    made = split(case, head, items[:1], letters=["e"])
    assert (made.came_from, made.agency, made.holder, made.state) == (
        case,
        case.agency,
        case.holder,
        "received",
    )
    assert ([r.item for r in made.case_items.all()], made.case_items.get().is_lead) == (
        items[:1],
        True,
    )
    assert [(r.item, r.is_lead) for r in case.case_items.all()] == [
        (items[1], True),
        (items[2], False),
    ]
    assert [o.letter for o in case.obligations.all()] == ["h"]
    assert [(c.rule, c.obligation.case) for c in made.clocks.all()] == [("PN-01", made)]
    assert made.moments.get(kind=MomentKind.RECEIVED).at == NOW - HOUR
    assert ledger.of(case).get(step="split_case").data["other"] == made.number
    assert ledger.of(made).get(step="split_off").data["other"] == case.number


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"title": ""}, "title"), ({"reason": ""}, "reason"), ({"letters": ["b"]}, "letters")],
)
def test_what_a_splitting_lacks_is_named(grown, head, fields, field):
    case, items = grown
    with pytest.raises(InvalidInput) as refused:
        split(case, head, items[:1], **fields)
    assert (refused.value.field, Case.objects.system("test").count()) == (field, 1)


def test_a_splitting_leaves_a_report_and_takes_only_the_case_s_own(grown, head):
    case, items = grown
    for wrong in (items, [], [make.item("Bài lạ")], [items[0], make.item("Bài lạ")]):
        with pytest.raises(InvalidInput) as refused:
            split(case, head, wrong)
        assert refused.value.field == "items"
    assert case.case_items.count() == 3


def test_another_agency_gets_its_own_case_that_points_back(tree, grown, head):
    case, items = grown
    made = actions.hand_over(case, to=tree.other, reason="việc của tỉnh bạn", actor=head, now=NOW)
    assert (made.agency, made.came_from, made.channel, made.incoming_number, made.incoming_from) == (
        tree.other, case, "handed_over", case.number, str(tree.province),
    )  # fmt: skip
    assert [r.item for r in made.case_items.all()] == items
    assert [(c.rule, c.state) for c in made.clocks.all()] == [("MD-01", "run")]
    old = again(case)
    assert (old.state, old.result, old.outcome.place) == ("closed", "not_ours", str(tree.other))
    assert {o.result for o in case.obligations.all()} == {"not_ours"}
    theirs = make.head(tree.other)
    assert list(cases_visible_to(theirs)) == [made]
    assert [row.case_pk for row in work_list(theirs, now=NOW).today] == [made.pk]


def test_a_unit_of_one_s_own_agency_leads_from_now_on(tree, grown, head):
    case, _ = grown
    make.party(case, tree.region1, "lead")
    moved = actions.hand_over(case, to=tree.region2, reason="đúng địa bàn", actor=head, now=NOW)
    assert (moved, moved.agency, moved.number) == (case, tree.province, case.number)
    assert {p.agency: p.role for p in case.parties.all()} == {
        tree.region1: "coordinating", tree.region2: "lead",
    }  # fmt: skip
    assert {c.holder for c in case.clocks.all()} == {None}


def test_a_case_moves_up_with_a_number_there_and_stays_in_sight(tree, grown, head):
    case, _ = grown
    clocks = case.clocks.count()
    moved = actions.hand_over(case, to=tree.centre, reason="vượt thẩm quyền", actor=head, now=NOW)
    assert (moved.pk, moved.agency, moved.number, moved.state) == (
        case.pk,
        tree.centre,
        "HS 1/2026",
        "assigned",
    )
    assert {p.agency: p.role for p in moved.parties.all()} == {
        tree.province: "coordinating", tree.centre: "lead",
    }  # fmt: skip
    assert (moved.clocks.count(), list(cases_visible_to(head))) == (clocks, [moved])
    back = actions.hand_over(
        moved, to=tree.province, reason="giao lại tỉnh", actor=make.head(tree.centre), now=NOW
    )
    assert (back.agency, back.number) == (tree.province, "HS 1/2026")


def test_a_handing_over_that_cannot_be_is_refused(tree, grown, head):
    case, _ = grown
    with pytest.raises(InvalidInput, match="vì sao chuyển"):
        actions.hand_over(case, to=tree.other, reason="", actor=head, now=NOW)
    with pytest.raises(InvalidInput, match="đang giữ hồ sơ"):
        actions.hand_over(case, to=tree.province, reason=WHY, actor=head, now=NOW)
    make.case(tree.other, story=case.story)
    with pytest.raises(Conflict, match="HS 1/2026"):
        actions.hand_over(case, to=tree.other, reason=WHY, actor=head, now=NOW)
    assert (again(case).state, Warning.objects.system("test").count()) == ("assigned", 0)


def test_two_at_once_join_it_once(two, head, tree):
    elder, younger = two
    actions.merge_cases(younger, other=elder, reason=WHY, actor=head, now=NOW)
    with pytest.raises(WrongState, match="đã đóng"):
        actions.hand_over(younger, to=tree.other, reason=WHY, actor=head, now=NOW)
    with pytest.raises(WrongState, match="đã đóng"):
        actions.merge_cases(elder, other=younger, reason=WHY, actor=head, now=NOW)
    assert TODAY.year == younger.year
