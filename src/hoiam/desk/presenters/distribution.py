"""What is sent to the press as its pages draw it: tabs, lights of packages, sendings, receivers and reprints."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.urls import reverse

from hoiam.desk.components import Lamp
from hoiam.desk.presenters.spokespersons import Tab
from hoiam.kit.recognition.places import read_rows
from hoiam.kit.vietnamese import VIETNAM, show_datetime, show_number
from hoiam.newsroom.models import Package, PackageDelivery, PartnerPrint, Receiver
from hoiam.newsroom.queries.packages import is_call_due
from hoiam.newsroom.states.distribution import (
    PackageState,
    PrintState,
    ReceiverState,
    SendingState,
)

BOOK = Path(__file__).parent.parent / "data" / "diary_distribution.yaml"
PLACES = (
    ("desk-packages", "Gói tin"),
    ("desk-press-lists", "Nơi nhận"),
    ("desk-attention", "Ai mở, ai không"),
    ("desk-prints", "Báo đăng lại"),
)
UNKNOWN_MONTH, NATIONAL = "chưa rõ ngày đăng", "Báo trung ương, chưa rõ tỉnh"


def tabs(current: str) -> list[Tab]:
    """The tabs of the area."""
    return [Tab(reverse(name), label, name == current) for name, label in PLACES]


def package_light(package: Package, now: datetime) -> Lamp:
    """Colour is time: an hour that has passed without sending is late."""
    state = PackageState(package.state)
    if state == PackageState.SENT:
        return Lamp("ok", "done", "đã gửi")
    if state == PackageState.CANCELLED:
        return Lamp("ok", "pause", "đã hủy")
    held = package.embargo_until
    if state == PackageState.APPROVED and held is not None and held > now:
        return Lamp("ok", "run", f"gửi lúc {show_datetime(held)}")
    if state == PackageState.APPROVED:
        return Lamp("due", "run", "đang gửi")
    is_late = held is not None and held <= now
    words = "chờ duyệt" if state == PackageState.SUBMITTED else "đang soạn"
    return Lamp("late" if is_late else "due", "wait", f"{words}, đã qua giờ gửi" if is_late else words)  # fmt: skip


def sending_light(delivery: PackageDelivery, now: datetime) -> Lamp:
    """How one sending stands; who has not opened for days should be called."""
    state = SendingState(delivery.state)
    if state == SendingState.FAILED:
        return Lamp("late", "pause", "không gửi được")
    if state == SendingState.OPENED:
        return Lamp("ok", "done", "đã mở")
    if state == SendingState.QUEUED:
        return Lamp("due", "run", "đang gửi lại" if delivery.tries else "chờ gửi")
    return Lamp("due" if is_call_due(delivery, now) else "ok", "wait", "chưa mở")


def receiver_light(receiver: Receiver) -> Lamp:
    """Whether something can be sent."""
    state = ReceiverState(receiver.state)
    time = {ReceiverState.DEAD: "late"}.get(state, "ok")
    work = {ReceiverState.ACTIVE: "run", ReceiverState.DEAD: "pause"}.get(state, "done")
    return Lamp(time, work, str(receiver.get_state_display()).lower())


def print_light(found: PartnerPrint) -> Lamp:
    """What the machine found waits; a decision ends it."""
    if found.state == PrintState.FOUND:
        return Lamp("due", "wait", "chờ xác nhận")
    words = "đã xác nhận" if found.state == PrintState.CONFIRMED else "không phải đăng lại"
    return Lamp("ok", "done" if found.state == PrintState.CONFIRMED else "pause", words)


def shares_words(found: PartnerPrint) -> str:
    """How much was taken over, as far as it was compared."""
    if found.of_ours is None or found.of_theirs is None:
        return "chưa so được toàn văn"
    ours, theirs = round(found.of_ours * 100), round(found.of_theirs * 100)
    return f"{show_number(ours)} % bài của đơn vị, {show_number(theirs)} % bài báo"


@dataclass
class Group:
    """One line of the board put together: an article, an outlet, a province or a month."""

    label: str
    url: str = ""
    confirmed: int = 0
    waiting: int = 0


BY = {"bai": "Theo bài", "bao": "Theo báo", "tinh": "Theo tỉnh", "thang": "Theo tháng"}


def grouped(rows: Iterable[PartnerPrint], by: str) -> list[Group]:
    """The reprints put together, most printed first; months newest first."""
    names = {row["code"]: row["name"] for row in read_rows("provinces.csv")}
    groups: dict[str, Group] = {}
    for row in rows:
        key, label, url = _key(row, by, names)
        group = groups.setdefault(key, Group(label, url))
        group.confirmed += row.state == PrintState.CONFIRMED
        group.waiting += row.state == PrintState.FOUND
    if by == "thang":
        return [groups[key] for key in sorted(groups, reverse=True)]
    return sorted(groups.values(), key=lambda each: (-each.confirmed, -each.waiting, each.label))


def _key(row: PartnerPrint, by: str, names: dict[str, str]) -> tuple[str, str, str]:
    if by == "bao":
        return row.outlet, row.outlet, ""
    if by == "tinh":
        label = province_of(row, names)
        return label, label, ""
    if by == "thang":
        if row.printed_at is None:
            return "", UNKNOWN_MONTH, ""
        local = row.printed_at.astimezone(VIETNAM)
        return f"{local:%Y-%m}", f"Tháng {local:%m/%Y}", ""
    url = reverse("desk-article-reach", args=[row.article_id])
    return str(row.article_id), row.article.title, url


def province_of(row: PartnerPrint, names: dict[str, str]) -> str:
    """The province of a local outlet; of others none is made up."""
    code = row.channel.press_agency.province_code if row.channel is not None else ""
    return names.get(code, NATIONAL)
