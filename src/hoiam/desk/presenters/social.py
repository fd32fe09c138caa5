"""Pages of official accounts as they are drawn: tabs, previews with counters, lamps, the week, the diary in words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.db.models import Model
from django.urls import reverse

from hoiam.core import ledger
from hoiam.core.actor import Actor
from hoiam.desk.components import Entry, Lamp
from hoiam.desk.moments import civil_day
from hoiam.desk.presenters.spokespersons import Tab
from hoiam.letters.queries import letters_visible_to, questions_visible_to
from hoiam.newsroom.models import ChannelText, SocialAct, SocialChannel, SocialMessage, SocialPost
from hoiam.newsroom.queries.social import token_warned_from
from hoiam.newsroom.social_limits import Limits, composed, faults, limits_of
from hoiam.newsroom.states.social import ActState, ConnectorKind, MessageState, Standing

BOOK = Path(__file__).parent.parent / "data" / "diary_social.yaml"
PLACES = (
    ("desk-social", "Lịch và bài"),
    ("desk-social-queue", "Hàng chờ"),
    ("desk-social-inbox", "Bình luận, tin nhắn"),
    ("desk-social-archive", "Đã đăng"),
    ("desk-social-accounts", "Tài khoản"),
)
WEEK = 7
SHAPES = {
    ActState.PROPOSED: ("due", "wait"),
    ActState.WAITING: ("ok", "wait"),
    ActState.SENDING: ("ok", "run"),
    ActState.UNSURE: ("due", "run"),
    ActState.FOR_HAND: ("due", "wait"),
    ActState.DONE: ("ok", "done"),
    ActState.FAILED: ("late", "run"),
    ActState.CANCELLED: ("ok", "done"),
}
STANDINGS = {Standing.GONE: ("late", "run"), Standing.CHANGED: ("due", "run")}
MESSAGES = {MessageState.NEW: ("due", "wait"), MessageState.TAKEN: ("ok", "run")}


def tabs(current: str) -> list[Tab]:
    """The tabs of the area."""
    return [Tab(reverse(name), label, name == current) for name, label in PLACES]


@dataclass(frozen=True)
class Preview:
    """A post as one account would show it, with what goes over."""

    channel: SocialChannel
    limits: Limits
    title: str
    text: str
    link: str
    count: int
    faults: tuple[str, ...]
    is_own: bool
    act: SocialAct | None


def previews(post: SocialPost, texts: Iterable[ChannelText], pictures: int, acts: Iterable[SocialAct]) -> list[Preview]:  # fmt: skip
    """The post on each account it is meant for."""
    known = {act.channel_id: act for act in acts if act.kind == "post"}
    return [_preview(post, row, pictures, known.get(row.channel_id)) for row in texts]


def _preview(post: SocialPost, row: ChannelText, pictures: int, act: SocialAct | None) -> Preview:
    limits = limits_of(row.channel.account.platform)
    made = composed(post.title, row.text or post.text, post.link, post.hashtags, pictures, limits)
    card = post.link if limits.link == "card" and not pictures else ""
    return Preview(
        channel=row.channel,
        limits=limits,
        title=made.title if limits.title else "",
        text=act.text if act is not None else made.text,
        link=card,
        count=len(made.text),
        faults=tuple(faults(made, limits)),
        is_own=bool(row.text),
        act=act,
    )


def act_lamp(act: SocialAct) -> Lamp:
    """Where an act is; for one that was done, whether it still stands."""
    if act.state == ActState.DONE and act.standing in STANDINGS:
        tone, shape = STANDINGS[Standing(act.standing)]
        return Lamp(tone, shape, str(act.get_standing_display()))
    tone, shape = SHAPES[ActState(act.state)]
    return Lamp(tone, shape, str(act.get_state_display()))


def message_lamp(message: SocialMessage) -> Lamp:
    """Where a message is."""
    tone, shape = MESSAGES.get(MessageState(message.state), ("ok", "done"))
    return Lamp(tone, shape, str(message.get_state_display()))


def channel_lamp(channel: SocialChannel, now: datetime) -> Lamp:
    """Whether an account works."""
    if channel.is_paused:
        return Lamp("ok", "wait", "tạm dừng")
    if channel.token_fault:
        return Lamp("late", "run", "khóa bị từ chối")
    if channel.kind == ConnectorKind.HAND:
        return Lamp("ok", "done", "đăng bằng tay")
    if token_warned_from(channel, now):
        return Lamp("due", "run", "khóa sắp hết hạn")
    error, success = channel.last_error_at, channel.last_success_at
    if error is not None and (success is None or success < error):
        return Lamp("due", "run", "lần gần nhất lỗi")
    return Lamp("ok", "done" if success else "wait", "đang chạy" if success else "chưa thử")


@dataclass(frozen=True)
class Day:
    """One day of the calendar with what goes out."""

    day: date
    is_today: bool
    acts: list[tuple[SocialAct, Lamp]]


def week_of(asked: str | None, today: date) -> date:
    """The Monday of the week asked for; this week's when nothing sensible was."""
    try:
        day = date.fromisoformat(asked or "")
    except ValueError:
        day = today
    if abs((day - today).days) > 3660:  # not-law: no calendar of another age
        day = today
    return day - timedelta(day.weekday())


def week(first: date, acts: Iterable[SocialAct], today: date) -> list[Day]:
    """The seven days from `first`, each with its acts in order."""
    days: dict[date, list[tuple[SocialAct, Lamp]]] = {first + timedelta(n): [] for n in range(WEEK)}
    for act in acts:
        day = civil_day(act.done_at or act.due_at)
        if day in days:
            days[day].append((act, act_lamp(act)))
    return [Day(day, day == today, rows) for day, rows in days.items()]


@cache
def _phrases() -> dict[str, str]:
    return dict(yaml.safe_load(BOOK.read_text(encoding="utf-8")))


def diary_of(thing: Model) -> list[Entry]:
    """The diary of one thing as a timeline, newest first."""
    return [
        Entry(
            at=entry.at,
            text=f"{entry.actor_name} {_phrases()[entry.step].format_map(_Words(entry.data))}".strip(),
            note=entry.reason,
            is_now=number == 0,
        )
        for number, entry in enumerate(reversed(list(ledger.of(thing))))
    ]  # fmt: skip


class _Words(dict[str, Any]):
    def __missing__(self, name: str) -> str:
        return ""


def next_place(turned_to: str, actor: Actor) -> tuple[str, str]:
    """The page of the desk where a turned message goes on, and its name; no page when it is told in words or out of sight."""
    kind, _, number = turned_to.partition(":")
    if kind not in NEXT or not number.isdigit():
        return "", turned_to
    page, name, rows = NEXT[kind]
    if rows is None:
        return reverse(page, args=[int(number)]), name
    found = rows(actor).filter(pk=int(number)).first()
    return (reverse(page, args=[found.pk]), found.number) if found is not None else ("", name)


NEXT: dict[str, tuple[str, str, Callable[[Actor], Any] | None]] = {
    "item": ("desk-item", "mở tin", None),
    "letter": ("desk-letter", "sổ đơn thư", letters_visible_to),
    "question": ("desk-legal-question", "sổ câu hỏi pháp luật", questions_visible_to),
}
