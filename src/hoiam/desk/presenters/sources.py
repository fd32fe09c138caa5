"""A source's health in words: a source that stops producing is a fault, and the page says what to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.safestring import SafeString

from hoiam.desk.charts import DayCount, day_bars
from hoiam.desk.components import Lamp
from hoiam.desk.moments import say_moment
from hoiam.kit.news.silence import show_span
from hoiam.kit.vietnamese import show_date, show_number
from hoiam.monitoring.models import Source, SourceDay
from hoiam.monitoring.queries import Rhythm, health_of
from hoiam.monitoring.states import UPLOADED, Health, SourceKind

NO_RHYTHM = Rhythm()
UNCHECKED_LIST = "Địa chỉ lấy từ danh sách soạn sẵn, chưa kiểm tra. Lần đọc đầu tiên sẽ kiểm tra và tự tìm nguồn của trang nếu cần."
UNCHECKED = "Chưa đọc lần nào. Lần đọc đầu tiên diễn ra trong ít phút khi bộ thu thập đang chạy."
KEEPS_TRYING = "Hệ thống vẫn đọc lại, thưa dần."
MEND = {
    SourceKind.FEED: "Nếu kéo dài quá một ngày, bấm Tìm nguồn khác của trang để lấy địa chỉ mới.",
    SourceKind.SITEMAP: "Nếu kéo dài quá một ngày, bấm Tìm nguồn khác của trang để lấy địa chỉ mới.",
    SourceKind.LISTING: "Nếu trang đã đổi giao diện, bấm Sửa nguồn rồi Đề xuất quy tắc.",
    SourceKind.MAILBOX: "Kiểm tra tên hộp thư, thư mục và mật khẩu ở máy chủ.",
}
STILL_SPEAKS = {
    SourceKind.LISTING: "Mở trang: nếu vẫn có bài mới thì bấm Sửa nguồn rồi Đề xuất quy tắc.",
    SourceKind.MAILBOX: "Kiểm tra dịch vụ gửi thư cảnh báo còn hoạt động không.",
}
MOVED = "Mở địa chỉ: nếu báo vẫn ra bài thì địa chỉ đã đổi, bấm Tìm nguồn khác của trang."


@dataclass(frozen=True)
class SourceHealth:
    """A source with its lamp, and the sentences that say how it does."""

    source: Source
    light: Lamp
    facts: tuple[str, ...]
    counts: str
    problem: str


@dataclass(frozen=True)
class SourceChart:
    """What a source gave each day: the drawing, its words, and the rows of the table beside it (newest first)."""

    drawing: SafeString
    words: str
    rows: Sequence[SourceDay]


def health(source: Source, now: datetime, rhythm: Rhythm = NO_RHYTHM) -> SourceHealth:
    """How the source does at this moment."""
    state = health_of(source)
    return SourceHealth(
        source,
        _light(source, state, now),
        _facts(source, now, rhythm),
        _counts(source),
        _problem(source, state, now, rhythm),
    )


def chart(days: Sequence[SourceDay], unit: str = "tin mới") -> SourceChart:
    """The days of one source, oldest first as given; `unit` is what is counted."""
    kept = [DayCount(row.day, row.kept) for row in days]
    total, failed = sum(row.kept for row in days), sum(row.failed for row in days)
    faults = f", {show_number(failed)} lần hỏng" if failed else ""
    words = f"{show_number(total)} {unit} trong {show_number(len(days))} ngày{faults}."
    drawing = day_bars(kept, unit=unit, label=f"Số {unit} mỗi ngày. {words}")
    return SourceChart(drawing, words, [row for row in reversed(days) if row.pk])


def usual(rhythm: Rhythm) -> str:
    """How much the source usually gives, or nothing when no whole day is behind it."""
    if rhythm.a_day is None:
        return ""
    if rhythm.a_day < 1:
        return "thường chưa đến 1 tin/ngày"
    return f"thường {show_number(round(rhythm.a_day))} tin/ngày"


def _light(source: Source, state: Health, now: datetime) -> Lamp:
    if state == Health.FAILING:
        return Lamp("due", "run", f"Lỗi {show_number(source.failures)} lần liền")
    if state == Health.SILENT:
        return Lamp("due", "wait", f"Im lặng {show_span(now - source.silent_since)}")
    time, work = {
        Health.PAUSED: ("ok", "pause"),
        Health.BY_HAND: ("ok", "done"),
        Health.UNCHECKED: ("ok", "wait"),
        Health.FAULTY: ("due", "run"),
        Health.WELL: ("ok", "run"),
    }[state]
    return Lamp(time, work, state.label)


def _facts(source: Source, now: datetime, rhythm: Rhythm) -> tuple[str, ...]:
    read = source.last_success_at
    new = source.last_new_at
    if source.kind in UPLOADED:
        return (f"nhập gần nhất {say_moment(read, now)}" if read else "chưa nhập tệp nào",)
    return tuple(
        words
        for words in (
            f"đọc được gần nhất {say_moment(read, now)}" if read else "chưa đọc được lần nào",
            f"tin mới gần nhất {say_moment(new, now)}" if new else "chưa có tin mới",
            usual(rhythm) or _gap(source),
            rhythm.hours,
            f"mất {show_number(rhythm.lost)} tin trong 14 ngày" if rhythm.lost else "",
            f"{show_number(rhythm.garbled)} tin sai bảng mã" if rhythm.garbled else "",
            _share(rhythm),
        )
        if words
    )


def _gap(source: Source) -> str:
    gap = source.usual_gap_seconds
    return f"thường {show_span(timedelta(seconds=gap))} có tin" if gap else ""


def _share(rhythm: Rhythm) -> str:
    """The duplicates, when they are many enough to think about."""
    percent = round(100 * rhythm.reprints / rhythm.kept) if rhythm.kept else 0
    return f"{show_number(percent)} % trùng bài đã có" if percent else ""


def _counts(source: Source) -> str:
    shown = {
        "thấy": source.seen,
        "tải": source.fetched,
        "giữ": source.kept,
        "hỏng": source.failed,
        "mất": source.lost,
        "sai bảng mã": source.garbled,
        "trùng": source.reprints,
        "có thể đã sửa": source.changed,
    }
    if not any(shown.values()):
        return ""
    always = {"thấy", "tải", "giữ", "hỏng"}
    return " · ".join(
        f"{word} {show_number(count)}" for word, count in shown.items() if count or word in always
    )


def _problem(source: Source, state: Health, now: datetime, rhythm: Rhythm) -> str:
    """What is wrong and what to do, in one breath; empty when nothing is."""
    if state == Health.PAUSED:
        since = f" từ {say_moment(source.paused_at, now)}" if source.paused_at else ""
        return f"Tạm dừng{since}: {source.pause_reason or 'không ghi lý do'}"
    if state == Health.FAILING:
        return f"{_ended(source.problem)} {KEEPS_TRYING} {MEND.get(source.kind, '')}".strip()
    if state == Health.UNCHECKED:
        return UNCHECKED_LIST if source.list_key else UNCHECKED
    if state == Health.SILENT:
        habit = ", ".join(filter(None, (usual(rhythm) or _gap(source), rhythm.hours)))
        known = f" ({habit})" if habit else ""
        since = show_date(source.silent_since)
        return f"Không có tin mới từ {since}{known}. {STILL_SPEAKS.get(source.kind, MOVED)}"
    if state == Health.FAULTY:
        return f"{_ended(source.problem)} Tin đọc được vẫn giữ."
    return ""


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."
