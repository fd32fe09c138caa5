"""What the house noticed by itself: a story that spreads, an agency with unusually many, a source that fell silent."""

from django.db import models
from django.db.models import Q

from hoiam.agencies.models import Agency
from hoiam.core.scope import ScopedManager
from hoiam.monitoring.models.source import Source
from hoiam.monitoring.models.story import Story
from hoiam.monitoring.states import SignalKind


class Signal(models.Model):
    """One signal (tín hiệu), in words, until it is over."""

    kind = models.CharField(max_length=10, choices=SignalKind.choices)
    key = models.CharField(max_length=120, unique=True)
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="signals")
    story = models.ForeignKey(Story, null=True, on_delete=models.CASCADE, related_name="signals")
    source = models.ForeignKey(Source, null=True, on_delete=models.CASCADE, related_name="signals")
    words = models.TextField()
    figures = models.JSONField(default=dict)
    at = models.DateTimeField()
    last_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    objects = ScopedManager()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency"],
                name="signal_one_burst",
                condition=Q(kind=SignalKind.SURPRISE, closed_at=None),
            ),
            models.UniqueConstraint(
                fields=["source"],
                name="signal_one_silence",
                condition=Q(kind=SignalKind.SILENCE, closed_at=None),
            ),
        ]
        indexes = [models.Index(fields=["kind", "closed_at"])]

    def __str__(self) -> str:
        return self.words
