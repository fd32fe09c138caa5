"""A unit where one person drafts and signs (đơn vị một người): the permit of its superior, and each use of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from hoiam.agencies.models import Agency
from hoiam.handling.models.case import Case


class SoleSignerPermit(models.Model):
    """The superior lets one person of this agency approve what the same person drafted, until taken back."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="sole_signer_permits")
    reason = models.TextField()
    allowed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    allowed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency"], name="one_sole_signer_permit", condition=Q(ended_at=None)
            )
        ]

    def __str__(self) -> str:
        return str(self.agency)


class FourEyesException(models.Model):
    """One paper approved by who drafted it: why, and which superior was told (ngoại lệ hai người)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="four_eyes_exceptions")
    reason = models.TextField()
    superior = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.reason
