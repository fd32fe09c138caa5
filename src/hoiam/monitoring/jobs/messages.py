"""Picking up this room's messages from the outbox."""

from datetime import datetime

from django.db.models import Q

from hoiam.core.mail import queue_mail
from hoiam.core.outbox import handles
from hoiam.kit.vietnamese import show_datetime
from hoiam.monitoring.actions.decisions import remember
from hoiam.monitoring.actions.digest_letters import digest_html, digest_text
from hoiam.monitoring.actions.digest_papers import WORD, digest_blob
from hoiam.monitoring.actions.folding import join
from hoiam.monitoring.actions.sheets import file_of, title_of
from hoiam.monitoring.models import Digest, Version, Warning
from hoiam.monitoring.states import PART_WORDS, VersionKind, WarningState


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
        # A person said that both are one matter; the folding remembers it as it does a merge.
        into = warning.duplicate_of.story
        pair = (warning.story.lead_item_id, into.lead_item_id)
        if pair[0] and pair[1]:
            remember([pair], together=True, actor=None, now=now)
        join(warning.story, into, now=now)


@handles("item_changed")
def tell_the_holder(version_id: int, now: datetime) -> None:
    """Mail whoever has the matter in hand that the paper changed or removed the report; once for each person."""
    version = Version.objects.select_related("item__story").get(pk=version_id)
    rows = Warning.objects.system("tell who has it in hand").filter(
        story=version.item.story, state__in=(WarningState.TAKEN, WarningState.CASED)
    )
    for person in {row.holder for row in rows.select_related("holder") if row.holder}:
        if person.email:
            queue_mail(
                person.email,
                f"[{VersionKind(version.kind).label}] {version.item.title}",
                _changed_letter(version),
                key=f"version:{version.pk}:{person.pk}",
                now=now,
            )


def _changed_letter(version: Version) -> str:
    named = ", ".join(PART_WORDS[part] for part in version.parts if part in PART_WORDS)
    what = f"Phần đã đổi: {named}." if named else version.note
    outlet = version.item.outlet or "Báo"
    return (
        f"{version.item.title}\n"
        f"{outlet} – {VersionKind(version.kind).label.lower()}, hệ thống thấy lúc {show_datetime(version.at)}.\n"
        f"{what}\n\n"
        "Hãy mở Hồi Âm, trang của bài, để xem chỗ khác nhau và bản chụp. Thư này không chứa nội dung hồ sơ.\n"
    )


@handles("digest_sent")
def mail_the_digest(digest_id: int, now: datetime) -> None:
    """Mail the digest with its Word file to those it was addressed to; once for each person."""
    digest = Digest.objects.system("mail the digest").select_related("agency").get(pk=digest_id)
    if not digest.recipients:
        return
    queue_mail(
        digest.recipients,
        f"{title_of(digest)} – {digest.agency}",
        digest_text(digest),
        html=digest_html(digest),
        key=f"digest:{digest.pk}:{digest.sent_at:%Y%m%d%H%M%S}",
        now=now,
        attachments=[(file_of(digest), WORD, digest_blob(digest, now=now))],
    )
