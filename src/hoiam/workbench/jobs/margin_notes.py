"""Telling people of notes in the margin of a text: who asked to hear of the text, and who wrote in the same thread.

Wagtail would mail them from the request itself. Here a note is a notice like any other: its hours, carriers and addresses are
those each person chose at the desk.
"""

from collections.abc import Iterable
from datetime import datetime

from wagtail.models import Comment, CommentReply, Page, PageSubscription

from hoiam.agencies.models import Official
from hoiam.agencies.queries import actor_on
from hoiam.core.outbox import handles
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.actions.work_notices import tell
from hoiam.workbench.queries import branches_visible_to


@handles("margin_note_made")
def tell_of_a_note(comment_id: int, now: datetime) -> None:
    """A notice of a new note; none when it was taken out again."""
    note = _note(comment_id)
    if note is not None:
        _tell(note, note.user, "Góp ý mới", note.text, f"margin-note:{note.pk}", now)


@handles("margin_note_answered")
def tell_of_an_answer(reply_id: int, now: datetime) -> None:
    """A notice of an answer in a thread."""
    reply = CommentReply.objects.filter(pk=reply_id).select_related("user").first()
    note = _note(reply.comment_id) if reply is not None else None
    if reply is not None and note is not None:
        _tell(note, reply.user, "Trả lời góp ý", reply.text, f"margin-answer:{reply.pk}", now)


@handles("margin_note_settled")
def tell_that_it_is_settled(comment_id: int, now: datetime) -> None:
    """A notice that a note was marked as done; none when it was opened again."""
    note = _note(comment_id)
    if note is not None and note.resolved_by is not None:
        key = f"margin-settled:{note.pk}:{note.resolved_at:%Y%m%d%H%M%S}"
        _tell(note, note.resolved_by, "Góp ý đã xử lý", note.text, key, now)


def _note(pk: int) -> Comment | None:
    return Comment.objects.filter(pk=pk).select_related("user", "resolved_by", "page").first()


def _tell(note: Comment, by: Official, what: str, words: str, key: str, now: datetime) -> None:
    people = [person for person in _hearing(note) if person.pk != by.pk]
    told, title = _in_scope(people, note.page, now), f"{what}: {note.page.draft_title}"
    tell(told, title, f"{by}: {words}", key, now, page=f"/cms/pages/{note.page_id}/edit/")


def _hearing(note: Comment) -> Iterable[Official]:
    """Who asked to hear of the text, who wrote the note, who answered it."""
    asked = PageSubscription.objects.filter(page=note.page_id, comment_notifications=True)
    keys = {
        note.user_id,
        *asked.values_list("user", flat=True),
        *note.replies.values_list("user", flat=True),
    }
    return Official.objects.filter(pk__in=keys, is_active=True).order_by("pk")


def _in_scope(people: Iterable[Official], page: Page, now: datetime) -> Iterable[Official]:
    """Those whose posts of the day still show them the text: who moved on hears no more of it."""
    today = now.astimezone(VIETNAM).date()
    branch = page.get_parent().pk
    for person in people:
        if branches_visible_to(actor_on(person, today)).filter(pk=branch).exists():
            yield person
