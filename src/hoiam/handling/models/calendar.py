"""Days the Prime Minister announced later than the product's own calendar, and private calendar addresses."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from hoiam.agencies.models import Agency
from hoiam.handling.states import DayKind


class CalendarDay(models.Model):
    """One day announced as free or as worked, with its paper. Never altered: a wrong one is withdrawn with a reason."""

    day = models.DateField("ngày")
    kind = models.CharField("loại", max_length=5, choices=DayKind.choices)
    name = models.CharField("tên", max_length=120)
    source = models.CharField("văn bản", max_length=250)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.TextField(blank=True)
    # When every open clock had been counted again for the newest change of this row; None while the job runs.
    recounted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["day", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["day"], name="calendar_day_once", condition=Q(withdrawn_at=None)
            ),
            models.CheckConstraint(
                name="calendar_day_kind", condition=Q(kind__in=[kind.value for kind in DayKind])
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CalendarLink(models.Model):
    """A private address of an .ics calendar, of one person or one unit. Only the hash of its token is kept."""

    official = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="calendar_links"
    )
    agency = models.ForeignKey(
        Agency, null=True, on_delete=models.CASCADE, related_name="calendar_links"
    )
    label = models.CharField("dùng ở đâu", max_length=80, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="calendar_link_of_one",
                condition=Q(official=None, agency__isnull=False)
                | Q(official__isnull=False, agency=None),
            )
        ]

    def __str__(self) -> str:
        return self.label
