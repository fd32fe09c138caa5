"""Officials hear of pieces and questions by the house's notices; people outside by mail, as before."""

from datetime import date, timedelta

import pytest

from hoiam.agencies.states import Role
from hoiam.core.models import OutgoingMail
from hoiam.core.outbox import deliver_due
from hoiam.monitoring.models import Delivery, Notice
from hoiam.monitoring.states import Carrier, DeliveryState
from hoiam.newsroom import actions
from hoiam.newsroom.actions import Question, Text, Wish
from hoiam.newsroom.jobs.fact_checks import tell_the_unit, tell_who_asked
from hoiam.newsroom.jobs.submissions import tell_the_editors, tell_the_writer
from tests import factories as make
from tests.factories import NOW
from tests.nights import MORNING, NIGHT, asleep

pytestmark = pytest.mark.django_db
WISH = Wish("Ba mươi năm một nghề", date(2026, 8, 20))
ASKED = Question("workbench:12", "Vận động", "Ngày 20/6 đã giao nhà.", "Có đúng ngày 20/6?")


@pytest.fixture
def tree():
    return make.tree()


@pytest.fixture
def editor(tree):
    return make.actor(tree.province, Role.EDITOR)


@pytest.fixture
def writer(tree):
    return make.actor(tree.region1, Role.CONTRIBUTOR)


def letter():
    return Delivery.objects.system("test").get(carrier=Carrier.EMAIL)


def told():
    rows = Notice.objects.system("test").order_by("pk")
    return [(row.official_id, row.title, row.text, row.path) for row in rows]


def test_a_piece_asked_for_at_night_waits_for_the_morning(tree, editor, writer):
    asleep(writer.official)
    actions.ask_for_piece(tree.province, WISH, actor=editor, now=NIGHT, official=writer.official)
    deliver_due(NIGHT)
    assert (letter().state, letter().due_at) == (DeliveryState.HELD, MORNING)
    assert not OutgoingMail.objects.exists()
    deliver_due(MORNING)
    assert OutgoingMail.objects.get().address == writer.official.email


def test_somebody_outside_is_mailed_at_once_at_any_hour_and_gets_no_notice(tree, editor):
    actions.ask_for_piece(
        tree.province, WISH, actor=editor, now=NIGHT, name="Ông Lê Văn Sông", email="song@viet.example"
    )  # fmt: skip
    deliver_due(NIGHT)
    mail = OutgoingMail.objects.get()
    assert (mail.address, mail.subject) == ("song@viet.example", f"Đặt viết bài: {WISH.title}")
    assert told() == []


def test_a_question_that_ends_before_the_quiet_hours_do_is_asked_at_once(tree, editor):
    unit = make.head(tree.other)
    asleep(unit.official)
    for due_at, waits in ((NIGHT + timedelta(hours=3), False), (MORNING + timedelta(days=1), True)):
        Notice.objects.system("test").delete()
        asked = Question(ASKED.subject_key, ASKED.subject_title, ASKED.excerpt, ASKED.question, due_at=due_at)  # fmt: skip
        check = actions.ask_fact_check(tree.province, tree.other, asked, actor=editor, now=NIGHT)
        tell_the_unit(check.pk, NIGHT)
        assert (letter().state == DeliveryState.HELD) == waits


def test_question_and_answer_keep_their_words_and_are_told_once(tree, editor):
    unit = make.head(tree.other)
    check = actions.ask_fact_check(tree.province, tree.other, ASKED, actor=editor, now=NOW)
    page = f"/desk/fact-checks/{check.pk}/"
    for later in range(2):
        tell_the_unit(check.pk, NOW + timedelta(days=later))
    actions.answer_fact_check(check, actor=unit, now=NOW, verdict="wrong", answer="Ngày 22/6.")
    for later in range(2):
        tell_who_asked(check.pk, NOW + timedelta(days=later))
    asked = f"{tree.province} hỏi: Có đúng ngày 20/6?\n\nHạn trả lời 07/08/2026 23:59."
    answer = f"{tree.other} ({unit}): Không đúng. Ngày 22/6."
    assert told() == [
        (unit.pk, "Cần kiểm chứng: Vận động", asked, page),
        (editor.pk, "Đã trả lời kiểm chứng: Vận động", answer, page),
    ]


def test_a_piece_sent_and_given_back_is_told_once_with_its_page(tree, editor, writer):
    piece = actions.begin_submission(tree.region1, actor=writer, now=NOW, text=Text("Bến sông"))
    piece = actions.write_submission(piece, Text("Bến sông", body="Chữ"), actor=writer, now=NOW)
    piece = actions.send_submission(piece, actor=writer, now=NOW)
    for later in range(2):
        tell_the_editors(piece.pk, NOW + timedelta(days=later))
    actions.return_submission(piece, actor=editor, now=NOW, reason="Thêm ngày")
    for later in range(2):
        tell_the_writer(piece.pk, NOW + timedelta(days=later))
    page = f"/desk/writing/{piece.pk}/"
    assert told() == [
        (editor.pk, "Bài mới gửi: Bến sông", f"{writer} ({tree.region1}) gửi bài “Bến sông”.", page),
        (writer.pk, "Trả lại để sửa: Bến sông", "Biên tập đề nghị sửa: Thêm ngày", page),
    ]  # fmt: skip
