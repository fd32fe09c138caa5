"""Press conferences (họp báo): notices, invitations, what was asked, handed out and printed afterwards."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from hoiam.agencies.models import Agency, PressAgency, Reporter
from hoiam.core.scope import ScopedManager
from hoiam.handling.models.case import Case
from hoiam.handling.states import ConferenceKind, ConferenceState, InvitationReply
from hoiam.monitoring.models import Item


class PressConference(models.Model):
    """One press conference of one agency; I1 counts those held, by `held_at`."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="conferences")
    kind = models.CharField(
        max_length=12, choices=ConferenceKind.choices, default=ConferenceKind.CONFERENCE
    )
    title = models.CharField("tên cuộc họp báo", max_length=300)
    place = models.CharField("địa điểm", max_length=300, blank=True)
    online = models.BooleanField("trực tuyến", default=False)
    starts_at = models.DateTimeField("bắt đầu", null=True)
    ends_at = models.DateTimeField("kết thúc", null=True, blank=True)
    host = models.CharField("người chủ trì", max_length=200, blank=True)
    content = models.TextField("nội dung", blank=True)
    legality_documents = models.TextField(
        "tài liệu chứng minh tính hợp pháp của nội dung", blank=True
    )
    authority = models.CharField("cơ quan nhận thông báo", max_length=250, blank=True)
    case = models.ForeignKey(
        Case, null=True, blank=True, on_delete=models.SET_NULL, related_name="conferences"
    )
    needs_notice = models.BooleanField(default=True)
    no_notice_reason = models.CharField(max_length=250, blank=True)
    state = models.CharField(
        max_length=12, choices=ConferenceState.choices, default=ConferenceState.PLANNED
    )
    version = models.PositiveIntegerField(default=1)
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    planned_at = models.DateTimeField()
    notice_sent_at = models.DateTimeField("thông báo gửi lúc", null=True)
    notice_received_at = models.DateTimeField("cơ quan nhận lúc", null=True)
    forbidden_at = models.DateTimeField(null=True)
    forbidden_reason = models.TextField(blank=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_reason = models.TextField(blank=True)
    held_at = models.DateTimeField(null=True)
    minutes = models.TextField("biên bản", blank=True)
    minutes_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    fictional = models.BooleanField(default=False)

    objects = ScopedManager()

    class Meta:
        ordering = ["-starts_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="conference_state", condition=Q(state__in=[s.value for s in ConferenceState])
            ),
            models.CheckConstraint(
                name="conference_held_with_time",
                condition=Q(state=ConferenceState.HELD, held_at__isnull=False)
                | (~Q(state=ConferenceState.HELD) & Q(held_at=None)),
            ),
            models.CheckConstraint(
                name="conference_ends_after_start",
                condition=Q(ends_at=None) | Q(starts_at=None) | Q(ends_at__gt=F("starts_at")),
            ),
        ]
        indexes = [models.Index(fields=["agency", "state", "held_at"])]

    def __str__(self) -> str:
        return self.title


class ConferenceNotice(models.Model):
    """One written notice with what it said; a change of hour or content asks for another (NĐ 237/2026 Đ22.3–4)."""

    conference = models.ForeignKey(
        PressConference, on_delete=models.CASCADE, related_name="notices"
    )
    said = models.JSONField("những gì thông báo nêu", default=dict)
    starts_at = models.DateTimeField()
    authority = models.CharField(max_length=250)
    last_moment_at = models.DateTimeField("chậm nhất phải đến lúc")
    symbol = models.CharField("số, ký hiệu", max_length=60, blank=True)
    sent_at = models.DateTimeField()
    sent_how = models.CharField(max_length=200)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    late_reason = models.CharField(max_length=250, blank=True)
    received_at = models.DateTimeField(null=True)
    proof = models.CharField("chứng cứ cơ quan đã nhận", max_length=250, blank=True)

    class Meta:
        ordering = ["sent_at", "id"]

    def __str__(self) -> str:
        return f"{self.conference} · {self.authority}"


class Invitation(models.Model):
    """One press agency or reporter invited, or somebody who came without an invitation."""

    conference = models.ForeignKey(
        PressConference, on_delete=models.CASCADE, related_name="invitations"
    )
    press_agency = models.ForeignKey(
        PressAgency, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reporter = models.ForeignKey(
        Reporter, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    outlet = models.CharField("cơ quan báo chí", max_length=200)
    reporter_name = models.CharField("phóng viên", max_length=120, blank=True)
    contact = models.CharField(max_length=250, blank=True)
    card_number = models.CharField(max_length=40, blank=True)
    sent_at = models.DateTimeField(null=True)
    sent_how = models.CharField(max_length=100, blank=True)
    reply = models.CharField(
        max_length=10, choices=InvitationReply.choices, default=InvitationReply.NONE
    )
    replied_at = models.DateTimeField(null=True)
    is_present = models.BooleanField(null=True)
    is_walk_in = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "outlet", "reporter_name"], name="invited_once"
            )
        ]

    def __str__(self) -> str:
        return " · ".join(part for part in (self.outlet, self.reporter_name) if part)


class PressQuestion(models.Model):
    """One question at a conference; a promised answer is a task with a day and a holder."""

    conference = models.ForeignKey(
        PressConference, on_delete=models.CASCADE, related_name="questions"
    )
    outlet = models.CharField("cơ quan báo chí", max_length=200)
    reporter_name = models.CharField("phóng viên", max_length=120, blank=True)
    question = models.TextField("câu hỏi")
    answered_by = models.CharField("người trả lời", max_length=150, blank=True)
    answer = models.TextField("trả lời tại chỗ", blank=True)
    promised_at = models.DateTimeField("hẹn trả lời trước", null=True)
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    kept_at = models.DateTimeField("đã trả lời lúc", null=True)
    kept_note = models.TextField(blank=True)
    consent_at = models.DateTimeField("đồng ý dùng làm phỏng vấn lúc", null=True)
    consent_by = models.CharField(max_length=150, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["promised_at"],
                name="question_promised",
                condition=Q(promised_at__isnull=False, kept_at=None),
            )
        ]

    def __str__(self) -> str:
        return self.question[:80]


class Handout(models.Model):
    """One document given out at a conference."""

    conference = models.ForeignKey(
        PressConference, on_delete=models.CASCADE, related_name="handouts"
    )
    title = models.CharField("tên tài liệu", max_length=250)
    url = models.URLField(max_length=1000, blank=True)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title


class Coverage(models.Model):
    """What the press wrote after a conference, found later."""

    conference = models.ForeignKey(
        PressConference, on_delete=models.CASCADE, related_name="coverage"
    )
    item = models.ForeignKey(
        Item, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    outlet = models.CharField(max_length=200)
    title = models.CharField(max_length=500)
    url = models.URLField(max_length=1000, blank=True)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "item"], name="covered_once", condition=~Q(item=None)
            )
        ]

    def __str__(self) -> str:
        return self.title
