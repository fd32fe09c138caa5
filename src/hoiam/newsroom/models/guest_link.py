"""A link for somebody without an account: to send one piece, or to answer one question; it ends by itself."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from hoiam.newsroom.models.commission import Commission
from hoiam.newsroom.models.fact_check import FactCheck


class GuestLink(models.Model):
    """Only the SHA-256 of the secret in the link is kept: who reads the database cannot open it."""

    digest = models.CharField(max_length=64, unique=True)
    commission = models.ForeignKey(
        Commission, null=True, on_delete=models.CASCADE, related_name="links"
    )
    fact_check = models.ForeignKey(
        FactCheck, null=True, on_delete=models.CASCADE, related_name="links"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField("hết hiệu lực lúc")
    revoked_at = models.DateTimeField("thu hồi lúc", null=True)
    used_at = models.DateTimeField("đã dùng lúc", null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="guest_link_for_one_thing",
                condition=Q(commission=None, fact_check__isnull=False)
                | Q(commission__isnull=False, fact_check=None),
            )
        ]
