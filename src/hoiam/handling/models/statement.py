"""What a spokesperson said on a case (phát ngôn): it ends the 24-hour clocks and is counted in I4 and I5."""

from django.conf import settings
from django.db import models

from hoiam.handling.models.case import Case
from hoiam.handling.states import StatementForm


class Statement(models.Model):
    """One statement in one of the five forms; statements on one case are shown together (NĐ 244/2026 Đ8)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="statements")
    at = models.DateTimeField("thời điểm phát ngôn")
    form = models.CharField("hình thức", max_length=12, choices=StatementForm.choices)
    spokesperson = models.CharField("người phát ngôn", max_length=150)
    text = models.TextField("nội dung")
    url = models.URLField("địa chỉ đăng", max_length=1000, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.text[:80]
