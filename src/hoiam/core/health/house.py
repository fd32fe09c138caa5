"""The house's own checks: clock, disk, background work, diary, backup, mail, fonts (reliability.md O4)."""

import shutil
import subprocess
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import Max, Min
from django.db.models.functions import Now

from hoiam.core import ledger
from hoiam.core.backup import last_backup
from hoiam.core.health.checks import Finding, health_check
from hoiam.core.jobs import queue_health
from hoiam.core.models import LedgerEntry, LedgerHead, OutgoingMail, Schedule
from hoiam.kit.papers.office import office

# not-law: the thresholds of the pass marks (reliability.md O4), and the times a person needs to notice.
LEAST_FREE = 0.10
CLOCK_DRIFT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=15)
OLDEST_BACKUP = timedelta(hours=26)
LATE_SCHEDULE = timedelta(hours=1)
LATE_MAIL = timedelta(hours=1)
FACE = "Times New Roman"
SAME_WIDTHS = ("times new roman", "liberation serif", "tinos", "tex gyre termes")


@health_check("clock", "Đồng hồ máy chủ")
def clock(now: datetime) -> Iterator[Finding]:
    """The clock against the database server's, and against what the diary has already written."""
    remedy = "Bật đồng bộ giờ trên máy chủ (timedatectl set-ntp true) rồi khởi động lại Hồi Âm."
    newest = LedgerEntry.objects.aggregate(at=Max("at"))["at"]
    if newest is not None and newest > now + CLOCK_DRIFT:
        yield Finding("giờ máy chạy lùi so với bản ghi mới nhất của nhật ký", remedy)
    if connection.vendor == "postgresql":
        head = LedgerHead.objects.annotate(there=Now()).values_list("there", flat=True).first()
        if head is not None and abs(head - now) > CLOCK_DRIFT:
            yield Finding("giờ máy lệch quá 5 giây so với máy chủ cơ sở dữ liệu", remedy)


@health_check("disk", "Ổ đĩa")
def disk(now: datetime) -> Iterator[Finding]:
    """Free room where database and evidence lie."""
    usage = shutil.disk_usage(settings.HOIAM_DATA)
    if usage.free < usage.total * LEAST_FREE:
        percent = round(100 * usage.free / usage.total)
        yield Finding(
            f"chỉ còn {percent} % chỗ trống ở {settings.HOIAM_DATA}",
            "Dọn ổ đĩa hoặc chuyển HOIAM_DATA sang ổ lớn hơn trước khi đầy: khi đầy, tin mới không lưu được.",
        )


@health_check("queue", "Việc nền")
def queue(now: datetime) -> Iterator[Finding]:
    """Work that waits too long, that was given up, and schedules nobody runs."""
    seen = queue_health(now)
    if seen.oldest_due is not None and seen.oldest_due > LONGEST_WAIT:
        minutes = int(seen.oldest_due.total_seconds() // 60)
        yield Finding(
            f"{seen.waiting} việc đang chờ, việc lâu nhất đã chờ {minutes} phút",
            "Kiểm tra hoiam up có đang chạy không; nếu có, tăng --workers.",
        )
    if seen.dead:
        yield Finding(
            f"{seen.dead} việc đã hỏng sau nhiều lần thử",
            "Xem lỗi của từng việc (bảng core_job, trạng thái dead), sửa nguyên nhân rồi cho chạy lại.",
        )
    late = Schedule.objects.aggregate(at=Min("next_due_at"))["at"]
    if late is not None and now - late > LATE_SCHEDULE:
        yield Finding("việc định kỳ không được chạy đúng giờ", "Chạy hoiam up (hoặc hoiam work).")


@health_check("ledger", "Nhật ký")
def diary(now: datetime) -> Iterator[Finding]:
    """The chain of the diary, record by record up to the first break."""
    broken = next(ledger.breaks(), None)
    if broken is not None:
        yield Finding(
            f"chuỗi nhật ký đứt ở bản ghi {broken.entry_id}: {broken.why}",
            "Chạy hoiam verify, giữ nguyên hiện trạng và báo người phụ trách an toàn thông tin.",
        )


@health_check("backup", "Sao lưu")
def backup(now: datetime) -> Iterator[Finding]:
    """The age of the last whole backup; a house of today has nothing to lose yet."""
    first = LedgerEntry.objects.aggregate(at=Min("at"))["at"]
    last = last_backup()
    newest = last.at if last is not None else first
    if newest is None or now - newest <= OLDEST_BACKUP:
        return
    words = (
        "chưa có bản sao lưu nào"
        if last is None
        else f"bản sao lưu gần nhất đã {(now - last.at).days} ngày"
    )
    yield Finding(words, "Chạy hoiam backup TỆP mỗi đêm và giữ một bản trên máy khác.")


@health_check("mail", "Thư điện tử")
def mail(now: datetime) -> Iterator[Finding]:
    """Letters the server does not take; letters that nobody can get because no server is set."""
    waiting = OutgoingMail.objects.filter(sent_at=None, queued_at__lt=now - LATE_MAIL).count()
    if waiting:
        yield Finding(
            f"{waiting} thư chờ gửi quá một giờ",
            "Kiểm tra HOIAM_MAIL_URL và máy chủ thư; thư sẽ được gửi lại khi máy chủ nhận.",
        )
    if "filebased" in settings.EMAIL_BACKEND and settings.HOIAM_HOST not in {
        "127.0.0.1",
        "localhost",
    }:
        yield Finding(
            f"thư đang ghi ra tệp ở {settings.EMAIL_FILE_PATH}, chưa gửi cho ai",
            "Đặt HOIAM_MAIL_URL=smtp://… rồi khởi động lại.",
        )


@health_check("fonts", "Phông chữ của bản xem trước")
def fonts(now: datetime) -> Iterator[Finding]:
    """A face with the widths of Times New Roman, asked for only where LibreOffice makes previews."""
    matcher = shutil.which("fc-match")
    if office() is None or matcher is None:
        return
    told = subprocess.run(  # noqa: S603 -- a program of the machine, words of our own
        [matcher, "-f", "%{family}", FACE], capture_output=True, text=True, timeout=20, check=False
    )
    if not told.stdout.lower().startswith(SAME_WIDTHS):
        yield Finding(
            f"máy dùng “{told.stdout.strip() or 'phông khác'}” thay Times New Roman, nên PDF xem trước lệch trang",
            "Cài gói fonts-liberation2 (hoặc Times New Roman) trên máy chủ.",
        )
