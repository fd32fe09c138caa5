"""What the public pages keep of themselves: the version of what they show, counts without persons, planned outages."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class PortalStamp(models.Model):
    """One row: a number that grows with everything that changes a public page, so that no kept page outlives it."""

    version = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.version)


class CountKind(models.TextChoices):
    """Điều được đếm trên cổng, không gắn với người nào."""

    READ = "read", "Lượt đọc"
    HELPFUL = "helpful", "Thấy có ích"
    UNHELPFUL = "unhelpful", "Chưa thấy có ích"
    SEARCH = "search", "Lượt tìm"
    MISSED = "missed", "Lượt tìm không thấy gì"


class PortalCount(models.Model):
    """How often something happened at one place of the portal on one day; nobody is in it."""

    kind = models.CharField(max_length=10, choices=CountKind.choices)
    place = models.CharField(max_length=120)  # "article:12", or the name of a page
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "place", "day"], name="portal_count_once")
        ]
        indexes = [models.Index(fields=["kind", "day"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.place} {self.day}"


class Outage(models.Model):
    """A planned outage (tạm ngừng dịch vụ có kế hoạch) and when readers were told of it."""

    what = models.CharField("dịch vụ tạm ngừng", max_length=200)
    starts_at = models.DateTimeField("tạm ngừng từ")
    ends_at = models.DateTimeField("hoạt động lại lúc")
    announced_at = models.DateTimeField("thông báo lúc")
    announced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    latest_at = models.DateTimeField("muộn nhất phải thông báo lúc")
    urgent_reason = models.CharField("lý do báo muộn", max_length=300, blank=True)
    cancelled_at = models.DateTimeField("bỏ lúc", null=True)

    class Meta:
        ordering = ["-starts_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="outage_ends_later", condition=Q(ends_at__gt=F("starts_at"))
            )
        ]

    def __str__(self) -> str:
        return self.what


class PortalFoot(models.Model):
    """The one row of what the foot of every public page must say (chân trang): who answers for what stands here."""

    responsible = models.CharField("người chịu trách nhiệm nội dung", max_length=150)
    title = models.CharField("chức vụ", max_length=150)
    address = models.CharField("địa chỉ", max_length=250)
    phone = models.CharField("điện thoại", max_length=60)
    email = models.EmailField("thư điện tử")
    version = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.responsible
