"""The state tables of training sessions and of a yearly training plan, and who takes part in what capacity."""

from django.db.models import TextChoices

from hoiam.handling.states import Transition


class TrainingState(TextChoices):
    """Vòng đời một lớp tập huấn."""

    PLANNED = "planned", "Dự kiến"
    HELD = "held", "Đã tổ chức"
    CANCELLED = "cancelled", "Không tổ chức"


class TrainingPlanState(TextChoices):
    """Vòng đời kế hoạch tập huấn năm: người lập không tự duyệt."""

    DRAFT = "draft", "Đang lập"
    SUBMITTED = "submitted", "Chờ duyệt"
    APPROVED = "approved", "Đã duyệt"


class TraineeRole(TextChoices):
    """Dự tập huấn với tư cách nào (QĐ 2862, nhiệm vụ 2.5)."""

    SPOKESPERSON = "spokesperson", "Người phát ngôn"
    PRESS_OFFICER = "press_officer", "Công chức làm truyền thông"
    CONTRIBUTOR = "contributor", "Cộng tác viên"
    LEADER = "leader", "Lãnh đạo đơn vị"
    OTHER = "other", "Người khác"


class TraineeResult(TextChoices):
    """Kết quả của một người dự."""

    NONE = "", "Không đánh giá"
    PASSED = "passed", "Đạt"
    FAILED = "failed", "Chưa đạt"


T = TrainingState
TRAINING_TRANSITIONS = {
    step.name: step
    for step in (
        Transition("edit_training", "Sửa", frozenset({T.PLANNED}), T.PLANNED),
        Transition("hold_training", "Ghi đã tổ chức", frozenset({T.PLANNED}), T.HELD),
        Transition("cancel_training", "Không tổ chức", frozenset({T.PLANNED}), T.CANCELLED),
    )
}

P = TrainingPlanState
TRAINING_PLAN_TRANSITIONS = {
    step.name: step
    for step in (
        Transition("submit_training_plan", "Trình duyệt", frozenset({P.DRAFT}), P.SUBMITTED),
        Transition("approve_training_plan", "Duyệt", frozenset({P.SUBMITTED}), P.APPROVED),
        Transition("return_training_plan", "Trả lại", frozenset({P.SUBMITTED}), P.DRAFT),
    )
}
