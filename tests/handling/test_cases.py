"""Opening a case from a warning; items, parties, facts, notes, evidence; what belongs to another case is refused."""

from datetime import date, datetime, timedelta

import pytest

from hoiam.agencies.states import Role
from hoiam.core import ledger, search
from hoiam.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from hoiam.core.models import OutboxMessage
from hoiam.handling import actions
from hoiam.handling.models import Case, FactRow, Party
from hoiam.handling.states import CaseState, MomentKind, PartyRole
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.models import Warning
from hoiam.monitoring.states import WarningState
from tests import factories as make
from tests.factories import NOW

HOUR = timedelta(hours=1)


def test_a_case_opens_with_all_that_its_story_knows(tree, focal):
    lead, reprint = make.item(), make.item("Bài đăng lại", at=NOW - HOUR)
    warning = make.warning(tree.region1, make.story(lead, reprint), severity=3)
    case = actions.open_case(
        warning, actor=focal, now=NOW, received_at=NOW - HOUR, event_on=date(2026, 8, 4)
    )
    assert (case.agency, case.number, case.state) == (tree.province, "HS 1/2026", "received")
    assert (case.title, case.severity, case.holder_id) == (
        "Chuyện một bản án ở bến sông",
        3,
        focal.pk,
    )
    assert (case.first_seen_at, case.event_on) == (lead.at, date(2026, 8, 4))
    assert [(row.item_id, row.is_lead) for row in case.case_items.all()] == [
        (lead.pk, True),
        (reprint.pk, False),
    ]
    assert [(p.agency, p.role) for p in case.parties.all()] == [
        (tree.province, PartyRole.COORDINATING),
        (tree.region1, PartyRole.INFORMED),
    ]
    moment = case.moments.get()
    assert (moment.kind, moment.at, moment.recorded_by_id) == (
        MomentKind.RECEIVED,
        NOW - HOUR,
        focal.pk,
    )
    kept = Warning.objects.system("test").get(pk=warning.pk)
    assert kept.state == WarningState.CASED
    assert [m.kind for m in OutboxMessage.objects.all()] == ["case_opened"]
    assert [line.step for line in ledger.of(case)] == ["open_case", "record_moment"]


def test_a_case_is_found_in_the_scope_of_its_parties(tree, focal):
    case = actions.open_case(make.warning(tree.region1), actor=focal, now=NOW)

    def found(agency):
        return [hit.key for hit in search.find("bến sông", scope={f"agency:{agency.pk}"})]

    assert found(tree.province) == found(tree.region1) == [str(case.pk)]
    assert found(tree.region2) == found(tree.other) == []


def test_the_second_of_two_who_open_is_told_of_the_first(tree, focal, head):
    warning = make.warning(tree.province)
    actions.open_case(warning, actor=focal, now=NOW)
    with pytest.raises(Conflict, match="HS 1/2026"):
        actions.open_case(warning, actor=head, now=NOW)
    assert Case.objects.system("test").count() == 1


def test_two_warnings_of_one_story_at_one_province_make_one_case(tree, focal):
    story = make.story()
    actions.open_case(make.warning(tree.region1, story), actor=focal, now=NOW)
    with pytest.raises(Conflict):
        actions.open_case(make.warning(tree.region2, story), actor=focal, now=NOW)


def test_a_case_from_a_stale_warning_takes_the_agency_it_stands_before_now(tree, focal):
    stale = make.warning(tree.region1)
    Warning.objects.system("test").filter(pk=stale.pk).update(agency=tree.region2)
    case = actions.open_case(stale, actor=focal, now=NOW)
    assert [p.agency for p in case.parties.filter(role="informed")] == [tree.region2]


def test_a_dismissed_warning_opens_no_case(tree, focal):
    warning = make.warning(tree.province, state="dismissed", dismissal="court")
    with pytest.raises(WrongState):
        actions.open_case(warning, actor=focal, now=NOW)
    assert Case.objects.system("test").count() == 0


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"received_at": NOW + HOUR}, "received_at"),
        ({"event_on": date(2026, 8, 6)}, "event_on"),
    ],
)
def test_nothing_happens_in_the_future(tree, focal, fields, field):
    with pytest.raises(InvalidInput) as refused:
        actions.open_case(make.warning(tree.province), actor=focal, now=NOW, **fields)
    assert refused.value.field == field


