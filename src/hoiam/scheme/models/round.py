"""A report round (đợt báo cáo): who ordered it, until when, and what its form asks."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q

from hoiam.agencies.models import Agency
from hoiam.core.scope import ScopedManager
from hoiam.scheme.models.scheme import Scheme, SourcePaper
from hoiam.scheme.states import ReviewKind, RoundState, SectionKind, TaskDue

ONE_DAY = timedelta(days=1)


class ReportRound(models.Model):
    """One order to report. Its addressees are the rows of `reports`; its form the rows of `sections`."""

    title = models.CharField("tên đợt báo cáo", max_length=300)
    owner = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="report_rounds")
    scheme = models.ForeignKey(
        Scheme, null=True, blank=True, on_delete=models.PROTECT, related_name="rounds"
    )
    paper = models.ForeignKey(
        SourcePaper, null=True, blank=True, on_delete=models.PROTECT, related_name="rounds"
    )
    paper_number = models.CharField("số, ký hiệu văn bản giao", max_length=80, blank=True)
    paper_on = models.DateField("ngày văn bản giao", null=True, blank=True)
    review = models.CharField(
        "loại báo cáo tổng hợp",
        max_length=24,
        choices=ReviewKind.choices,
        default=ReviewKind.ROUND,
    )
    preset = models.CharField("mẫu gốc", max_length=40, blank=True)
    # The year whose emulation points this round counts in.
    year = models.PositiveSmallIntegerField("năm thi đua")
    period_from = models.DateField("số liệu từ ngày", null=True, blank=True)
    period_to = models.DateField("số liệu đến ngày", null=True, blank=True)
    due_on = models.DateField("ngày hạn ghi trong văn bản")
    due_kind = models.CharField(max_length=6, choices=TaskDue.choices, default=TaskDue.BEFORE)
    channel = models.CharField("hình thức, nơi gửi", max_length=300, blank=True)
    guidance = models.TextField("hướng dẫn thêm", blank=True)
    state = models.CharField(max_length=6, choices=RoundState.choices, default=RoundState.DRAFT)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    objects = ScopedManager()

    class Meta:
        ordering = ["-due_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="report_round_state",
                condition=Q(state__in=[state.value for state in RoundState]),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def last_day(self) -> date:
        """The last day on which a report is in time: “trước ngày X” ends with the day before X."""
        return self.due_on - ONE_DAY if self.due_kind == TaskDue.BEFORE else self.due_on


class RoundSection(models.Model):
    """One thing the form of a round asks; see `hoiam.kit.papers.report_form.FormSection`."""

    round = models.ForeignKey(ReportRound, on_delete=models.CASCADE, related_name="sections")
    key = models.SlugField("mã", max_length=40)
    order = models.PositiveSmallIntegerField(default=0)
    title = models.CharField("tên mục", max_length=300)
    kind = models.CharField("loại", max_length=6, choices=SectionKind.choices)
    # The "I. II." of the national report this section goes under.
    chapter = models.CharField("phần của báo cáo tổng hợp", max_length=200, blank=True)
    required = models.BooleanField("bắt buộc", default=True)
    help = models.CharField("hướng dẫn", max_length=500, blank=True)
    unit = models.CharField("đơn vị tính", max_length=40, blank=True)
    # [{"name", "label", "kind": text|number|date, "required", "parts": [names]}]
    columns = models.JSONField("cột", default=list, blank=True)
    # Keys of the figures this figure is the sum of.
    parts = models.JSONField("là tổng của", default=list, blank=True)
    per_task = models.BooleanField("mỗi nhiệm vụ của Đề án một dòng", default=False)

    class Meta:
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["round", "key"], name="round_section_once")]

    def __str__(self) -> str:
        return self.title
