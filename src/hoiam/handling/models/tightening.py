"""Numbers a unit set for itself and for the units below, stricter than the law's."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from hoiam.agencies.models import Agency
from hoiam.core.scope import ScopedManager


class Tightening(models.Model):
    """One rule's stricter number at one agency from a day on. Never altered: it is ended, and another may follow."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="tightenings")
    rule = models.CharField(max_length=12)
    number = models.PositiveSmallIntegerField("con số")
    reason = models.TextField("lý do")
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến hết ngày", null=True)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_why = models.TextField(blank=True)

    objects = ScopedManager()

    class Meta:
        ordering = ["rule", "-valid_from", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "rule"], name="tightening_once", condition=Q(valid_to=None)
            )
        ]
        indexes = [models.Index(fields=["rule", "agency"])]

    def __str__(self) -> str:
        return f"{self.rule}: {self.number}"