def test_a_warning_of_no_agency_is_first_put_before_one(tree):
    with pytest.raises(InvalidInput) as refused:
        actions.open_case(make.warning(None), actor=make.head(tree.centre), now=NOW)
    assert refused.value.field == "agency"


def test_another_province_opens_nothing_here(tree):
    with pytest.raises(NotAllowed):
        actions.open_case(make.warning(tree.province), actor=make.head(tree.other), now=NOW)


def test_the_centre_that_opens_a_case_is_no_official_of_the_province(tree):
    case = actions.open_case(make.warning(tree.province), actor=make.head(tree.centre), now=NOW)
    assert case.parties.count() == 0


def test_case_numbers_run_by_agency_and_year_without_gaps(tree, focal):
    new_year = datetime(2027, 1, 1, 0, 10, tzinfo=VIETNAM)
    opened = []
    for at in (NOW, NOW, new_year):
        warning = make.warning(tree.province, make.story(), at=NOW)
        with pytest.raises(InvalidInput):  # a refused opening takes no number
            actions.open_case(warning, actor=focal, now=at, received_at=at + HOUR)
        opened.append(actions.open_case(warning, actor=focal, now=at).number)
    theirs = make.focal_point(tree.other)
    opened.append(actions.open_case(make.warning(tree.other), actor=theirs, now=NOW).number)
    assert opened == ["HS 1/2026", "HS 2/2026", "HS 1/2027", "HS 1/2026"]


def test_a_report_is_added_once(tree, focal):
    case, later = make.case(tree.province), make.item("Bài sau")
    assert actions.add_item(case, item=later, actor=focal, now=NOW).is_lead is False
    with pytest.raises(InvalidInput, match="đã có"):
        actions.add_item(case, item=later, actor=focal, now=NOW)


def test_a_second_lead_takes_the_place_of_the_first(tree, focal):
    case = make.case(tree.province)
    for place in (tree.region1, tree.region2):
        actions.add_party(case, agency=place, role="lead", actor=focal, now=NOW)
    assert list(case.parties.values_list("agency", "role")) == [
        (tree.region1.pk, "coordinating"),
        (tree.region2.pk, "lead"),
    ]


def test_a_unit_has_one_part(tree, focal):
    case = make.case(tree.province)
    for role in ("informed", "lead"):
        actions.add_party(case, agency=tree.region1, role=role, actor=focal, now=NOW)
    assert list(Party.objects.values_list("role", flat=True)) == ["lead"]


def test_verification_wants_every_row_complete(tree, head):
    case = make.case(tree.province, CaseState.ASSIGNED)
    with pytest.raises(InvalidInput, match="còn trống"):
        actions.complete_verification(case, actor=head, now=NOW)
    make.fact(case)
    make.fact(case, right=None)
    make.fact(case, truth="")
    with pytest.raises(InvalidInput, match="ở dòng 2, 3") as refused:
        actions.complete_verification(case, actor=head, now=NOW)
    assert refused.value.field == "facts"
    case.facts.exclude(position=1).delete()
    assert actions.complete_verification(case, actor=head, now=NOW).state == CaseState.VERIFIED


def test_a_fact_is_changed_in_its_place_and_its_end_stays_in_the_diary(tree, head):
    case = make.case(tree.province, CaseState.ASSIGNED)
    row = actions.write_fact(case, actor=head, now=NOW, claim=" Báo nêu A ")
    actions.write_fact(
        case, actor=head, now=NOW, claim="A", truth="B", evidence="C", is_claim_right=False, row=row
    )
    fact = case.facts.get()
    assert (fact.claim, fact.truth, fact.evidence, fact.is_complete) == ("A", "B", "C", True)
    actions.delete_fact(fact, actor=head, now=NOW)
    line = ledger.of(case).get(step="delete_fact")
    assert (case.facts.count(), line.data) == (0, {"claim": "A", "truth": "B", "evidence": "C"})


def test_a_row_of_another_case_is_not_written_through_this_one(tree, head):
    case, theirs = make.case(tree.province), make.case(tree.other)
    row = make.fact(theirs)
    with pytest.raises(InvalidInput, match="không thuộc hồ sơ"):
        actions.write_fact(case, actor=head, now=NOW, claim="đổi", row=row)
    assert FactRow.objects.get(pk=row.pk).claim == "Bản án hai năm chưa thi hành"


