"""Obligations (nghĩa vụ, loại a–i) and their clocks, opened from the rulebook and frozen with their steps."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from hoiam.core.scope import ScopedManager
from hoiam.handling.models.case import Case, CaseMoment
from hoiam.handling.states import ClockState

DEFAULTS = "MD-"  # how ids of product defaults begin in the rulebook


class Obligation(models.Model):
    """One duty that arose on one case; it closes with its own result."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="obligations")
    letter = models.CharField("loại", max_length=1)
    reason = models.TextField("vì sao", blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    result = models.CharField(max_length=30, blank=True)

    class Meta:
        ordering = ["letter", "id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "letter"], name="obligation_once"),
            models.CheckConstraint(
                name="obligation_letter", condition=Q(letter__in=list("abcdefghi"))
            ),
        ]

    def __str__(self) -> str:
        return f"loại {self.letter}"


class Clock(models.Model):
    """One deadline: the rule's version, its start, due time and steps as computed then; `due_at` None has no number."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="clocks")
    obligation = models.ForeignKey(
        Obligation, null=True, on_delete=models.CASCADE, related_name="clocks"
    )
    rule = models.CharField(max_length=12)
    title = models.CharField(max_length=250)
    duty = models.TextField(blank=True)
    source = models.CharField(max_length=250)
    confidence = models.CharField(max_length=60)
    badge = models.CharField(max_length=120, blank=True)
    moment = models.ForeignKey(
        CaseMoment, null=True, on_delete=models.PROTECT, related_name="clocks"
    )
    # The outgoing paper whose delivery or publication started it: another outlet's reply must not end it.
    paper = models.ForeignKey(
        "handling.Paper", null=True, on_delete=models.PROTECT, related_name="clocks"
    )
    started_at = models.DateTimeField()
    unit = models.CharField(max_length=20, blank=True)
    due_at = models.DateTimeField(null=True)
    steps = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=ClockState.choices, default=ClockState.WAITING)
    ended_at = models.DateTimeField(null=True)
    is_late = models.BooleanField(default=False)
    # Who has to act: the lead official, or None while nobody was named.
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ScopedManager()

    class Meta:
        ordering = ["due_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="clock_state", condition=Q(state__in=[state.value for state in ClockState])
            ),
            models.CheckConstraint(
                name="clock_ended", condition=~Q(state=ClockState.DONE) | ~Q(ended_at=None)
            ),
        ]
        indexes = [models.Index(fields=["state", "due_at"])]

    def __str__(self) -> str:
        return f"{self.rule} {self.title}"

    @property
    def is_default(self) -> bool:
        """Whether it is a product default's: only those are extended or paused, a rule of law never."""
        return self.rule.startswith(DEFAULTS)


class Extension(models.Model):
    """More time, with who allowed it and why."""

    clock = models.ForeignKey(Clock, on_delete=models.CASCADE, related_name="extensions")
    old_due_at = models.DateTimeField()
    new_due_at = models.DateTimeField()
    reason = models.TextField()
    signer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.reason


class Pause(models.Model):
    """A stretch of waiting for others; only clocks of product defaults may be paused."""

    clock = models.ForeignKey(Clock, on_delete=models.CASCADE, related_name="pauses")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    reason = models.TextField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.reason
