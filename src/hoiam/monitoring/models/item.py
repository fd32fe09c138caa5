"""Items (tin, bài), the captures that prove them, and what recognition found in them."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from hoiam.agencies.models import Agency, Channel
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.models.source import Source
from hoiam.monitoring.states import Medium, Stance


class Capture(models.Model):
    """One page or file as it stood at one moment (bản chụp): WARC in the evidence store, SHA-256 of both."""

    url = models.URLField(max_length=1000, blank=True)
    final_url = models.URLField(max_length=1000, blank=True)
    status = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    how = models.CharField(max_length=120, blank=True)
    blob = models.CharField("SHA-256 của tệp lưu", max_length=64)
    payload_sha256 = models.CharField("SHA-256 của nội dung", max_length=64)
    size = models.PositiveBigIntegerField(default=0)
    content_type = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return self.payload_sha256[:12]


class Item(models.Model):
    """One report as published. Public text; which agency sees it follows from its warnings."""

    url = models.URLField("địa chỉ bài", max_length=1000, blank=True)
    url_key = models.CharField(max_length=64, unique=True)  # SHA-256 of the canonical address
    source = models.ForeignKey(Source, null=True, on_delete=models.SET_NULL, related_name="items")
    channel = models.ForeignKey(Channel, null=True, on_delete=models.SET_NULL, related_name="items")
    outlet = models.CharField("tên báo ghi trên bài", max_length=200, blank=True)
    title = models.TextField("tiêu đề")
    sapo = models.TextField("sapo", blank=True)
    body = models.TextField("nội dung", blank=True)
    author = models.CharField("tác giả", max_length=200, blank=True)
    section = models.CharField("chuyên mục", max_length=120, blank=True)
    published_at = models.DateTimeField("thời điểm đăng", null=True)
    published_raw = models.CharField(max_length=120, blank=True)
    published_from = models.CharField(max_length=20, blank=True)
    # "day" where no hour was told: the time then is that day's first moment.
    published_precision = models.CharField(max_length=6, default="minute")
    first_seen_at = models.DateTimeField("hệ thống thấy lần đầu")
    # What lists order by: the published time when it is known, else when it was first seen (within the day, of a bare day).
    at = models.DateTimeField(db_index=True)
    capture = models.ForeignKey(Capture, null=True, on_delete=models.PROTECT, related_name="items")
    lead_hash = models.CharField(max_length=64, blank=True, db_index=True)
    duplicate_of = models.ForeignKey(
        "self", null=True, on_delete=models.SET_NULL, related_name="reprints"
    )
    story = models.ForeignKey(
        "monitoring.Story", null=True, on_delete=models.SET_NULL, related_name="items"
    )
    story_score = models.FloatField(null=True)
    story_shared = models.JSONField(default=list)
    is_relevant = models.BooleanField(default=False)
    relevance = models.FloatField(default=0)
    # By which lexicon the item was judged, relevant or not.
    lexicon_version = models.CharField(max_length=40, blank=True)
    problems = models.JSONField(default=list)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["-at"], name="item_relevant", condition=Q(is_relevant=True)),
            models.Index(fields=["story", "at"]),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_day_only(self) -> bool:
        """Whether of its time only the day is known."""
        return self.published_at is not None and self.published_precision == "day"

    @property
    def shown_at(self) -> date:
        """When it was published, as people are shown it: a bare day without its hour; else when it was first seen."""
        if self.published_at is None or not self.is_day_only:
            return self.published_at or self.first_seen_at
        return self.published_at.astimezone(VIETNAM).date()


class Clip(models.Model):
    """What only a hand-clipped report has: page of a paper, air time, the uploaded file."""

    item = models.OneToOneField(Item, on_delete=models.CASCADE, related_name="clip")
    medium = models.CharField("loại hình", max_length=12, choices=Medium.choices)
    issue = models.CharField("số báo", max_length=60, blank=True)
    page = models.CharField("trang", max_length=30, blank=True)
    programme = models.CharField("chương trình", max_length=150, blank=True)
    aired_at = models.DateTimeField("giờ phát sóng", null=True, blank=True)
    file_name = models.CharField("tệp kèm", max_length=200, blank=True)
    note = models.TextField("ghi chú", blank=True)
    clipped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return self.get_medium_display()


class Finding(models.Model):
    """What recognition concluded about one item, with its reasons and spans (kết quả nhận diện)."""

    item = models.OneToOneField(Item, on_delete=models.CASCADE, related_name="finding")
    stance = models.CharField(max_length=10, choices=Stance.choices, blank=True)
    kind = models.CharField(max_length=20, blank=True)
    severity = models.PositiveSmallIntegerField(default=0)
    relevance = models.FloatField(default=0)
    provinces = models.JSONField(default=list)
    reasons = models.JSONField(default=list)  # [{rule, field, start, end, text, weight}]
    lexicon_version = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="finding_severity", condition=Q(severity__lte=3)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} · {self.severity}"


class Attribution(models.Model):
    """One agency a finding names: as printed in its time, and the office that answers today."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="attributions")
    agency = models.ForeignKey(
        Agency, null=True, on_delete=models.PROTECT, related_name="attributions"
    )
    agency_today = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("tên chuẩn tại ngày của bài", max_length=200)
    level = models.CharField(max_length=10, blank=True)
    province = models.CharField(max_length=60, blank=True)
    confidence = models.FloatField(default=0)
    spans = models.JSONField(default=list)  # [{field, start, end}]

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name
