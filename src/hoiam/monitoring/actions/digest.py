"""The daily press digest (điểm tin báo chí) of an agency: made from the day's stories, kept as it was, sent by mail."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from hoiam.agencies.models import Agency
from hoiam.agencies.queries import superior
from hoiam.agencies.states import MediaType
from hoiam.core import authority, blobs, ledger, outbox
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput
from hoiam.kit.papers import write
from hoiam.kit.vietnamese import VIETNAM, squash
from hoiam.monitoring.models import Digest, Item, Warning
from hoiam.monitoring.queries.digest import digest_entries, digest_recipients, scope_of
from hoiam.monitoring.states import Severity

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
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
def make_digest(agency: Agency, day: date, *, actor: Actor | None, now: datetime) -> Digest:
    """The digest of one day, made anew from the stories as they stand; what was sent before stays in the ledger.

    Raises:
        InvalidInput: the day has not come yet.
        NotAllowed: the actor may not make digests for this agency.
    """
    digest = (
        Digest.objects.system("one digest a day and agency").filter(agency=agency, day=day).first()
    )
    digest = digest or Digest(agency=agency, day=day)
    if actor is not None:
        authority.check(actor, "make_digest", digest)
    if day > now.astimezone(VIETNAM).date():
        raise InvalidInput("Chưa đến ngày này. Hãy chọn hôm nay hoặc ngày đã qua.", "day")
    entries = [_entry(warning) for warning in digest_entries(scope_of(agency), day)]
    entries = _once_a_story(entries)
    digest.made_at = now
    digest.content = {"sections": _sections(entries), "count": len(entries)}
    digest.save()
    ledger.write(digest, actor=actor, step="make_digest", at=now, count=len(entries))
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
        "why": warning.why,
        "severity_label": str(Severity(str(warning.severity)).label),
        "state": warning.get_state_display(),
    }


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


def digest_word(digest: Digest, *, now: datetime) -> bytes:
    """The digest as a Word file in the ministry's layout, dated `now`."""
    return write("digest", digest_fields(digest, now=now))


def digest_blob(digest: Digest, *, now: datetime) -> str:
    """SHA-256 of the digest's Word file, kept in the evidence store for the mail."""
    return blobs.put(digest_word(digest, now=now)).sha256


def digest_fields(digest: Digest, *, now: datetime) -> dict[str, Any]:
    """The fields of the paper kind "digest"; a day without stories has no entries, and the paper says so."""
    issued_on = now.astimezone(VIETNAM).date()
    above = superior(digest.agency, issued_on)
    return {
        "agency": digest.agency.full_name,
        "parent_agency": above.full_name if above else "Bộ Tư pháp",
        "place": digest.agency.seat or digest.agency.province or "Hà Nội",
        "issued_on": issued_on.isoformat(),
        "day": digest.day.isoformat(),
        "entries": [
            _paper_row(section["title"], entry)
            for section in digest.content["sections"]
            for entry in section["entries"]
        ],
    }


def _paper_row(section: str, entry: dict[str, Any]) -> dict[str, str]:
    return {
        "section": section,
        "outlets": ", ".join(entry["outlets"]),
        "title": entry["title"],
        "summary": entry["summary"],
        "agency": entry["agency"],
        "reasons": entry["why"],
        "state": f"{entry['severity_label']} · {entry['state']}",
    }
