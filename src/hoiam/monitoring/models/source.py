"""Sources (nguồn tin) and the ledger of each collection from them."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from hoiam.agencies.models import Channel
from hoiam.monitoring.states import SourceKind


class Counted(models.Model):
    """What a reading, a day or a source as a whole gave: nothing that was lost goes uncounted."""

    seen = models.PositiveIntegerField(default=0)
    fetched = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    # entries nobody could read, texts in a damaged charset, reprints of what is here, reports that may have changed
    lost = models.PositiveIntegerField(default=0)
    garbled = models.PositiveIntegerField(default=0)
    reprints = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True


class Source(Counted):
    """A feed or other place the collector reads; leased by due time so that several collectors may share the work."""

    name = models.CharField("tên nguồn", max_length=200)
    kind = models.CharField("loại nguồn", max_length=10, choices=SourceKind.choices)
    url = models.URLField("địa chỉ", max_length=500, blank=True)
    channel = models.ForeignKey(
        Channel, null=True, blank=True, on_delete=models.SET_NULL, related_name="sources"
    )
    home_province = models.CharField("tỉnh của báo", max_length=60, blank=True)
    is_paused = models.BooleanField("tạm dừng", default=False)
    pause_reason = models.CharField("lý do tạm dừng", max_length=300, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    list_key = models.CharField("khóa trong danh sách báo soạn sẵn", max_length=100, blank=True)
    # Selectors of a listing page, place of a mailbox, columns of a vendor's file; each version stays in ReadingRule.
    rule = models.JSONField("quy tắc đọc", default=dict, blank=True)
    rule_version = models.PositiveIntegerField(default=0)
    fictional = models.BooleanField("hư cấu, chỉ để tập huấn", default=False)

    due_at = models.DateTimeField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    lease_owner = models.CharField(max_length=60, blank=True)
    interval_seconds = models.PositiveIntegerField(default=300)
    etag = models.CharField(max_length=300, blank=True)
    modified = models.CharField(max_length=100, blank=True)
    body_hash = models.CharField(max_length=64, blank=True)

    last_tried_at = models.DateTimeField(null=True, blank=True)
    last_success_at = models.DateTimeField(null=True, blank=True)
    last_new_at = models.DateTimeField(null=True, blank=True)
    usual_gap_seconds = models.PositiveIntegerField(null=True, blank=True)
    silent_since = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0)
    problem = models.TextField("lỗi gần nhất", blank=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["url"], name="source_url_once", condition=~Q(url="")),
        ]
        indexes = [models.Index(fields=["is_paused", "due_at"])]

    def __str__(self) -> str:
        return self.name


class ReadingRule(models.Model):
    """One version of how a source is read; the newest is in force, the others say what was before."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="rules")
    version = models.PositiveIntegerField()
    data = models.JSONField(default=dict)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["source", "version"], name="site_rule_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.source} v{self.version}"


class SourceDay(Counted):
    """What one source gave on one Vietnamese civil day."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="days")
    day = models.DateField()
    readings = models.PositiveIntegerField("lần đọc", default=0)
    # Bit h is set when something was kept between h and h+1 o'clock: the hours in which the source usually speaks.
    hours = models.PositiveIntegerField("giờ có tin", default=0)

    class Meta:
        ordering = ["-day"]
        constraints = [
            models.UniqueConstraint(fields=["source", "day"], name="source_day_once"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.day}"


class Collection(Counted):
    """One reading of one source: seen / new / kept / failed, and what was wrong."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="collections")
    at = models.DateTimeField()
    status = models.PositiveSmallIntegerField(default=0)
    refused = models.PositiveIntegerField("tin không lưu được", default=0)
    problems = models.JSONField(default=list)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["source", "-at"])]

    def __str__(self) -> str:
        return f"{self.source} {self.at}"


class ItemImport(models.Model):
    """One import from a file (items, a vendor's list, comments), with the lines that could not be taken."""

    source = models.ForeignKey(Source, null=True, on_delete=models.CASCADE, related_name="imports")
    dry_run = models.BooleanField("mới thử, chưa nhập", default=False)
    # Rows a dry run found good, as they will be taken; emptied once taken. Names of people are already gone.
    ready = models.JSONField(default=list)
    file_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    lines = models.PositiveIntegerField(default=0)
    taken = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    relevant = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list)  # [{line, sentence}], the first 500

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return self.file_name
