"""The watch on an outlet (theo dõi báo thực hiện): one for each paper and place, its looks, and what people recorded."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from hoiam.agencies.models import Channel
from hoiam.agencies.states import MediaType
from hoiam.core.scope import ScopedManager
from hoiam.handling.models.case import Case
from hoiam.handling.models.evidence import Evidence
from hoiam.handling.models.paper import Paper
from hoiam.handling.states import LookPlace, LookResult, ReplyKind, WatchAim, WatchState
from hoiam.monitoring.models import Capture, Item, Version


class OutletWatch(models.Model):
    """What is expected of one outlet after one paper: where, by when, how long; its state is what people confirmed.

    The rule's words are frozen as they were when the outlet received the paper. `proposal` is what looks suggest: it is
    never counted before a person confirms it.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="watches")
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="watches")
    item = models.ForeignKey(Item, null=True, on_delete=models.PROTECT, related_name="watches")
    channel = models.ForeignKey(
        Channel, null=True, on_delete=models.PROTECT, related_name="watches"
    )
    outlet = models.CharField("báo", max_length=200)
    media_type = models.CharField("loại hình", max_length=20, choices=MediaType.choices)
    is_original = models.BooleanField("bài gốc", default=True)
    aim = models.CharField("điều chờ", max_length=12, choices=WatchAim.choices)

    rule = models.CharField(max_length=12, blank=True)
    source = models.CharField(max_length=250, blank=True)
    badge = models.CharField(max_length=120, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    where = models.CharField("nơi phải đăng", max_length=250, blank=True)
    how = models.CharField("cách đăng", max_length=400, blank=True)
    started_at = models.DateTimeField("báo nhận văn bản")
    due_at = models.DateTimeField(null=True)
    keep_until = models.DateTimeField("giữ đến", null=True)
    keep_badge = models.CharField(max_length=120, blank=True)

    state = models.CharField(max_length=12, choices=WatchState.choices, default=WatchState.WAITING)
    state_at = models.DateTimeField()
    found_url = models.URLField("nơi đã đăng", max_length=1000, blank=True)
    proposal = models.CharField(max_length=12, choices=ReplyKind.choices, blank=True)
    proposal_words = models.TextField(blank=True)
    proposed_at = models.DateTimeField(null=True)
    proposal_look = models.ForeignKey(
        "handling.OutletLook", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # What stands proposed, and what a person has answered: the same is not proposed twice.
    proposed_key = models.CharField(max_length=64, blank=True)
    answered_key = models.CharField(max_length=64, blank=True)

    next_look_at = models.DateTimeField(null=True)
    leased_until = models.DateTimeField(null=True)
    looked_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField("số lần xem hỏng liên tiếp", default=0)

    objects = ScopedManager()

    class Meta:
        ordering = ["-is_original", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "item"], name="outlet_watch_once", condition=~Q(item=None)
            ),
            models.CheckConstraint(
                name="outlet_watch_state", condition=Q(state__in=[s.value for s in WatchState])
            ),
        ]
        indexes = [models.Index(fields=["next_look_at"])]

    def __str__(self) -> str:
        return f"{self.outlet}: {self.get_aim_display()}"


class OutletLook(models.Model):
    """One look at one place of an outlet, sealed; never altered. A failed look knows nothing."""

    watch = models.ForeignKey(OutletWatch, on_delete=models.CASCADE, related_name="looks")
    at = models.DateTimeField()
    place = models.CharField("nơi xem", max_length=8, choices=LookPlace.choices)
    url = models.URLField(max_length=1000, blank=True)
    result = models.CharField("kết quả", max_length=8, choices=LookResult.choices)
    words = models.TextField("vì sao")
    found = models.JSONField("đã thấy", default=list)  # [{name, field, start, end, text}]
    missing = models.JSONField("còn thiếu", default=list)  # [words]
    capture = models.ForeignKey(Capture, null=True, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(Version, null=True, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(Item, null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["watch", "-at"])]

    def __str__(self) -> str:
        return f"{self.get_place_display()}: {self.get_result_display()}"


class WatchCheck(models.Model):
    """What a person recorded of an outlet's reaction after a paper was sent (kết quả kiểm tra)."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="checks")
    watch = models.ForeignKey(
        OutletWatch, null=True, on_delete=models.CASCADE, related_name="checks"
    )
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reply = models.CharField(max_length=12, choices=ReplyKind.choices)
    url = models.URLField(max_length=1000, blank=True)
    published_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True)
    evidence = models.ForeignKey(Evidence, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.get_reply_display()
