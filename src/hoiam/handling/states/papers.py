"""The state table of an outgoing paper."""

from django.db.models import TextChoices

from hoiam.handling.states.tables import Transition


class PaperState(TextChoices):
    """Vòng đời một văn bản đi: người soạn không tự duyệt."""

    DRAFT = "draft", "Dự thảo"
    SUBMITTED = "submitted", "Chờ duyệt"
    APPROVED = "approved", "Đã duyệt"
    SENT = "sent", "Đã gửi"
    DELIVERED = "delivered", "Báo đã nhận"
    WITHDRAWN = "withdrawn", "Đã thu hồi"


P = PaperState
PAPER_TRANSITIONS = {
    step.name: step
    for step in (
        Transition("edit_paper", "Sửa", frozenset({P.DRAFT}), P.DRAFT),
        Transition("submit_paper", "Trình duyệt", frozenset({P.DRAFT}), P.SUBMITTED),
        Transition("return_paper", "Trả lại", frozenset({P.SUBMITTED}), P.DRAFT),
        Transition("approve_paper", "Duyệt", frozenset({P.SUBMITTED}), P.APPROVED),
        Transition("mark_sent", "Đánh dấu đã gửi", frozenset({P.APPROVED}), P.SENT),
        Transition("mark_delivered", "Báo đã nhận", frozenset({P.SENT}), P.DELIVERED),
        Transition(
            "withdraw_paper", "Thu hồi", frozenset({P.DRAFT, P.SUBMITTED, P.APPROVED}), P.WITHDRAWN
        ),
    )
}
