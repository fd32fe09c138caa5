"""Stories (vụ việc trên báo), the warnings they raise, and the daily digest."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from hoiam.agencies.models import Agency
from hoiam.core.scope import ScopedManager
from hoiam.monitoring.states import DigestKind, DismissalReason, Stance, WarningState


class Story(models.Model):
    """Items about one event, reprints folded; counts are kept beside for the lists."""

    title = models.TextField("tiêu đề của bài đầu")
    sapo = models.TextField(blank=True)
    lead_item = models.ForeignKey(
        "monitoring.Item", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    first_at = models.DateTimeField()
    last_at = models.DateTimeField(db_index=True)
    item_count = models.PositiveIntegerField(default=0)
    outlet_count = models.PositiveIntegerField(default=0)
    severity = models.PositiveSmallIntegerField(default=0)
    stance = models.CharField(max_length=10, choices=Stance.choices, blank=True)
    kind = models.CharField(max_length=20, blank=True)
    provinces = models.JSONField(default=list)
    merged_into = models.ForeignKey(
        "self", null=True, on_delete=models.SET_NULL, related_name="merged"
    )

    class Meta:
        ordering = ["-last_at", "-id"]
        constraints = [
            models.CheckConstraint(name="story_severity", condition=Q(severity__lte=3)),
        ]

    def __str__(self) -> str:
        return self.title


class Warning(models.Model):
    """A story put before one agency: why, and by when it must be screened (cảnh báo).

    `agency` is None when no agency could be named; then the centre decides.
    """

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="warnings")
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="warnings")
    severity = models.PositiveSmallIntegerField(default=0)
    why = models.TextField("vì sao báo")
    at = models.DateTimeField()
    # None when nothing has to be answered (severity 0): such a row is read, not screened.
    due_at = models.DateTimeField(null=True)
    due_rule = models.CharField(max_length=12, blank=True)
    due_steps = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=WarningState.choices, default=WarningState.NEW)
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    taken_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    dismissal = models.CharField(max_length=20, choices=DismissalReason.choices, blank=True)
    note = models.CharField(max_length=300, blank=True)
    duplicate_of = models.ForeignKey(
        "self", null=True, on_delete=models.SET_NULL, related_name="duplicates"
    )
    snoozed_until = models.DateTimeField(null=True)

    objects = ScopedManager()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["story", "agency"], name="warning_once"),
            models.UniqueConstraint(
                fields=["story"], name="warning_once_unnamed", condition=Q(agency=None)
            ),
            models.CheckConstraint(
                name="warning_state",
                condition=Q(state__in=[state.value for state in WarningState]),
            ),
            models.CheckConstraint(
                name="dismissed_with_reason",
                condition=~Q(state=WarningState.DISMISSED) | ~Q(dismissal=""),
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "state", "-at"]),
            models.Index(fields=["state", "due_at"]),
        ]

    def __str__(self) -> str:
        return str(self.story)


class Digest(models.Model):
    """One sheet of the digest for one agency, as it was sent: the press digest (điểm tin) of a day, the synthesis of a
    week or a month, the outlook of a week.

    It covers `first` to `day`, both included; `first` is None when that is one day. `remarks` is what people wrote; it
    stays when the rest is made anew.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="digests")
    kind = models.CharField(max_length=8, choices=DigestKind.choices, default=DigestKind.DAY)
    first = models.DateField(null=True)
    day = models.DateField()
    made_at = models.DateTimeField()
    content = models.JSONField(default=dict)
    remarks = models.TextField("nhận xét, đề xuất của đơn vị", blank=True)
    sent_at = models.DateTimeField(null=True)
    recipients = models.JSONField(default=list)

    objects = ScopedManager()

    class Meta:
        ordering = ["-day", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "kind", "day"], name="digest_once"),
            models.CheckConstraint(
                name="digest_kind", condition=Q(kind__in=[kind.value for kind in DigestKind])
            ),
            models.CheckConstraint(
                name="digest_period", condition=Q(first=None) | Q(first__lte=F("day"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency} {self.day}"

    @property
    def first_day(self) -> date:
        """The first day it covers."""
        return self.first or self.day
