"""The state table of a case and of its papers.

Source: domain/workflow.md §2 (the thirteen steps), §9 (results); four eyes is a product default (§2, last line).
A state names the step that is done; the next step's work is under way. Steps 3, 6, 7, 9, 10, 11 and 12 may be passed
over only with a reason, which the ledger keeps.
"""

from dataclasses import dataclass

from django.db.models import TextChoices


class CaseState(TextChoices):
    """Mười ba bước của một hồ sơ; nhãn là việc đã xong."""

    RECEIVED = "received", "Đã tiếp nhận"
    SCREENED = "screened", "Đã sàng lọc"
    IMPACT_DETERMINED = "impact_determined", "Đã xác định tác động"
    ASSIGNED = "assigned", "Đang xác minh"
    VERIFIED = "verified", "Đã xác minh"
    REPORTED = "reported", "Đã báo cáo cấp trên"
    PLANNED = "planned", "Đã có phương án"
    ISSUED = "issued", "Đã ký, phát hành"
    PUBLISHED = "published", "Đã công bố"
    WATCHING = "watching", "Đang theo dõi báo"
    ESCALATED = "escalated", "Đã leo thang"
    REMEDIED = "remedied", "Đã chấn chỉnh nội bộ"
    CLOSED = "closed", "Đã đóng"


class Stage(TextChoices):
    """Bảy chặng vẽ trên thanh bước của trang hồ sơ."""

    RECEIVE = "receive", "Tiếp nhận"
    VERIFY = "verify", "Xác minh"
    DRAFT = "draft", "Dự thảo"
    SUBMIT = "submit", "Trình"
    SEND = "send", "Gửi"
    WATCH = "watch", "Theo dõi"
    CLOSE = "close", "Đóng"


@dataclass(frozen=True)
class Transition:
    """One verb of the table. `skips` lists optional steps it passes over from a given source: a reason is then owed."""

    name: str
    label: str
    sources: frozenset[str]
    target: str


C = CaseState
OPTIONAL = frozenset(
    {C.IMPACT_DETERMINED, C.REPORTED, C.PLANNED, C.PUBLISHED, C.WATCHING, C.ESCALATED, C.REMEDIED}
)
ORDER = tuple(C)

TRANSITIONS = {
    step.name: step
    for step in (
        Transition("screen", "Sàng lọc", frozenset({C.RECEIVED}), C.SCREENED),
        Transition(
            "determine_impact", "Xác định tác động", frozenset({C.SCREENED}), C.IMPACT_DETERMINED
        ),
        Transition(
            "assign", "Giao xác minh", frozenset({C.SCREENED, C.IMPACT_DETERMINED}), C.ASSIGNED
        ),
        Transition(
            "complete_verification", "Hoàn tất xác minh", frozenset({C.ASSIGNED}), C.VERIFIED
        ),
        Transition("report_upward", "Báo cáo cấp trên", frozenset({C.VERIFIED}), C.REPORTED),
        Transition(
            "plan_information", "Chốt phương án", frozenset({C.VERIFIED, C.REPORTED}), C.PLANNED
        ),
        Transition(
            "issue", "Đánh dấu đã gửi", frozenset({C.VERIFIED, C.REPORTED, C.PLANNED}), C.ISSUED
        ),
        Transition("publish", "Công bố", frozenset({C.ISSUED}), C.PUBLISHED),
        Transition("start_watch", "Theo dõi báo", frozenset({C.ISSUED, C.PUBLISHED}), C.WATCHING),
        Transition("escalate", "Leo thang", frozenset({C.WATCHING}), C.ESCALATED),
        Transition(
            "remedy",
            "Chấn chỉnh nội bộ",
            frozenset(
                {C.VERIFIED, C.REPORTED, C.PLANNED, C.ISSUED, C.PUBLISHED, C.WATCHING, C.ESCALATED}
            ),
            C.REMEDIED,
        ),
        Transition("close", "Đóng hồ sơ", frozenset(set(C) - {C.CLOSED}), C.CLOSED),
        Transition("reopen", "Mở lại", frozenset({C.CLOSED}), C.ASSIGNED),
    )
}

STAGE_OF = {
    C.RECEIVED: Stage.RECEIVE,
    C.SCREENED: Stage.RECEIVE,
    C.IMPACT_DETERMINED: Stage.RECEIVE,
    C.ASSIGNED: Stage.VERIFY,
    C.VERIFIED: Stage.DRAFT,
    C.REPORTED: Stage.DRAFT,
    C.PLANNED: Stage.DRAFT,
    C.ISSUED: Stage.SEND,
    C.PUBLISHED: Stage.SEND,
    C.WATCHING: Stage.WATCH,
    C.ESCALATED: Stage.WATCH,
    C.REMEDIED: Stage.WATCH,
    C.CLOSED: Stage.CLOSE,
}


def skipped(source: str, target: str) -> tuple[CaseState, ...]:
    """The optional steps that moving from source to target passes over; each owes a reason.

    Steps 11 and 12 (escalation, remedy) are answers to what happened, so closing does not owe a reason for them.
    """
    first, last = ORDER.index(C(source)), ORDER.index(C(target))
    between = ORDER[first + 1 : last]
    return tuple(s for s in between if s in OPTIONAL - {C.ESCALATED, C.REMEDIED})


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


class MomentKind(TextChoices):
    """Ba thời điểm không bao giờ gộp làm một (workflow.md §1)."""

    RECEIVED = "received_at", "Tiếp nhận"
    IMPACT_DETERMINED = "impact_determined_at", "Xác định tác động"
    PAPER_RECEIVED = "paper_received_at", "Nhận văn bản"


class PartyRole(TextChoices):
    """Vai của một đơn vị trong hồ sơ."""

    LEAD = "lead", "Chủ trì"
    COORDINATING = "coordinating", "Phối hợp"
    INFORMED = "informed", "Để biết"


class ClockState(TextChoices):
    """Tình trạng một đồng hồ hạn."""

    WAITING = "wait", "Chưa xử lý"
    RUNNING = "run", "Đang xử lý"
    PAUSED = "pause", "Tạm dừng"
    DONE = "done", "Đã xong"
    CANCELLED = "cancelled", "Không còn áp dụng"


class StatementForm(TextChoices):
    """Năm hình thức phát ngôn (NĐ 244/2026 Điều 5)."""

    CONFERENCE = "conference", "Họp báo"
    PORTAL = "portal", "Cổng, trang và tài khoản mạng xã hội chính thức"
    INTERVIEW = "interview", "Trả lời trực tiếp, phỏng vấn"
    WRITTEN = "written", "Thông cáo, văn bản, thư điện tử"
    BRIEFING = "briefing", "Trao đổi, giao ban báo chí"


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


class ReplyKind(TextChoices):
    """Hồi đáp của báo, ghi sau mỗi lần kiểm tra."""

    NOT_FOUND = "not_found", "Chưa thấy"
    PUBLISHED = "published", "Đã đăng phản hồi"
    CORRECTED = "corrected", "Đã cải chính, xin lỗi"
    INCOMPLETE = "incomplete", "Có đăng nhưng thiếu nội dung bắt buộc"
    REMOVED = "removed", "Đã gỡ bài"
    REFUSED = "refused", "Từ chối, có nêu lý do bằng văn bản"
    ANSWERED = "answered", "Trả lời bằng văn bản"


# Replies that end the watch on one paper.
FINAL_REPLIES = frozenset(
    {R.value for R in ReplyKind} - {ReplyKind.NOT_FOUND.value, ReplyKind.INCOMPLETE.value}
)
