"""Rewards (khen thưởng) proposed from counted contributions: a list, its entries, who reviewed, what was decided."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from hoiam.agencies.models import Agency, PressAgency
from hoiam.core.scope import ScopedManager
from hoiam.scheme.models.network import Contributor
from hoiam.scheme.states.rewards import RewardState, RewardSubject


class RewardList(models.Model):
    """One proposal over the pieces of a period; the criteria stand on it as they were used."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="reward_lists")
    title = models.CharField("đợt khen thưởng", max_length=300)
    first = models.DateField("tính từ ngày")
    last = models.DateField("đến ngày")
    least = models.PositiveSmallIntegerField("số tin, bài ít nhất")
    criteria = models.TextField("tiêu chí")
    form = models.CharField("hình thức khen", max_length=200)
    state = models.CharField(max_length=10, choices=RewardState.choices, default=RewardState.DRAFT)
    return_reason = models.TextField("lý do trả lại", blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField("lập lúc")
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True)
    review_note = models.TextField("ý kiến khi xét", blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    settled_at = models.DateTimeField(null=True)
    decision = models.CharField("quyết định số", max_length=80, blank=True)
    decided_on = models.DateField("ngày quyết định", null=True)
    refusal = models.TextField("lý do không khen", blank=True)

    objects = ScopedManager()

    class Meta:
        ordering = ["-last", "-id"]
        constraints = [
            models.CheckConstraint(
                name="reward_state", condition=Q(state__in=[state.value for state in RewardState])
            ),
            models.CheckConstraint(name="reward_dates", condition=Q(last__gte=F("first"))),
            models.CheckConstraint(
                name="reward_four_eyes",
                condition=(Q(reviewed_by=None) | ~Q(reviewed_by=F("proposed_by")))
                & (Q(settled_by=None) | ~Q(settled_by=F("proposed_by"))),
            ),
            models.CheckConstraint(
                name="reward_decided_with_number",
                condition=~Q(state=RewardState.DECIDED) | (~Q(decision="") & ~Q(decided_on=None)),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Reward(models.Model):
    """One who is proposed, with the pieces counted when the list was made; struck out with a reason, never silently."""

    rewards = models.ForeignKey(RewardList, on_delete=models.CASCADE, related_name="entries")
    subject = models.CharField(max_length=8, choices=RewardSubject.choices)
    contributor = models.ForeignKey(
        Contributor, null=True, on_delete=models.PROTECT, related_name="rewards"
    )
    unit = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="rewards")
    press_agency = models.ForeignKey(
        PressAgency, null=True, on_delete=models.PROTECT, related_name="rewards"
    )
    name = models.CharField("tên", max_length=250)
    place = models.CharField("đơn vị, chức vụ", max_length=250, blank=True)
    pieces = models.PositiveIntegerField("số tin, bài", default=0)
    found = models.PositiveIntegerField("trong đó hệ thống tìm thấy", default=0)
    merit = models.TextField("thành tích", blank=True)
    struck_why = models.CharField("lý do đưa ra", max_length=300, blank=True)

    class Meta:
        ordering = ["subject", "-pieces", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["rewards", "subject", "name", "place"], name="reward_once"
            ),
            models.CheckConstraint(name="reward_found", condition=Q(found__lte=F("pieces"))),
        ]

    def __str__(self) -> str:
        return self.name
