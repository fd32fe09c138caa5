"""Money of a scheme (kinh phí): the plan of a year, lines per task, what units were given, what was spent. Whole đồng."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from hoiam.agencies.models import Agency
from hoiam.core.scope import ScopedManager
from hoiam.scheme.models.scheme import Scheme
from hoiam.scheme.models.task import Task
from hoiam.scheme.states.budget import BudgetState, FundSource


class BudgetPlan(models.Model):
    """The estimate of one year of one scheme."""

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="budgets")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="budgets")
    year = models.PositiveSmallIntegerField("năm")
    state = models.CharField(max_length=10, choices=BudgetState.choices, default=BudgetState.DRAFT)
    paper = models.CharField("văn bản phê duyệt", max_length=120, blank=True)
    approved_on = models.DateField("ngày phê duyệt", null=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()

    objects = ScopedManager()

    class Meta:
        ordering = ["-year", "scheme", "id"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "year"], name="budget_once_a_year"),
            models.CheckConstraint(
                name="budget_state", condition=Q(state__in=[state.value for state in BudgetState])
            ),
            models.CheckConstraint(
                name="budget_approved_by_paper",
                condition=~Q(state=BudgetState.APPROVED) | (~Q(paper="") & ~Q(approved_on=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"Kinh phí năm {self.year}: {self.scheme}"


class BudgetLine(models.Model):
    """One line of the estimate: for a task, or for something that is no task; from one source of money."""

    plan = models.ForeignKey(BudgetPlan, on_delete=models.CASCADE, related_name="lines")
    task = models.ForeignKey(
        Task, null=True, blank=True, on_delete=models.PROTECT, related_name="budget_lines"
    )
    title = models.CharField("nội dung chi", max_length=300)
    amount = models.PositiveBigIntegerField("dự toán, đồng")
    source = models.CharField(
        "nguồn", max_length=8, choices=FundSource.choices, default=FundSource.STATE
    )
    source_name = models.CharField("tên nguồn, nhà tài trợ", max_length=200, blank=True)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.CheckConstraint(name="budget_line_amount", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="budget_other_source_named",
                condition=Q(source=FundSource.STATE) | ~Q(source_name=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Allotment(models.Model):
    """What one unit was given of a line, by a paper (phân bổ)."""

    line = models.ForeignKey(BudgetLine, on_delete=models.CASCADE, related_name="allotments")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="allotments")
    amount = models.PositiveBigIntegerField("phân bổ, đồng")
    paper = models.CharField("văn bản giao", max_length=120)
    given_on = models.DateField("ngày giao")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    # Two units may be given money by one paper, one unit by one paper once a line.
    dropped_why = models.CharField("lý do bỏ", max_length=300, blank=True)

    class Meta:
        ordering = ["given_on", "id"]
        constraints = [
            models.CheckConstraint(name="allotment_amount", condition=Q(amount__gt=0)),
            models.UniqueConstraint(
                fields=["line", "agency", "paper"],
                name="allotment_once",
                condition=Q(dropped_why=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency}: {self.amount}"


class Spending(models.Model):
    """One amount a unit spent on a line, with the document that proves it (khoản chi)."""

    line = models.ForeignKey(BudgetLine, on_delete=models.CASCADE, related_name="spendings")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="spendings")
    amount = models.PositiveBigIntegerField("số chi, đồng")
    spent_on = models.DateField("ngày chi")
    what = models.CharField("chi cho", max_length=300)
    document = models.CharField("chứng từ", max_length=120)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    dropped_why = models.CharField("lý do bỏ", max_length=300, blank=True)

    class Meta:
        ordering = ["-spent_on", "-id"]
        constraints = [
            models.CheckConstraint(name="spending_amount", condition=Q(amount__gt=0)),
            models.UniqueConstraint(
                fields=["line", "agency", "document"],
                name="spending_document_once",
                condition=Q(dropped_why=""),
            ),
        ]

    def __str__(self) -> str:
        return self.what
