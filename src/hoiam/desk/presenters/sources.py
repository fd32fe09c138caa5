"""A source's health in words: a source that stops producing is a fault, and the page says what to do."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from hoiam.desk.components import Lamp
from hoiam.desk.moments import say_moment
from hoiam.kit.news.silence import show_span
from hoiam.kit.vietnamese import show_number
from hoiam.monitoring.models import Source


@dataclass(frozen=True)
class SourceHealth:
    """A source with its lamp, and the sentences that say how it does."""

    source: Source
    light: Lamp
    facts: tuple[str, ...]
    counts: str
    problem: str


def health(source: Source, now: datetime) -> SourceHealth:
    """How the source does at this moment."""
    return SourceHealth(
        source, _light(source, now), _facts(source, now), _counts(source), _problem(source)
    )


def _light(source: Source, now: datetime) -> Lamp:
    if source.is_paused:
        return Lamp("ok", "pause", "Tạm dừng")
    if not source.url:
        return Lamp("ok", "done", "Ghi bằng tay")
    if source.failures:
        return Lamp("due", "run", f"Lỗi {show_number(source.failures)} lần liền")
    if source.silent_since is not None:
        return Lamp("due", "wait", f"Im lặng {show_span(now - source.silent_since)}")
    if source.last_success_at is None:
        return Lamp("ok", "wait", "Chưa đọc lần nào")
    return Lamp("ok", "run", "Đang đọc đều")


def _facts(source: Source, now: datetime) -> tuple[str, ...]:
    read = source.last_success_at
    new = source.last_new_at
    gap = source.usual_gap_seconds
    return tuple(
        words
        for words in (
            f"đọc được gần nhất {say_moment(read, now)}" if read else "chưa đọc được lần nào",
            f"tin mới gần nhất {say_moment(new, now)}" if new else "chưa có tin mới",
            f"thường {show_span(timedelta(seconds=gap))} có tin" if gap else "",
        )
        if words
    )


def _counts(source: Source) -> str:
    shown = {
        "thấy": source.seen,
        "tải": source.fetched,
        "giữ": source.kept,
        "hỏng": source.failed,
    }
    return " · ".join(f"{word} {show_number(count)}" for word, count in shown.items())


def _problem(source: Source) -> str:
    if source.problem:
        return source.problem
    if source.silent_since is not None and not source.is_paused:
        return "Nguồn lâu hơn thường lệ không có tin mới. Hãy mở địa chỉ nguồn để kiểm tra."
    return ""
