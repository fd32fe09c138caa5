"""Pieces asked for, of officials and of people without an account."""

import re
from datetime import date, timedelta

import pytest

from hoiam.agencies.actions.files import SentFile
from hoiam.agencies.states import Role
from hoiam.core.errors import InvalidInput, NotAllowed, WrongState
from hoiam.core.models import OutgoingMail
from hoiam.core.outbox import deliver_due
from hoiam.newsroom import actions, queries
from hoiam.newsroom.actions import GuestPicture, Text, Wish
from hoiam.newsroom.actions.guest_links import opened
from hoiam.newsroom.jobs.commissions import remind_of_pieces, tell_who_is_asked
from hoiam.newsroom.models import Commission, Submission
from hoiam.newsroom.states.submissions import COMMISSION_STEPS, CommissionState
from tests import factories as make
from tests.factories import NOW
from tests.newsroom.test_submission_files import jpeg

pytestmark = pytest.mark.django_db
WISH = Wish(
    "Ba mươi năm một nghề", date(2026, 8, 20), brief="Chuyện người, không nêu tên đương sự."
)
C = CommissionState


@pytest.fixture
def tree():
    return make.tree()


@pytest.fixture
def editor(tree):
    return make.actor(tree.province, Role.EDITOR)


@pytest.fixture
def writer(tree):
    return make.actor(tree.region1, Role.CONTRIBUTOR)


@pytest.fixture
def asked(tree, editor, writer):
    return actions.ask_for_piece(
        tree.province, WISH, actor=editor, now=NOW, official=writer.official
    )


@pytest.fixture
def outside(tree, editor):
    return actions.ask_for_piece(
        tree.province, WISH, actor=editor, now=NOW, name="Ông Lê Văn Sông", email="song@viet.example"
    )  # fmt: skip


def secret_of_last_mail():
    return re.search(r"/gui-bai/([\w-]+)/", OutgoingMail.objects.latest("pk").text)[1]


def link(now=NOW):
    deliver_due(now)
    return queries.link_of(secret_of_last_mail())


def again(row):
    return type(row).objects.system("test").get(pk=row.pk)


@pytest.mark.parametrize("state", C)
@pytest.mark.parametrize("verb", COMMISSION_STEPS)
def test_each_verb_from_each_state(tree, editor, writer, asked, verb, state):
    Commission.objects.system("test").filter(pk=asked.pk).update(state=state)
    does = {
        "take_commission": lambda: actions.take_commission(asked, actor=writer, now=NOW),
        "refuse_commission": lambda: actions.refuse_commission(asked, actor=writer, now=NOW, answer="Bận"),
        "move_commission": lambda: actions.move_commission(asked, actor=editor, now=NOW, due_on=WISH.due_on),
        "cancel_commission": lambda: actions.cancel_commission(asked, actor=editor, now=NOW),
    }  # fmt: skip
    if verb == "deliver_commission":
        piece = actions.begin_submission(
            tree.region1, Text("Tin", body="Chữ"), actor=writer, now=NOW, commission_id=asked.pk
        )
        actions.send_submission(piece, actor=writer, now=NOW)
        is_open = state in COMMISSION_STEPS[verb].sources
        assert again(asked).state == (C.DELIVERED if is_open else state)
        return
    if state not in COMMISSION_STEPS[verb].sources:
        with pytest.raises(WrongState):
            does[verb]()
        return
    does[verb]()
    assert again(asked).state == (COMMISSION_STEPS[verb].target or state)


def test_an_official_is_told_begins_a_draft_once_and_delivers(tree, asked, writer, editor):
    deliver_due(NOW)
    assert OutgoingMail.objects.get().address == writer.official.email
    draft = actions.begin_commissioned(asked, tree.region1, actor=writer, now=NOW)
    assert draft == actions.begin_commissioned(asked, tree.region1, actor=writer, now=NOW)
    assert list(queries.commissions_of(writer)) == [asked]
    actions.write_submission(draft, Text(draft.title, body="Chữ"), actor=writer, now=NOW)
    actions.send_submission(draft, actor=writer, now=NOW)
    assert again(asked).state == C.DELIVERED
    assert not queries.commissions_of(writer).exists()


def test_nobody_else_answers_and_another_province_sees_nothing(tree, asked):
    other = make.actor(tree.other, Role.EDITOR)
    with pytest.raises(NotAllowed):
        actions.take_commission(asked, actor=other, now=NOW)
    with pytest.raises(NotAllowed):
        actions.cancel_commission(asked, actor=other, now=NOW)
    assert not queries.commissions_visible_to(other).exists()


