"""The synthesis of a round: one report made of all, part by part, with what people changed kept apart from what the machine wrote."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from hoiam.core.scope import ScopedManager
from hoiam.scheme.models.round import ReportRound
from hoiam.scheme.states import SynthesisState

PERSON = settings.AUTH_USER_MODEL


class Synthesis(models.Model):
    """The national report of a round in the making; `done` of `total` reports are read while it is being made."""

    round = models.OneToOneField(ReportRound, on_delete=models.CASCADE, related_name="synthesis")
    state = models.CharField(
        max_length=7, choices=SynthesisState.choices, default=SynthesisState.WAITING
    )
    run = models.PositiveIntegerField("lần ghép", default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    fault = models.CharField("vì sao ghép không xong", max_length=300, blank=True)
    # Reports counted, those missing, figures by key: what tables and charts are drawn from.
    figures = models.JSONField(default=dict, blank=True)
    asked_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)
    blob = models.CharField("SHA-256 của tệp Word", max_length=64, blank=True)
    written_at = models.DateTimeField("lúc lập tệp Word", null=True)
    word_fault = models.CharField("vì sao chưa lập được Word", max_length=500, blank=True)

    objects = ScopedManager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="synthesis_state",
                condition=Q(state__in=[state.value for state in SynthesisState]),
            )
        ]

    def __str__(self) -> str:
        return f"Tổng hợp: {self.round}"


class SynthesisPart(models.Model):
    """One section of the synthesis.

    `text` stands in the report. `made` is what the machine writes from the reports now, `source` its hash; `seen` the
    hash the text was made or edited against. Edited text is never overwritten: when `seen` differs from `source`, the
    new text is offered beside it.
    """

    synthesis = models.ForeignKey(Synthesis, on_delete=models.CASCADE, related_name="parts")
    key = models.CharField(max_length=60)
    order = models.PositiveSmallIntegerField(default=0)
    chapter = models.CharField("phần", max_length=200, blank=True)
    title = models.CharField("mục", max_length=300)
    text = models.TextField(blank=True)
    made = models.TextField(blank=True)
    source = models.CharField(max_length=64, blank=True)
    seen = models.CharField(max_length=64, blank=True)
    # [{"id", "province", "text", "units": [names], "count"}], folded, most common first.
    paragraphs = models.JSONField(default=list, blank=True)
    included = models.BooleanField("đưa vào báo cáo", default=True)
    edited = models.BooleanField(default=False)
    edited_by = models.ForeignKey(PERSON, null=True, on_delete=models.PROTECT, related_name="+")
    edited_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["synthesis", "key"], name="synthesis_part_once")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def has_news(self) -> bool:
        """Whether the reports say something else now than when this text was written."""
        return self.edited and self.seen != self.source
