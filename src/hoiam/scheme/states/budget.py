"""The state table of a yearly budget plan (dự toán kinh phí), and where money comes from."""

from django.db.models import TextChoices

from hoiam.handling.states import Transition


class BudgetState(TextChoices):
    """Vòng đời dự toán năm của một Đề án."""

    DRAFT = "draft", "Đang lập"
    APPROVED = "approved", "Đã duyệt"
    CLOSED = "closed", "Đã quyết toán"


class FundSource(TextChoices):
    """Nguồn kinh phí (QĐ 2862, mục IV.6)."""

    STATE = "state", "Ngân sách nhà nước"
    HOME = "home", "Nguồn khác trong nước"
    ABROAD = "abroad", "Nguồn nước ngoài"


B = BudgetState
BUDGET_TRANSITIONS = {
    step.name: step
    for step in (
        Transition("edit_budget", "Sửa dự toán", frozenset({B.DRAFT}), B.DRAFT),
        Transition("approve_budget", "Ghi đã duyệt", frozenset({B.DRAFT}), B.APPROVED),
        Transition("reopen_budget", "Điều chỉnh", frozenset({B.APPROVED}), B.DRAFT),
        Transition("close_budget", "Khép lại", frozenset({B.APPROVED}), B.CLOSED),
    )
}
