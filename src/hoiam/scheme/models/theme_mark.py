"""Which core theme of a scheme a published item is about: suggested from its words, chosen by a person."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from hoiam.monitoring.models import Item
from hoiam.scheme.models.scheme import Scheme, Theme
from hoiam.scheme.states.people import MarkState


class ThemeMark(models.Model):
    """One item in one scheme; `theme` None: none of the themes. What a person chose is never suggested over.

    Public fact about a public text: who sees it follows from who sees the item.
    """

    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="marks")
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="theme_marks")
    theme = models.ForeignKey(Theme, null=True, on_delete=models.SET_NULL, related_name="marks")
    state = models.CharField(max_length=10, choices=MarkState.choices, default=MarkState.SUGGESTED)
    # [{"field", "start", "end", "text", "weight", "theme"}]: what spoke for which theme.
    reasons = models.JSONField(default=list)
    lexicon = models.CharField("bản từ điển", max_length=40, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "item"], name="theme_mark_once"),
            models.CheckConstraint(
                name="theme_chosen_by_a_person",
                condition=Q(state=MarkState.SUGGESTED) | ~Q(by=None),
            ),
        ]

    def __str__(self) -> str:
        return str(self.theme or "ngoài các chủ đề")
