"""Picking up this room's messages from the outbox."""

from datetime import date, datetime, timedelta

from django.db.models import Q

from hoiam.agencies.models import Agency
from hoiam.agencies.queries import agencies_on, case_agency, holders, superior
from hoiam.agencies.states import DESK_ROLES, Level
from hoiam.core.mail import queue_mail
from hoiam.core.outbox import handles
from hoiam.kit.rulebook import default_number
from hoiam.kit.vietnamese import VIETNAM, show_datetime
from hoiam.monitoring.actions.decisions import remember
from hoiam.monitoring.actions.digest_letters import digest_html, digest_text
from hoiam.monitoring.actions.digest_papers import WORD, digest_blob
from hoiam.monitoring.actions.folding import join
from hoiam.monitoring.actions.sheets import file_of, title_of
from hoiam.monitoring.models import Digest, Version, Warning
from hoiam.monitoring.states import PART_WORDS, Severity, VersionKind, WarningState

# From which severity the superior is told at once: a product default (workflow.md §2, step 2).
SUPERIOR_RULE = "MD-07"

# An imported archive stands on the list, but wakes nobody by mail.
ARCHIVE = timedelta(days=14)  # not-law: how old a story may be for a mail to be of use


@handles("warning_raised")
def tell_the_desk(warning_id: int, now: datetime) -> None:
    """Mail the focal points of the agency, and of its superior when the matter is grave; once for each severity.

    A row of no agency is told to the centre: nobody else can say whose it is.
    """
    warning = (
        Warning.objects.system("tell who must act")
        .select_related("story", "agency__parent")
        .get(pk=warning_id)
    )
    if warning.severity == 0 or now - warning.story.last_at > ARCHIVE:
        return
    today = now.astimezone(VIETNAM).date()
    places = _places(warning, today)
    people = {p.pk: p for place in places for p in holders(place, DESK_ROLES, today) if p.email}
    subject = f"[{Severity(str(warning.severity)).label}] {warning.story.title}"
    for person in people.values():
        queue_mail(
            person.email,
            subject,
            _letter(warning),
            key=f"warning:{warning.pk}:{warning.severity}:{person.pk}",
            now=now,
        )


def _places(warning: Warning, today: date) -> list[Agency]:
    """The agencies whose desks are told."""
    if warning.agency is None:
        return list(agencies_on(today).filter(level=Level.CENTRE))
    places = [warning.agency, case_agency(warning.agency)]
    if warning.severity >= default_number(SUPERIOR_RULE):
        above = superior(places[-1], today)
        places += [above] if above else []
    return places


def _letter(warning: Warning) -> str:
    due = f"Sàng lọc trước {show_datetime(warning.due_at)}.\n" if warning.due_at else ""
    return (
        f"{warning.story.title}\n"
        f"Đơn vị: {warning.agency or 'chưa xác định, đề nghị trung ương chỉ định'}. Mức độ: {Severity(str(warning.severity)).label}.\n"
        f"{warning.why}\n{due}\n"
        "Hãy mở Hồi Âm, trang Theo dõi, để nhận hoặc bỏ tin này. Thư này không chứa nội dung hồ sơ.\n"
    )


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
