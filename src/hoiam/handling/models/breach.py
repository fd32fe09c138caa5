"""Breaches of the procedure of speaking (task 2.4.1): what, found by whom, how handled. Never a field for who told the press."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from hoiam.agencies.models import Agency, Official
from hoiam.core.scope import ScopedManager
from hoiam.handling.models.case import Case
from hoiam.handling.states.speaking import BreachHandling, BreachKind


class Breach(models.Model):
    """One breach at one agency; seen only by who decides there and above."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="breaches")
    kind = models.CharField("vi phạm", max_length=14, choices=BreachKind.choices)
    happened_on = models.DateField("xảy ra ngày")
    official = models.ForeignKey(
        Official, null=True, on_delete=models.PROTECT, related_name="breaches"
    )
    case = models.ForeignKey(Case, null=True, on_delete=models.SET_NULL, related_name="breaches")
    text = models.TextField("nội dung vi phạm")
    found_by = models.CharField("ai phát hiện", max_length=150)
    basis = models.CharField("căn cứ", max_length=250)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()
    blob = models.CharField("SHA-256 của chứng cứ", max_length=64, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    handling = models.CharField(max_length=12, choices=BreachHandling.choices, blank=True)
    result = models.TextField("kết quả xử lý", blank=True)
    handled_on = models.DateField(null=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    handled_at = models.DateTimeField(null=True)

    objects = ScopedManager()

    class Meta:
        ordering = ["-happened_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="breach_kind", condition=Q(kind__in=[kind.value for kind in BreachKind])
            ),
            models.CheckConstraint(
                name="breach_handled_with_result", condition=Q(handling="") | ~Q(result="")
            ),
            models.CheckConstraint(
                name="breach_not_judged_by_oneself",
                condition=Q(handled_by=None)
                | Q(official=None)
                | ~Q(handled_by=models.F("official")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.agency}"
