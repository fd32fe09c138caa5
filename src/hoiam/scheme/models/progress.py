"""The diary of a unit's part in a task, and the superior's reminders of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from hoiam.core.scope import ScopedManager
from hoiam.scheme.models.task import Assignment


class Progress(models.Model):
    """One line of the diary: a report of progress, a finish, a hand-over; never changed once written."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="progress")
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    step = models.CharField(max_length=30)
    percent = models.PositiveSmallIntegerField("tiến độ, %")
    words = models.TextField("đã làm gì", blank=True)
    # The other end of a hand-over.
    other = models.ForeignKey(Assignment, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(name="progress_percent", condition=Q(percent__lte=100)),
        ]

    def __str__(self) -> str:
        return f"{self.assignment}: {self.percent} %"


class TaskReminder(models.Model):
    """One reminder of one unit's part in one task; at most once a day, whoever sends it."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="reminders")
    day = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField("lời nhắc", blank=True)

    objects = ScopedManager()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "day"], name="task_reminder_once_a_day")
        ]

    def __str__(self) -> str:
        return f"Nhắc {self.assignment}"
