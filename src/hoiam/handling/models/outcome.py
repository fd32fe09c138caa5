"""What proves a result (kết quả) when an obligation or a case closes, and the remedies inside the agency."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from hoiam.core.scope import ScopedManager
from hoiam.handling.models.case import Case
from hoiam.handling.models.clock import Obligation
from hoiam.handling.models.evidence import Evidence


class Outcome(models.Model):
    """One result code with what it needs beside (workflow.md §9); of an obligation, or of the whole case without one.

    `lacking` is what could not be shown; then `waived` says why the head closed all the same.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="outcomes")
    obligation = models.OneToOneField(
        Obligation, null=True, on_delete=models.SET_NULL, related_name="outcome"
    )
    letter = models.CharField(max_length=1, blank=True)
    result = models.CharField(max_length=30)
    link = models.URLField("địa chỉ", max_length=1000, blank=True)
    evidence = models.ForeignKey(Evidence, null=True, on_delete=models.PROTECT, related_name="+")
    place = models.CharField("nơi nhận, nơi đã chuyển", max_length=250, blank=True)
    ground = models.CharField("căn cứ từ chối", max_length=40, blank=True)
    original = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)
    lacking = models.TextField("điều còn thiếu", blank=True)
    waived = models.TextField("vì sao vẫn đóng", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="lacking_is_waived", condition=Q(lacking="") | ~Q(waived="")
            ),
        ]

    def __str__(self) -> str:
        return self.result


class Remedy(models.Model):
    """One thing put right inside because the paper was right (chấn chỉnh): planned with a due date, done with proof."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="remedies")
    what = models.TextField("việc chấn chỉnh")
    who = models.CharField("ai làm", max_length=200)
    due_on = models.DateField("xong trước hết ngày", null=True)
    due_at = models.DateTimeField(null=True)
    planned_at = models.DateTimeField()
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    done_note = models.TextField("kết quả", blank=True)
    evidence = models.ForeignKey(Evidence, null=True, on_delete=models.PROTECT, related_name="+")
    is_late = models.BooleanField(default=False)

    objects = ScopedManager()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["due_at"], name="remedy_open", condition=Q(done_at=None)),
        ]

    def __str__(self) -> str:
        return self.what
