"""Sources (nguồn tin) and the ledger of each collection from them."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from hoiam.agencies.models import Channel
from hoiam.monitoring.states import SourceKind


class Source(models.Model):
    """A feed or other place the collector reads; leased by due time so that several collectors may share the work."""

    name = models.CharField("tên nguồn", max_length=200)
    kind = models.CharField("loại nguồn", max_length=10, choices=SourceKind.choices)
    url = models.URLField("địa chỉ", max_length=500, blank=True)
    channel = models.ForeignKey(
        Channel, null=True, blank=True, on_delete=models.SET_NULL, related_name="sources"
    )
    home_province = models.CharField("tỉnh của báo", max_length=60, blank=True)
    is_paused = models.BooleanField("tạm dừng", default=False)
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
    seen = models.PositiveIntegerField(default=0)
    fetched = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["url"], name="source_url_once", condition=~Q(url="")),
        ]
        indexes = [models.Index(fields=["is_paused", "due_at"])]

    def __str__(self) -> str:
        return self.name


class Collection(models.Model):
    """One reading of one source: seen / new / kept / failed, and what was wrong."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="collections")
    at = models.DateTimeField()
    status = models.PositiveSmallIntegerField(default=0)
    seen = models.PositiveIntegerField(default=0)
    fetched = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["source", "-at"])]

    def __str__(self) -> str:
        return f"{self.source} {self.at}"


class ItemImport(models.Model):
    """One import of items from a file, with the lines that could not be taken."""

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
