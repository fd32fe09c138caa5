"""Legal answers that stand on the public site."""

from django.db import models
from django.db.models import Q

from hoiam.agencies.models import Agency
from hoiam.core.scope import ScopedManager
from hoiam.letters.states import Topic


class PublishedAnswer(models.Model):
    """One question and its answer as the public reads them, with the law as it stood on `law_day`.

    `laws` are the instruments the answer cites, as people write them ("Luật Báo chí 126/2025/QH15"). `reviewed_at` is when a
    lawyer last said that they hold; `is_under_review` while one of them changed and nobody has looked since. `words` are the
    texts folded, to be searched without marks.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="legal_answers")
    slug = models.SlugField(max_length=160, unique=True)
    question = models.TextField("câu hỏi")
    answer_html = models.TextField("trả lời (HTML sạch)")
    topic = models.CharField("nhóm việc", max_length=12, choices=Topic.choices)
    laws = models.JSONField("căn cứ pháp luật", default=list)
    law_day = models.DateField("theo pháp luật ngày")
    words = models.TextField()
    published_at = models.DateTimeField("đăng lúc")
    reviewed_at = models.DateTimeField("rà soát lúc")
    is_under_review = models.BooleanField("đang rà soát", default=False)
    review_reason = models.TextField("vì sao phải rà soát", blank=True)
    withdrawn_at = models.DateTimeField("rút lúc", null=True)
    withdrawn_reason = models.TextField("lý do rút", blank=True)
    fictional = models.BooleanField(default=False)

    objects = ScopedManager()

    class Meta:
        ordering = ["-published_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="answer_review_has_reason",
                condition=Q(is_under_review=False) | ~Q(review_reason=""),
            )
        ]
        indexes = [models.Index(fields=["topic", "-published_at"], name="answer_topic")]

    def __str__(self) -> str:
        return self.question
