"""Pages captured at a person's wish or by a plan (chụp trang): the answer, a picture and a print of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from hoiam.monitoring.models.item import Capture, Item
from hoiam.monitoring.states import ShotRhythm, SnapshotState


class CapturePlan(models.Model):
    """An item's page captured each hour or day until a date (chụp theo lịch)."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="capture_plans")
    rhythm = models.CharField("nhịp", max_length=5, choices=ShotRhythm.choices)
    until = models.DateField("đến hết ngày")
    next_at = models.DateTimeField(null=True, db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["item"], name="one_capture_plan", condition=~Q(next_at=None)
            )
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.rhythm}"


class Snapshot(models.Model):
    """One wish to capture an address now, and what came of it; what was captured are sealed captures."""

    url = models.URLField(max_length=1000)
    item = models.ForeignKey(Item, null=True, on_delete=models.CASCADE, related_name="snapshots")
    plan = models.ForeignKey(
        CapturePlan, null=True, on_delete=models.SET_NULL, related_name="snapshots"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    state = models.CharField(
        max_length=8, choices=SnapshotState.choices, default=SnapshotState.WAITING
    )
    done_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=300, blank=True)
    page = models.ForeignKey(Capture, null=True, on_delete=models.PROTECT, related_name="page_of")
    image = models.ForeignKey(Capture, null=True, on_delete=models.PROTECT, related_name="image_of")
    print = models.ForeignKey(Capture, null=True, on_delete=models.PROTECT, related_name="print_of")
    # How the picture was made, or why there is none.
    rendering = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="snapshot_state",
                condition=Q(state__in=[state.value for state in SnapshotState]),
            )
        ]

    def __str__(self) -> str:
        return self.url
