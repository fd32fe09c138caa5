"""Reporters an agency knows by card: since when, for what area, and when their office last confirmed them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from hoiam.agencies.models import Agency, PressAgency, Reporter
from hoiam.core.scope import ScopedManager


class Accreditation(models.Model):
    """One reporter accredited with one agency; contact and card only, no profile of what they write."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="accreditations")
    reporter = models.ForeignKey(Reporter, on_delete=models.PROTECT, related_name="accreditations")
    press_agency = models.ForeignKey(
        PressAgency, on_delete=models.PROTECT, related_name="accreditations"
    )
    card_number = models.CharField("số thẻ nhà báo", max_length=40, blank=True)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến ngày", null=True, blank=True)
    area = models.CharField("lĩnh vực, địa bàn theo dõi", max_length=250, blank=True)
    confirmed_on = models.DateField("tòa soạn xác nhận lần cuối")
    confirmed_with = models.CharField("xác nhận với ai, bằng cách nào", max_length=250, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()
    fictional = models.BooleanField(default=False)

    objects = ScopedManager()

    class Meta:
        ordering = ["reporter__sort_key", "id"]
        constraints = [
            models.CheckConstraint(
                name="accreditation_dates",
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
            ),
            models.UniqueConstraint(
                fields=["agency", "reporter"],
                name="accredited_once",
                condition=Q(valid_to=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reporter} · {self.press_agency}"
