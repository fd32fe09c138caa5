"""The ladder above an outlet (leo thang): who was asked to act, with which paper, what came of it."""

from django.conf import settings
from django.db import models

from hoiam.core.scope import ScopedManager
from hoiam.handling.models.case import Case
from hoiam.handling.models.evidence import Evidence
from hoiam.handling.models.paper import Paper
from hoiam.handling.states import RungLevel


class Rung(models.Model):
    """One rung taken on one case: addressee, paper, when sent and answered (workflow.md §8)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="rungs")
    level = models.CharField("bậc", max_length=10, choices=RungLevel.choices)
    addressee = models.CharField("nơi nhận", max_length=250)
    paper = models.ForeignKey(Paper, null=True, on_delete=models.PROTECT, related_name="rungs")
    reason = models.TextField("lý do", blank=True)
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    sent_at = models.DateTimeField("ngày gửi", null=True)
    sent_how = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField("ngày trả lời", null=True)
    answer = models.TextField("nội dung trả lời", blank=True)
    evidence = models.ForeignKey(Evidence, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "level"], name="rung_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_level_display()}: {self.addressee}"
