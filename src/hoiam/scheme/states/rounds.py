"""The state tables of report rounds, of units' reports in them, and of the synthesis made of those."""

from django.db.models import TextChoices

from hoiam.handling.states import Transition


class RoundState(TextChoices):
    """Vòng đời một đợt báo cáo."""

    DRAFT = "draft", "Đang soạn"
    OPEN = "open", "Đang thu báo cáo"
    CLOSED = "closed", "Đã đóng"


class SectionKind(TextChoices):
    """Một mục của mẫu báo cáo hỏi gì."""

    TEXT = "text", "Lời văn"
    FIGURE = "figure", "Một con số"
    TABLE = "table", "Bảng"
    ANNEX = "annex", "Tệp kèm theo"


class ReviewKind(TextChoices):
    """Bản tổng hợp của đợt là loại báo cáo nào; mỗi loại có mẫu Word riêng."""

    ROUND = "round_synthesis", "Tổng hợp một đợt"
    YEARLY = "scheme_yearly_review", "Đánh giá hằng năm"
    INTERIM = "interim_review", "Sơ kết"
    FINAL = "final_review", "Tổng kết"


class UnitReportState(TextChoices):
    """Vòng đời báo cáo của một đơn vị trong đợt: người soạn không tự duyệt, cấp trên nhận hoặc trả lại."""

    DRAFT = "draft", "Đang lập"
    SUBMITTED = "submitted", "Chờ lãnh đạo duyệt"
    SENT = "sent", "Đã gửi cấp trên"
    ACCEPTED = "accepted", "Cấp trên đã nhận"


class Fault(TextChoices):
    """Cấp trên trả lại vì sao: công văn 3288/TCTHADS-VP nêu chậm, không chính xác, không đầy đủ."""

    WRONG = "wrong", "Sai"
    INCOMPLETE = "incomplete", "Thiếu"


class Loss(TextChoices):
    """Điều làm đơn vị bị trừ điểm thi đua."""

    LATE = "late", "Nộp chậm"
    WRONG = "wrong", "Sai"
    INCOMPLETE = "incomplete", "Thiếu"
    MISSING = "missing", "Không báo cáo"


class SynthesisState(TextChoices):
    """Bản tổng hợp: chờ máy, đang ghép, đã có, ghép hỏng."""

    WAITING = "waiting", "Chờ máy ghép"
    MAKING = "making", "Đang ghép"
    READY = "ready", "Đã ghép"
    FAILED = "failed", "Ghép không xong"


R = RoundState
ROUND_TRANSITIONS = {
    step.name: step
    for step in (
        Transition("edit_round", "Sửa đợt", frozenset({R.DRAFT}), R.DRAFT),
        Transition("open_round", "Mở đợt, gửi các đơn vị", frozenset({R.DRAFT}), R.OPEN),
        Transition("close_round", "Đóng đợt", frozenset({R.OPEN}), R.CLOSED),
        Transition("reopen_round", "Mở lại đợt", frozenset({R.CLOSED}), R.OPEN),
    )
}

U = UnitReportState
UNIT_REPORT_TRANSITIONS = {
    step.name: step
    for step in (
        Transition("fill_unit_report", "Điền báo cáo", frozenset({U.DRAFT}), U.DRAFT),
        Transition("submit_unit_report", "Trình duyệt", frozenset({U.DRAFT}), U.SUBMITTED),
        Transition("hand_back_unit_report", "Trả người soạn", frozenset({U.SUBMITTED}), U.DRAFT),
        Transition("send_unit_report", "Duyệt, gửi cấp trên", frozenset({U.SUBMITTED}), U.SENT),
        Transition("return_unit_report", "Trả lại đơn vị", frozenset({U.SENT}), U.DRAFT),
        Transition("accept_unit_report", "Nhận báo cáo", frozenset({U.SENT}), U.ACCEPTED),
    )
}
