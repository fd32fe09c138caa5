"""The three moments, the states of a clock, and what ends a clock."""

from django.db.models import TextChoices


class MomentKind(TextChoices):
    """Ba thời điểm không bao giờ gộp làm một (workflow.md §1)."""

    RECEIVED = "received_at", "Tiếp nhận"
    IMPACT_DETERMINED = "impact_determined_at", "Xác định tác động"
    PAPER_RECEIVED = "paper_received_at", "Nhận văn bản"


class ClockState(TextChoices):
    """Tình trạng một đồng hồ hạn."""

    WAITING = "wait", "Chưa xử lý"
    RUNNING = "run", "Đang xử lý"
    PAUSED = "pause", "Tạm dừng"
    DONE = "done", "Đã xong"
    CANCELLED = "cancelled", "Không còn áp dụng"


# Which open clocks a step ends, by rule; what the law's clocks wait for is in each rule's duty.
ENDED_BY = {
    "assign": frozenset({"MD-02"}),
    "complete_verification": frozenset({"MD-03", "MD-04"}),
    "report_upward": frozenset({"MD-05"}),
    "superior_report": frozenset({"MD-05"}),
    "record_statement": frozenset({"PN-01", "PN-02", "PN-02h"}),
    "answer": frozenset({"TL-01", "TL-01h"}),
    "measures_notice": frozenset({"TL-02", "TL-02h"}),
    "refusal": frozenset({"PN-08"}),
}
