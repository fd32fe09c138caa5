"""Periodic duties (việc định kỳ): each time one is owed by one agency, and what was given for it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from hoiam.agencies.models import Agency
from hoiam.core.scope import ScopedManager
from hoiam.handling.states.speaking import DutyState


class Duty(models.Model):
    """One time of one periodic duty; raised once a period however often the job runs."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="duties")
    rule = models.CharField(max_length=12)
    title = models.CharField(max_length=200)
    what = models.TextField("phải làm gì")
    source = models.CharField("căn cứ", max_length=120)
    badge = models.CharField(max_length=120, blank=True)
    first = models.DateField("kỳ từ ngày")
    last = models.DateField("kỳ đến ngày")
    due_at = models.DateTimeField("hạn")
    raised_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=DutyState.choices, default=DutyState.OPEN)
    given = models.TextField("đã làm gì", blank=True)
    url = models.URLField("đường dẫn", max_length=1000, blank=True)
    done_at = models.DateTimeField("làm xong lúc", null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    settled_at = models.DateTimeField(null=True)

    objects = ScopedManager()

    class Meta:
        ordering = ["due_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "rule", "first"], name="duty_once_a_period"),
            models.CheckConstraint(
                name="duty_state", condition=Q(state__in=[state.value for state in DutyState])
            ),
            models.CheckConstraint(
                name="duty_settled_with_words", condition=Q(state="open") | ~Q(given="")
            ),
        ]
        indexes = [models.Index(fields=["agency", "state", "due_at"])]

    def __str__(self) -> str:
        return self.title

    @property
    def is_late(self) -> bool:
        """Whether it was done after its time."""
        return self.done_at is not None and self.done_at > self.due_at
