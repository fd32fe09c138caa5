"""A question to the unit concerned: is this true? With the words as they stood when it was asked, and the answer."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from hoiam.agencies.models import Agency
from hoiam.core.scope import ScopedManager
from hoiam.newsroom.states.submissions import FactCheckState, Verdict


class FactCheck(models.Model):
    """One question (yêu cầu kiểm chứng); `subject_key` says of what: "submission:5", "workbench:12".

    `excerpt` is frozen: the answer is about these words, whatever the text becomes.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="fact_checks_asked")
    asked_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="fact_checks")
    subject_key = models.CharField(max_length=80, db_index=True)
    subject_title = models.CharField("tên bài", max_length=300)
    excerpt = models.TextField("đoạn cần kiểm chứng")
    question = models.TextField("câu hỏi")
    email = models.EmailField("gửi đường dẫn tới", blank=True)
    due_at = models.DateTimeField("hạn trả lời")
    state = models.CharField(
        max_length=10, choices=FactCheckState.choices, default=FactCheckState.ASKED
    )
    verdict = models.CharField(max_length=8, choices=Verdict.choices, blank=True)
    answer = models.TextField("câu trả lời", blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_name = models.CharField("người trả lời", max_length=200, blank=True)
    answered_at = models.DateTimeField("trả lời lúc", null=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField("hỏi lúc")
    reminded_at = models.DateTimeField(null=True)

    objects = ScopedManager()

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="fact_check_state", condition=Q(state__in=[*FactCheckState.values])
            ),
            models.CheckConstraint(
                name="fact_check_answered",
                condition=~Q(state="answered") | (~Q(verdict="") & ~Q(answered_name="")),
            ),
        ]
        indexes = [models.Index(fields=["asked_agency", "state", "due_at"])]

    def __str__(self) -> str:
        return self.subject_title
