"""How one agency words its papers (mẫu riêng của đơn vị): a row a version, the newest holds."""

from django.conf import settings
from django.db import models

from hoiam.agencies.models import Agency
from hoiam.core.scope import ScopedManager


class PaperTemplate(models.Model):
    """One version of an agency's own wording of one kind of paper; a reset is a version too, with nothing of its own."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="paper_templates")
    kind = models.CharField(max_length=30)
    version = models.PositiveIntegerField()
    opening = models.TextField("câu mở đầu", blank=True)
    closing = models.TextField("câu kết", blank=True)
    sentences = models.JSONField("câu mẫu", default=list)
    recipients = models.JSONField("nơi nhận", default=list)
    unit_symbol = models.CharField("ký hiệu đơn vị soạn", max_length=40, blank=True)
    reason = models.TextField("lý do sửa")
    is_reset = models.BooleanField("về câu chữ chung", default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = ScopedManager()

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "kind", "version"], name="paper_template_version_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.version}"
