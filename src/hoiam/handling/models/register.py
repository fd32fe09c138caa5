"""The register of outgoing papers beside the papers the house writes: numbers used elsewhere, signed files that came back."""

from django.conf import settings
from django.db import models

from hoiam.agencies.models import Agency
from hoiam.core.scope import ScopedManager
from hoiam.handling.models.evidence import Evidence
from hoiam.handling.models.paper import Paper


class OutsideNumber(models.Model):
    """A number of the series used for a paper made outside the house (số cấp ngoài hệ thống), so that no gap is left."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="outside_numbers")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    symbol = models.CharField("số, ký hiệu", max_length=60)
    issued_on = models.DateField("ngày văn bản")
    subject = models.CharField("trích yếu", max_length=500)
    addressee = models.CharField("nơi nhận", max_length=250, blank=True)
    signer = models.CharField("người ký", max_length=120, blank=True)
    reason = models.TextField("lý do cấp ngoài hệ thống")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    cancelled_reason = models.TextField("lý do hủy số", blank=True)

    objects = ScopedManager()

    class Meta:
        ordering = ["year", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "year", "number"], name="outside_number_once"
            ),
        ]

    def __str__(self) -> str:
        return self.symbol


class SignedFile(models.Model):
    """The signed PDF of an approved paper as it came back, with what was found in it (bản ký số)."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="signed_files")
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    is_flagged = models.BooleanField("có điểm cần xem lại", default=False)
    findings = models.JSONField(default=list)  # [{code, ok, sentence}]
    signers = models.JSONField(default=list)  # [{name, issuer, serial, at, trust}]

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return str(self.evidence)
