"""Sổ tin bài, cộng tác viên, chuyên gia, khen thưởng as people use them; refusals keep what was typed, strangers get 404."""

from datetime import timedelta

import pytest
from django.urls import reverse

from hoiam.kit.vietnamese import show_date
from hoiam.scheme.models import Contribution, Contributor, Expert, RewardList
from tests.desk.small_world import SmallWorld, page, queries_of, sheet

pytestmark = pytest.mark.django_db
WHY = "the test reads back"
DAY = timedelta(days=1)


@pytest.fixture
def world(db):
    return SmallWorld()


@pytest.fixture
def desk(world):
    return world.client(world.province, "focal_point")


def enter(world, desk, number=1, **fields):
    first = {
        "title": f"Bài {number}", "url": f"https://songthanh.example/{number}",
        "printed_in": "Báo Sông Thanh", "happened_on": show_date(world.today),
    }  # fmt: skip
    return desk.post(reverse("desk-contribution-new"), {**first, **fields})


def contributor(world, desk):
    typed = {"full_name": "Lý Văn Bút", "joined_on": show_date(world.today)}
    desk.post(reverse("desk-contributors"), typed)
    return Contributor.objects.system(WHY).get()


def test_a_piece_is_entered_once_shown_and_withdrawn(world, desk):
    writer = contributor(world, desk)
    assert enter(world, desk, contributor=writer.pk).status_code == 302
    made = Contribution.objects.system(WHY).get()
    again = enter(world, desk, title="Bài 1 viết lại")
    assert again.status_code == 422
    assert "đã có trong sổ" in again.content.decode() and "Bài 1 viết lại" in again.content.decode()
    text = page(desk, reverse("desk-contributions"))
    assert "Bài 1" in text and "Lý Văn Bút" in text
    assert "Bài 1" not in page(desk, reverse("desk-contributions") + "?found=1")
    url = reverse("desk-contribution", args=[made.pk])
    assert desk.post(url, {"reason": ""}).status_code == 422
    assert desk.post(url, {"reason": "Ghi nhầm"}).status_code == 302
    assert Contribution.objects.system(WHY).count() == 0


def test_the_book_goes_into_a_spreadsheet_as_it_is_narrowed(world, desk):
    enter(world, desk)
    enter(world, desk, 2)
    rows = sheet(desk.get(reverse("desk-contributions-excel")))
    assert rows[0][:3] == ("Ngày", "Tin, bài", "Người viết")
    assert {row[:3] for row in rows[1:]} == {
        (show_date(world.today), "Bài 1", "Viết chung"), (show_date(world.today), "Bài 2", "Viết chung"),
    }  # fmt: skip
    assert len(sheet(desk.get(reverse("desk-contributions-excel"), {"found": "1"}))) == 1
    stranger = world.client(world.other, "focal_point")
    assert len(sheet(stranger.get(reverse("desk-contributions-excel")))) == 1


def test_a_contributor_leaves(world, desk):
    writer = contributor(world, desk)
    url = reverse("desk-contributor-leave", args=[writer.pk])
    desk.post(url, {"left_on": "hôm nào đó"})
    writer.refresh_from_db()
    assert writer.left_on is None
    desk.post(url, {"left_on": show_date(world.today)})
    assert "đến " + show_date(world.today) in page(desk, reverse("desk-contributors"))


def expert(desk):
    typed = {"kind": "scientist", "full_name": "Đỗ Nghiên Cứu", "fields_": "Luật dân sự"}
    desk.post(reverse("desk-expert-new"), typed)
    return Expert.objects.system(WHY).get()


