"""Picking up this room's messages from the outbox."""

from datetime import datetime

from django.db.models import Q

from hoiam.core.mail import queue_mail
from hoiam.core.outbox import handles
from hoiam.kit.papers.words import roman
from hoiam.kit.vietnamese import show_date
from hoiam.monitoring.actions.digest import WORD, digest_blob
from hoiam.monitoring.actions.folding import join
from hoiam.monitoring.models import Digest, Warning


@handles("stories_overlap")
def fold_together(warning_id: int, now: datetime) -> None:
    """Join the story of a warning marked as duplicate to the story it repeats, when nobody else works on it."""
    warning = (
        Warning.objects.system("fold a duplicate")
        .select_related("story", "duplicate_of__story")
        .get(pk=warning_id)
    )
    if warning.duplicate_of is None or warning.story_id == warning.duplicate_of.story_id:
        return
    if warning.story.merged_into_id or warning.duplicate_of.story.merged_into_id:
        return
    others = Warning.objects.system("fold a duplicate").filter(
        Q(story=warning.story), ~Q(pk=warning.pk)
    )
    if not others.exists():
        join(warning.story, warning.duplicate_of.story, now=now)


@handles("digest_sent")
def mail_the_digest(digest_id: int, now: datetime) -> None:
    """Mail the digest with its Word file to those it was addressed to; once for each person."""
    digest = Digest.objects.system("mail the digest").select_related("agency").get(pk=digest_id)
    if not digest.recipients:
        return
    day = show_date(digest.day)
    queue_mail(
        digest.recipients,
        f"Điểm tin báo chí ngày {day} – {digest.agency}",
        digest_text(digest),
        key=f"digest:{digest.pk}:{digest.sent_at:%Y%m%d%H%M%S}",
        now=now,
        attachments=[(f"diem-tin-{digest.day:%Y-%m-%d}.docx", WORD, digest_blob(digest, now=now))],
    )


def digest_text(digest: Digest) -> str:
    """The digest as plain text, as it goes by mail."""
    lines = [f"ĐIỂM TIN BÁO CHÍ (ngày {show_date(digest.day)})", str(digest.agency), ""]
    if not digest.content["count"]:
        lines.append("Trong ngày không có tin, bài liên quan.")
    for number, section in enumerate(digest.content["sections"], start=1):
        if section["entries"]:
            lines += [f"{roman(number)}- {section['title'].upper()}", ""]
        for order, entry in enumerate(section["entries"], start=1):
            lines += [
                f"{order}. {', '.join(entry['outlets'])} có bài: {entry['title']}",
                f"   Bài báo phản ánh: {entry['summary']}",
                f"   → {entry['agency']} · {entry['severity_label']} · {entry['state']}",
                "",
            ]
    return "\n".join(lines)
