"""What the press asks of an agency (yêu cầu của báo chí), the units' content, and the texts of an interview."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from hoiam.agencies.models import Agency, PressAgency, Reporter
from hoiam.core.scope import ScopedManager
from hoiam.handling.models.case import Case
from hoiam.handling.models.evidence import Evidence
from hoiam.handling.states import (
    EnquiryChannel,
    EnquiryKind,
    EnquiryState,
    StatementForm,
    TextStage,
)


class Enquiry(models.Model):
    """One request of the press. `acknowledged_at` is not `answered_at`: I3 counts the second."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="enquiries")
    year = models.PositiveSmallIntegerField()
    ordinal = models.PositiveIntegerField()
    code = models.CharField("mã tra cứu", max_length=40, unique=True)
    press_agency = models.ForeignKey(
        PressAgency, null=True, blank=True, on_delete=models.PROTECT, related_name="enquiries"
    )
    outlet = models.CharField("cơ quan báo chí", max_length=200)
    reporter = models.ForeignKey(
        Reporter, null=True, blank=True, on_delete=models.SET_NULL, related_name="enquiries"
    )
    reporter_name = models.CharField("phóng viên", max_length=120)
    card_number = models.CharField("số thẻ nhà báo", max_length=40, blank=True)
    contact = models.CharField("liên hệ", max_length=250)
    kind = models.CharField("đề nghị", max_length=16, choices=EnquiryKind.choices)
    channel = models.CharField("đường đến", max_length=12, choices=EnquiryChannel.choices)
    purpose = models.TextField("mục đích")
    questions = models.TextField("câu hỏi")
    wished_at = models.DateTimeField("mong được trả lời trước", null=True, blank=True)
    is_reported_matter = models.BooleanField("sự việc báo chí đã nêu", default=False)
    is_from_authority = models.BooleanField("của cơ quan chỉ đạo, quản lý báo chí", default=False)
    received_at = models.DateTimeField("nhận lúc")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    sender_key = models.CharField(max_length=64, blank=True)
    acknowledge_due_at = models.DateTimeField(null=True)
    answer_due_at = models.DateTimeField(null=True)
    state = models.CharField(
        max_length=12, choices=EnquiryState.choices, default=EnquiryState.RECEIVED
    )
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    case = models.ForeignKey(
        Case, null=True, blank=True, on_delete=models.SET_NULL, related_name="enquiries"
    )
    acknowledged_at = models.DateTimeField("xác nhận lúc", null=True)
    draft = models.TextField("dự thảo trả lời", blank=True)
    draft_version = models.PositiveIntegerField(default=0)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField("trả lời lúc", null=True)
    answer_form = models.CharField(max_length=12, choices=StatementForm.choices, blank=True)
    answer = models.TextField("nội dung đã trả lời", blank=True)
    answer_url = models.URLField(max_length=1000, blank=True)
    spokesperson = models.CharField("người trả lời", max_length=150, blank=True)
    refused_at = models.DateTimeField("từ chối lúc", null=True)
    refusal_ground = models.CharField("căn cứ từ chối", max_length=30, blank=True)
    refusal_reason = models.TextField("lý do từ chối", blank=True)
    referred_at = models.DateTimeField(null=True)
    referred_to = models.CharField("hướng dẫn đến", max_length=250, blank=True)
    discarded_reason = models.CharField(max_length=250, blank=True)
    review_demanded_at = models.DateTimeField("yêu cầu xem lại trước khi đăng lúc", null=True)
    review_demanded_by = models.CharField(max_length=150, blank=True)
    fictional = models.BooleanField(default=False)

    objects = ScopedManager()

    class Meta:
        ordering = ["-received_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "year", "ordinal"], name="enquiry_number_once"
            ),
            models.CheckConstraint(
                name="enquiry_state", condition=Q(state__in=[s.value for s in EnquiryState])
            ),
            models.CheckConstraint(
                name="enquiry_answered_with_time",
                condition=Q(state=EnquiryState.ANSWERED, answered_at__isnull=False)
                | (~Q(state=EnquiryState.ANSWERED) & Q(answered_at=None)),
            ),
            models.CheckConstraint(
                name="enquiry_refused_with_ground",
                condition=~Q(state=EnquiryState.REFUSED)
                | (~Q(refused_at=None) & ~Q(refusal_ground="") & ~Q(refusal_reason="")),
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "state", "received_at"]),
            models.Index(fields=["sender_key", "received_at"], name="enquiry_sender"),
        ]

    def __str__(self) -> str:
        return f"{self.number} · {self.outlet}"

    @property
    def number(self) -> str:
        """What people call it: "ĐN 12/2026"."""
        return f"ĐN {self.ordinal}/{self.year}"


class ContentRequest(models.Model):
    """What a unit was asked to supply for an answer (NĐ 244/2026 Đ4.2: fully, in time, accurately)."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="content_requests")
    unit = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="content_requests")
    what = models.TextField("cần cung cấp")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField("hạn cung cấp")
    content = models.TextField("nội dung đơn vị cung cấp", blank=True)
    supplied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    supplied_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["asked_at", "id"]

    def __str__(self) -> str:
        return f"{self.unit}: {self.what[:60]}"


class InterviewText(models.Model):
    """One text of an interview as it was sent, came back, was agreed or printed; never altered."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="texts")
    stage = models.CharField(max_length=12, choices=TextStage.choices)
    text = models.TextField()
    digest = models.CharField("SHA-256", max_length=64)
    url = models.URLField(max_length=1000, blank=True)
    at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()
    evidence = models.ForeignKey(Evidence, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.get_stage_display()
