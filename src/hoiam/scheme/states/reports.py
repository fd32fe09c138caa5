"""The state tables of the yearly report of an agency, and of a request to explain a delay."""

from django.db.models import TextChoices

from hoiam.handling.states import Transition


class ReportState(TextChoices):
    """Vòng đời báo cáo năm của một đơn vị: người lập không tự duyệt, cấp trên nhận hoặc trả lại."""

    DRAFT = "draft", "Đang lập"
    SUBMITTED = "submitted", "Chờ lãnh đạo duyệt"
    APPROVED = "approved", "Đã duyệt, đã gửi cấp trên"
    ACCEPTED = "accepted", "Cấp trên đã nhận"


R = ReportState
REPORT_TRANSITIONS = {
    step.name: step
    for step in (
        Transition("write_report", "Lập, sửa báo cáo", frozenset({R.DRAFT}), R.DRAFT),
        Transition("submit_report", "Trình duyệt", frozenset({R.DRAFT}), R.SUBMITTED),
        Transition("approve_report", "Duyệt, gửi cấp trên", frozenset({R.SUBMITTED}), R.APPROVED),
        Transition(
            "return_report", "Trả lại để sửa", frozenset({R.SUBMITTED, R.APPROVED}), R.DRAFT
        ),
        Transition("accept_report", "Nhận báo cáo", frozenset({R.APPROVED}), R.ACCEPTED),
    )
}


class ExplanationState(TextChoices):
    """Vòng đời một yêu cầu giải trình việc chậm."""

    ASKED = "asked", "Chờ giải trình"
    ANSWERED = "answered", "Đã giải trình, chờ xem"
    ACCEPTED = "accepted", "Đã chấp nhận"
    WITHDRAWN = "withdrawn", "Đã rút yêu cầu"


E = ExplanationState
EXPLANATION_TRANSITIONS = {
    step.name: step
    for step in (
        Transition("answer_explanation", "Giải trình", frozenset({E.ASKED}), E.ANSWERED),
        Transition(
            "accept_explanation", "Chấp nhận giải trình", frozenset({E.ANSWERED}), E.ACCEPTED
        ),
        Transition(
            "return_explanation", "Yêu cầu giải trình lại", frozenset({E.ANSWERED}), E.ASKED
        ),
        Transition(
            "withdraw_explanation", "Rút yêu cầu", frozenset({E.ASKED, E.ANSWERED}), E.WITHDRAWN
        ),
    )
}
