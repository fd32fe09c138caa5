"""The second net (lưới thứ hai) as it was taught, and the items it puts before a person."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from hoiam.core.scope import ScopedManager
from hoiam.monitoring.models.item import Item
from hoiam.monitoring.states import LookState, TrialState


class SecondNet(models.Model):
    """One teaching of the net: what it learned from, how it did on later items, and the model as plain data."""

    state = models.CharField(max_length=10, choices=TrialState.choices, default=TrialState.WAITING)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    accepted = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    background = models.PositiveIntegerField(default=0)
    figures = models.JSONField(
        default=dict
    )  # of the later items: items, positives, recall, precision
    threshold = models.FloatField(default=1.0)
    model = models.JSONField(default=dict)
    read_to = models.PositiveBigIntegerField(default=0)  # items up to this key were read by the net
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="net_state", condition=Q(state__in=[state.value for state in TrialState])
            ),
        ]

    def __str__(self) -> str:
        return f"Lưới thứ hai, lần {self.pk}"


class SecondLook(models.Model):
    """An item recognition passed over that the net puts before a person (Cần xem thêm)."""

    item = models.OneToOneField(Item, on_delete=models.CASCADE, related_name="second_look")
    net = models.ForeignKey(SecondNet, on_delete=models.PROTECT, related_name="looks")
    score = models.FloatField()
    reasons = models.JSONField(default=list)  # [{rule, field, start, end, text, weight}]
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=LookState.choices, default=LookState.OPEN)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    settled_at = models.DateTimeField(null=True)

    objects = ScopedManager()

    class Meta:
        ordering = ["-score", "-id"]
        indexes = [models.Index(fields=["state", "-score"])]
        constraints = [
            models.CheckConstraint(
                name="look_state", condition=Q(state__in=[state.value for state in LookState])
            ),
        ]

    def __str__(self) -> str:
        return str(self.item)
