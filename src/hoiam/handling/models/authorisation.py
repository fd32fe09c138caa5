"""Authorisations (ủy quyền phát ngôn): one person, one case, from a day to a day; never passed on (NĐ 244/2026 Đ3.5–6)."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from hoiam.agencies.models import Agency, Official, Publication
from hoiam.core.scope import ScopedManager
from hoiam.handling.models.case import Case
from hoiam.handling.models.paper import Paper
from hoiam.handling.states.speaking import AuthorisationState
from hoiam.kit.vietnamese import VIETNAM


class Authorisation(models.Model):
    """A written authorisation for one case; its right ends by itself after its last day."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="authorisations")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="authorisations")
    official = models.ForeignKey(Official, on_delete=models.PROTECT, related_name="authorisations")
    title = models.CharField("chức vụ", max_length=120)
    matter = models.CharField("nội dung ủy quyền", max_length=250)
    from_on = models.DateField("từ ngày")
    to_on = models.DateField("đến hết ngày")
    state = models.CharField(
        max_length=10, choices=AuthorisationState.choices, default=AuthorisationState.DRAFT
    )
    paper = models.ForeignKey(Paper, null=True, on_delete=models.SET_NULL, related_name="+")
    number = models.CharField("giấy ủy quyền số", max_length=80, blank=True)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    drafted_at = models.DateTimeField()
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    signed_at = models.DateTimeField(null=True)
    is_listed = models.BooleanField("hiện trên danh sách công khai", default=False)
    publication = models.OneToOneField(
        Publication, null=True, on_delete=models.SET_NULL, related_name="authorisation"
    )
    revoked_at = models.DateTimeField(null=True)
    revoke_reason = models.TextField(blank=True)

    objects = ScopedManager()

    class Meta:
        ordering = ["-from_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="authorisation_state",
                condition=Q(state__in=[state.value for state in AuthorisationState]),
            ),
            models.CheckConstraint(
                name="authorisation_dates", condition=Q(to_on__gte=F("from_on"))
            ),
            models.CheckConstraint(
                name="authorisation_not_for_oneself",
                condition=Q(signed_by=None) | ~Q(signed_by=F("official")),
            ),
            models.CheckConstraint(
                name="authorisation_four_eyes",
                condition=Q(signed_by=None) | ~Q(signed_by=F("drafted_by")),
            ),
        ]
        indexes = [models.Index(fields=["agency", "to_on"])]

    def __str__(self) -> str:
        return f"{self.official}: {self.matter}"

    def gives_right_at(self, at: datetime) -> bool:
        """Whether its holder may speak at this moment: signed by then, within its days, not ended before."""
        day = at.astimezone(VIETNAM).date()
        return bool(
            self.signed_at is not None
            and self.signed_at <= at
            and self.from_on <= day <= self.to_on
            and (self.revoked_at is None or at < self.revoked_at)
        )
