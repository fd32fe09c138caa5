"""Whom a unit wants told: its own rows in place of the product defaults, and the lines of the unit as a whole."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from hoiam.agencies.models import Agency
from hoiam.core.scope import ScopedManager
from hoiam.monitoring.states import Carrier, Hours, Recipient


class Routing(models.Model):
    """A unit that changed the defaults; without this row the defaults hold (báo tin và leo thang)."""

    agency = models.OneToOneField(Agency, on_delete=models.CASCADE, related_name="routing")
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    ministry_email = models.EmailField("hộp thư Văn phòng Bộ", blank=True)

    def __str__(self) -> str:
        return str(self.agency)


class Route(models.Model):
    """One row: who is told of one severity, and when."""

    routing = models.ForeignKey(Routing, on_delete=models.CASCADE, related_name="routes")
    severity = models.PositiveSmallIntegerField()
    recipient = models.CharField(max_length=20, choices=Recipient.choices)
    hours = models.CharField(max_length=8, choices=Hours.choices, default=Hours.ANY)

    class Meta:
        ordering = ["severity", "id"]
        constraints = [
            models.UniqueConstraint(fields=["routing", "severity", "recipient"], name="route_once"),
            models.CheckConstraint(
                name="route_severity", condition=Q(severity__gte=1, severity__lte=3)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.severity} → {self.get_recipient_display()}"


class EscalationStep(models.Model):
    """One step up when nobody acknowledged: to whom, how many minutes after the step before."""

    routing = models.ForeignKey(Routing, on_delete=models.CASCADE, related_name="steps")
    severity = models.PositiveSmallIntegerField()
    ordinal = models.PositiveSmallIntegerField()
    recipient = models.CharField(max_length=20, choices=Recipient.choices)
    minutes = models.PositiveIntegerField()
    office = models.BooleanField("chỉ tính giờ làm việc", default=False)

    class Meta:
        ordering = ["severity", "ordinal"]
        constraints = [
            models.UniqueConstraint(
                fields=["routing", "severity", "recipient"], name="escalation_step_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.severity}.{self.ordinal} → {self.get_recipient_display()}"


class UnitLine(models.Model):
    """A line of a whole unit (kênh của đơn vị): a webhook, or an address of a chat service."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="lines")
    carrier = models.CharField(
        max_length=8,
        choices=[(c.value, c.label) for c in (Carrier.WEBHOOK, Carrier.CHAT)],
        default=Carrier.WEBHOOK,
    )
    label = models.CharField("tên gọi", max_length=100)
    # Of a chat service it holds the token: shown to nobody once saved.
    address = models.CharField("địa chỉ nhận", max_length=500)
    secret = models.CharField("khóa ký", max_length=64, blank=True)
    least_severity = models.PositiveSmallIntegerField("từ mức độ", default=2)
    is_paused = models.BooleanField("tạm dừng", default=False)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = ScopedManager()

    class Meta:
        ordering = ["label", "id"]
        constraints = [
            models.CheckConstraint(
                name="unit_line_carrier", condition=Q(carrier__in=[Carrier.WEBHOOK, Carrier.CHAT])
            ),
        ]

    def __str__(self) -> str:
        return self.label
