"""Proofs: what the rooms' records say was done, of the asked agencies and days only."""

from datetime import timedelta

import pytest

from hoiam.handling.models import PressConference, Statement
from hoiam.monitoring.queries.periods import Period, month_of
from hoiam.newsroom.actions.social_acts import record_by_hand
from hoiam.newsroom.jobs.social.sending import try_act
from hoiam.scheme.queries.proofs import proof_source, proof_sources, proofs
from tests import factories as make
from tests.factories import NOW, TODAY
from tests.newsroom.social_house import approved, the_act, writer
from tests.newsroom.social_house import channel as social_channel

pytestmark = pytest.mark.django_db
AUGUST = month_of(TODAY)


def said(case, at=NOW):
    return Statement.objects.create(
        case=case, at=at, form="written", spokesperson="Trịnh Mai Lan", text="Đã thi hành xong.",
        recorded_by=case.opened_by, recorded_at=at,
    )  # fmt: skip


def conference(place, state="held", **fields):
    by = make.official(f"hop-bao-{place.code}-{state}")
    held = {"held_at": NOW} if state == "held" else {}
    return PressConference.objects.create(
        agency=place, title="Họp báo quý III", state=state, planned_by=by, planned_at=NOW,
        starts_at=NOW, **held, **fields,
    )  # fmt: skip


def test_only_what_was_done_in_the_days_by_the_agencies_counts(tree):
    case, foreign = make.case(tree.province), make.case(tree.other)
    kept = said(case)
    said(case, at=AUGUST.end)  # the first moment after the month
    said(foreign)
    conference(tree.province, state="planned")

    found = proofs({tree.province.pk}, AUGUST)

    assert [(row.kind, row.pk, row.happened_on) for row in found] == [("statement", kept.pk, TODAY)]
    assert found[0].address == f"/desk/cases/{case.pk}/"


def test_all_agencies_and_one_kind(tree):
    said(make.case(tree.province))
    held = conference(tree.other)

    assert {row.kind for row in proofs(None, AUGUST)} == {"statement", "conference"}
    assert [row.pk for row in proofs(None, AUGUST, kinds=["conference"])] == [held.pk]
    assert proofs(set(), AUGUST) == []
    assert proofs(None, Period(TODAY - timedelta(days=9), TODAY - timedelta(days=1))) == []


def test_a_kind_has_one_source_and_an_unknown_one_is_a_bug(tree):
    assert {"statement", "answer", "conference"} <= {source.kind for source in proof_sources()}
    with pytest.raises(LookupError, match="already"):
        proof_source("statement", "Lần nữa")(lambda agency_ids, period: [])
    with pytest.raises(LookupError):
        proofs(None, AUGUST, kinds=["dream"])


def test_a_post_on_an_official_account_is_proof_from_the_day_it_went_out(tree):
    approved(tree.province, social_channel(tree.province, "hand"), title="Lịch tiếp dân")
    period = Period(NOW.date(), NOW.date())
    assert proofs([tree.province.pk], period, ["social_post"]) == []
    act = the_act()
    try_act(act.pk, NOW)
    record_by_hand(act, actor=writer(tree.province), now=NOW, permalink="https://t.example/1")
    [found] = proofs([tree.province.pk], period, ["social_post"])
    assert (found.title, found.happened_on) == ("Lịch tiếp dân (Trang của THADS Thanh Giang)", NOW.date())  # fmt: skip
    assert found.address == f"/desk/social/acts/{act.pk}/"
    assert proofs([tree.other.pk], period, ["social_post"]) == []
