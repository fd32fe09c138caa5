"""Quy chế, hợp đồng as people use them: drafted, signed, counted, renewed; refusals keep what was typed, strangers get 404."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hoiam.agencies.models import PressAgency
from hoiam.kit.vietnamese import show_date
from hoiam.scheme.models import Agreement
from tests.desk.small_world import SmallWorld, page, queries_of, sheet

pytestmark = pytest.mark.django_db
WHY = "the test reads back"
DAY = timedelta(days=1)


@pytest.fixture
def world(db):
    made = SmallWorld()
    PressAgency.objects.create(name="Báo Sông Thanh", fictional=True)
    return made


@pytest.fixture
def desk(world):
    return world.client(world.province, "focal_point")


def draft(desk, **fields):
    first = {
        "kind": "regulation", "title": "Quy chế với Báo Sông Thanh", "press": "Báo Sông Thanh",
        "media_types": ["online"], "sample": "on",
    }  # fmt: skip
    return desk.post(reverse("desk-agreement-new"), {**first, **fields})


def kept():
    return Agreement.objects.system(WHY).latest("pk")


def signed(world, desk):
    draft(desk)
    day = show_date(world.today - 20 * DAY)
    answer = desk.post(
        reverse("desk-agreement-act", args=[kept().pk, "sign_agreement"]),
        {"number": "05/QCPH", "signed_on": day, "valid_from": day,
         "valid_to": show_date(world.today + 30 * DAY), "their_signers": "Bà Lê",
         "file": SimpleUploadedFile("qc.pdf", b"%PDF-1.4 ky")},
    )  # fmt: skip
    assert answer.status_code == 302
    return kept()


def test_a_draft_is_typed_signed_and_listed_as_ending_soon(world, desk):
    found = signed(world, desk)
    assert (found.state, found.clauses.count(), found.parties.get().signer) == ("in_force", 7, "Bà Lê")  # fmt: skip

    text = page(desk, reverse("desk-agreements") + "?tab=ending")
    assert "Quy chế với Báo Sông Thanh" in text
    assert "Còn 30 ngày" in text
    rows = sheet(desk.get(reverse("desk-agreements-excel"), {"tab": "ending"}))
    assert rows[1][0] == "05/QCPH" and rows[1][7] == show_date(world.today + 30 * DAY)
    assert len(sheet(desk.get(reverse("desk-agreements-excel"), {"tab": "draft"}))) == 1
    text = page(desk, reverse("desk-agreement", args=[found.pk]))
    assert "Đơn thư bạn đọc" in text and "05/QCPH" in text
    word = desk.get(reverse("desk-agreement-file", args=[found.pk, "signed", found.pk]))
    assert word.content == b"%PDF-1.4 ky"


def test_a_refusal_stands_at_its_field_and_keeps_what_was_typed(world, desk):
    answer = draft(desk, press="", title="Chương trình của tôi")
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Chọn cơ quan báo chí hoặc ghi bên khác" in text and "Chương trình của tôi" in text

    draft(desk)
    url = reverse("desk-agreement-act", args=[kept().pk, "sign_agreement"])
    ahead = show_date(world.today + DAY)
    answer = desk.post(url, {"number": "77/QCPH", "signed_on": ahead, "valid_from": ahead})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Ngày ký không thể ở phía trước" in text and "77/QCPH" in text
    assert kept().state == "draft"


def test_money_is_read_as_people_write_it(desk):
    assert draft(desk, value="chừng ba triệu", kind="contract").status_code == 422
    draft(desk, value="40 triệu", kind="contract")
    assert kept().value == 40_000_000
    draft(desk, value="1.250.000", kind="contract")
    assert kept().value == 1_250_000


def test_a_result_is_entered_with_proof_and_taken_back(world, desk):
    found = signed(world, desk)
    at = reverse("desk-clause-act", args=[found.pk, 3, "record_result"])
    day = show_date(world.today)
    assert desk.post(at, {"happened_on": day, "title": "Đơn bạn đọc", "count": "2"}).status_code == 422  # fmt: skip
    desk.post(at, {"happened_on": day, "title": "Đơn bạn đọc", "count": "2", "paper": "9/BC"})
    result = found.clauses.get(number=3).results.get()
    assert "Đơn bạn đọc" in page(desk, reverse("desk-clause", args=[found.pk, 3]))
    drop = reverse("desk-clause-act", args=[found.pk, 3, "drop_result"])
    desk.post(drop, {"row": result.pk, "reason": ""})
    result.refresh_from_db()
    assert result.dropped_why == ""
    desk.post(drop, {"row": result.pk, "reason": "Ghi nhầm"})
    assert "đã bỏ: Ghi nhầm" in page(desk, reverse("desk-clause", args=[found.pk, 3]))


def test_a_form_with_a_field_for_an_address_is_still_sent_to_its_own(world, desk):
    """A template finds the field `url` of a form before its attribute: the page's button led nowhere."""
    found = signed(world, desk)
    text = page(desk, reverse("desk-clause", args=[found.pk, 4]))
    to = reverse("desk-clause-act", args=[found.pk, 4, "record_result"])
    assert f'method="post" action="{to}"' in text


