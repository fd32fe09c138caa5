"""What a spokesperson said on a case (phát ngôn): it ends the 24-hour clocks and is counted in I4 and I5."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from hoiam.handling.models.authorisation import Authorisation
from hoiam.handling.models.case import Case
from hoiam.handling.states import SpeakingBasis, StatementForm


class Statement(models.Model):
    """One statement in one of the five forms; statements on one case are shown together (NĐ 244/2026 Đ8).

    `basis` is blank only in rows older than the check of the right to speak.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="statements")
    at = models.DateTimeField("thời điểm phát ngôn")
    form = models.CharField("hình thức", max_length=12, choices=StatementForm.choices)
    spokesperson = models.CharField("người phát ngôn", max_length=150)
    official = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="statements"
    )
    basis = models.CharField(
        "quyền phát ngôn", max_length=12, choices=SpeakingBasis.choices, blank=True
    )
    authorisation = models.ForeignKey(
        Authorisation, null=True, on_delete=models.PROTECT, related_name="statements"
    )
    outside_reason = models.TextField("vì sao người ngoài phát ngôn", blank=True)
    text = models.TextField("nội dung")
    url = models.URLField("địa chỉ đăng", max_length=1000, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                name="statement_authorised_cites",
                condition=~Q(basis="authorised") | ~Q(authorisation=None),
            ),
            models.CheckConstraint(
                name="statement_outside_with_reason",
                condition=~Q(basis="outside") | ~Q(outside_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]
