"""Clipping a report by hand: a page by its address, or print, radio, television with a file."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from hoiam.agencies.models import Agency
from hoiam.agencies.states import Level
from hoiam.core import authority, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import Conflict, InvalidInput
from hoiam.core.filekinds import admitted
from hoiam.monitoring.actions.captures import keep_file
from hoiam.monitoring.actions.incoming import FIRST_YEAR, Incoming, url_key
from hoiam.monitoring.actions.intake import Line, take_in
from hoiam.monitoring.actions.rechecks import plan_recheck
from hoiam.monitoring.actions.warn import raise_warnings
from hoiam.monitoring.models import Clip, Finding, Item
from hoiam.monitoring.states import Medium


@dataclass(frozen=True)
class ClippedFile:
    """An uploaded file: its name as the person's machine calls it, and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True)
class ClipDetails:
    """Where in a paper or programme the report stood."""

    medium: str
    issue: str = ""
    page: str = ""
    programme: str = ""
    aired_at: datetime | None = None
    note: str = ""


@transaction.atomic
def clip(
    incoming: Incoming,
    details: ClipDetails,
    *,
    actor: Actor,
    now: datetime,
    file: ClippedFile | None = None,
) -> Item:
    """The report as an item with its warning: a person says it concerns the agency, so recognition never drops it.

    Args:
        incoming: what was read from the page, or typed.
        details: page of a paper, air time of a programme.
        actor: who clips; when no agency is recognised the warning stands before the actor's own agency.
        now: the moment of clipping.
        file: scan, recording or picture.

    Raises:
        InvalidInput: a mandatory field is missing, lies in the future, or the file is of a wrong kind.
        Conflict: the report is already in the house.
    """
    authority.check(actor, "clip", Item)
    _check(incoming, details, now)
    key = url_key(_ready(incoming, details, None, now))
    known = Item.objects.filter(url_key=key).select_related("story").first()
    if known is not None and known.is_relevant:
        raise Conflict(
            f"Bài này đã có trong hệ thống: “{known.title}”. Hãy tìm bài đó trên trang Theo dõi."
        )
    capture = _kept(file, actor, now) or incoming.capture_id
    if known is None:
        known = take_in([_ready(incoming, details, capture, now)], now=now).items[0]
    elif capture is not None:
        known.capture_id = capture
        known.save(update_fields=["capture"])
    if not known.is_relevant:
        _adopt(known, actor, now)
    Clip.objects.update_or_create(
        item=known,
        defaults={
            "medium": details.medium,
            "issue": details.issue,
            "page": details.page,
            "programme": details.programme,
            "aired_at": details.aired_at,
            "file_name": file.name[:200] if file else "",
            "note": details.note,
            "clipped_by": actor.official,
        },
    )
    ledger.write(known, actor=actor, step="clip", at=now, medium=details.medium)
    return known


def _ready(
    incoming: Incoming, details: ClipDetails, capture: int | None, now: datetime
) -> Incoming:
    """The report with its capture; what was aired was published at that moment."""
    aired = incoming.published_at is None and details.aired_at is not None
    return replace(
        incoming,
        medium=details.medium,
        first_seen_at=now,
        capture_id=capture,
        published_at=details.aired_at if aired else incoming.published_at,
        published_from="clip" if aired else incoming.published_from,
    )


def _check(incoming: Incoming, details: ClipDetails, now: datetime) -> None:
    if details.medium not in Medium.values:
        raise InvalidInput(
            "Chọn loại hình: trang web, báo in, phát thanh, truyền hình hoặc mạng xã hội.", "medium"
        )
    if not incoming.title.strip():
        raise InvalidInput("Nhập tiêu đề bài hoặc nội dung chính của tin.", "title")
    if not incoming.outlet.strip() and not incoming.url:
        raise InvalidInput("Nhập tên báo, đài hoặc địa chỉ bài.", "outlet")
    _check_time(incoming.published_at, now, "Thời điểm đăng, phát", "published_at")
    _check_time(details.aired_at, now, "Giờ phát sóng", "aired_at")
    if details.medium in {Medium.RADIO, Medium.TELEVISION} and not (
        details.programme and details.aired_at
    ):
        raise InvalidInput(
            "Với phát thanh, truyền hình phải ghi chương trình và giờ phát sóng (NĐ 237/2026 Điều 21 khoản 3).",
            "programme" if not details.programme else "aired_at",
        )


def _check_time(moment: datetime | None, now: datetime, what: str, field: str) -> None:
    if moment is None:
        return
    if moment.tzinfo is None or moment.year < FIRST_YEAR:
        raise InvalidInput(f"{what} không đúng. Kiểm tra lại ngày, năm.", field)
    if moment > now:
        raise InvalidInput(f"{what} không thể ở phía trước. Kiểm tra lại ngày giờ.", field)


def _kept(file: ClippedFile | None, actor: Actor, now: datetime) -> int | None:
    if file is None:
        return None
    kind = admitted(file.data, file.name)
    return keep_file(
        file.data, actor=actor, now=now, content_type=kind, how=f"ghi nhận bằng tay: {file.name}"
    ).pk


def _adopt(item: Item, actor: Actor, now: datetime) -> None:
    """Put an item that recognition did not pick before the clipper's own agency, as a person's judgement."""
    item.is_relevant = True
    item.save(update_fields=["is_relevant"])
    finding = Finding.objects.create(
        item=item,
        kind="phan_anh",
        severity=1,
        relevance=1.0,
        reasons=[
            {"rule": "clip", "field": "title", "start": 0, "end": 0, "text": "", "weight": 1.0}
        ],
        lexicon_version="người ghi nhận",
        at=now,
    )
    story = (
        Line(now=now)
        .folder(item.at)
        .fold(item, severity=1, stance="", kind=finding.kind, provinces=[], now=now)
    )
    raise_warnings(story, finding, [_own(actor)], now=now)
    plan_recheck(item, now=now)


def _own(actor: Actor) -> Agency | None:
    """The agency the clipper works from; None at the centre, which decides whose the report is."""
    agency = Agency.objects.get(pk=actor.posts[0].agency_id)
    return None if agency.level == Level.CENTRE else agency