def test_an_expert_is_asked_invited_and_taken_off(world, desk):
    found = expert(desk)
    do = lambda verb: reverse("desk-expert-act", args=[found.pk, verb])  # noqa: E731
    day = show_date(world.today)
    assert "Ghi lời mời" not in page(desk, reverse("desk-expert", args=[found.pk]))
    agreed = {"consent": "given", "consent_on": day, "consent_how": "qua thư", "phone": "0912 345 678"}  # fmt: skip
    assert desk.post(do("record_consent"), {**agreed, "phone": ""}).status_code == 422
    desk.post(do("record_consent"), agreed)
    desk.post(do("invite_expert"), {"matter": "Viết bài", "asked_on": day})
    asked = found.invitations.get()
    desk.post(do("record_expert_answer"), {"invitation": asked.pk, "answer": "accepted", "answered_on": day})  # fmt: skip
    assert "Nhận lời" in page(desk, reverse("desk-expert", args=[found.pk]))
    desk.post(do("record_consent"), {**agreed, "consent": "withdrawn"})
    assert "0912 345 678" not in page(desk, reverse("desk-experts"))
    typed = {"kind": "expert", "full_name": "Đỗ Nghiên Cứu", "fields_": "Báo chí"}
    desk.post(reverse("desk-expert-edit", args=[found.pk]), typed)
    found.refresh_from_db()
    assert found.fields == "Báo chí"


def rewards(world, desk):
    for number in range(2):
        enter(world, desk, number, contributor=Contributor.objects.system(WHY).get().pk)
    typed = {
        "title": "thành tích năm nay", "first": show_date(world.today - DAY),
        "last": show_date(world.today), "least": "2", "form": "Giấy khen",
    }  # fmt: skip
    desk.post(reverse("desk-reward-new"), typed)
    return RewardList.objects.system(WHY).get()


def test_rewards_go_from_counting_to_decision(world, desk):
    contributor(world, desk)
    made = rewards(world, desk)
    head = world.client(world.province, "head")
    do = lambda verb: reverse("desk-reward-act", args=[made.pk, verb])  # noqa: E731
    assert "Lý Văn Bút" in page(desk, reverse("desk-reward", args=[made.pk]))
    row = made.entries.get().pk
    desk.post(do("word_merit"), {"row": row, "words": "Viết đều"})
    desk.post(do("propose_rewards"))
    desk.post(do("review_rewards"))  # refused: who proposed does not review
    made.refresh_from_db()
    assert made.state == "proposed"
    head.post(do("review_rewards"), {"note": ""})
    late = {"decision": "41/QĐ", "decided_on": show_date(world.today + DAY)}
    assert head.post(do("decide_rewards"), late).status_code == 422
    head.post(do("decide_rewards"), {**late, "decided_on": show_date(world.today)})
    text = page(desk, reverse("desk-reward", args=[made.pk]))
    assert "quyết định 41/QĐ" in text and "Viết đều" in text
    for paper in ("proposal", "list"):
        assert desk.get(reverse("desk-reward-word", args=[made.pk, paper])).content[:2] == b"PK"
    assert desk.get(reverse("desk-reward-word", args=[made.pk, "poem"])).status_code == 404


def test_another_province_gets_404(world, desk):
    writer = contributor(world, desk)
    made, found = rewards(world, desk), expert(desk)
    piece = Contribution.objects.system(WHY).first()
    stranger = world.client(world.other, "focal_point")
    for name, args in (
        ("desk-contribution", [piece.pk]),
        ("desk-expert", [found.pk]),
        ("desk-expert-edit", [found.pk]),
        ("desk-reward", [made.pk]),
        ("desk-reward-word", [made.pk, "list"]),
    ):
        assert stranger.get(reverse(name, args=args)).status_code == 404, name
    for name, args in (
        ("desk-contributor-leave", [writer.pk]),
        ("desk-expert-act", [found.pk, "add_work"]),
        ("desk-reward-act", [made.pk, "propose_rewards"]),
    ):
        assert stranger.post(reverse(name, args=args)).status_code == 404, name
    for name in ("desk-contributions", "desk-contributors", "desk-experts", "desk-rewards"):
        text = page(stranger, reverse(name))
        assert "Lý Văn Bút" not in text and "Bài 1" not in text and "Đỗ Nghiên" not in text


def test_pages_stay_within_their_queries(world, desk):
    contributor(world, desk)
    made, found = rewards(world, desk), expert(desk)
    for name, args, most in (
        ("desk-contributions", [], 8),
        ("desk-contributors", [], 10),
        ("desk-experts", [], 8),
        ("desk-rewards", [], 8),
        ("desk-expert", [found.pk], 15),
        ("desk-reward", [made.pk], 15),
        ("desk-contribution", [Contribution.objects.system(WHY).first().pk], 15),
    ):
        assert queries_of(desk, reverse(name, args=args)) <= most, name
