"""The state tables of schemes, programmes and plans, of the papers they come from, and of who does which task."""

from django.db.models import TextChoices

from hoiam.handling.states import Transition


class SchemeKind(TextChoices):
    """Loại: một văn bản giao việc nào cũng thành một dòng, có nhiệm vụ, sản phẩm, thời gian, người làm."""

    SCHEME = "scheme", "Đề án"
    PROGRAMME = "programme", "Chương trình"
    PLAN = "plan", "Kế hoạch"
    YEARLY_PLAN = "yearly_plan", "Kế hoạch năm"
    DISPATCH = "dispatch", "Công văn giao việc"
    CAMPAIGN = "campaign", "Đợt truyền thông"


class SchemeState(TextChoices):
    """Vòng đời một Đề án, kế hoạch: soạn, giao cho các đơn vị, khép lại."""

    DRAFT = "draft", "Đang soạn"
    ACTIVE = "active", "Đang thực hiện"
    CLOSED = "closed", "Đã kết thúc"


class SourcePaperState(TextChoices):
    """Một văn bản đưa vào để đọc: máy đọc, người xác nhận rồi mới thành nhiệm vụ."""

    READ = "read", "Máy đã đọc, chờ xác nhận"
    UNREADABLE = "unreadable", "Máy không đọc được, chờ người đọc"
    CONFIRMED = "confirmed", "Đã xác nhận"
    DROPPED = "dropped", "Đã bỏ"


class Rhythm(TextChoices):
    """Kiểu thời gian của nhiệm vụ (scheme-2862.md: Kinds of time)."""

    SPAN = "span", "Trong một giai đoạn"
    YEAR = "year", "Trong một năm"
    YEARLY = "yearly", "Hằng năm"
    CONTINUOUS = "continuous", "Thường xuyên"
    EVENT = "event", "Theo sự kiện"
    DATED = "dated", "Có ngày hạn"


class TaskDue(TextChoices):
    """Chữ của hạn quyết định lúc cuối cùng: trước ngày X là hết ngày X−1."""

    ON = "on", "ngày"
    BEFORE = "before", "trước ngày"
    BY = "by", "chậm nhất ngày"


class AssignmentRole(TextChoices):
    """Một đơn vị đứng ở đâu trong một nhiệm vụ."""

    LEAD = "lead", "Chủ trì"
    COORDINATING = "coordinating", "Phối hợp"
    INFORMED = "informed", "Để biết"


class AssignmentState(TextChoices):
    """Việc của một đơn vị trong một nhiệm vụ."""

    OPEN = "open", "Chưa bắt đầu"
    DOING = "doing", "Đang làm"
    DONE = "done", "Đã xong"
    EXEMPT = "exempt", "Không phải làm"


class QuotaPeriod(TextChoices):
    """Chỉ tiêu tính theo kỳ nào."""

    WEEK = "week", "tuần"
    MONTH = "month", "tháng"
    QUARTER = "quarter", "quý"
    YEAR = "year", "năm"
    WHOLE = "whole", "cả đợt"


S = SchemeState
SCHEME_TRANSITIONS = {
    step.name: step
    for step in (
        Transition("edit_scheme", "Sửa", frozenset({S.DRAFT}), S.DRAFT),
        Transition("activate_scheme", "Giao thực hiện", frozenset({S.DRAFT}), S.ACTIVE),
        Transition("close_scheme", "Kết thúc", frozenset({S.ACTIVE}), S.CLOSED),
        Transition("reopen_scheme", "Mở lại", frozenset({S.CLOSED}), S.ACTIVE),
    )
}

P = SourcePaperState
PAPER_TRANSITIONS = {
    step.name: step
    for step in (
        Transition("save_confirmed", "Sửa", frozenset({P.READ, P.UNREADABLE}), P.READ),
        Transition(
            "confirm_source_paper", "Xác nhận", frozenset({P.READ, P.UNREADABLE}), P.CONFIRMED
        ),
        Transition("drop_source_paper", "Bỏ văn bản", frozenset({P.READ, P.UNREADABLE}), P.DROPPED),
    )
}

A = AssignmentState
ASSIGNMENT_TRANSITIONS = {
    step.name: step
    for step in (
        Transition("report_progress", "Báo tiến độ", frozenset({A.OPEN, A.DOING}), A.DOING),
        Transition("finish_assignment", "Báo đã xong", frozenset({A.OPEN, A.DOING}), A.DONE),
        Transition("reopen_assignment", "Làm tiếp", frozenset({A.DONE, A.EXEMPT}), A.DOING),
        Transition("exempt_assignment", "Miễn cho đơn vị", frozenset({A.OPEN, A.DOING}), A.EXEMPT),
        Transition("hand_over", "Bàn giao đơn vị khác", frozenset({A.OPEN, A.DOING}), A.EXEMPT),
    )
}
