"""The lexicon (từ điển nhận diện) as officials edit it: a draft, its trials, and numbered versions.

A version keeps what officials changed, not all rows: a product upgrade brings new rows and the changes stay on top.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from hoiam.kit.recognition import Change
from hoiam.monitoring.states import TrialState


def read_changes(kept: list[dict[str, Any]]) -> tuple[Change, ...]:
    """The changes from a column that holds them as JSON."""
    return tuple(map(Change.from_json, kept))


class LexiconVersion(models.Model):
    """One published version: all changes of officials upon the delivered lexicon; the highest number is in force."""

    number = models.PositiveIntegerField(unique=True)
    changes = models.JSONField(default=list)
    shipped_version = models.CharField("bản sản phẩm khi công bố", max_length=20)
    shipped_digest = models.CharField(max_length=64)
    reason = models.TextField("lý do")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    # Which version this one brings back; 0 is the lexicon as delivered.
    restores = models.PositiveIntegerField(null=True)
    rejudge_days = models.PositiveSmallIntegerField(default=0)
    rejudged_at = models.DateTimeField(null=True)
    rejudged = models.PositiveIntegerField(default=0)
    rejudge_added = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"Bản số {self.number}"


class LexiconDraft(models.Model):
    """The change set the centre is working on; at most one is open."""

    changes = models.JSONField(default=list)
    based_on = models.PositiveIntegerField("soạn từ bản số")
    is_open = models.BooleanField(default=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    changed_at = models.DateTimeField()
    published_as = models.OneToOneField(
        LexiconVersion, null=True, on_delete=models.PROTECT, related_name="draft"
    )

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_open"], name="one_open_draft", condition=Q(is_open=True)
            ),
        ]

    def __str__(self) -> str:
        return f"Bản nháp {self.pk}"


class LexiconTrial(models.Model):
    """A dry run of a draft over the items of some days: what it would add, drop and judge otherwise."""

    draft = models.ForeignKey(LexiconDraft, on_delete=models.CASCADE, related_name="trials")
    digest = models.CharField(
        max_length=64
    )  # of the lexicon tried: an edited draft needs a new trial
    days = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=TrialState.choices, default=TrialState.WAITING)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    judged = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)  # {added, dropped, changed}
    rows = models.JSONField(
        default=dict
    )  # the first ones of each: [{item, before, after, reasons}]
    problem = models.TextField(blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="trial_state", condition=Q(state__in=[state.value for state in TrialState])
            ),
        ]

    def __str__(self) -> str:
        return f"Chạy thử {self.days} ngày"