def test_renewing_opens_the_next_draft(world, desk):
    found = signed(world, desk)
    desk.post(reverse("desk-agreement-act", args=[found.pk, "renew_agreement"]))
    assert kept().renews == found
    assert "Đang soạn bản thay thế" in page(desk, reverse("desk-agreement", args=[found.pk]))


def test_clauses_and_contacts_of_another_agreement_are_not_touched(world, desk):
    first = signed(world, desk)
    draft(desk)
    second = kept()
    url = reverse("desk-agreement-act", args=[second.pk, "drop_clause"])
    assert desk.post(url, {"row": first.clauses.first().pk}).status_code == 404
    assert desk.post(url, {"row": "x"}).status_code == 404
    assert first.clauses.count() == 7


def test_another_province_gets_404_and_the_centre_reads_only(world, desk):
    found = signed(world, desk)
    stranger = world.client(world.other, "focal_point")
    centre = world.client(world.centre, "focal_point")
    for name, args in (
        ("desk-agreement", [found.pk]),
        ("desk-agreement-edit", [found.pk]),
        ("desk-clause", [found.pk, 1]),
        ("desk-agreement-file", [found.pk, "signed", found.pk]),
    ):
        assert stranger.get(reverse(name, args=args)).status_code == 404
    act = reverse("desk-agreement-act", args=[found.pk, "end_agreement"])
    typed = {"ended_on": show_date(world.today), "reason": "Thử"}
    assert stranger.post(act, typed).status_code == 404
    assert centre.post(act, typed).status_code == 422
    assert found.title in page(centre, reverse("desk-agreements"))
    assert found.title not in page(stranger, reverse("desk-agreements"))
    found.refresh_from_db()
    assert found.state == "in_force"


def test_lists_and_pages_do_not_cost_more_with_more_rows(world, desk):
    found = signed(world, desk)
    list_url, one_url = reverse("desk-agreements"), reverse("desk-agreement", args=[found.pk])
    first = queries_of(desk, list_url)
    for _ in range(3):
        signed(world, desk)
    assert queries_of(desk, list_url) == first <= 8
    assert queries_of(desk, one_url) <= 15
    assert queries_of(desk, reverse("desk-clause", args=[found.pk, 1])) <= 15


def test_years_and_keys_are_written_without_a_dot(world, desk):
    found = signed(world, desk)
    text = page(desk, reverse("desk-agreement", args=[found.pk]))
    assert f"?nam={world.today.year}" in text
    draft(desk)
    second = kept()
    second.clauses.create(id=12345, number=9, kind="news", text="Tin, bài")
    assert 'value="12345"' in page(desk, reverse("desk-agreement", args=[second.pk]))
