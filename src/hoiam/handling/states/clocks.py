"""The three moments, the states of a clock, and what ends a clock."""

from django.db.models import TextChoices


class MomentKind(TextChoices):
    """Ba thời điểm không bao giờ gộp làm một (workflow.md §1), và các mốc phát sinh sau mà đồng hồ bắt đầu từ đó."""

    RECEIVED = "received_at", "Tiếp nhận"
    IMPACT_DETERMINED = "impact_determined_at", "Xác định tác động"
    PAPER_RECEIVED = "paper_received_at", "Nhận văn bản"
    HAPPENED = "happened_at", "Sự việc xảy ra"
    ACCEPTED = "accepted_at", "Thụ lý đơn"
    CONCLUDED = "concluded_at", "Có kết luận"
    ANSWERED = "answered_at", "Báo nhận trả lời"
    CORRECTED = "corrected_at", "Báo đăng cải chính"
    REFUSED = "refused_at", "Từ chối cung cấp"


# The three of the law stand on every case; the others are shown once they are recorded.
ALWAYS_SHOWN = (MomentKind.RECEIVED, MomentKind.IMPACT_DETERMINED, MomentKind.PAPER_RECEIVED)
# What may come more than once on one case: another letter, another outlet, another refusal.
REPEATED = frozenset(
    {MomentKind.PAPER_RECEIVED, MomentKind.ANSWERED, MomentKind.CORRECTED, MomentKind.REFUSED}
)
# Moments of the matter itself take the law of the day it happened; a paper or an act takes that of its own day.
OF_THE_EVENT = frozenset({MomentKind.RECEIVED, MomentKind.IMPACT_DETERMINED, MomentKind.HAPPENED})
# What cannot come before the first recorded moment of another kind.
NOT_BEFORE = {
    MomentKind.ACCEPTED: MomentKind.PAPER_RECEIVED,
    MomentKind.CONCLUDED: MomentKind.ACCEPTED,
    MomentKind.REFUSED: MomentKind.RECEIVED,
}


class DayKind(TextChoices):
    """Một ngày được thông báo thêm."""

    OFF = "off", "Nghỉ"
    WORK = "work", "Làm bù, làm việc"


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
    # A recorded moment ends what had to lead to it.
    "accepted_at": frozenset({"DT-02", "DT-02h", "DT-07", "DT-07h"}),
    "concluded_at": frozenset({"DT-03", "DT-04", "DT-05", "DT-08", "DT-08h"}),
}