@pytest.mark.parametrize(
    ("wish", "who", "place"),
    [
        (Wish(" ", WISH.due_on), {"name": "A", "email": "a@b.example"}, "title"),
        (Wish("Tin", date(2026, 8, 4)), {"name": "A", "email": "a@b.example"}, "due_on"),
        (WISH, {"name": "A"}, "email"),
        (WISH, {"email": "a@b.example"}, "name"),
    ],
)
def test_what_is_missing_is_said(tree, editor, wish, who, place):
    with pytest.raises(InvalidInput) as refused:
        actions.ask_for_piece(tree.province, wish, actor=editor, now=NOW, **who)
    assert refused.value.field == place


def test_somebody_outside_sends_once_by_the_link(outside, editor):
    way = link()
    picture = GuestPicture(SentFile("a.jpg", jpeg()), "Cây cầu cũ")
    piece = actions.send_by_link(way, Text("Nghề", body="Chữ"), now=NOW, pictures=[picture])
    assert (piece.writer_name, piece.state) == ("Ông Lê Văn Sông", "sent")
    assert again(outside).state == C.DELIVERED
    assert list(queries.submissions_visible_to(editor)) == [piece]
    with pytest.raises(WrongState, match="đã dùng"):
        actions.send_by_link(way, Text("Lần hai", body="Chữ"), now=NOW)
    assert Submission.objects.system("test").count() == 1


def test_a_refused_piece_leaves_the_link_open(outside):
    way = link()
    with pytest.raises(InvalidInput):
        actions.send_by_link(way, Text("", body="Chữ"), now=NOW)
    with pytest.raises(InvalidInput, match="lời tả"):
        pictures = [GuestPicture(SentFile("a.jpg", jpeg()), " ")]
        actions.send_by_link(way, Text("Tên", body="Chữ"), now=NOW, pictures=pictures)
    way.refresh_from_db()
    assert way.used_at is None
    assert not Submission.objects.system("test").exists()


def test_a_link_ends_by_time_by_hand_and_by_a_newer_one(outside, editor):
    first = link()
    with pytest.raises(WrongState, match="hết hiệu lực"):
        opened(first, NOW + timedelta(days=60))
    actions.send_link(outside, actor=editor, now=NOW + timedelta(minutes=1))
    second = link(NOW + timedelta(minutes=1))
    first.refresh_from_db()
    assert second.pk != first.pk
    with pytest.raises(WrongState, match="thu hồi"):
        opened(first, NOW)
    assert actions.revoke_links(outside, actor=editor, now=NOW) == 1
    second.refresh_from_db()
    with pytest.raises(WrongState, match="thu hồi"):
        actions.send_by_link(second, Text("Tên", body="Chữ"), now=NOW)


def test_no_longer_asked_for_the_link_opens_nothing(outside, editor):
    way = link()
    actions.cancel_commission(outside, actor=editor, now=NOW)
    with pytest.raises(WrongState):
        actions.send_by_link(way, Text("Tên", body="Chữ"), now=NOW)
    assert queries.link_of("x" * 43) is None
    with pytest.raises(WrongState, match="Không có đường dẫn này"):
        opened(None, NOW)


def test_given_back_the_same_piece_comes_again_by_a_new_link(outside, editor):
    piece = actions.send_by_link(link(), Text("Nghề", body="Chữ"), now=NOW)
    actions.return_submission(piece, actor=editor, now=NOW, reason="Thêm năm tháng")
    way = link(NOW + timedelta(hours=1))
    assert "Thêm năm tháng" in OutgoingMail.objects.latest("pk").text
    sent = actions.send_by_link(way, Text("Nghề", body="Chữ, năm 1996"), now=NOW)
    assert sent.pk == piece.pk
    assert (sent.state, sent.reason) == ("sent", "")


def test_the_morning_reminds_once_before_the_due_day(asked, writer):
    deliver_due(NOW)
    early, near = NOW, NOW.replace(day=18)
    assert remind_of_pieces(now=early, slot=early.isoformat()) == 0
    assert remind_of_pieces(now=near, slot=near.isoformat()) == 1
    assert remind_of_pieces(now=near, slot=near.isoformat()) == 0
    assert (
        OutgoingMail.objects.filter(
            subject__startswith="[Việc của bạn] Sắp đến hạn gửi bài"
        ).count()
        == 1
    )


def test_a_message_that_comes_twice_tells_once_and_a_moved_day_tells_again(asked, outside, editor):
    """Not by the second it is told in: a handler that is tried again some seconds later would tell twice."""
    deliver_due(NOW)
    again = NOW + timedelta(seconds=5)
    for wish in (asked, outside):
        tell_who_is_asked(wish.pk, again)
    subjects = lambda: OutgoingMail.objects.filter(subject__contains="Đặt viết bài").count()  # noqa: E731
    assert (subjects(), outside.links.filter(revoked_at=None).count()) == (2, 1)
    way = outside.links.get(revoked_at=None)
    for wish in (asked, outside):
        actions.move_commission(wish, actor=editor, now=NOW, due_on=wish.due_on + timedelta(days=3))
    deliver_due(again)
    assert subjects() == 4
    way.refresh_from_db()
    assert way.revoked_at is not None
