"""A synthesis or an outlook as its page draws it: bars beside figures, the level in words, short text for a chat."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.safestring import SafeString

from hoiam.desk import charts
from hoiam.desk.charts import DayCount, DayRow
from hoiam.kit.vietnamese import show_date, show_number
from hoiam.monitoring.actions.sheets import change, day_words, title_of, was
from hoiam.monitoring.models import Digest
from hoiam.monitoring.queries.periods import Period
from hoiam.monitoring.states import DigestKind

# The sign of a level beside its word; never a colour alone, never a number.
SIGNS = {"calm": "○", "watch": "◆", "ready": "▲"}


@dataclass(frozen=True)
class BarRow:
    """One line of a division with its bar."""

    name: str
    stories: int
    items: int
    before: str
    change: str
    drawing: SafeString


@dataclass(frozen=True)
class Division:
    """One division: by kind, stance, severity, place or outlet."""

    title: str
    rows: tuple[BarRow, ...]


def divisions(content: Mapping[str, Any]) -> list[Division]:
    """The divisions of a synthesis; bars of one division share a scale, marks of the period before included."""
    return [Division(part["title"], tuple(_bar_rows(part["rows"]))) for part in content["tallies"]]


def _bar_rows(rows: list[list[Any]]) -> Iterable[BarRow]:
    top = max((max(items, before or 0) for _, items, _, before in rows), default=0)
    for name, items, stories, before in rows:
        label = f"{name}: {show_number(items)} bài, kỳ trước {was(before)}"
        drawing = charts.share_bar(items, top, before=before, label=label)
        yield BarRow(name, stories, items, was(before), change(items, before), drawing)


@dataclass(frozen=True)
class Bars:
    """Bars over time with their table."""

    drawing: SafeString
    rows: list[DayRow]


def day_drawing(content: Mapping[str, Any]) -> Bars:
    """Reports a day of a synthesis."""
    days = [DayCount(date.fromisoformat(day), count) for day, count in content["days"]]
    label = f"Số bài mỗi ngày, {len(days)} ngày"
    return Bars(charts.day_bars(days, unit="bài", label=label), charts.day_rows(days))


def week_drawing(rhythm: Mapping[str, Any]) -> Bars | None:
    """New stories a week of an outlook, a bar over each Monday; None when there were none to draw."""
    if not any(count for _, count in rhythm["weeks"]):
        return None
    weeks = [DayCount(date.fromisoformat(day), count) for day, count in rhythm["weeks"]]
    odd = {date.fromisoformat(day) for day in rhythm["unusual"]}
    label = f"Số vụ việc mới mỗi tuần, {len(weeks)} tuần"
    drawing = charts.day_bars(weeks, unit="vụ việc", label=label, odd=odd)
    return Bars(drawing, charts.day_rows(weeks, odd))


@dataclass(frozen=True)
class EventShown:
    """An announced day as the page tells it."""

    day: str
    row: Mapping[str, Any]


def events_shown(content: Mapping[str, Any]) -> list[EventShown]:
    """Announced days, soonest first, with their weekday."""
    return [EventShown(day_words(row["day"]), row) for row in content["events"]]


def marks_shown(content: Mapping[str, Any]) -> list[tuple[str, str, Mapping[str, Any]]]:
    """Marks of earlier stories: the day, since when, the row."""
    return [
        (day_words(row["day"]), show_date(date.fromisoformat(row["happened"])), row)
        for row in content["anniversaries"]
    ]


def period_before(digest: Digest) -> str:
    """The period compared with, in words."""
    before = Period(digest.first_day, digest.day).before
    return f"{show_date(before.first)} – {show_date(before.last)}"


def short_text(digest: Digest, url: str) -> str:
    """What is pasted into a chat: figures and levels, no title, for a title may name people; and the address."""
    lines = [f"{title_of(digest)} – {digest.agency}"]
    content = digest.content
    if digest.kind == DigestKind.OUTLOOK:
        lines.append(f"Mức độ: {content['level']['label']}.")
        lines += [f"- {reason}" for reason in content["level"]["reasons"]]
    else:
        lines += content["sentences"] + content["answers"]["sentences"]
    return "\n".join([*lines, f"Đọc đủ (cần đăng nhập): {url}"])
