"""Notes in the margin of a text: told by the house's own notices, never by a mail of Wagtail's from the request."""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
import wagtail
from django.core import mail
from wagtail import signals
from wagtail.models import Comment, PageSubscription

from hoiam.core.models import OutboxMessage
from hoiam.core.outbox import deliver_due
from hoiam.monitoring.models import Delivery, Notice, NoticeChoice
from hoiam.monitoring.states import Carrier, DeliveryState
from hoiam.workbench.actions.margin_notes import post_margin_notes
from tests.factories import NOW
from tests.workbench.test_pages import form_of

NIGHT = NOW.replace(hour=23)


def saved(world, page, actor, *notes, **fields):
    """The text saved by this person with these notes: (key or "", text, answers, settled)."""
    sent = form_of(world, **fields)
    sent["comments-TOTAL_FORMS"] = len(notes)
    sent["comments-INITIAL_FORMS"] = sum(bool(key) for key, *_ in notes)
    for n, (key, words, answers, settled) in enumerate(notes):
        sent |= {
            f"comments-{n}-id": key,
            f"comments-{n}-text": words,
            f"comments-{n}-contentpath": "lead",
            f"comments-{n}-resolved": "on" if settled else "",
            f"comments-{n}-replies-TOTAL_FORMS": len(answers),
            f"comments-{n}-replies-INITIAL_FORMS": 0,
            f"comments-{n}-replies-MIN_NUM_FORMS": 0,
            f"comments-{n}-replies-MAX_NUM_FORMS": 1000,
        }
        sent |= {f"comments-{n}-replies-{m}-text": text for m, text in enumerate(answers)}
    answer = world.client(actor).post(f"/cms/pages/{page.pk}/edit/", sent)
    assert answer.status_code == 302, answer.content.decode()[-2000:]


@pytest.fixture
def page(world):
    """A text whose writer asked to hear of notes."""
    made = world.text()
    PageSubscription.objects.create(
        page=made, user=world.writer.official, comment_notifications=True
    )
    return made


def heard():
    """Who was told what, in order."""
    rows = Notice.objects.system("test").order_by("pk")
    return [(row.official_id, row.title.partition(":")[0], row.text) for row in rows]


def test_a_note_its_answer_and_its_end_are_notices_of_the_house(world, page):
    saved(world, page, world.editor, ("", "Câu này dài quá.", [], False))
    assert mail.outbox == []
    assert Notice.objects.system("test").count() == 0
    now = OutboxMessage.objects.latest("pk").due_at
    deliver_due(now)
    deliver_due(now + timedelta(minutes=5))
    note = Comment.objects.get()
    said = f"{world.editor.official}: Câu này dài quá."
    assert heard() == [(world.writer.pk, "Góp ý mới", said)]

    saved(world, page, world.writer, (note.pk, note.text, ["Đã cắt."], False))
    saved(world, page, world.chief, (note.pk, note.text, [], True))
    deliver_due(OutboxMessage.objects.latest("pk").due_at)
    settled = f"{world.chief.official}: Câu này dài quá."
    assert heard()[1] == (
        world.editor.pk,
        "Trả lời góp ý",
        f"{world.writer.official}: Đã cắt.",
    )
    assert sorted(heard()[2:]) == [
        (who, "Góp ý đã xử lý", settled) for who in sorted((world.writer.pk, world.editor.pk))
    ]
    assert mail.outbox == []


def test_quiet_hours_hold_a_note_and_who_moved_on_hears_nothing(world, page):
    writer = world.writer.official
    writer.email = "nguoi-viet@thanh-giang.example"
    writer.save()
    NoticeChoice.objects.create(official=writer, quiet_from="22:00", quiet_to="06:00")
    PageSubscription.objects.create(
        page=page, user=world.stranger.official, comment_notifications=True
    )
    note = Comment.objects.create(
        page=page, user=world.editor.official, text="Xem lại số tiền.", contentpath="lead"
    )
    assert post_margin_notes(new=[note], answers=[], settled=[], now=NIGHT) == 1
    deliver_due(NIGHT)
    assert [who for who, *_ in heard()] == [writer.pk]
    letter = Delivery.objects.system("test").get(carrier=Carrier.EMAIL)
    assert (letter.state, letter.target) == (DeliveryState.HELD, writer.email)
    assert letter.due_at > NIGHT


def test_no_other_place_of_wagtail_sends_mail_here():
    """Its workflow listens to nobody, and a version with one more place that sends mail is looked at before it is used."""
    root = Path(wagtail.__file__).parent
    sends = re.compile(r"\b(?:send_mail|send_notification|EmailMultiAlternatives|EmailMessage)\(")
    found = {
        str(path.relative_to(root))
        for path in root.rglob("*.py")
        if "test" not in path.parts[-2] and not {"tests", "test"} & set(path.parts)
        if sends.search(path.read_text("utf-8"))
    }
    assert found == {
        "admin/mail.py",  # the functions themselves, and listeners never connected here
        "admin/views/pages/edit.py",  # editing.py stands in its place
        "contrib/forms/models.py",  # not installed
    }
    told = (
        signals.task_submitted,
        signals.workflow_submitted,
        signals.workflow_approved,
        signals.workflow_rejected,
    )
    assert [signal.receivers for signal in told] == [[]] * 4


def test_an_earlier_revision_taken_up_again_tells_the_house_s_way_too(world, page):
    first = page.latest_revision_id
    sent = form_of(world)
    sent |= {
        "comments-TOTAL_FORMS": 1,
        "comments-0-text": "Bản cũ đúng hơn.",
        "comments-0-contentpath": "lead",
        "comments-0-replies-TOTAL_FORMS": 0,
        "comments-0-replies-INITIAL_FORMS": 0,
        "comments-0-replies-MIN_NUM_FORMS": 0,
        "comments-0-replies-MAX_NUM_FORMS": 1000,
    }
    world.writer.official.email = "nguoi-viet@thanh-giang.example"
    world.writer.official.save()
    client = world.client(world.editor)
    client.post(f"/cms/pages/{page.pk}/revisions/{first}/revert/", sent)
    assert mail.outbox == []
    assert OutboxMessage.objects.filter(kind="margin_note_made").count() == 1


def test_many_notes_are_drawn_at_once(world, page):
    """Between the script that keeps them and the moment it begins stands ours: without it a hundred never end."""
    shown = world.client(world.editor).get(f"/cms/pages/{page.pk}/edit/").content.decode()
    assert 0 < shown.index("wagtailadmin/js/comments") < shown.index("workbench/remarks")
    assert "defer" not in shown.split("workbench/remarks")[1].split("</script>")[0]


def test_a_note_bears_the_name_of_who_wrote_it(world, page):
    saved(world, page, world.editor, ("", "Câu này dài quá.", [], False))
    shown = world.client(world.writer).get(f"/cms/pages/{page.pk}/edit/").content.decode()
    told = json.loads(
        shown.split('id="comments-data" type="application/json">')[1].split("</script>")[0]
    )
    name = str(world.editor.official)
    assert (
        told["authors"][str(world.editor.official.pk)]["name"]
        == name
        != world.editor.official.username
    )
