"""Notices and sendings in words: who was told, by which way, what came of it, who knows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from hoiam.core.actor import Actor
from hoiam.desk.components import Action, Entry
from hoiam.desk.moments import say_moment
from hoiam.kit.vietnamese import show_number
from hoiam.monitoring.models import Delivery, Notice, Warning
from hoiam.monitoring.queries.notices import Sendings
from hoiam.monitoring.states import Carrier, DeliveryState, NoticeKind, Recipient, WarningState


@dataclass(frozen=True)
class NoticeRow:
    """One notice of mine as the list shows it."""

    notice: Notice
    url: str
    kind: str
    meta: tuple[str, ...]
    sendings: tuple[str, ...]
    state: str
    actions: tuple[Action, ...]


def notice_row(notice: Notice, now: datetime) -> NoticeRow:
    """The row of one notice."""
    warning = notice.warning
    place = warning.agency if warning else notice.signal.agency if notice.signal else None
    return NoticeRow(
        notice=notice,
        url=notice.path,
        kind=str(NoticeKind(notice.kind).label),
        meta=tuple(str(part) for part in (place, say_moment(notice.at, now)) if part),
        sendings=sendings_in_words(notice.deliveries.all(), now),
        state=_state(notice, now),
        actions=(acknowledging(notice),) if _may_acknowledge(notice) else (),
    )


def _state(notice: Notice, now: datetime) -> str:
    if notice.acknowledged_at is not None:
        link = " qua thư" if notice.acknowledged_by_link else ""
        return f"bạn đã nhận{link} {say_moment(notice.acknowledged_at, now)}"
    return "" if notice.read_at else "chưa xem"


def _may_acknowledge(notice: Notice) -> bool:
    return notice.warning_id is not None and notice.acknowledged_at is None


def acknowledging(notice: Notice) -> Action:
    """The button that says "I know"."""
    return Action("Đã nhận", reverse("desk-notice-acknowledge", args=[notice.pk]))


def sendings_in_words(deliveries: Iterable[Delivery], now: datetime) -> tuple[str, ...]:
    """Each sending but the page itself: by what, and how it ended."""
    return tuple(
        f"{delivery.get_carrier_display()} ({delivery.target}): {outcome(delivery, now)}"
        for delivery in deliveries
        if delivery.carrier != Carrier.WEB
    )


def outcome(delivery: Delivery, now: datetime) -> str:
    """How one sending stands."""
    if delivery.carried_by is not None:
        delivery = delivery.carried_by
        return f"gộp vào một lượt, {outcome(delivery, now)}"
    sent_at = delivery.sent_at or (delivery.mail.sent_at if delivery.mail else None)
    if sent_at is not None:
        return f"đã gửi {say_moment(sent_at, now)}"
    if delivery.state == DeliveryState.HELD:
        return f"giữ đến {say_moment(delivery.due_at, now)} vì giờ yên lặng"
    if delivery.state == DeliveryState.FAILED:
        return f"không gửi được: {delivery.fault}"
    tries = (
        f" (đã thử {show_number(delivery.tries)} lần: {delivery.fault})" if delivery.tries else ""
    )
    return f"{delivery.fault or 'đang gửi'}" if not tries else f"đang gửi lại{tries}"


@dataclass(frozen=True)
class ShownSendings:
    """What was sent about one warning: one line to read at a glance, then the timeline; my own button if I owe it."""

    summary: str
    entries: tuple[Entry, ...]
    mine: Action | None


def sendings_shown(warning: Warning, sent: Sendings, actor: Actor, now: datetime) -> ShownSendings:
    """The sendings of one warning in the order of time."""
    entries = [entry for notice in sent.notices for entry in _entries(notice, now)]
    entries += [
        Entry(s.at, f"Leo thang: không có ai là {Recipient(s.recipient).label}, chuyển bước sau")
        for s in sent.escalations
        if not s.told
    ]
    entries += [
        Entry(d.queued_at, f"Kênh “{d.target}” của {d.line.agency}", outcome(d, now))
        for d in sent.lines
    ]
    owed = (n for n in sent.notices if n.official_id == actor.pk and _may_acknowledge(n))
    # Who took the matter in hand has said more than "I know".
    mine = next(owed, None) if warning.state == WarningState.NEW else None
    return ShownSendings(
        summary=_summary(sent.notices, now),
        entries=tuple(sorted(entries, key=lambda entry: entry.at)),
        mine=acknowledging(mine) if mine else None,
    )


def _entries(notice: Notice, now: datetime) -> list[Entry]:
    role = f" ({Recipient(notice.recipient).label})" if notice.recipient else ""
    verb = {
        NoticeKind.ESCALATED: "Leo thang: đã báo",
        NoticeKind.SPREAD: "Tin lan rộng: đã báo",
    }.get(NoticeKind(notice.kind), "Đã báo")
    sent = "; ".join(sendings_in_words(notice.deliveries.all(), now)) or "chỉ trên trang Thông báo"
    waits = "" if notice.acknowledged_at or not notice.official_id else ". Chưa xác nhận"
    found = [Entry(notice.at, f"{verb} {notice.whom}{role}", f"{sent}{waits}")]
    if notice.acknowledged_at is not None and notice.kind != NoticeKind.SPREAD:
        link = "qua đường dẫn trong thư" if notice.acknowledged_by_link else ""
        found.append(Entry(notice.acknowledged_at, f"{notice.whom} xác nhận đã nhận", link))
    return found


def _summary(notices: Sequence[Notice], now: datetime) -> str:
    people = {notice.whom for notice in notices}
    if not people:
        return "Chưa báo riêng cho ai"
    known = [notice for notice in notices if notice.acknowledged_at is not None]
    told = f"Đã báo {show_number(len(people))} người"
    if not known:
        return f"{told}, chưa ai xác nhận"
    first = min(known, key=lambda notice: notice.acknowledged_at)
    return f"{told}; {first.whom} đã nhận {say_moment(first.acknowledged_at, now)}"


@dataclass(frozen=True)
class LineRow:
    """One sending of a unit's line."""

    delivery: Delivery
    what: str
    outcome: str
    may_replay: bool


def line_row(delivery: Delivery, now: datetime, *, may: bool) -> LineRow:
    """The row of one sending; what is still being tried cannot be sent again beside."""
    words = {"warning": "Cảnh báo", "spread": "Lan rộng", "test": "Gửi thử"}
    event = words.get(str(delivery.payload.get("event", "")), "Tin")
    story = delivery.payload.get("story", {}).get("title", "")
    again = "gửi lại: " if delivery.instead_of_id else ""
    return LineRow(
        delivery=delivery,
        what=f"{again}{event}: {story}" if story else f"{again}{event}",
        outcome=outcome(delivery, now),
        may_replay=may and delivery.state != DeliveryState.WAITING,
    )
