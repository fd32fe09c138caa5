"""Rows of background work: jobs with their lease, schedules, and outgoing mail."""

from datetime import datetime

from django.db import models


class JobState(models.TextChoices):
    """Where a job stands."""

    WAITING = "waiting", "Chờ chạy"
    RUNNING = "running", "Đang chạy"
    DONE = "done", "Đã xong"
    DEAD = "dead", "Hỏng, cần người xem"


class JobQuerySet(models.QuerySet["Job"]):
    """The questions a worker and a keeper ask."""

    def due(self, now: datetime) -> "JobQuerySet":
        """Waiting jobs whose time has come, the most urgent first."""
        waiting = self.filter(state=JobState.WAITING, due_at__lte=now)
        return waiting.order_by("-priority", "due_at", "id")

    def stale(self, now: datetime) -> "JobQuerySet":
        """Running jobs whose lease ran out: their worker was killed or lost its machine."""
        return self.filter(state=JobState.RUNNING, lease_until__lt=now)

    def dead(self) -> "JobQuerySet":
        """Jobs that were given up and wait for a person, the newest first."""
        return self.filter(state=JobState.DEAD).order_by("-finished_at", "-id")


class Job(models.Model):
    """One piece of background work (việc chạy nền), held by a worker for the length of a lease."""

    path = models.CharField(max_length=200)
    arguments = models.JSONField(default=dict)
    queue = models.CharField(max_length=32, default="default")
    priority = models.SmallIntegerField(default=0)
    key = models.CharField(max_length=200, null=True, unique=True)
    state = models.CharField(max_length=8, choices=JobState.choices, default=JobState.WAITING)
    enqueued_at = models.DateTimeField()
    due_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    most_tries = models.PositiveSmallIntegerField(default=8)
    worker = models.CharField(max_length=80, blank=True)
    lease_until = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    result = models.JSONField(null=True)
    error = models.TextField(blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        app_label = "core"
        indexes = [
            models.Index(
                models.F("priority").desc(),
                "due_at",
                "id",
                name="job_due",
                condition=models.Q(state=JobState.WAITING),
            ),
            models.Index(
                fields=["lease_until"],
                name="job_lease",
                condition=models.Q(state=JobState.RUNNING),
            ),
            models.Index(
                fields=["finished_at"],
                name="job_dead",
                condition=models.Q(state=JobState.DEAD),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=JobState.values), name="job_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.path} {self.pk} ({self.state})"


class Schedule(models.Model):
    """When a repeated job is due next; one row for each name registered in code."""

    name = models.CharField(max_length=80, unique=True)
    next_due_at = models.DateTimeField()
    last_slot = models.DateTimeField(null=True)

    class Meta:
        app_label = "core"

    def __str__(self) -> str:
        return self.name


class OutgoingMail(models.Model):
    """One letter to one address, kept until it is sent and afterwards as proof that it was."""

    key = models.CharField(max_length=180, unique=True)
    address = models.EmailField()
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)
    attachments = models.JSONField(default=list)
    queued_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "core"

    def __str__(self) -> str:
        return f"{self.subject} → {self.address}"
