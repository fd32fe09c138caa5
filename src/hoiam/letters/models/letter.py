"""Readers' letters as everybody of the unit may see them: no row here names who wrote."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from hoiam.agencies.models import Agency, PressAgency
from hoiam.core.scope import ScopedManager
from hoiam.letters.states import (
    Competence,
    ComplaintAbout,
    Condition,
    FilingReason,
    LetterChannel,
    LetterKind,
    LetterState,
    TellingWay,
)


def _official(**fields: object) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", **fields
    )  # type: ignore[return-value]


class ReaderLetter(models.Model):
    """One letter (đơn thư). `title` and `content` have names hidden; the letter as it came lies in `SealedText`.

    `received_at` is when the agency received it: every clock of receiving runs from it, also for parts split from it.
    `version` grows with every step, so that of two people at once the second is told.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="letters")
    year = models.PositiveSmallIntegerField()
    ordinal = models.PositiveIntegerField()
    code = models.CharField("mã tra cứu", max_length=40, unique=True)
    channel = models.CharField("đường đến", max_length=12, choices=LetterChannel.choices)
    press_agency = models.ForeignKey(
        PressAgency, null=True, on_delete=models.PROTECT, related_name="letters"
    )
    forwarder = models.CharField("cơ quan chuyển", max_length=200, blank=True)
    forward_number = models.CharField("số văn bản chuyển", max_length=80, blank=True)
    forward_on = models.DateField("ngày văn bản chuyển", null=True)
    title = models.CharField("trích yếu (đã che)", max_length=300)
    content = models.TextField("nội dung (đã che)")
    received_at = models.DateTimeField("nhận lúc")
    entered_by = _official()
    sender_key = models.CharField(max_length=64, blank=True)
    kind = models.CharField(
        "loại đơn", max_length=12, choices=LetterKind.choices, default=LetterKind.UNKNOWN
    )
    about = models.CharField(
        "khiếu nại về", max_length=16, choices=ComplaintAbout.choices, blank=True
    )
    condition = models.CharField("điều kiện", max_length=8, choices=Condition.choices, blank=True)
    competence = models.CharField(
        "thẩm quyền", max_length=8, choices=Competence.choices, blank=True
    )
    sorting_note = models.TextField("nhận xét khi phân loại", blank=True)
    signers = models.PositiveIntegerField("số người ký", default=1)
    is_anonymous = models.BooleanField("không rõ người gửi", default=False)
    round = models.CharField("lần giải quyết", max_length=1, default="1")
    state = models.CharField(
        max_length=12, choices=LetterState.choices, default=LetterState.RECEIVED
    )
    version = models.PositiveIntegerField(default=0)
    parent = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="parts_split"
    )
    came_from = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="handed_on"
    )
    repeat_of = models.ForeignKey(
        "self", null=True, on_delete=models.SET_NULL, related_name="repeats"
    )
    handed_to = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    guided_to = models.CharField("hướng dẫn đến", max_length=250, blank=True)
    filing = models.CharField("lý do lưu", max_length=16, choices=FilingReason.choices, blank=True)
    unit = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    holder = _official()
    accepted_at = models.DateTimeField("thụ lý lúc", null=True)
    draft = models.TextField("nội dung trả lời", blank=True)
    measures = models.TextField("biện pháp giải quyết, mỗi dòng một việc", blank=True)
    draft_version = models.PositiveIntegerField(default=0)
    drafted_by = _official()
    approved_by = _official()
    approved_at = models.DateTimeField("duyệt lúc", null=True)
    answer_number = models.CharField("số văn bản trả lời", max_length=80, blank=True)
    answer_on = models.DateField("ngày văn bản trả lời", null=True)
    answered_at = models.DateTimeField("trả lời lúc", null=True)
    told_citizen_at = models.DateTimeField("báo người gửi lúc", null=True)
    told_citizen_by = models.CharField(max_length=10, choices=TellingWay.choices, blank=True)
    told_press_at = models.DateTimeField("báo cơ quan báo chí lúc", null=True)
    told_press_number = models.CharField(max_length=80, blank=True)
    told_press_on = models.DateField(null=True)
    closed_at = models.DateTimeField("kết thúc lúc", null=True)
    wiped_at = models.DateTimeField("đã xóa danh tính lúc", null=True)
    fictional = models.BooleanField(default=False)

    objects = ScopedManager()

    class Meta:
        ordering = ["-received_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "year", "ordinal"], name="letter_number_once"
            ),
            models.CheckConstraint(
                name="letter_state", condition=Q(state__in=[s.value for s in LetterState])
            ),
            models.CheckConstraint(
                name="letter_kind", condition=Q(kind__in=[k.value for k in LetterKind])
            ),
            models.CheckConstraint(
                name="letter_answer_has_paper",
                condition=Q(answered_at=None) | (~Q(answer_number="") & ~Q(answer_on=None)),
            ),
            models.CheckConstraint(
                name="letter_closed_with_time",
                condition=~Q(state=LetterState.CLOSED) | ~Q(closed_at=None),
            ),
            models.CheckConstraint(
                name="letter_filed_with_reason",
                condition=~Q(state=LetterState.FILED) | ~Q(filing=""),
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "state", "received_at"], name="letter_state"),
            models.Index(fields=["sender_key", "received_at"], name="letter_sender"),
        ]

    def __str__(self) -> str:
        return f"{self.number} · {self.title}"

    @property
    def number(self) -> str:
        """What people call it: "ĐT 12/2026"."""
        return f"ĐT {self.ordinal}/{self.year}"

    @property
    def is_by_press(self) -> bool:
        """Whether a press agency forwarded it and must be told."""
        return self.channel == LetterChannel.PRESS
