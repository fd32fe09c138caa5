"""A unit's report in a round: what it is writing, every version it sent, files that came in, who was chased, what was lost."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from hoiam.agencies.models import Agency
from hoiam.core.scope import ScopedManager
from hoiam.scheme.models.round import ReportRound
from hoiam.scheme.states import Fault, Loss, UnitReportState

PERSON = settings.AUTH_USER_MODEL


class UnitReport(models.Model):
    """One addressee of a round and what it is writing; a unit merged away keeps its row, its successor answers for it.

    `content` is what stands on the fill page (`report_form.Content`), sendable or not: nothing typed is refused.
    `version` counts the changes of `content`, so that two people at once are told of each other; `writers` are the keys of all
    who wrote since it was last sent: none of them approves it.
    """

    round = models.ForeignKey(ReportRound, on_delete=models.CASCADE, related_name="reports")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="unit_reports")
    state = models.CharField(
        max_length=9, choices=UnitReportState.choices, default=UnitReportState.DRAFT
    )
    content = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField(default=0)
    written_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    writers = models.JSONField("ai đã viết từ lần gửi trước", default=list, blank=True)
    saved_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    handed_back_why = models.TextField("lãnh đạo đơn vị yêu cầu sửa", blank=True)

    objects = ScopedManager()

    class Meta:
        ordering = ["agency__level", "agency__sort_key", "id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "agency"], name="unit_report_once"),
            models.CheckConstraint(
                name="unit_report_state",
                condition=Q(state__in=[state.value for state in UnitReportState]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency}: {self.round}"


class ReportVersion(models.Model):
    """One sending of a report, kept as it was received; `fault` says why the superior sent it back."""

    report = models.ForeignKey(UnitReport, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    findings = models.JSONField(default=list, blank=True)
    written_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    blob = models.CharField("SHA-256 của tệp Word đã gửi", max_length=64, blank=True)
    fault = models.CharField(max_length=10, choices=Fault.choices, blank=True)
    returned_why = models.TextField("lý do trả lại", blank=True)
    returned_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    returned_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="report_version_once"),
            models.CheckConstraint(
                name="report_version_four_eyes", condition=~Q(approved_by=F("written_by"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}, bản {self.number}"


class ReportScan(models.Model):
    """The signed PDF or the scan of a version, with what was found in its signatures; a scan has none."""

    version = models.ForeignKey(ReportVersion, on_delete=models.CASCADE, related_name="scans")
    blob = models.CharField(max_length=64)
    name = models.CharField("tên tệp", max_length=200)
    kind = models.CharField("loại tệp", max_length=100)
    size = models.PositiveIntegerField("dung lượng")
    is_signed = models.BooleanField("có chữ ký số", default=False)
    is_flagged = models.BooleanField("có điểm cần xem lại", default=False)
    findings = models.JSONField(default=list)  # [{code, ok, sentence}]
    signers = models.JSONField(default=list)  # [{name, issuer, serial, at, trust}]
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["version", "blob"], name="report_scan_once"),
        ]

    def __str__(self) -> str:
        return self.name


class ReportUpload(models.Model):
    """A filled file that came in, taken or not; the file is kept either way."""

    report = models.ForeignKey(UnitReport, on_delete=models.CASCADE, related_name="uploads")
    blob = models.CharField(max_length=64)
    file_name = models.CharField("tên tệp", max_length=200)
    taken = models.BooleanField(default=False)
    notes = models.JSONField(default=list, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return self.file_name


class ReportChase(models.Model):
    """One letter to a unit that has not sent (đôn đốc); by a person, or by the system in the morning (by: none)."""

    report = models.ForeignKey(UnitReport, on_delete=models.CASCADE, related_name="chases")
    day = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    text = models.TextField("lời đôn đốc", blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            # Once a day from people, once from the system: more is noise that is no longer read.
            models.UniqueConstraint(
                fields=["report", "day"], name="chase_once_a_day", condition=Q(by__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["report", "day"], name="own_chase_once_a_day", condition=Q(by=None)
            ),
        ]

    def __str__(self) -> str:
        return f"Đôn đốc {self.report}"


class ReportExplanation(models.Model):
    """Why a report was late, wrong or incomplete: asked by the superior, answered by the unit, weighed when points are waived."""

    report = models.OneToOneField(UnitReport, on_delete=models.CASCADE, related_name="explanation")
    question = models.TextField("điều cần giải trình")
    due_on = models.DateField("hạn giải trình")
    asked_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.TextField("giải trình", blank=True)
    answered_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"Giải trình: {self.report}"


class ScoreRule(models.Model):
    """How many points are lost for what, from a day on; a change is a new row, the old one stays."""

    loss = models.CharField(max_length=10, choices=Loss.choices)
    points = models.DecimalField("điểm trừ", max_digits=5, decimal_places=2)
    since = models.DateField("áp dụng cho hạn từ ngày")
    why = models.TextField("căn cứ")
    set_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        ordering = ["loss", "-since", "-id"]
        constraints = [
            models.CheckConstraint(name="score_rule_points", condition=Q(points__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.get_loss_display()}: {self.points}"


class ScoreWaiver(models.Model):
    """A loss of points not counted (miễn trừ điểm), by whom and why; withdrawn by a later row, never removed."""

    report = models.ForeignKey(UnitReport, on_delete=models.CASCADE, related_name="waivers")
    loss = models.CharField(max_length=10, choices=Loss.choices)
    reason = models.TextField("lý do")
    by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "loss"],
                name="score_waiver_once",
                condition=Q(withdrawn_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.report}: không trừ điểm {self.get_loss_display().lower()}"
