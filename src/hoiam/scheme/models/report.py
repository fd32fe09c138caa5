"""The yearly report of one agency: I1–I6 of NĐ 244/2026 (Phụ lục) and what it says beside them."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from hoiam.agencies.models import Agency
from hoiam.core.scope import ScopedManager
from hoiam.scheme.states import ReportState


class IndicatorReport(models.Model):
    """One agency's figures for one statutory year; frozen when approved, so that what was sent is known for ever."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="indicator_reports")
    year = models.PositiveSmallIntegerField("năm báo cáo")
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.DRAFT)
    # {"I1": {"part": 3, "whole": None}, …} as counted at `counted_at`; the rows of the units below beside it.
    figures = models.JSONField(default=dict)
    units = models.JSONField(default=list)
    counted_at = models.DateTimeField()
    difficulties = models.TextField("khó khăn, vướng mắc", blank=True)
    proposals = models.TextField("đề xuất, kiến nghị", blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    accepted_at = models.DateTimeField(null=True)
    returned_why = models.TextField("lý do trả lại", blank=True)
    blob = models.CharField("SHA-256 của tệp Word đã gửi", max_length=64, blank=True)

    objects = ScopedManager()

    class Meta:
        ordering = ["-year", "agency__sort_key"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "year"], name="indicator_report_once_a_year"),
            models.CheckConstraint(
                name="indicator_report_state",
                condition=Q(state__in=[state.value for state in ReportState]),
            ),
            models.CheckConstraint(
                name="indicator_report_four_eyes",
                condition=Q(approved_by=None) | ~Q(approved_by=models.F("written_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"Báo cáo năm {self.year} của {self.agency}"
