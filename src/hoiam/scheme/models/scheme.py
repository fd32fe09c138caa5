"""A scheme, programme or plan (Đề án, chương trình, kế hoạch), the paper it came from, and its themes."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from hoiam.agencies.models import Agency
from hoiam.core.scope import ScopedManager
from hoiam.scheme.states import SchemeKind, SchemeState, SourcePaperState


class SourcePaper(models.Model):
    """A paper that gives work, as it came in: the file is kept, what the machine read stands beside what a person confirmed.

    `reading` is what `kit.papers.read_paper` said (contracts: Papers, with spans); `confirmed` the same shape after a person
    mended it, empty until then. Nothing is created from a paper before it is confirmed.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="source_papers")
    blob = models.CharField("SHA-256 của tệp", max_length=64)
    file_name = models.CharField("tên tệp", max_length=200)
    text = models.TextField("chữ đọc được", blank=True)
    reading = models.JSONField(default=dict)
    confirmed = models.JSONField(default=dict)
    state = models.CharField(
        max_length=10, choices=SourcePaperState.choices, default=SourcePaperState.READ
    )
    # Counts the savings: who saves over another's newer words is told, and keeps his own on the page.
    edition = models.PositiveIntegerField("lần lưu", default=0)
    note = models.TextField("ghi chú", blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField()
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    settled_at = models.DateTimeField(null=True)

    objects = ScopedManager()

    class Meta:
        ordering = ["-added_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="source_paper_state",
                condition=Q(state__in=[state.value for state in SourcePaperState]),
            )
        ]

    def __str__(self) -> str:
        return self.file_name


class Scheme(models.Model):
    """Work given by a paper to many units; a yearly plan stands under its scheme, a later paper may replace an earlier one."""

    kind = models.CharField("loại", max_length=12, choices=SchemeKind.choices)
    title = models.CharField("tên", max_length=500)
    short = models.CharField("tên gọi tắt", max_length=80, blank=True)
    number = models.CharField("số, ký hiệu văn bản", max_length=60, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    issuer = models.CharField("cơ quan ban hành", max_length=200, blank=True)
    signer = models.CharField("người ký", max_length=200, blank=True)
    starts_on = models.DateField("từ ngày", null=True, blank=True)
    ends_on = models.DateField("đến ngày", null=True, blank=True)
    state = models.CharField(max_length=8, choices=SchemeState.choices, default=SchemeState.DRAFT)
    # Who runs it: the centre for a scheme of the ministry, a province for its own plan.
    owner = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="schemes")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="plans"
    )
    replaces = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    paper = models.ForeignKey(
        SourcePaper, null=True, blank=True, on_delete=models.PROTECT, related_name="schemes"
    )
    published = models.BooleanField("công khai bản rút gọn", default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()

    objects = ScopedManager()

    class Meta:
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="scheme_state", condition=Q(state__in=[state.value for state in SchemeState])
            ),
            models.CheckConstraint(
                name="scheme_dates",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.short or self.title


class Theme(models.Model):
    """One core content theme (nội dung trọng tâm) of a scheme; what is published is counted by it."""

    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="themes")
    number = models.PositiveSmallIntegerField("số thứ tự")
    text = models.TextField("nội dung trọng tâm")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["scheme", "number"], name="theme_once")]

    def __str__(self) -> str:
        return self.text
