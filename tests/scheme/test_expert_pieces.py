"""An expert asked for a piece: wish, invitation, piece and count are one story, told on both pages."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from hoiam.agencies.states import Role
from hoiam.core.errors import NotAllowed, WrongState
from hoiam.core.models import OutgoingMail
from hoiam.core.outbox import deliver_due
from hoiam.monitoring.models import Notice
from hoiam.monitoring.queries.periods import month_of
from hoiam.newsroom import actions, queries
from hoiam.newsroom.actions import Snapshot, Text, Wish
from hoiam.newsroom.jobs.commissions import remind_of_pieces
from hoiam.newsroom.models import Commission, Section, Submission
from hoiam.newsroom.states.submissions import CommissionState
from hoiam.scheme.actions import experts
from hoiam.scheme.actions.expert_pieces import ask_expert_for_piece, keep_invitation
from hoiam.scheme.models import ExpertWork
from hoiam.scheme.queries.proofs import proofs
from tests import factories as make
from tests.factories import NOW, TODAY

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
WISH = Wish("Tự nguyện thi hành án", TODAY + 10 * DAY)


def listed(agency, desk, email="chuyengia@nangha.example"):
    """An expert of this agency who agreed to be reached."""
    made = experts.add_expert(
        agency, actor=desk, now=NOW, kind="former", full_name="Trương Đình Hưu", fields="Nghiệp vụ"
    )
    return experts.record_consent(
        made, actor=desk, now=NOW, consent="given", consent_on=TODAY, consent_how="thư",
        phone="0912345678", email=email,
    )  # fmt: skip


@pytest.fixture
def expert(tree, focal):
    return listed(tree.province, focal)


@pytest.fixture
def wish(tree, editor, expert):
    return ask_expert_for_piece(expert, tree.province, WISH, actor=editor, now=NOW)


def again(row):
    return Commission.objects.system("test").get(pk=row.pk)


def sent_by_link(wish):
    """The piece, sent by the link of the last letter."""
    deliver_due(NOW)
    secret = re.search(r"/gui-bai/([\w-]+)/", OutgoingMail.objects.latest("pk").text)[1]
    piece = actions.send_by_link(
        queries.link_of(secret), Text(WISH.title, body="Một đoạn.\nHai đoạn."), now=NOW
    )
    deliver_due(NOW)
    return Submission.objects.system("test").get(pk=piece.pk)


def test_from_the_wish_to_the_count_and_back(tree, editor, expert, wish):
    invitation = expert.invitations.get()
    assert (invitation.commission, invitation.answer) == (wish, "waiting")
    assert wish.email == expert.email

    piece = sent_by_link(wish)
    assert again(wish).state == CommissionState.DELIVERED
    invitation.refresh_from_db()
    assert (invitation.answer, invitation.answered_on) == ("accepted", TODAY)
    assert not expert.works.exists()

    actions.accept_submission(piece, actor=editor, now=NOW)
    actions.print_elsewhere(
        piece, actor=editor, now=NOW, printed_in="Báo Sông Thanh", printed_on=TODAY,
        printed_url="https://songthanh.example/tu-nguyen",
    )  # fmt: skip
    deliver_due(NOW)
    keep_invitation(again(wish), now=NOW)
    work = expert.works.get()
    assert (work.title, work.printed_in) == (WISH.title, "Báo Sông Thanh")
    [proof] = proofs({tree.province.pk}, month_of(TODAY), ["expert_work"])
    assert proof.title == f"Trương Đình Hưu: {WISH.title}"


def test_an_article_taken_down_is_no_work_any_more(tree, editor, expert, wish):
    piece = sent_by_link(wish)
    actions.accept_submission(piece, actor=editor, now=NOW)
    section = Section.objects.create(slug="tin", name="Tin tức")
    told = Snapshot(
        "t:1", "article", tree.province, section, "Tự nguyện thi hành án: một cách nhìn"
    )
    article = actions.publish_article(told, actor=editor, now=NOW)
    actions.tie_to_article(piece, article, now=NOW)
    deliver_due(NOW)
    assert [work.title for work in expert.works.all()] == [article.title]
    actions.withdraw_article(article, actor=editor, now=NOW, reason="Nhầm số liệu")
    deliver_due(NOW)
    assert not ExpertWork.objects.exists()


@pytest.mark.parametrize(
    ("answer", "state"),
    [("accepted", CommissionState.TAKEN), ("declined", CommissionState.REFUSED)],
)
def test_an_answer_by_telephone_moves_the_wish_too(focal, expert, wish, answer, state):
    experts.record_expert_answer(
        expert.invitations.get(), actor=focal, now=NOW, answer=answer, answered_on=TODAY, note="qua điện thoại"
    )  # fmt: skip
    assert (again(wish).state, again(wish).answer) == (state, "qua điện thoại")


def test_a_wish_cancelled_is_told_on_the_invitation(editor, expert, wish):
    actions.cancel_commission(wish, actor=editor, now=NOW)
    deliver_due(NOW)
    assert expert.invitations.get().note == "Đơn vị đã thôi đặt bài"


def test_when_the_day_is_near_the_expert_and_who_asked_are_told_once(editor, wish):
    deliver_due(NOW)
    OutgoingMail.objects.all().delete()
    near = NOW + 8 * DAY
    assert remind_of_pieces.func(near, near.isoformat()) == 1
    assert remind_of_pieces.func(near + DAY, (near + DAY).isoformat()) == 0
    letters = OutgoingMail.objects.filter(address=wish.email)
    assert [letter.subject for letter in letters] == ["Sắp đến hạn gửi bài: Tự nguyện thi hành án"]
    told = Notice.objects.system("test").get()
    assert (told.official, told.path) == (editor.official, f"/desk/commissions/{wish.pk}/")
    assert "Trương Đình Hưu, hạn 15/08/2026" in told.text


def test_only_who_agreed_and_left_an_address_is_asked_by_who_sees_them(tree, focal, editor):
    silent = listed(tree.province, focal, email="")
    with pytest.raises(WrongState):
        ask_expert_for_piece(silent, tree.province, WISH, actor=editor, now=NOW)
    other = make.actor(tree.other, Role.EDITOR)
    with pytest.raises(NotAllowed):
        ask_expert_for_piece(silent, tree.other, WISH, actor=other, now=NOW)
    offered = listed(tree.centre, make.focal_point(tree.centre))
    assert ask_expert_for_piece(offered, tree.other, WISH, actor=other, now=NOW).agency == tree.other  # fmt: skip


def page(actor, address, data=None):
    client = Client()
    client.force_login(actor.official, "hoiam.config.accounts.DeskBackend")
    return client.post(address, data) if data is not None else client.get(address)


def test_both_pages_tell_the_story(tree, editor, focal):
    expert = listed(tree.centre, make.focal_point(tree.centre))
    button = page(editor, f"/desk/experts/{expert.pk}/").content.decode()
    form = re.search(rf'href="(/desk/commissions/new/\?expert={expert.pk})"', button)[1]
    assert "Mời viết bài" not in page(focal, f"/desk/experts/{expert.pk}/").content.decode()
    assert f'<option value="{expert.pk}" selected>' in page(editor, form).content.decode()

    typed = {"title": WISH.title, "due_on": "15/08/2099", "expert": expert.pk}
    two = page(editor, form, typed | {"name": "Ông Lê Văn Sông", "email": "song@viet.example"})
    assert (two.status_code, Commission.objects.system("test").count()) == (422, 0)
    assert "Chỉ đặt một người" in two.content.decode()
    assert page(editor, form, typed).status_code == 302

    made = Commission.objects.system("test").get()
    of_wish = page(editor, f"/desk/commissions/{made.pk}/").content.decode()
    assert f'href="/desk/experts/{expert.pk}/"' in of_wish and "chưa trả lời" in of_wish
    of_expert = page(editor, f"/desk/experts/{expert.pk}/").content.decode()
    assert f'href="/desk/commissions/{made.pk}/"' in of_expert
    assert "hạn gửi bài 15/08/2099, chờ trả lời" in of_expert.lower()
    # Another province is offered the same expert, and learns nothing of what this one asked for.
    elsewhere = page(make.actor(tree.other, Role.EDITOR), f"/desk/experts/{expert.pk}/")
    assert elsewhere.status_code == 200 and WISH.title not in elsewhere.content.decode()
