"""The state table of a case.

Source: domain/workflow.md §2 (the thirteen steps), §9 (results); four eyes is a product default (§2, last line).
A state names the step that is done; the next step's work is under way. Steps 3, 6, 7, 9, 10, 11 and 12 may be passed
over only with a reason, which the ledger keeps.
"""

from django.db.models import TextChoices

from hoiam.handling.states.tables import Transition


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


class PartyRole(TextChoices):
    """Vai của một đơn vị trong hồ sơ."""

    LEAD = "lead", "Chủ trì"
    COORDINATING = "coordinating", "Phối hợp"
    INFORMED = "informed", "Để biết"


class CaseChannel(TextChoices):
    """Vụ việc đến bằng đường nào (workflow.md §2, bước 1)."""

    ARTICLE = "article", "Bài báo, tin"
    INTERVIEW = "interview", "Yêu cầu phỏng vấn, cung cấp thông tin"
    PRESS_LETTER = "press_letter", "Công văn của báo"
    READER_LETTER = "reader_letter", "Đơn, thư bạn đọc do báo chuyển"
    PRESS_AUTHORITY = "press_authority", "Yêu cầu của cơ quan quản lý nhà nước về báo chí"
    SOCIAL = "social", "Mạng xã hội"
    HOTLINE = "hotline", "Đường dây nóng"
    HANDED_OVER = "handed_over", "Đơn vị khác trong Hệ thống chuyển đến"


# What comes on paper has a number, a day and a sender.
ON_PAPER = frozenset(
    {CaseChannel.PRESS_LETTER, CaseChannel.READER_LETTER, CaseChannel.PRESS_AUTHORITY}
)
# Who opens a case by hand says how it came; a handing over says it by itself.
BY_HAND = tuple(channel for channel in CaseChannel if channel != CaseChannel.HANDED_OVER)


class DueKind(TextChoices):
    """Ngày trong văn bản chỉ đạo nghĩa là gì."""

    BY = "by", "Chậm nhất hết ngày"
    ON = "on", "Đúng ngày"
    BEFORE = "before", "Trước ngày"
