"""Where our articles were printed again (báo đăng lại), and how far the machine has looked."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from hoiam.agencies.models import Channel
from hoiam.core.scope import ScopedManager
from hoiam.monitoring.models import Item
from hoiam.newsroom.models.article import Article
from hoiam.newsroom.states.distribution import FoundBy, PrintState


class PartnerPrint(models.Model):
    """One article of ours printed by one outlet. What is not known stays empty: no readers are counted, no time is made up."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="prints")
    item = models.ForeignKey(Item, null=True, on_delete=models.SET_NULL, related_name="prints")
    channel = models.ForeignKey(Channel, null=True, on_delete=models.SET_NULL, related_name="+")
    outlet = models.CharField("tên báo, kênh", max_length=200)
    title = models.TextField("tiêu đề trên báo", blank=True)
    url = models.URLField("đường dẫn", max_length=1000, blank=True)
    place = models.CharField("số báo, trang, giờ phát", max_length=150, blank=True)
    printed_at = models.DateTimeField("đăng lúc", null=True)
    seen_at = models.DateTimeField("thấy lúc")
    # Shares of 0 to 1; None when a person entered the print and nothing was compared.
    of_ours = models.FloatField("phần bài của ta có trên báo", null=True)
    of_theirs = models.FloatField("phần bài báo lấy từ ta", null=True)
    passages = models.JSONField(default=list, blank=True)
    reasons = models.JSONField(default=list, blank=True)
    found_by = models.CharField(max_length=8, choices=FoundBy.choices)
    state = models.CharField(max_length=10, choices=PrintState.choices, default=PrintState.FOUND)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    note = models.CharField("lý do", max_length=300, blank=True)

    objects = ScopedManager()

    class Meta:
        ordering = ["-seen_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["article", "item"], name="print_once"),
            models.CheckConstraint(
                name="print_state", condition=Q(state__in=[each.value for each in PrintState])
            ),
            models.CheckConstraint(
                name="print_shown_by_something", condition=~Q(url="") | ~Q(place="") | ~Q(item=None)
            ),
        ]
        indexes = [models.Index(fields=["state", "-seen_at"])]

    def __str__(self) -> str:
        return f"{self.outlet}: {self.article}"


class PrintMark(models.Model):
    """How far the look for reprints has come: the last item it took up. One row."""

    last_item = models.PositiveBigIntegerField(default=0)
