"""Plans of information supply (kế hoạch cung cấp thông tin) of a year or a quarter, and their rows."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from hoiam.agencies.models import Agency
from hoiam.core.scope import ScopedManager
from hoiam.handling.states import StatementForm
from hoiam.handling.states.speaking import PlanState


class SupplyPlan(models.Model):
    """One plan of one agency; `quarter` None is the plan of the year."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="supply_plans")
    year = models.PositiveSmallIntegerField("năm")
    quarter = models.PositiveSmallIntegerField("quý", null=True, blank=True)
    state = models.CharField(max_length=10, choices=PlanState.choices, default=PlanState.DRAFT)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    drafted_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    return_reason = models.TextField(blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    writers = models.JSONField("ai đã viết", default=list)  # keys: none of them approves

    objects = ScopedManager()

    class Meta:
        ordering = ["-year", "-quarter", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "year", "quarter"], name="plan_once_a_quarter"
            ),
            models.UniqueConstraint(
                fields=["agency", "year"], name="plan_once_a_year", condition=Q(quarter=None)
            ),
            models.CheckConstraint(
                name="plan_state", condition=Q(state__in=[state.value for state in PlanState])
            ),
            models.CheckConstraint(
                name="plan_four_eyes",
                condition=Q(approved_by=None) | ~Q(approved_by=F("drafted_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"Quý {self.quarter}/{self.year}" if self.quarter else f"Năm {self.year}"


class SupplyRow(models.Model):
    """One thing to tell: topic, form, who, by when, product; and what came of it."""

    plan = models.ForeignKey(SupplyPlan, on_delete=models.CASCADE, related_name="rows")
    position = models.PositiveSmallIntegerField(default=0)
    topic = models.CharField("nội dung", max_length=300)
    form = models.CharField("hình thức", max_length=12, choices=StatementForm.choices)
    who = models.CharField("người thực hiện", max_length=150)
    by_on = models.DateField("chậm nhất ngày")
    product = models.CharField("sản phẩm", max_length=250)
    done_on = models.DateField("làm xong ngày", null=True)
    given = models.TextField("kết quả", blank=True)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.topic
