"""Press briefings (giao ban báo chí) an agency came to; I2 counts those on its own initiative, by `at`."""

from django.conf import settings
from django.db import models

from hoiam.agencies.models import Agency
from hoiam.core.scope import ScopedManager


class Briefing(models.Model):
    """One time the agency informed the press at a briefing held by another body."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="briefings")
    at = models.DateTimeField("thời điểm")
    organiser = models.CharField("đơn vị tổ chức giao ban", max_length=250)
    place = models.CharField("địa điểm", max_length=250, blank=True)
    on_own_initiative = models.BooleanField("chủ động đến cung cấp thông tin", default=False)
    topics = models.TextField("nội dung đã cung cấp")
    documents = models.TextField("tài liệu đã đưa", blank=True)
    speaker = models.CharField("người cung cấp thông tin", max_length=200)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=250, blank=True)
    fictional = models.BooleanField(default=False)

    objects = ScopedManager()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["agency", "at"])]

    def __str__(self) -> str:
        return f"{self.organiser}: {self.topics[:80]}"
