"""Agreements: drafted, signed, counted clause by clause, renewed, ended; wrong input, two at once, other units."""

from datetime import date, timedelta

import pytest

from hoiam.agencies.actions import SentFile
from hoiam.core import ledger
from hoiam.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from hoiam.core.models import OutgoingMail
from hoiam.core.outbox import deliver_due
from hoiam.handling.models import Enquiry
from hoiam.monitoring.models import Finding
from hoiam.monitoring.queries.periods import Period
from hoiam.scheme.actions import agreement_results as results
from hoiam.scheme.actions import agreements as verbs
from hoiam.scheme.actions.agreements import AgreementTyped
from hoiam.scheme.clauses import sample_clauses
from hoiam.scheme.jobs.cooperation import look_at_agreements
from hoiam.scheme.models import Agreement
from hoiam.scheme.queries.agreements import (
    agreement_list,
    agreements_visible_to,
    clause_counts,
    owes_review,
    period_of_agreement,
)
from hoiam.scheme.queries.proofs import proofs
from hoiam.scheme.states.agreements import AGREEMENT_TRANSITIONS, AgreementState, ClauseKind
from tests import factories as make
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
PDF = SentFile("quy-che.pdf", b"%PDF-1.4 ban ky")
WHY = "test"


def typed(**fields):
    first = {
        "kind": "regulation",
        "title": "Quy chế phối hợp với Báo Sông Thanh",
        "parties": ("Báo Sông Thanh", "Sở Văn hóa, Thể thao tỉnh"),
        "media_types": ("online", "daily_print"),
        "is_core": True,
        "clauses": (("news", "Tin, bài"), ("false_news", "Tin sai"), ("information", "Cung cấp")),
    }
    return AgreementTyped(**{**first, **fields})


@pytest.fixture
def channel(tree):
    return make.channel(host="songthanh.example")


@pytest.fixture
def draft(tree, channel, focal):
    return verbs.draft_agreement(tree.province, actor=focal, now=NOW, typed=typed())


def sign(agreement, actor, **fields):
    first = {"number": "05/QCPH", "signed_on": TODAY - 30 * DAY, "valid_from": TODAY - 30 * DAY}
    return verbs.sign_agreement(agreement, actor=actor, now=NOW, **{**first, **fields})


@pytest.fixture
def signed(draft, focal):
    return sign(draft, focal, valid_to=TODAY + 400 * DAY, file=PDF, their_signers=("Bà Đỗ Lê",))


def test_a_draft_links_the_press_it_knows_and_keeps_the_others_as_words(draft, channel):
    parties = [(party.name, party.press_agency) for party in draft.parties.all()]
    assert parties == [
        ("Báo Sông Thanh", channel.press_agency),
        ("Sở Văn hóa, Thể thao tỉnh", None),
    ]
    assert [clause.number for clause in draft.clauses.all()] == [1, 2, 3]
    assert [entry.step for entry in ledger.of(draft)] == ["draft_agreement"]


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"kind": "treaty"}, "kind"),
        ({"title": " "}, "title"),
        ({"parties": (" ",)}, "parties"),
        ({"value": 5}, "value"),
        ({"valid_from": TODAY, "valid_to": TODAY - DAY}, "valid_to"),
    ],
)
def test_what_cannot_stand_is_refused_at_its_field_and_nothing_is_made(tree, focal, fields, at):
    with pytest.raises(InvalidInput) as refused:
        verbs.draft_agreement(tree.province, actor=focal, now=NOW, typed=typed(**fields))
    assert refused.value.field == at
    assert Agreement.objects.system(WHY).count() == 0


def test_only_the_desk_of_the_agency_itself_writes(tree, draft):
    others = [
        make.focal_point(tree.other),
        make.focal_point(tree.centre),
        make.actor(tree.region1, "head_of_region"),
    ]
    for actor in others:
        with pytest.raises(NotAllowed):
            verbs.mark_core(draft, actor=actor, now=NOW, is_core=False)
    assert list(agreements_visible_to(others[0])) == []
    assert list(agreements_visible_to(others[1])) == [draft]  # the centre reads


