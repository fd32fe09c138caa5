"""Watches on outlets as pages show them: rows of the list, what is expected, the looks, before and after."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from hoiam.desk.moments import say_moment
from hoiam.desk.presenters.versions import Difference, differences
from hoiam.handling.models import OutletLook, OutletWatch
from hoiam.handling.queries.outlet_watch import texts_around, watch_light
from hoiam.handling.states import LookResult, ReplyKind
from hoiam.kit.rulebook import Light, default_number

TABS = (
    ("open", "Đang theo dõi"),
    ("waiting", "Đang chờ"),
    ("lacking", "Thấy thiếu"),
    ("late", "Quá hạn"),
    ("done", "Đã xong"),
    ("all", "Tất cả"),
)
LAMP_OF = {
    LookResult.COMPLETE: ("ok", "done"),
    LookResult.PARTIAL: ("due", "run"),
    LookResult.EDITED: ("due", "run"),
    LookResult.REMOVED: ("due", "run"),
    LookResult.NONE: ("ok", "run"),
    LookResult.FAILED: ("ok", "pause"),
}


@dataclass(frozen=True)
class WatchRow:
    """One watch of the list."""

    light: Light
    second: str
    title: str
    url: str
    outlet: str
    is_original: bool
    meta: Sequence[str]
    rule: str
    badge: str
    result: str
    note: str
    proposal: str
    next_look: str


def watch_row(watch: OutletWatch, now: datetime) -> WatchRow:
    """One row: what is expected, where, by when; what the last look saw and when the next one is."""
    last = getattr(watch, "last_result", None)
    result = str(LookResult(last).label) if last else "chưa xem lần nào"
    if watch.looked_at:
        result = f"{result} · {say_moment(watch.looked_at, now)}"
    return WatchRow(
        light=watch_light(watch, now),
        second=f"hạn {say_moment(watch.due_at, now)}" if watch.due_at else "",
        title=watch.item.title if watch.item else watch.paper.subject or watch.case.title,
        url=reverse("desk-outlet-watch", args=[watch.pk]),
        outlet=watch.outlet,
        is_original=watch.is_original,
        meta=tuple(x for x in (watch.case.number, str(watch.get_aim_display()), watch.where) if x),
        rule=watch.rule,
        badge=watch.badge,
        result=result,
        note=failing_words(watch),
        proposal=proposal_words(watch),
        next_look=say_moment(watch.next_look_at, now) if watch.next_look_at else "",
    )


def proposal_words(watch: OutletWatch) -> str:
    """What waits for a person to confirm; blank when nothing does."""
    return str(ReplyKind(watch.proposal).label) if watch.proposal else ""


def failing_words(watch: OutletWatch) -> str:
    """That the page must be opened by hand, once looks have failed too often in a row (MD-74)."""
    if watch.failures < default_number("MD-74"):
        return ""
    return f"Xem hỏng {watch.failures} lần liền: hãy mở trang báo bằng tay rồi ghi kết quả."


@dataclass(frozen=True)
class ShownLook:
    """One look of the timeline."""

    look: OutletLook
    light: Light
    where: str
    found: str


def looks_shown(looks: Iterable[OutletLook]) -> list[ShownLook]:
    """The looks, newest first."""
    return [_shown(look) for look in looks]


def _shown(look: OutletLook) -> ShownLook:
    time, work = LAMP_OF[LookResult(look.result)]
    label = str(look.get_result_display()).lower()
    found = ", ".join(dict.fromkeys(mark["name"] for mark in look.found))
    return ShownLook(look, Light(time, work, label), str(look.get_place_display()), found)


@dataclass(frozen=True)
class BeforeAfter:
    """The article when the outlet received our paper, and as last read."""

    before: Any
    after: Any
    differences: list[Difference]


def before_after(watch: OutletWatch) -> BeforeAfter | None:
    """Both texts with what changed between; None when the outlet changed nothing."""
    before, after = texts_around(watch)
    if before is None or after is None:
        return None
    return BeforeAfter(before, after, [d for d in differences(before, after) if d.is_changed])


def expected_words(watch: OutletWatch, now: datetime) -> list[tuple[str, str]]:
    """What is expected of the outlet, as name and words."""
    rows = [
        ("Điều chờ", str(watch.get_aim_display())),
        ("Loại hình", str(watch.get_media_type_display())),
        ("Nơi phải đăng", watch.where),
        ("Cách đăng", watch.how),
        ("Căn cứ", f"{watch.rule} {watch.source}".strip()),
        ("Báo nhận văn bản", say_moment(watch.started_at, now)),
        ("Hạn của báo", say_moment(watch.due_at, now) if watch.due_at else _no_number(watch)),
    ]
    if watch.keep_until:
        badge = f" ({watch.keep_badge})" if watch.keep_badge else ""
        rows.append(("Phải giữ đến", f"{say_moment(watch.keep_until, now)}{badge}"))
    return [(name, words) for name, words in rows if words]


def _no_number(watch: OutletWatch) -> str:
    if watch.unit == "immediate":
        return "ngay; luật không nêu số giờ nên hệ thống không tự coi là muộn"
    if watch.unit == "next_issue":
        return "số báo gần nhất"
    return "không có số hạn"
