"""Clocks of a letter, frozen with the steps they were counted by."""

from django.conf import settings
from django.db import models

from hoiam.letters.models.letter import ReaderLetter
from hoiam.letters.states import ClockState


class LetterClock(models.Model):
    """One duty with its time; `values` are what the rule counted with, so that it can be counted again."""

    letter = models.ForeignKey(ReaderLetter, on_delete=models.CASCADE, related_name="clocks")
    rule = models.CharField(max_length=12)
    event = models.CharField(max_length=12)
    title = models.CharField(max_length=250)
    duty = models.CharField(max_length=400, blank=True)
    source = models.CharField(max_length=250)
    confidence = models.CharField(max_length=80)
    badge = models.CharField(max_length=120, blank=True)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    unit = models.CharField(max_length=20)
    steps = models.JSONField(default=list)
    values = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=ClockState.choices, default=ClockState.RUNNING)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=20, blank=True)
    is_late = models.BooleanField(default=False)

    class Meta:
        ordering = ["due_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "rule"],
                condition=models.Q(state=ClockState.RUNNING),
                name="letter_clock_once",
            )
        ]
        indexes = [models.Index(fields=["state", "due_at"], name="letter_clock_due")]

    def __str__(self) -> str:
        return f"{self.rule} {self.title}"


class ClockExtension(models.Model):
    """More time for a clock, as the law allows: why, who signed, by which paper."""

    clock = models.ForeignKey(LetterClock, on_delete=models.CASCADE, related_name="extensions")
    old_due_at = models.DateTimeField()
    new_due_at = models.DateTimeField()
    ground = models.CharField(max_length=200)
    reason = models.TextField()
    signed_by = models.CharField("người ký", max_length=150)
    paper = models.CharField("văn bản gia hạn", max_length=200)
    number = models.PositiveSmallIntegerField(null=True)
    unit = models.CharField(max_length=20, blank=True)
    values = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.reason
