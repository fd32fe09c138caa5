"""A piece an editor asks somebody to write (bài đặt viết): who, what, by which day, and the answer."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from hoiam.agencies.models import Agency
from hoiam.core.scope import ScopedManager
from hoiam.newsroom.models.article import Section
from hoiam.newsroom.states.submissions import CommissionState


class Commission(models.Model):
    """Asked of an official of ours, or of somebody outside by name and address."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="commissions")
    official = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="commissions"
    )
    name = models.CharField("người được đặt viết", max_length=120)
    email = models.EmailField("thư điện tử", blank=True)
    title = models.CharField("đề tài", max_length=300)
    brief = models.TextField("yêu cầu", blank=True)
    words = models.PositiveIntegerField("số chữ", null=True, blank=True)
    theme = models.PositiveSmallIntegerField("chủ đề trọng tâm (1–5)", null=True, blank=True)
    section = models.ForeignKey(
        Section, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    due_on = models.DateField("hạn gửi bài")
    state = models.CharField(
        max_length=10, choices=CommissionState.choices, default=CommissionState.ASKED
    )
    answer = models.TextField("lời trả lời", blank=True)
    answered_at = models.DateTimeField("trả lời lúc", null=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField("đặt lúc")
    reminded_on = models.DateField("nhắc gần nhất", null=True)

    objects = ScopedManager()

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="commission_state", condition=Q(state__in=[*CommissionState.values])
            ),
            models.CheckConstraint(
                name="commission_theme", condition=Q(theme=None) | Q(theme__gte=1, theme__lte=5)
            ),
            models.CheckConstraint(
                name="commission_reachable", condition=Q(official__isnull=False) | ~Q(email="")
            ),
        ]
        indexes = [models.Index(fields=["agency", "state", "due_on"])]

    def __str__(self) -> str:
        return self.title
