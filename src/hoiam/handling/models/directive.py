"""Directives (văn bản chỉ đạo) of other authorities on a case, each with a due date of its own."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from hoiam.core.scope import ScopedManager
from hoiam.handling.models.case import Case
from hoiam.handling.models.clock import Obligation
from hoiam.handling.models.paper import Paper
from hoiam.handling.states import DueKind


class Directive(models.Model):
    """What another authority ordered or asked: beside the clocks of law, never instead of them (workflow.md §2)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="directives")
    issuer = models.CharField("cơ quan chỉ đạo, yêu cầu", max_length=250)
    number = models.CharField("số, ký hiệu", max_length=60, blank=True)
    dated = models.DateField("ngày văn bản", null=True)
    content = models.TextField("nội dung")
    due_on = models.DateField("hạn ghi trong văn bản", null=True)
    due_kind = models.CharField(max_length=6, choices=DueKind.choices, default=DueKind.BY)
    # The last second of the last day the answer is in time; None where the paper names no day.
    due_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField("nhận lúc")
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    obligation = models.ForeignKey(
        Obligation, null=True, on_delete=models.SET_NULL, related_name="directives"
    )
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    answer_paper = models.ForeignKey(
        Paper, null=True, on_delete=models.PROTECT, related_name="answers_directives"
    )
    answer_note = models.TextField("trả lời bằng cách nào", blank=True)
    is_late = models.BooleanField(default=False)

    objects = ScopedManager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="directive_due_kind",
                condition=Q(due_kind__in=[kind.value for kind in DueKind]),
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="directive_open", condition=Q(answered_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.issuer} {self.number}".strip()
