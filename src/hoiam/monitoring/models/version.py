"""Versions of an item (phiên bản): what the paper changed after we first read it, each sealed; and when it is read again."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from hoiam.monitoring.models.item import Capture, Item
from hoiam.monitoring.states import VersionKind


class Version(models.Model):
    """What one reading of an item's page showed: the first text, a changed one, its removal, or something doubtful.

    Title, sapo and body are as read then; for a removal or a doubtful answer they are blank and `note` says why.
    """

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField("số")
    kind = models.CharField("loại", max_length=10, choices=VersionKind.choices)
    at = models.DateTimeField("lúc hệ thống thấy")
    how = models.CharField("bằng cách nào", max_length=120, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    capture = models.ForeignKey(
        Capture, null=True, on_delete=models.PROTECT, related_name="versions"
    )
    title = models.TextField(blank=True)
    sapo = models.TextField(blank=True)
    body = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True)
    modified_at = models.DateTimeField("giờ sửa ghi trên báo", null=True)
    parts = models.JSONField("phần đã đổi", default=list)  # title, sapo, body, time
    text_sha256 = models.CharField("SHA-256 của văn bản", max_length=64, blank=True)
    severity = models.PositiveSmallIntegerField(null=True)
    stance = models.CharField(max_length=10, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["item", "number"]
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="version_once"),
            models.CheckConstraint(
                name="version_kind",
                condition=Q(kind__in=[kind.value for kind in VersionKind]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}.{self.number}"


class Recheck(models.Model):
    """When an item's page is read again, and how the last reading went (xem lại bài)."""

    item = models.OneToOneField(Item, on_delete=models.CASCADE, related_name="recheck")
    # None: not read again by itself.
    due_at = models.DateTimeField(null=True)
    leased_until = models.DateTimeField(null=True)
    times = models.PositiveIntegerField("số lần đã xem lại", default=0)
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(null=True)
    etag = models.CharField(max_length=300, blank=True)
    modified = models.CharField(max_length=100, blank=True)
    gone_at = models.DateTimeField("lúc thấy bài đã gỡ", null=True)
    problem = models.CharField("điều chưa rõ ở lần gần nhất", max_length=300, blank=True)
    # SHA-256 of what the feed says of the item, as far as it was followed up.
    feed_said = models.CharField(max_length=64, blank=True)
    case_closed = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["due_at"])]

    def __str__(self) -> str:
        return f"{self.item_id}"


class FoldingDecision(models.Model):
    """What a person decided about two items: one event (gộp) or two (tách); folding obeys it ever after."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="+")
    together = models.BooleanField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "other"], name="folding_decision_once"),
            models.CheckConstraint(
                name="folding_decision_in_order",
                condition=Q(item__lt=models.F("other")),
            ),
        ]
        indexes = [models.Index(fields=["other"])]

    def __str__(self) -> str:
        return f"{self.item_id} {'=' if self.together else '≠'} {self.other_id}"
