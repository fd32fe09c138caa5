"""A task of a scheme, who does it, and how much is asked of whom."""

from django.db import models
from django.db.models import Q

from hoiam.agencies.models import Agency
from hoiam.core.scope import ScopedManager
from hoiam.scheme.models.scheme import Scheme, Theme
from hoiam.scheme.states import (
    AssignmentRole,
    AssignmentState,
    QuotaPeriod,
    Rhythm,
    TaskDue,
)


class Task(models.Model):
    """One task (nhiệm vụ): the paper's words for product, time, lead and coordinating units, and what the machine counts by.

    `time`, `lead` and `coordinating` keep the words of the paper even when they name bodies outside the System; units of the
    System that answer for it stand in `assignments`. `products` is a list of texts, empty when the paper names none.
    """

    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="tasks")
    ref = models.CharField("mục", max_length=30)
    group = models.CharField("nhóm nhiệm vụ", max_length=500, blank=True)
    title = models.TextField("nhiệm vụ")
    products = models.JSONField("sản phẩm", default=list, blank=True)
    time = models.CharField("thời gian thực hiện", max_length=300, blank=True)
    lead = models.TextField("đơn vị chủ trì", blank=True)
    coordinating = models.JSONField("đơn vị phối hợp", default=list, blank=True)
    informed = models.JSONField("đơn vị để biết", default=list, blank=True)
    # Who of the System answers, as a person confirmed: [{"role": "lead", "class": "provinces"}, {"role": …, "agency": 12}].
    units = models.JSONField("đơn vị trong Hệ thống được giao", default=list, blank=True)
    rhythm = models.CharField(max_length=10, choices=Rhythm.choices, default=Rhythm.CONTINUOUS)
    starts_on = models.DateField("từ ngày", null=True, blank=True)
    ends_on = models.DateField("đến ngày", null=True, blank=True)
    due_on = models.DateField("ngày hạn ghi trong văn bản", null=True, blank=True)
    due_kind = models.CharField(max_length=6, choices=TaskDue.choices, blank=True)
    per_year = models.PositiveSmallIntegerField("số lần mỗi năm", null=True, blank=True)
    theme = models.ForeignKey(
        Theme, null=True, blank=True, on_delete=models.SET_NULL, related_name="tasks"
    )
    # The task of the scheme that a yearly plan's task carries out.
    derived_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="derived"
    )
    order = models.PositiveIntegerField(default=0)
    # Where it stands in the text of the paper: {"start": …, "end": …}; empty for a task written by hand.
    span = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["scheme", "ref"], name="task_ref_once")]

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"


class Assignment(models.Model):
    """One unit's part in one task: a cell of the matrix. A unit merged away keeps its cells; its successor gets its own."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="assignments")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=12, choices=AssignmentRole.choices)
    state = models.CharField(
        max_length=6, choices=AssignmentState.choices, default=AssignmentState.OPEN
    )
    percent = models.PositiveSmallIntegerField("tiến độ, %", default=0)
    reason = models.TextField("lý do", blank=True)
    finished_at = models.DateTimeField(null=True)
    moved_at = models.DateTimeField("lần cuối có báo cáo", null=True)
    handed_from = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="handed_to"
    )

    objects = ScopedManager()

    class Meta:
        ordering = ["task__order", "agency__sort_key"]
        constraints = [
            models.UniqueConstraint(fields=["task", "agency"], name="assignment_once"),
            models.CheckConstraint(
                name="assignment_state",
                condition=Q(state__in=[state.value for state in AssignmentState]),
            ),
            models.CheckConstraint(name="assignment_percent", condition=Q(percent__lte=100)),
        ]
        indexes = [models.Index(fields=["agency", "state"])]

    def __str__(self) -> str:
        return f"{self.agency}: {self.task.ref}"


class Quota(models.Model):
    """How many pieces a unit owes on a channel in a period (chỉ tiêu bài): met by what was found or published, not by what is claimed."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="quotas")
    # None: every unit that leads the task.
    agency = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="quotas"
    )
    channel = models.CharField("kênh", max_length=200)
    period = models.CharField("kỳ", max_length=8, choices=QuotaPeriod.choices)
    count = models.PositiveIntegerField("số lượng")
    unit_word = models.CharField("đơn vị tính", max_length=30, default="bài")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="quota_count", condition=Q(count__gte=1)),
        ]

    def __str__(self) -> str:
        each = "" if self.period == QuotaPeriod.WHOLE else "mỗi "
        return (
            f"{self.count} {self.unit_word} {each}{self.get_period_display()} trên {self.channel}"
        )
