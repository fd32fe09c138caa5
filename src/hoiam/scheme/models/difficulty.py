"""A difficulty or proposal a unit raises at once to those above it (Decision 2862, V; dispatch 3288)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from hoiam.core.scope import ScopedManager
from hoiam.scheme.models.task import Assignment
from hoiam.scheme.states import DifficultyKind, DifficultyState


class Difficulty(models.Model):
    """One matter, its answer and its end; both sides see all of it."""

    assignment = models.ForeignKey(
        Assignment, on_delete=models.PROTECT, related_name="difficulties"
    )
    kind = models.CharField("loại", max_length=10, choices=DifficultyKind.choices)
    text = models.TextField("nội dung")
    state = models.CharField(
        max_length=8, choices=DifficultyState.choices, default=DifficultyState.RAISED
    )
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    raised_at = models.DateTimeField()
    answer_due_on = models.DateField("hạn trả lời")
    answer = models.TextField("trả lời", blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)
    closed_why = models.TextField("kết quả", blank=True)
    closed_at = models.DateTimeField(null=True)

    objects = ScopedManager()

    class Meta:
        ordering = ["-raised_at", "-id"]
        verbose_name_plural = "difficulties"
        constraints = [
            models.CheckConstraint(
                name="difficulty_state",
                condition=Q(state__in=[state.value for state in DifficultyState]),
            ),
            models.CheckConstraint(
                name="difficulty_kind",
                condition=Q(kind__in=[kind.value for kind in DifficultyKind]),
            ),
        ]
        indexes = [models.Index(fields=["state", "-raised_at"], name="difficulty_open")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text[:60]}"
