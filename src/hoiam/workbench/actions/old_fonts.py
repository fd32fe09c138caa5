"""Letters of old fonts (TCVN3, VNI) in a text: named to who sends and who decides, put into Unicode when a person says so."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.models import Page

from hoiam.core import authority, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import WrongState
from hoiam.newsroom.actions.submission_texts import in_unicode, old_font_of
from hoiam.workbench.snapshots import agency_of

PLAIN = ("title", "lead", "cover_alt", "byline", "other_writers")
PICTURE = ("alt", "caption", "credit")
_BETWEEN = "<ha-between>"


def old_font_in(text: Any) -> str:
    """What would be put right ("TCVN3 (ABC) → Unicode"); nothing when the text is in order."""
    return old_font_of(*_words(text))


def _words(text: Any) -> Iterator[str]:
    yield from (getattr(text, name) for name in PLAIN)
    for block in text.body:
        if block.block_type == "text":
            yield block.value.source
        else:
            yield from (block.value[name] or "" for name in PICTURE)


@transaction.atomic
def convert_text(page: Page, *, actor: Actor, now: datetime) -> Any:
    """The text as last saved with its letters in Unicode, as a new revision; what was sent for review stays as it was.

    Raises:
        NotAllowed: the actor writes for another agency.
        WrongState: somebody else holds the page, or nothing is to be put right.
    """
    locked = Page.objects.select_for_update().get(pk=page.pk)
    authority.check(actor, "send_for_review", agency_of(locked))
    text = locked.get_latest_revision_as_object()
    found = old_font_in(text)
    if locked.locked and locked.locked_by_id != actor.pk:
        raise WrongState("Bài đang bị người khác khóa. Nhờ người đó mở khóa rồi đổi chữ.")
    if not found:
        raise WrongState("Bài không còn chữ phông cũ nào. Tải lại trang để xem.")
    # All at once: a short line alone does not betray its font.
    mended = iter(in_unicode(_BETWEEN.join(_words(text))).split(_BETWEEN))
    for name in PLAIN:
        setattr(text, name, next(mended))
    text.body = [(block.block_type, _mended(block, mended)) for block in text.body]
    text.save_revision(user=actor.official, log_action=True)
    ledger.write(locked, actor=actor, step="convert_text", at=now, found=found)
    return text


def _mended(block: Any, words: Iterator[str]) -> Any:
    if block.block_type == "text":
        return next(words)
    return dict(block.value) | {name: next(words) for name in PICTURE}