def test_a_stale_copy_of_a_closed_case_takes_no_facts(tree, head):
    stale = make.case(tree.province)
    Case.objects.system("test").filter(pk=stale.pk).update(
        state="closed", result="no_duty", closed_at=NOW
    )
    with pytest.raises(WrongState, match="đã đóng"):
        actions.write_fact(stale, actor=head, now=NOW, claim="A")


def test_an_opinion_may_still_be_written_on_a_closed_case(tree, head):
    case = make.case(tree.province, CaseState.CLOSED)
    assert actions.add_note(case, text=" Rút kinh nghiệm. ", actor=head, now=NOW).text == (
        "Rút kinh nghiệm."
    )
    with pytest.raises(InvalidInput):
        actions.add_note(case, text=" ", actor=head, now=NOW)


def test_evidence_is_kept_under_its_hash_and_odd_files_are_refused(tree, head):
    case = make.case(tree.province)
    kept = actions.add_evidence(
        case, actor=head, now=NOW, title="", file_name="bien-ban.pdf", data=b"%PDF-1.7 x"
    )
    assert (kept.title, kept.content_type, kept.size) == ("bien-ban.pdf", "application/pdf", 10)
    for name, data in (("x.exe", b"MZ\x90"), ("x.docm", b"PK\x03\x04"), ("x.pdf", b"<html>")):
        with pytest.raises(InvalidInput) as refused:
            actions.add_evidence(case, actor=head, now=NOW, title="", file_name=name, data=data)
        assert refused.value.field == "file"


@pytest.mark.parametrize(
    ("verb", "state", "fields", "field"),
    [
        ("screen", "received", {"letters": [], "severity": 1}, "letters"),
        ("screen", "received", {"letters": ["z"], "severity": 1}, "letters"),
        ("screen", "received", {"letters": ["e"], "severity": 4}, "severity"),
        ("determine_impact", "screened", {"has_impact": True, "reason": ""}, "reason"),
        (
            "determine_impact",
            "screened",
            {"has_impact": True, "reason": "x", "at": NOW + HOUR},
            "at",
        ),
        ("report_upward", "verified", {"how": " "}, "how"),
        ("plan_information", "reported", {"plan": ""}, "plan"),
        ("plan_information", "verified", {"plan": "họp báo"}, "reason"),
        ("issue", "planned", {"how": ""}, "how"),
        ("issue", "verified", {"how": "công văn"}, "reason"),
        ("publish", "issued", {"where": ""}, "where"),
        ("start_watch", "issued", {}, "reason"),
        ("escalate", "watching", {"to": "", "reason": "x"}, "to"),
        ("escalate", "watching", {"to": "Sở", "reason": ""}, "reason"),
        ("remedy", "watching", {"text": ""}, "text"),
        ("reopen", "closed", {"reason": ""}, "reason"),
    ],
)
def test_what_a_step_lacks_is_named_at_its_field(tree, head, verb, state, fields, field):
    case = make.case(tree.province, state)
    with pytest.raises(InvalidInput) as refused:
        getattr(actions, verb)(case, actor=head, now=NOW, **fields)
    case.refresh_from_db()
    assert (refused.value.field, case.state, ledger.of(case).count()) == (field, state, 0)


def test_two_who_move_at_once_move_it_once(tree, head, focal):
    stale = make.case(tree.province)
    actions.screen(stale, actor=focal, now=NOW, letters=["i"], severity=0)
    with pytest.raises(WrongState, match="“Đã sàng lọc”"):
        actions.screen(stale, actor=head, now=NOW, letters=["e"], severity=3)
    assert [o.letter for o in stale.obligations.all()] == ["i"]


def test_the_named_official_holds_the_verification_clock(tree, head):
    case = make.case(tree.province, "impact_determined", holder=head.official)
    chief = make.actor(tree.region1, Role.HEAD_OF_REGION)
    actions.assign(case, actor=head, now=NOW, lead=tree.region1, official=chief.official)
    assert {c.rule: c.holder_id for c in case.clocks.all()} == {"MD-03": chief.pk, "MD-05": head.pk}