def test_typing_over_a_stale_page_is_refused(draft, focal):
    verbs.edit_agreement(draft, actor=focal, now=NOW, typed=typed(title="Tên một"), version=1)
    with pytest.raises(Conflict):
        verbs.edit_agreement(draft, actor=focal, now=NOW, typed=typed(title="Tên hai"), version=1)
    draft.refresh_from_db()
    assert (draft.title, draft.version) == ("Tên một", 2)


def test_signing_keeps_the_file_and_the_signers(signed):
    assert (signed.state, signed.number, signed.file_name) == ("in_force", "05/QCPH", PDF.name)
    assert len(signed.blob) == 64
    assert [party.signer for party in signed.parties.all()] == ["Bà Đỗ Lê", ""]


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"number": " "}, "number"),
        ({"signed_on": TODAY + DAY}, "signed_on"),
        ({"valid_to": TODAY - 31 * DAY}, "valid_to"),
        ({"their_signers": ("a", "b", "c")}, "their_signers"),
        ({"file": SentFile("x.exe", b"MZ")}, "file"),
    ],
)
def test_a_signing_that_cannot_be_is_refused(draft, focal, fields, at):
    with pytest.raises(InvalidInput) as refused:
        sign(draft, focal, **fields)
    assert refused.value.field == at
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_an_agreement_about_nothing_is_not_signed(tree, focal):
    empty = verbs.draft_agreement(tree.province, actor=focal, now=NOW, typed=typed(clauses=()))
    with pytest.raises(InvalidInput, match="nội dung phối hợp"):
        sign(empty, focal)


def test_clauses_of_a_signed_text_stay_as_they_are(draft, signed, focal):
    with pytest.raises(WrongState):
        verbs.add_clause(signed, actor=focal, now=NOW, kind="news", text="Thêm")
    with pytest.raises(WrongState):
        verbs.drop_clause(signed.clauses.first(), actor=focal, now=NOW)


def test_dropping_a_clause_numbers_the_others_anew(draft, focal):
    verbs.drop_clause(draft.clauses.get(number=2), actor=focal, now=NOW)
    assert [(c.number, c.kind) for c in draft.clauses.all()] == [(1, "news"), (2, "information")]


VERBS = {
    "edit_agreement": lambda a, w: verbs.edit_agreement(a, actor=w, now=NOW, typed=typed(), version=a.version),
    "sign_agreement": lambda a, w: sign(a, w),
    "expire_agreement": lambda a, w: verbs.expire_agreement(a, now=NOW),
    "end_agreement": lambda a, w: verbs.end_agreement(a, actor=w, now=NOW, ended_on=TODAY, reason="Báo sáp nhập"),
}  # fmt: skip


def test_every_step_has_its_verb():
    assert set(VERBS) | {"replace_agreement"} == set(AGREEMENT_TRANSITIONS)


@pytest.mark.parametrize("state", AgreementState)
@pytest.mark.parametrize("step", VERBS)
def test_verbs_follow_the_table_and_nothing_else(draft, focal, state, step):
    Agreement.objects.system(WHY).filter(pk=draft.pk).update(
        state=state, signed_on=TODAY, valid_from=date(2020, 1, 1), valid_to=TODAY - DAY,
        ended_on=TODAY, end_reason="x",
    )  # fmt: skip
    draft.refresh_from_db()
    before = ledger.of(draft).count()
    if state in AGREEMENT_TRANSITIONS[step].sources:
        assert VERBS[step](draft, focal).state == AGREEMENT_TRANSITIONS[step].target
        assert ledger.of(draft).count() == before + 1
    else:
        with pytest.raises(WrongState):
            VERBS[step](draft, focal)
        assert ledger.of(draft).count() == before


