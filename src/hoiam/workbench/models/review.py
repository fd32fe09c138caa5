"""A text put before a second person: which revision, who sent it, who decided, when it goes up."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from wagtail.models import Page, Revision

from hoiam.agencies.models import Agency
from hoiam.core.scope import ScopedManager
from hoiam.workbench.states import OPEN, ReviewState


class Review(models.Model):
    """One sending for review. What is approved is the revision named here, never what was typed later."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="reviews")
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=ReviewState.choices)
    note = models.CharField("điều cần người duyệt biết", max_length=500, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    sent_at = models.DateTimeField("gửi lúc")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField("quyết lúc", null=True)
    answer = models.TextField("lời của người duyệt, lý do", blank=True)
    # Why the writer decided alone, when nobody else could: kept for whoever checks later.
    exception = models.TextField("vì sao không có người thứ hai", blank=True)
    publish_at = models.DateTimeField("đăng lúc", null=True, blank=True)
    published_at = models.DateTimeField("đã đăng lúc", null=True)

    objects = ScopedManager()

    class Meta:
        ordering = ["-sent_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["page"],
                condition=Q(state__in=[state.value for state in OPEN]),
                name="review_open_once",
            ),
        ]
        indexes = [models.Index(fields=["state", "publish_at"])]

    def __str__(self) -> str:
        return f"{self.page.draft_title}: {self.get_state_display()}"
