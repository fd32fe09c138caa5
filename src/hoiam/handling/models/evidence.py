"""Files that prove something on a case, pages captured for it, and dossiers handed over; the bytes are in the evidence store."""

from django.conf import settings
from django.db import models

from hoiam.core.scope import ScopedManager
from hoiam.monitoring.models import Item, Snapshot
from hoiam.monitoring.states import Medium


class Evidence(models.Model):
    """One uploaded file (chứng cứ), never rewritten; for print, radio and television also where the report stood."""

    case = models.ForeignKey(
        "handling.Case", on_delete=models.CASCADE, related_name="evidence_files"
    )
    title = models.CharField("tên chứng cứ", max_length=250)
    file_name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    blob = models.CharField("SHA-256", max_length=64)
    size = models.PositiveBigIntegerField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField()
    names_denouncer = models.BooleanField("có tên người tố cáo", default=False)
    item = models.ForeignKey(Item, null=True, on_delete=models.PROTECT, related_name="evidence")
    medium = models.CharField("loại hình", max_length=12, choices=Medium.choices, blank=True)
    outlet = models.CharField("cơ quan báo chí", max_length=200, blank=True)
    issue = models.CharField("số báo", max_length=60, blank=True)
    page = models.CharField("trang", max_length=30, blank=True)
    programme = models.CharField("chương trình", max_length=150, blank=True)
    aired_at = models.DateTimeField("giờ phát sóng", null=True)

    objects = ScopedManager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title


class CaseSnapshot(models.Model):
    """A page captured for a case."""

    case = models.ForeignKey("handling.Case", on_delete=models.CASCADE, related_name="snapshots")
    snapshot = models.OneToOneField(Snapshot, on_delete=models.PROTECT, related_name="for_case")

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return str(self.snapshot)


class Dossier(models.Model):
    """One dossier of a case as it was handed over (hồ sơ chứng cứ, nhiệm vụ 2.4.3), kept whole."""

    case = models.ForeignKey("handling.Case", on_delete=models.PROTECT, related_name="dossiers")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()
    recipient = models.CharField("cơ quan nhận", max_length=250)
    reason = models.TextField("căn cứ, mục đích")
    names_denouncer = models.BooleanField("kèm tệp có tên người tố cáo", default=False)
    blob = models.CharField("SHA-256", max_length=64)
    size = models.PositiveBigIntegerField()
    files = models.PositiveIntegerField("số tệp")

    objects = ScopedManager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.recipient} {self.made_at}"
