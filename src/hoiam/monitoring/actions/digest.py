"""The daily press digest (điểm tin báo chí) of an agency: made from the day's stories, kept as it was, sent by mail."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from hoiam.agencies.models import Agency
from hoiam.agencies.states import MediaType
from hoiam.core import authority, ledger, outbox
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput
from hoiam.kit.vietnamese import VIETNAM, nfc, squash
from hoiam.monitoring.actions.reasons import why_told
from hoiam.monitoring.models import Digest, Item, Warning
from hoiam.monitoring.queries.digest import digest_entries, digest_recipients, scope_of
from hoiam.monitoring.states import DigestKind, Severity

# Sections of the digest, in the order of the ministry's own (workflow.md §10).
SECTIONS = (
    ("Thông tin phản ánh, cần xác minh", lambda e: e["severity"] >= 2),
    ("Thông tin liên quan đến công tác thi hành án dân sự", lambda e: e["severity"] < 2),
)
# How the ministry's digest tells the kind of outlet after its name: "Báo X (online) có bài".
MEDIA = {
    MediaType.ONLINE: "online",
    MediaType.AGGREGATOR: "trang tổng hợp",
    MediaType.NETWORK_CHANNEL: "kênh trên mạng",
    MediaType.SOCIAL: "mạng xã hội",
    MediaType.DAILY_PRINT: "báo in",
    MediaType.WEEKLY_PRINT: "báo in",
    MediaType.MAGAZINE: "tạp chí in",
    MediaType.RADIO: "phát thanh",
    MediaType.TELEVISION: "truyền hình",
}
LONGEST_SUMMARY = 900
UNKNOWN_OUTLET = "Không rõ báo"
NO_TITLE = "(không có tiêu đề)"
NO_SUMMARY = "Bài chưa có tóm tắt; xem bài gốc."


@transaction.atomic
def make_digest(
    agency: Agency, day: date, *, actor: Actor | None, now: datetime, first: date | None = None
) -> Digest:
    """The digest of one day, made anew from the stories as they stand; what was sent before stays in the ledger.

    Args:
        first: the first of several days told in one digest, as after a weekend; a digest made anew keeps its own.

    Raises:
        InvalidInput: the day has not come yet.
        NotAllowed: the actor may not make digests for this agency.
    """
    digest = found_or_new(agency, DigestKind.DAY, day)
    if actor is not None:
        authority.check(actor, "make_digest", digest)
    if day > now.astimezone(VIETNAM).date():
        raise InvalidInput("Chưa đến ngày này. Hãy chọn hôm nay hoặc ngày đã qua.", "day")
    digest.first = first or digest.first
    warnings = digest_entries(scope_of(agency), day, digest.first)
    entries = _once_a_story([_entry(warning) for warning in warnings])
    digest.content = {"sections": _sections(entries), "count": len(entries)}
    return keep(digest, actor=actor, now=now, count=len(entries))


def found_or_new(agency: Agency, kind: str, day: date) -> Digest:
    """The digest of this kind that ends on the day, or one not kept yet."""
    rows = Digest.objects.system("one digest a day, kind and agency")
    found = rows.filter(agency=agency, kind=kind, day=day).first()
    return found or Digest(agency=agency, kind=kind, day=day)


def keep(digest: Digest, *, actor: Actor | None, now: datetime, count: int) -> Digest:
    """The digest as made now, in the ledger too; `count` is how many matters it tells of."""
    digest.made_at = now
    digest.save()
    ledger.write(digest, actor=actor, step="make_digest", at=now, count=count)
    return digest


@transaction.atomic
def write_remarks(digest: Digest, text: str, *, actor: Actor | None, now: datetime) -> Digest:
    """The digest with what the desk thinks of it; making it anew leaves these words as they are.

    Raises:
        NotAllowed: the actor may not make digests for this agency.
    """
    if actor is not None:
        authority.check(actor, "write_remarks", digest)
    digest.remarks = "\n".join(line.strip() for line in nfc(text).strip().splitlines())
    digest.save(update_fields=["remarks"])
    ledger.write(digest, actor=actor, step="write_remarks", at=now, length=len(digest.remarks))
    return digest


def _sections(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The sections that have entries, so that they are numbered alike on screen, in the mail and on paper."""
    found = [
        {"title": title, "entries": [entry for entry in entries if chosen(entry)]}
        for title, chosen in SECTIONS
    ]
    return [section for section in found if section["entries"]]


def _entry(warning: Warning) -> dict[str, Any]:
    items = warning.story.items_today
    first = items[0]
    return {
        "story": warning.story_id,
        "severity": warning.severity,
        "outlet": _outlet(first),
        "outlets": list(dict.fromkeys(_outlet(item) for item in items)),
        "title": squash(first.title) or NO_TITLE,
        "summary": _summary(first),
        "url": first.url,
        "agency": warning.agency.name if warning.agency else "Chưa xác định đơn vị",
        "why": _why(items) or warning.why,
        "severity_label": str(Severity(str(warning.severity)).label),
        "state": warning.get_state_display(),
    }


def _why(items: list[Item]) -> str:
    """The strongest telling reasons in one sentence; "" when no report has any (a clip, an old finding)."""
    finding = next((found for item in items if (found := getattr(item, "finding", None))), None)
    return why_told(finding) if finding else ""


def _outlet(item: Item) -> str:
    if item.channel is None:
        return item.outlet or UNKNOWN_OUTLET
    return f"{item.channel.press_agency.name} ({MEDIA[MediaType(item.channel.media_type)]})"


def _summary(item: Item) -> str:
    """The sapo, else the first words of the body up to a whole sentence where one ends in time."""
    text = squash(item.sapo) or squash(item.body)
    if len(text) <= LONGEST_SUMMARY:
        return text or NO_SUMMARY
    cut = text[:LONGEST_SUMMARY]
    sentence = cut.rfind(". ")
    if sentence > LONGEST_SUMMARY // 2:
        return cut[: sentence + 1]
    return cut.rsplit(" ", 1)[0] + "…"


def _once_a_story(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One entry a story; the agencies it stands before are named together."""
    merged: dict[int, dict[str, Any]] = {}
    for entry in entries:
        kept = merged.setdefault(entry["story"], entry)
        if kept is not entry and entry["agency"] not in kept["agency"].split("; "):
            kept["agency"] += f"; {entry['agency']}"
    return list(merged.values())


@transaction.atomic
def send_digest(digest: Digest, *, actor: Actor | None, now: datetime) -> Digest:
    """The digest on its way by mail to the agency's desk, with the Word file.

    Raises:
        InvalidInput: a person sends it and nobody of the agency has a mail address.
        NotAllowed: the actor may not send digests for this agency.
    """
    if actor is not None:
        authority.check(actor, "send_digest", digest)
    people = digest_recipients(digest.agency, now.astimezone(VIETNAM).date())
    digest.recipients = [person.email for person in people if person.email]
    if actor is not None and not digest.recipients:
        raise InvalidInput(
            "Chưa có ai ở đơn vị này có thư điện tử để nhận điểm tin. Hãy bổ sung ở trang Cơ quan, người."
        )
    digest.sent_at = now
    digest.save(update_fields=["recipients", "sent_at"])
    ledger.write(digest, actor=actor, step="send_digest", at=now, recipients=len(digest.recipients))
    outbox.post("digest_sent", digest.pk, at=now)
    return digest
