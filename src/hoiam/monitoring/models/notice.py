"""Telling people: one notice a person, one delivery for each way it was sent, and how each person wants it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from hoiam.core.models import OutgoingMail
from hoiam.core.scope import ScopedManager
from hoiam.monitoring.models.routing import UnitLine
from hoiam.monitoring.models.signal import Signal
from hoiam.monitoring.models.story import Warning
from hoiam.monitoring.states import Carrier, DeliveryState, NoticeKind, Recipient


class NoticeChoice(models.Model):
    """How one person wants to be told (cách nhận tin)."""

    official = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_choice"
    )
    by_email = models.BooleanField("nhận qua thư điện tử", default=True)
    by_push = models.BooleanField("nhận trên trình duyệt", default=True)
    quiet_from = models.TimeField("yên lặng từ", null=True, blank=True)
    quiet_to = models.TimeField("đến", null=True, blank=True)
    may_break_quiet = models.BooleanField("tin nghiêm trọng được báo ngay", default=True)

    def __str__(self) -> str:
        return str(self.official)


class Subscription(models.Model):
    """One browser that takes push messages (trình duyệt nhận thông báo)."""

    official = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="subscriptions"
    )
    endpoint = models.URLField(max_length=1000, unique=True)
    p256dh = models.CharField(max_length=100)
    auth = models.CharField(max_length=40)
    label = models.CharField("trình duyệt", max_length=100)
    made_at = models.DateTimeField()
    last_sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return self.label


class Notice(models.Model):
    """One thing told to one person (thông báo), or to an office's mailbox when `official` is None; once for ever."""

    official = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="notices"
    )
    mailbox = models.EmailField(blank=True)
    kind = models.CharField(max_length=10, choices=NoticeKind.choices)
    key = models.CharField(max_length=160, unique=True)
    warning = models.ForeignKey(
        Warning, null=True, on_delete=models.CASCADE, related_name="notices"
    )
    signal = models.ForeignKey(Signal, null=True, on_delete=models.CASCADE, related_name="notices")
    severity = models.PositiveSmallIntegerField(default=0)
    # In what capacity the person was told: a recipient of the routing.
    recipient = models.CharField(max_length=20, choices=Recipient.choices, blank=True)
    title = models.TextField()
    text = models.TextField(blank=True)
    path = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    # When the first of its deliveries may go: later than `at` in quiet hours.
    due_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by_link = models.BooleanField(default=False)

    objects = ScopedManager()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="notice_to_somebody", condition=Q(official=None) ^ Q(mailbox="")
            ),
        ]
        indexes = [
            models.Index(fields=["official", "-at"]),
            models.Index(fields=["official"], name="notice_unread", condition=Q(read_at=None)),
            models.Index(fields=["warning", "kind"]),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def whom(self) -> str:
        """The person's name, or the mailbox."""
        return str(self.official) if self.official else self.mailbox


class Delivery(models.Model):
    """One sending (lượt gửi): to whom, by which carrier, when, how it ended."""

    notice = models.ForeignKey(
        Notice, null=True, on_delete=models.CASCADE, related_name="deliveries"
    )
    line = models.ForeignKey(
        UnitLine, null=True, on_delete=models.CASCADE, related_name="deliveries"
    )
    warning = models.ForeignKey(
        Warning, null=True, on_delete=models.CASCADE, related_name="deliveries"
    )
    subscription = models.ForeignKey(
        Subscription, null=True, on_delete=models.SET_NULL, related_name="deliveries"
    )
    mail = models.ForeignKey(OutgoingMail, null=True, on_delete=models.SET_NULL, related_name="+")
    carrier = models.CharField(max_length=8, choices=Carrier.choices)
    target = models.CharField(max_length=254)
    key = models.CharField(max_length=160, unique=True)
    payload = models.JSONField(default=dict)
    state = models.CharField(
        max_length=8, choices=DeliveryState.choices, default=DeliveryState.WAITING
    )
    queued_at = models.DateTimeField()
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    status = models.PositiveSmallIntegerField(default=0)
    fault = models.CharField(max_length=500, blank=True)
    instead_of = models.ForeignKey(
        "self", null=True, on_delete=models.SET_NULL, related_name="replaced_by"
    )
    carried_by = models.ForeignKey(
        "self", null=True, on_delete=models.SET_NULL, related_name="carries"
    )

    objects = ScopedManager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="delivery_of_one", condition=Q(notice=None) ^ Q(line=None)),
        ]
        indexes = [
            models.Index(fields=["state", "due_at"]),
            models.Index(fields=["line", "-id"]),
        ]

    def __str__(self) -> str:
        return f"{self.get_carrier_display()} → {self.target}"


class Escalation(models.Model):
    """One step up that was taken for a warning nobody had acknowledged; each at most once for a severity."""

    warning = models.ForeignKey(Warning, on_delete=models.CASCADE, related_name="escalations")
    severity = models.PositiveSmallIntegerField()
    recipient = models.CharField(max_length=20, choices=Recipient.choices)
    at = models.DateTimeField()
    told = models.PositiveSmallIntegerField(default=0)

    objects = ScopedManager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["warning", "severity", "recipient"], name="escalation_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.warning_id} → {self.get_recipient_display()}"
