"""Legal questions of citizens: asked, drafted, checked by a lawyer, published or answered to the asker alone."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from hoiam.agencies.models import Agency
from hoiam.core.scope import ScopedManager
from hoiam.letters.models.answer import PublishedAnswer
from hoiam.letters.models.letter import ReaderLetter
from hoiam.letters.states import LetterChannel, QuestionState, Topic


def _official(related: str) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name=related
    )


class LegalQuestion(models.Model):
    """One question. `asked` has names hidden; `question` is how the public will read it."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="legal_questions")
    year = models.PositiveSmallIntegerField()
    ordinal = models.PositiveIntegerField()
    code = models.CharField("mã tra cứu", max_length=40, unique=True)
    channel = models.CharField("đường đến", max_length=12, choices=LetterChannel.choices)
    letter = models.OneToOneField(
        ReaderLetter, null=True, on_delete=models.PROTECT, related_name="legal_question"
    )
    asked = models.TextField("câu hỏi đã nhận (đã che)")
    received_at = models.DateTimeField("nhận lúc")
    due_at = models.DateTimeField("hạn trả lời (mặc định)")
    entered_by = _official("+")
    sender_key = models.CharField(max_length=64, blank=True)
    state = models.CharField(
        max_length=12, choices=QuestionState.choices, default=QuestionState.ASKED
    )
    question = models.TextField("câu hỏi đăng công khai", blank=True)
    answer_html = models.TextField("giải đáp (HTML sạch)", blank=True)
    topic = models.CharField("nhóm việc", max_length=12, choices=Topic.choices, blank=True)
    laws = models.JSONField("căn cứ pháp luật", default=list)
    law_day = models.DateField("theo pháp luật ngày", null=True)
    draft_version = models.PositiveIntegerField(default=0)
    drafted_by = _official("+")
    checked_by = _official("+")
    checked_at = models.DateTimeField(null=True)
    check_note = models.TextField("ý kiến kiểm tra", blank=True)
    approved_by = _official("+")
    answered_at = models.DateTimeField("trả lời lúc", null=True)
    referred_to = models.CharField("hướng dẫn đến", max_length=250, blank=True)
    published = models.OneToOneField(
        PublishedAnswer, null=True, on_delete=models.PROTECT, related_name="source"
    )
    wiped_at = models.DateTimeField(null=True)
    fictional = models.BooleanField(default=False)

    objects = ScopedManager()

    class Meta:
        ordering = ["-received_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "year", "ordinal"], name="legal_question_number_once"
            ),
            models.CheckConstraint(
                name="legal_question_state", condition=Q(state__in=[s.value for s in QuestionState])
            ),
            models.CheckConstraint(
                name="legal_question_four_eyes",
                condition=Q(checked_by=None) | Q(drafted_by=None) | ~Q(checked_by=F("drafted_by")),
            ),
        ]
        indexes = [models.Index(fields=["agency", "state", "received_at"], name="legal_question")]

    def __str__(self) -> str:
        return f"{self.number} · {self.asked[:80]}"

    @property
    def number(self) -> str:
        """What people call it: "HĐ 3/2026"."""
        return f"HĐ {self.ordinal}/{self.year}"
