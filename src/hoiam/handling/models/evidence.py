"""Files that prove something on a case; the bytes are in the evidence store, addressed by SHA-256."""

from django.conf import settings
from django.db import models

from hoiam.core.scope import ScopedManager


class Evidence(models.Model):
    """One uploaded file (chứng cứ), never rewritten."""

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

    objects = ScopedManager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title
