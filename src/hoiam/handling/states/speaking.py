"""Speaking in the agency's name: in which right, authorisations, periodic duties, plans of supply, breaches."""

from django.db.models import TextChoices

from hoiam.handling.states.tables import Transition


class SpeakingBasis(TextChoices):
    """Người nói nói bằng quyền nào, xét ở thời điểm phát ngôn (NĐ 244/2026 Điều 3)."""

    HEAD = "head", "Người đứng đầu"
    PERMANENT = "permanent", "Người phát ngôn thường xuyên"
    AUTHORISED = "authorised", "Được ủy quyền trong vụ việc này"
    OUTSIDE = "outside", "Người phát ngôn của cơ quan khác"


class AuthorisationState(TextChoices):
    """Một giấy ủy quyền; hết hạn là do ngày, không do trạng thái."""

    DRAFT = "draft", "Chờ ký"
    SIGNED = "signed", "Đã ký"
    REVOKED = "revoked", "Đã chấm dứt trước hạn"
    WITHDRAWN = "withdrawn", "Đã bỏ dự thảo"


A = AuthorisationState
AUTHORISATION_TRANSITIONS = {
    step.name: step
    for step in (
        Transition("sign_authorisation", "Ký", frozenset({A.DRAFT}), A.SIGNED),
        Transition("withdraw_authorisation", "Bỏ dự thảo", frozenset({A.DRAFT}), A.WITHDRAWN),
        Transition("revoke_authorisation", "Chấm dứt", frozenset({A.SIGNED}), A.REVOKED),
    )
}


class DutyState(TextChoices):
    """Một lần phải làm của một việc định kỳ."""

    OPEN = "open", "Chưa làm"
    DONE = "done", "Đã làm"
    EXCUSED = "excused", "Không phải làm, có lý do"


class PlanState(TextChoices):
    """Kế hoạch cung cấp thông tin: người soạn không tự duyệt."""

    DRAFT = "draft", "Đang soạn"
    SUBMITTED = "submitted", "Chờ duyệt"
    APPROVED = "approved", "Đã duyệt"


P = PlanState
PLAN_TRANSITIONS = {
    step.name: step
    for step in (
        Transition("write_plan", "Sửa", frozenset({P.DRAFT}), P.DRAFT),
        Transition("submit_plan", "Trình duyệt", frozenset({P.DRAFT}), P.SUBMITTED),
        Transition("return_plan", "Trả lại", frozenset({P.SUBMITTED}), P.DRAFT),
        Transition("approve_plan", "Duyệt", frozenset({P.SUBMITTED}), P.APPROVED),
        Transition("mark_supplied", "Ghi đã làm", frozenset({P.APPROVED}), P.APPROVED),
    )
}


class BreachKind(TextChoices):
    """Vi phạm quy trình phát ngôn (Đề án 2.4.1; NĐ 244/2026 Điều 8). Không có mục nào hỏi ai đã nói với báo."""

    LATE = "late", "Phát ngôn chậm"
    AVOIDANCE = "avoidance", "Né tránh, không phát ngôn"
    INCONSISTENT = "inconsistent", "Thông tin không thống nhất"
    WITHOUT_RIGHT = "without_right", "Phát ngôn khi không có quyền"
    UNPUBLISHED = "unpublished", "Để lộ nội dung chưa công bố"


class BreachHandling(TextChoices):
    """Hình thức xử lý."""

    REMINDED = "reminded", "Nhắc nhở, rút kinh nghiệm"
    REVIEWED = "reviewed", "Kiểm điểm"
    DISCIPLINED = "disciplined", "Xử lý kỷ luật"
    UNFOUNDED = "unfounded", "Không có vi phạm"
