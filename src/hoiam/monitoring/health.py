"""The room's checks for `hoiam doctor`: sources that fell silent or fail, damaged charsets, site rules that are off."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Count, Min, Sum

from hoiam.core.health import Finding, health_check
from hoiam.kit.news.silence import show_span
from hoiam.kit.vietnamese import VIETNAM, show_number
from hoiam.monitoring.models import SiteRuleHealth, Source, SourceDay
from hoiam.monitoring.queries.sources import health_counts, is_held, overdue_sources, silent_sources

# not-law: what a keeper wants to hear of.
MOST_NAMED = 3
FAILED_OFTEN = 5
MOST_GARBLED = 0.05
LATE = timedelta(minutes=30)  # not-law: twice the longest pause between two readings
SPAN = timedelta(days=2)  # not-law: long enough to tell a bad day from a bad page


@health_check("sources", "Nguồn tin")
def sources(now: datetime) -> Iterator[Finding]:
    """Sources silent against their own rhythm, those that fail again and again, and a house that reads nothing."""
    page = "Mở trang Nguồn tin, xem từng nguồn và thử đọc lại."
    silent = list(silent_sources().values_list("name", flat=True))
    if silent:
        yield Finding(f"{len(silent)} nguồn im lặng bất thường: {_named(silent)}", page)
    failing = Source.objects.filter(is_paused=False, failures__gte=FAILED_OFTEN)
    names = list(failing.values_list("name", flat=True))
    if names:
        yield Finding(f"{len(names)} nguồn đọc lỗi liên tiếp: {_named(names)}", page)
    if not health_counts().keys() - {"paused", "by_hand"}:
        yield Finding(
            "không có nguồn nào đang được đọc", "Bật lại hoặc thêm nguồn ở trang Nguồn tin."
        )
    yield from _late(now)


def _late(now: datetime) -> Iterator[Finding]:
    """Sources long overdue: those a collector holds and does not get through, by name, and those nobody takes up."""
    late = overdue_sources(now - LATE).order_by("due_at", "pk")
    held = list(late.filter(is_held(now)).values_list("name", "due_at"))
    if held:
        yield Finding(
            f"{show_number(len(held))} nguồn được nhận đọc mà không xong: {_named([name for name, _ in held])}; "
            f"lâu nhất {show_span(now - held[0][1])}",
            "Vừa khởi động lại thì chờ vài phút. Nếu vẫn còn: mở nguồn đó ở trang Nguồn tin, xem câu báo lỗi và nhật ký máy chủ.",
        )
    waiting = late.exclude(is_held(now)).aggregate(count=Count("pk"), oldest=Min("due_at"))
    if waiting["count"]:
        yield Finding(
            f"bộ thu thập không chạy hoặc không theo kịp: {show_number(waiting['count'])} nguồn quá giờ đọc, "
            f"lâu nhất {show_span(now - waiting['oldest'])}",
            "Kiểm tra “hoiam up” đang chạy; nếu đang chạy thì khởi động lại và xem nhật ký máy chủ.",
        )


@health_check("charset", "Bảng mã")
def charset(now: datetime) -> Iterator[Finding]:
    """The share of entries of the last days that came in a damaged charset."""
    since = (now - SPAN).astimezone(VIETNAM).date()
    told = SourceDay.objects.filter(day__gte=since).aggregate(
        garbled=Sum("garbled"), fetched=Sum("fetched")
    )
    garbled, fetched = told["garbled"] or 0, told["fetched"] or 0
    if fetched and garbled / fetched > MOST_GARBLED:
        yield Finding(
            f"{round(100 * garbled / fetched)} % tin hai ngày qua bị hỏng bảng mã",
            "Mở trang Nguồn tin, lọc “có lỗi” để thấy báo nào; bài vẫn được giữ nguyên byte.",
        )


@health_check("site_rules", "Quy tắc đọc trang")
def site_rules(now: datetime) -> Iterator[Finding]:
    """Rules that switched themselves off because the site changed its pages."""
    off = list(SiteRuleHealth.objects.exclude(off_since=None).values_list("host", flat=True))
    if off:
        yield Finding(
            f"{len(off)} quy tắc trang đã tự tắt vì báo đổi giao diện: {_named(off)}",
            "Tin vẫn được đọc bằng cách chung; hãy sửa quy tắc của trang đó khi có thể.",
        )


def _named(names: list[str]) -> str:
    shown = ", ".join(names[:MOST_NAMED])
    return f"{shown} và {len(names) - MOST_NAMED} nơi khác" if len(names) > MOST_NAMED else shown
