"""The page of a case with everything on it that a case can have: within its budget, and nothing left out."""

import pytest
from django.urls import reverse

from hoiam.agencies.states import Role
from hoiam.core import ledger
from hoiam.handling.models import (
    Case,
    CaseSnapshot,
    Directive,
    FactProof,
    Obligation,
    OutletLook,
    OutletWatch,
    Pause,
    PressQuestion,
    Remedy,
    Rung,
    Statement,
)
from hoiam.handling.states import CaseState, ClockState, PaperState, PartyRole
from hoiam.monitoring.models import Capture, Snapshot
from tests import factories as make
from tests.desk.small_world import page, queries_of
from tests.factories import NOW
from tests.handling.press_desk import conference, enquiry

MOST_QUERIES = 15


@pytest.fixture
def tree(db):
    return make.tree()


@pytest.fixture
def focal(tree):
    return make.focal_point(tree.province)


@pytest.fixture
def client(client, focal):
    client.force_login(focal.official)
    return client


def put_all(tree, focal, case, kinds=2):
    """So many rows of every kind on the case."""
    for n in range(kinds):
        report = make.item(f"Bài {n}", url=f"https://songthanh.example/{case.pk}-{n}")
        case.case_items.create(item=report, added_at=NOW)
        make.party(case, (tree.region1, tree.region2)[n % 2], PartyRole.COORDINATING)
        proof = make.evidence(case, f"Biên bản {n}")
        fact = make.fact(case)
        FactProof.objects.create(fact=fact, evidence=proof)
        FactProof.objects.create(fact=fact, item=report)
        duty = Obligation.objects.create(
            case=case, letter="ae"[n], confirmed_by=focal.official, opened_at=NOW
        )
        clock = make.clock(case, "MD-03", NOW, obligation=duty, state=ClockState.PAUSED)
        Pause.objects.create(clock=clock, since=NOW, reason="chờ Tòa án")
        paper = make.paper(case, PaperState.DELIVERED, sent_at=NOW, delivered_at=NOW, item=report)
        watch = OutletWatch.objects.create(
            case=case, paper=paper, item=report, outlet=f"Báo số {n}", media_type="online",
            aim="response", started_at=NOW, state_at=NOW, looked_at=NOW, proposal="incomplete",
            is_original=n == 0,
        )  # fmt: skip
        OutletLook.objects.create(watch=watch, at=NOW, place="article", result="none")
        asked = enquiry(tree.province, focal, outlet=f"Tạp chí {n}")
        asked.case = case
        asked.save()
        held = conference(tree.province, focal, case=case, title=f"Họp báo {n}")
        PressQuestion.objects.create(
            conference=held, outlet=f"Đài {n}", question=f"Bao giờ xong việc {n}?", promised_at=NOW,
            holder=focal.official, recorded_by=focal.official, recorded_at=NOW,
        )  # fmt: skip
        Directive.objects.create(
            case=case, issuer=f"UBND {n}", content="Báo cáo", due_at=NOW, received_at=NOW,
            received_by=focal.official,
        )  # fmt: skip
        Remedy.objects.create(
            case=case, what=f"Chấn chỉnh {n}", who="Phòng 1", planned_at=NOW, planned_by=focal.official
        )  # fmt: skip
        Statement.objects.create(
            case=case, at=NOW, form="written", spokesperson="Người phát ngôn", text=f"Lời {n}",
            recorded_by=focal.official, recorded_at=NOW,
        )  # fmt: skip
        Rung.objects.create(
            case=case, level=("owner", "court")[n], addressee="Hội Nhà văn", begun_at=NOW,
            begun_by=focal.official,
        )  # fmt: skip
        shot = Snapshot.objects.create(
            url=report.url, item=report, asked_at=NOW, state="done", done_at=NOW,
            page=Capture.objects.create(at=NOW, blob="1" * 64, payload_sha256="2" * 64),
        )  # fmt: skip
        CaseSnapshot.objects.create(case=case, snapshot=shot)
        make.case(tree.province, CaseState.CLOSED, merged_into=case)
        make.case(tree.province, came_from=case)
        ledger.write(case, actor=focal, step="add_note", at=NOW, reason=f"Ý kiến {n}")
    make.moment(case)


def whole_case(tree, focal, kinds=2):
    came_from = make.case(tree.other)
    case = make.case(
        tree.province, CaseState.WATCHING, story=make.story(), holder=focal.official, came_from=came_from
    )  # fmt: skip
    put_all(tree, focal, case, kinds)
    return case


def test_with_everything_on_it_the_page_keeps_its_budget(tree, focal, client):
    case = whole_case(tree, focal)
    text = page(client, reverse("desk-case", args=[case.pk]))
    for wanted in (
        "Báo số 0", "Báo số 1", "Tạp chí 1", "Đài 1: Bao giờ xong việc 1?", "hẹn tại “Họp báo 1”",
        "UBND 1", "Chấn chỉnh 1", "chờ xác nhận", "đăng lại", "chờ Tòa án", "Biên bản 1", "Ý kiến 1",
    ):  # fmt: skip
        assert wanted in text, wanted
    assert queries_of(client, reverse("desk-case", args=[case.pk])) <= MOST_QUERIES


def test_one_row_of_each_kind_costs_what_two_do_and_what_none_does(tree, focal, client):
    empty = make.case(tree.province, CaseState.WATCHING, story=make.story(), holder=focal.official)
    pages = [empty, whole_case(tree, focal, 1), whole_case(tree, focal, 2)]
    page(client, reverse("desk-case", args=[empty.pk]))
    none, one, two = (queries_of(client, reverse("desk-case", args=[each.pk])) for each in pages)
    assert one == two
    assert none <= one <= MOST_QUERIES


@pytest.mark.parametrize("role", [Role.HEAD, Role.RECORDS_CLERK, Role.SPOKESPERSON])
def test_whoever_looks_the_budget_is_the_same(tree, focal, client, role):
    case = whole_case(tree, focal)
    client.force_login(make.actor(tree.province, role).official)
    assert queries_of(client, reverse("desk-case", args=[case.pk])) <= MOST_QUERIES
    assert Case.objects.system("test").get(pk=case.pk).state == CaseState.WATCHING
