"""Obligations (nghĩa vụ, loại a–i) and their clocks, opened from the rulebook and frozen with their steps."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from hoiam.core.scope import ScopedManager
from hoiam.handling.models.calendar import CalendarDay
from hoiam.handling.models.case import Case, CaseMoment
from hoiam.handling.models.tightening import Tightening
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
    # What people answered to the questions of its type: {"matter": "denunciation"}; unanswered opens nothing.
    answers = models.JSONField(default=dict)
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
    # Due by the law's own number, where a unit's stricter one stands in `due_at`.
    law_due_at = models.DateTimeField(null=True)
    steps = models.JSONField(default=list)
    values = models.JSONField(default=dict)
    note = models.TextField(blank=True)
    tightening = models.ForeignKey(
        Tightening, null=True, on_delete=models.PROTECT, related_name="clocks"
    )
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
        """Whether it is a product default's: a decider may move it freely, a rule of law only as the law says."""
        return self.rule.startswith(DEFAULTS)

    @property
    def is_late_by_law(self) -> bool:
        """Whether it ended after what the law itself gives; a unit's stricter number does not count here."""
        due = self.law_due_at or self.due_at
        return (
            self.is_late and due is not None and self.ended_at is not None and self.ended_at > due
        )


class Extension(models.Model):
    """More time, with who allowed it, by which paper and why.

    A rule of law is prolonged on one of its own grounds, by a number of a unit or by counting anew with `values`; a
    product default to the moment a decider names.
    """

    clock = models.ForeignKey(Clock, on_delete=models.CASCADE, related_name="extensions")
    old_due_at = models.DateTimeField()
    new_due_at = models.DateTimeField()
    reason = models.TextField()
    signer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    signed_by = models.CharField("người ký", max_length=150, blank=True)
    paper = models.CharField("văn bản gia hạn", max_length=200, blank=True)
    ground = models.CharField("trường hợp", max_length=200, blank=True)
    number = models.PositiveSmallIntegerField(null=True)
    unit = models.CharField(max_length=20, blank=True)
    values = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.reason


class Pause(models.Model):
    """A stretch of waiting for others: it stops a clock of a product default; a lawful clock runs on beside it."""

    clock = models.ForeignKey(Clock, on_delete=models.CASCADE, related_name="pauses")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    reason = models.TextField()
    stops = models.BooleanField(default=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["clock"], name="one_open_pause", condition=Q(until=None)
            )
        ]

    def __str__(self) -> str:
        return self.reason


class Recount(models.Model):
    """A due time that moved because the calendar changed; the same change never moves a clock twice."""

    clock = models.ForeignKey(Clock, on_delete=models.CASCADE, related_name="recounts")
    day = models.ForeignKey(CalendarDay, on_delete=models.PROTECT, related_name="recounts")
    is_withdrawal = models.BooleanField(default=False)
    old_due_at = models.DateTimeField()
    new_due_at = models.DateTimeField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["clock", "day", "is_withdrawal"], name="recount_once")
        ]

    def __str__(self) -> str:
        return f"{self.old_due_at} → {self.new_due_at}"