def test_a_renewal_copies_the_text_and_takes_the_place_of_the_old_one_when_signed(signed, focal):
    verbs.add_contact(signed, actor=focal, now=NOW, full_name="Lê Thư Ký", phone="0912345678")
    new = verbs.renew_agreement(signed, actor=focal, now=NOW)
    with pytest.raises(Conflict):
        verbs.renew_agreement(signed, actor=focal, now=NOW)
    signed.refresh_from_db()
    assert signed.state == "in_force"  # stands until the new one is signed
    assert new.clauses.count() == 3 and new.contacts.count() == 1 and new.is_core

    sign(new, focal, number="09/QCPH", signed_on=TODAY, valid_from=TODAY)
    signed.refresh_from_db()
    assert signed.state == "renewed"
    assert [entry.step for entry in ledger.of(signed)][-1] == "replace_agreement"


def test_a_contact_needs_a_way_to_be_reached(draft, focal):
    with pytest.raises(InvalidInput) as refused:
        verbs.add_contact(draft, actor=focal, now=NOW, full_name="Lê Thư Ký")
    assert refused.value.field == "phone"


def report(channel, place, title, stance="positive", story=None, **fields):
    item = make.item(title, channel=channel, is_relevant=True, **fields)
    Finding.objects.create(item=item, stance=stance, at=item.at)
    if story is None:
        make.warning(place, make.story(item, title=title))
    else:
        item.story = story
        item.save()
    return item


def test_clauses_are_counted_from_the_records_of_the_agency_alone(tree, channel, signed):
    good = report(channel, tree.province, "Một cửa ở bến")
    report(channel, tree.province, "Đăng lại: một cửa ở bến", story=good.story)
    report(channel, tree.province, "Chậm thi hành", stance="negative")
    report(channel, tree.other, "Chuyện tỉnh khác")
    report(make.channel(name="Báo Đò Mới"), tree.province, "Báo khác viết")
    case = make.case(tree.province)
    make.paper(case, state="sent", press_agency=channel.press_agency, sent_at=NOW)
    make.paper(case, state="draft", press_agency=channel.press_agency)
    Enquiry.objects.create(
        agency=tree.province, year=2026, ordinal=1, code="a", press_agency=channel.press_agency,
        outlet="Báo Sông Thanh", received_at=NOW, answered_at=NOW, state="answered", kind="written",
        channel="letter",
    )  # fmt: skip

    counts = clause_counts(signed, period_of_agreement(signed, None, TODAY))

    assert [(c.counted.count, c.total) for c in counts] == [(2, 2), (1, 1), (1, 1)]
    assert counts[0].counted.note == "1 vụ việc; 1 bài bất lợi không tính"
    before = Period(TODAY - 40 * DAY, TODAY - 35 * DAY)
    assert [c.total for c in clause_counts(signed, before)] == [0, 0, 0]


def test_results_by_hand_need_proof_and_may_be_taken_back_with_a_reason(signed, focal):
    clause = signed.clauses.first()
    with pytest.raises(InvalidInput, match="minh chứng"):
        results.record_result(clause, actor=focal, now=NOW, happened_on=TODAY, title="Chuyên mục")
    made = results.record_result(
        clause, actor=focal, now=NOW, happened_on=TODAY, title="Chuyên mục", count=4,
        paper="12/BC-VP",
    )  # fmt: skip
    period = period_of_agreement(signed, TODAY.year, TODAY)
    assert clause_counts(signed, period)[0].by_hand == 4
    with pytest.raises(InvalidInput):
        results.drop_result(made, actor=focal, now=NOW, reason=" ")
    results.drop_result(made, actor=focal, now=NOW, reason="Ghi trùng")
    assert clause_counts(signed, period)[0].by_hand == 0


@pytest.mark.parametrize("day", [TODAY + DAY, TODAY - 31 * DAY])
def test_a_result_happens_after_signing_and_not_in_the_future(signed, focal, day):
    with pytest.raises(InvalidInput) as refused:
        results.record_result(
            signed.clauses.first(), actor=focal, now=NOW, happened_on=day, title="x", paper="1"
        )
    assert refused.value.field == "happened_on"


def test_what_the_text_asks_of_each_year_is_shown_over_the_years(signed, focal, draft):
    clause = signed.clauses.first()
    clause.per_year = 12
    clause.save()
    two_years = Period(date(2025, 1, 1), date(2026, 12, 31))
    assert clause_counts(signed, two_years)[0].asked == 24


