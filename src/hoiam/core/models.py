"""Rows of the house itself: the diary and its head, the outbox; and those of jobs, search and seals."""

from django.conf import settings
from django.db import models

from hoiam.core.jobs.models import Job, OutgoingMail, Schedule
from hoiam.core.search.models import SearchDocument, SearchScope
from hoiam.core.stamps.models import LedgerAnchor, Sealed, Stamp

__all__ = [
    "Job",
    "LedgerAnchor",
    "LedgerEntry",
    "LedgerHead",
    "OutboxMessage",
    "OutgoingMail",
    "Passage",
    "Schedule",
    "Sealed",
    "SearchDocument",
    "SearchScope",
    "Stamp",
]


class LedgerEntry(models.Model):
    """One record of the diary (nhật ký), chained to the one before."""

    subject_kind = models.CharField(max_length=80)
    subject_id = models.BigIntegerField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    actor_name = models.CharField(max_length=200)
    step = models.CharField(max_length=60)
    at = models.DateTimeField()
    reason = models.TextField(blank=True)
    data = models.JSONField(default=dict)
    before = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["subject_kind", "subject_id", "id"])]

    def __str__(self) -> str:
        return f"{self.step} · {self.actor_name}"


class LedgerHead(models.Model):
    """The digest of the newest record; the one row every writer locks."""

    digest = models.CharField(max_length=64, blank=True)
    count = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return self.digest


class OutboxMessage(models.Model):
    """A message to background work, written in the transaction of the action that caused it."""

    kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    posted_at = models.DateTimeField()
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    dead = models.BooleanField(default=False)
    error = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"], name="outbox_due", condition=models.Q(done_at=None, dead=False)
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}"


class Passage(models.Model):
    """How often something came by in a span that ends at `until`; the key is a keyed hash, never an address."""

    key = models.CharField(max_length=64, unique=True)
    until = models.DateTimeField()
    count = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["until"], name="passage_until")]

    def __str__(self) -> str:
        return self.key[:12]
