"""What a superior does about lateness: reminders (nhắc việc) and requests to explain (yêu cầu giải trình)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from hoiam.agencies.models import Agency
from hoiam.core.scope import ScopedManager
from hoiam.handling.models import Clock
from hoiam.scheme.models.task import Assignment
from hoiam.scheme.states import ExplanationState


class Reminder(models.Model):
    """One reminder to an agency that has late work; by a person, or by the system in the morning (by: none)."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="reminders")
    day = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    text = models.TextField("lời nhắc", blank=True)
    late_count = models.PositiveIntegerField("số việc quá hạn lúc nhắc")

    objects = ScopedManager()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            # A person and the system may each remind once a day: more is noise that is no longer read.
            models.UniqueConstraint(fields=["agency", "day", "by"], name="reminder_once_a_day"),
            models.UniqueConstraint(
                fields=["agency", "day"], name="own_reminder_once_a_day", condition=Q(by=None)
            ),
        ]

    def __str__(self) -> str:
        return f"Nhắc {self.agency}"


class ExplanationRequest(models.Model):
    """Why a matter ran late, asked by the superior and answered by the agency: a clock of a case, or a task of a scheme."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="explanations")
    asked_by_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    clock = models.ForeignKey(
        Clock, null=True, on_delete=models.PROTECT, related_name="explanations"
    )
    assignment = models.ForeignKey(
        Assignment, null=True, on_delete=models.PROTECT, related_name="explanations"
    )
    question = models.TextField("nội dung yêu cầu")
    due_on = models.DateField("hạn giải trình")
    state = models.CharField(
        max_length=10, choices=ExplanationState.choices, default=ExplanationState.ASKED
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    answer = models.TextField("giải trình", blank=True)
    measures = models.TextField("biện pháp khắc phục", blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)
    remark = models.TextField("ý kiến của cấp trên", blank=True)
    settled_at = models.DateTimeField(null=True)

    objects = ScopedManager()

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["clock"],
                name="one_open_explanation_a_clock",
                condition=Q(state__in=[ExplanationState.ASKED, ExplanationState.ANSWERED]),
            ),
            models.UniqueConstraint(
                fields=["assignment"],
                name="one_open_explanation_a_task",
                condition=Q(state__in=[ExplanationState.ASKED, ExplanationState.ANSWERED]),
            ),
            models.CheckConstraint(
                name="explanation_of_one_thing",
                condition=Q(clock=None, assignment__isnull=False)
                | Q(clock__isnull=False, assignment=None),
            ),
            models.CheckConstraint(
                name="explanation_state",
                condition=Q(state__in=[state.value for state in ExplanationState]),
            ),
        ]

    def __str__(self) -> str:
        return f"Giải trình: {self.title}"

    @property
    def number(self) -> str:
        """The short name of what is late: the case's number, or the task's place in its scheme."""
        if self.clock is not None:
            return str(self.clock.case.number)
        return f"Nhiệm vụ {self.assignment.task.ref}" if self.assignment else ""

    @property
    def title(self) -> str:
        """What is late, in words."""
        if self.clock is not None:
            return f"{self.clock.title}: {self.clock.case.title}"
        return self.assignment.task.title if self.assignment else ""
