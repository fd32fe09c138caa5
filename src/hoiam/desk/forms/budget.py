"""Forms of the budget: the estimate and its lines, approval, allotments, spending."""

from typing import Any

from django import forms

from hoiam.agencies.models import Agency
from hoiam.desk.forms.fields import DayField
from hoiam.desk.forms.spokespersons import TypedForm, area
from hoiam.desk.forms.verb_forms import MoneyField, VerbForm
from hoiam.scheme.models import BudgetLine, BudgetPlan, Scheme, Task
from hoiam.scheme.states.budget import FundSource


class BudgetForm(TypedForm):
    """Which scheme, which year."""

    scheme = forms.ModelChoiceField(Scheme.objects.none(), label="Đề án, kế hoạch", empty_label="Chọn Đề án, kế hoạch")  # fmt: skip
    year = forms.IntegerField(label="Năm", min_value=2000, max_value=2100)

    def __init__(self, *args: Any, schemes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scheme"].queryset = schemes


class OfPlan(VerbForm):
    """A form whose lists are of one estimate: lines, tasks, and the units its keeper may choose."""

    def offer(self, lists: "Lists") -> "OfPlan":
        """The form with its lists, which were read once for all forms of the page."""
        for name, rows in (("line", lists.lines), ("task", lists.tasks), ("agency", lists.units)):
            field = self.fields.get(name)
            if field is not None:
                field.queryset = rows
                field.choices = [("", field.empty_label), *((row.pk, str(row)) for row in rows)]
        return self


class Lists:
    """Lines and tasks of one estimate, and the units whoever types may choose; each read once."""

    def __init__(self, plan: BudgetPlan, units: Any) -> None:
        self.lines = BudgetLine.objects.filter(plan=plan)
        self.tasks = Task.objects.filter(scheme=plan.scheme_id)
        self.units = units


def _line() -> forms.ModelChoiceField:
    return forms.ModelChoiceField(BudgetLine.objects.none(), label="Nội dung chi", empty_label="Chọn nội dung chi")  # fmt: skip


def _unit() -> forms.ModelChoiceField:
    return forms.ModelChoiceField(Agency.objects.none(), label="Đơn vị", empty_label="Chọn đơn vị")


class LineForm(OfPlan):
    """One more line."""

    verb, label, done = "add_line", "Thêm nội dung chi", "Đã thêm nội dung chi."
    title = forms.CharField(label="Nội dung chi", max_length=300)
    task = forms.ModelChoiceField(Task.objects.none(), label="Cho nhiệm vụ", required=False, empty_label="Chi chung, không riêng nhiệm vụ nào")  # fmt: skip
    amount = MoneyField(label="Dự toán, đồng", help_text="Viết như 40.000.000 hoặc 40 triệu.")
    source = forms.ChoiceField(label="Nguồn", choices=FundSource.choices)
    source_name = forms.CharField(label="Tên nguồn, nhà tài trợ", max_length=200, required=False, help_text="Bắt buộc khi không phải ngân sách nhà nước.")  # fmt: skip


class AmountForm(OfPlan):
    """Another amount for a line."""

    verb, label, done = "change_line", "Sửa số tiền", "Đã sửa số tiền."
    line = _line()
    amount = MoneyField(label="Dự toán mới, đồng")


class DropLineForm(OfPlan):
    """A line taken out."""

    verb, label, done = "drop_line", "Bỏ nội dung chi", "Đã bỏ nội dung chi."
    line = _line()


class ApproveForm(OfPlan):
    """The paper that approved it."""

    verb, label, done = "approve_budget", "Ghi đã duyệt", "Đã ghi dự toán được duyệt."
    paper = forms.CharField(label="Văn bản phê duyệt", max_length=120)
    approved_on = DayField(label="Ngày phê duyệt")


class ReopenForm(OfPlan):
    """Why it is adjusted."""

    verb, label, done = "reopen_budget", "Mở lại để điều chỉnh", "Đã mở dự toán để điều chỉnh."
    reason = area("Lý do điều chỉnh", rows=2)


class AllotForm(OfPlan):
    """What a unit is given."""

    verb, label, done = "allot_money", "Phân bổ cho đơn vị", "Đã ghi phân bổ."
    line = _line()
    agency = _unit()
    amount = MoneyField(label="Số phân bổ, đồng")
    paper = forms.CharField(label="Văn bản giao", max_length=120)
    given_on = DayField(label="Ngày giao")


class SpendForm(OfPlan):
    """What a unit spent."""

    verb, label, done = "record_spending", "Ghi khoản chi", "Đã ghi khoản chi."
    line = _line()
    agency = _unit()
    amount = MoneyField(label="Số chi, đồng")
    spent_on = DayField(label="Ngày chi")
    what = forms.CharField(label="Chi cho việc", max_length=300)
    document = forms.CharField(label="Số chứng từ", max_length=120)