def test_reviews_are_recorded_once_a_day_and_owed_after_a_year(signed, focal):
    assert owes_review(signed, None, TODAY) is False
    assert owes_review(signed, None, TODAY + 365 * DAY) is True
    review = {"actor": focal, "now": NOW, "held_on": TODAY, "conclusions": "Làm tốt."}
    results.record_review(signed, **review)
    with pytest.raises(Conflict):
        results.record_review(signed, **review)
    assert owes_review(signed, TODAY, TODAY + 365 * DAY) is False


def test_a_contract_is_accepted_in_parts_and_nothing_else_is(tree, focal, signed):
    part = {
        "actor": focal, "now": NOW, "accepted_on": TODAY, "delivered": "12 phóng sự",
        "value": 40_000_000, "accepted_by": "Chánh Văn phòng",
    }  # fmt: skip
    with pytest.raises(InvalidInput, match="hợp đồng"):
        results.record_acceptance(signed, **part)
    contract = verbs.draft_agreement(
        tree.province, actor=focal, now=NOW,
        typed=typed(kind="contract", value=30_000_000, clauses=()),
    )  # fmt: skip
    with pytest.raises(WrongState):
        results.record_acceptance(contract, **part)
    contract = sign(contract, focal, number="07/HĐ")
    results.record_acceptance(contract, **part)  # over its worth: told in words, not refused
    assert contract.acceptances.get().value == 40_000_000


def test_lists_tell_what_ends_soon(tree, focal, draft, signed):
    Agreement.objects.system(WHY).filter(pk=signed.pk).update(valid_to=TODAY + 60 * DAY)
    tabs = {
        tab: agreement_list(focal, today=TODAY, tab=tab).count()
        for tab in ("standing", "ending", "draft", "over", "all")
    }
    assert tabs == {"standing": 1, "ending": 1, "draft": 0, "over": 0, "all": 1}
    assert agreement_list(focal, today=TODAY - DAY, tab="ending").count() == 0


def test_a_signed_agreement_is_proof_of_the_day_it_was_signed(tree, draft, signed):
    month = Period(signed.signed_on, signed.signed_on)
    found = proofs({tree.province.pk}, month, kinds=["agreement"])
    assert [(row.title, row.address) for row in found] == [
        (str(signed), f"/desk/agreements/{signed.pk}/")
    ]
    assert proofs({tree.other.pk}, month, kinds=["agreement"]) == []


def test_the_sample_clauses_name_kinds_that_exist():
    sample = sample_clauses()
    assert len(sample.clauses) == 7
    assert {clause.kind for clause in sample.clauses} <= set(ClauseKind.values)
    assert "3344/QCPH" in sample.source


def test_the_morning_marks_what_is_over_and_tells_once_of_what_ends_soon(tree, focal, signed):
    slot = NOW.isoformat()
    Agreement.objects.system(WHY).filter(pk=signed.pk).update(valid_to=TODAY + 60 * DAY)
    assert [look_at_agreements.func(now=NOW, slot=slot) for _ in "ab"] == [1, 0]
    deliver_due(NOW)
    letter = OutgoingMail.objects.get()
    assert letter.address == focal.official.email
    assert "hết hiệu lực ngày 04/10/2026" in letter.text

    Agreement.objects.system(WHY).filter(pk=signed.pk).update(valid_to=TODAY - DAY)
    assert look_at_agreements.func(now=NOW, slot=slot) == 1
    signed.refresh_from_db()
    assert signed.state == "expired"
    last = ledger.of(signed).last()
    assert (last.step, last.actor_name) == ("expire_agreement", "Hệ thống")


def test_an_agreement_is_in_force_through_its_last_day(signed):
    Agreement.objects.system(WHY).filter(pk=signed.pk).update(valid_to=TODAY, renewal_told_on=TODAY)
    assert look_at_agreements.func(now=NOW, slot=NOW.isoformat()) == 0
