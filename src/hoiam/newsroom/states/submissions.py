"""The state tables of pieces sent in, of pieces asked for, and of questions to the unit concerned; how a Word file is read."""

from dataclasses import dataclass

from django.db.models import TextChoices


@dataclass(frozen=True)
class Step:
    """One verb of a table: its word on the button, the states it starts from and the one it ends in."""

    name: str
    label: str
    sources: frozenset[str]
    target: str


class SubmissionState(TextChoices):
    """Bài gửi đang ở đâu."""

    DRAFT = "draft", "Đang viết"
    SENT = "sent", "Đã gửi, chờ biên tập"
    RETURNED = "returned", "Trả lại để sửa"
    ACCEPTED = "accepted", "Đã nhận, đang biên tập"
    PRINTED = "printed", "Đã đăng"
    DECLINED = "declined", "Không dùng"
    WITHDRAWN = "withdrawn", "Người viết đã rút"


class ReadingState(TextChoices):
    """Tệp Word được đọc đến đâu."""

    WAITING = "waiting", "Đang chờ đọc"
    READING = "reading", "Đang đọc"
    READ = "read", "Đã đọc xong"
    REFUSED = "refused", "Không đọc được"


class CommissionState(TextChoices):
    """Bài đặt viết đang ở đâu."""

    ASKED = "asked", "Chờ trả lời"
    TAKEN = "taken", "Đã nhận lời"
    REFUSED = "refused", "Từ chối"
    DELIVERED = "delivered", "Đã gửi bài"
    CANCELLED = "cancelled", "Đã thôi đặt"


class FactCheckState(TextChoices):
    """Câu hỏi kiểm chứng đang ở đâu."""

    ASKED = "asked", "Chờ trả lời"
    ANSWERED = "answered", "Đã trả lời"
    WITHDRAWN = "withdrawn", "Đã rút câu hỏi"


class Verdict(TextChoices):
    """Đơn vị nói gì về đoạn được hỏi."""

    RIGHT = "right", "Đúng"
    PARTLY = "partly", "Đúng một phần"
    WRONG = "wrong", "Không đúng"
    UNKNOWN = "unknown", "Không nắm được"


S = SubmissionState
WRITABLE = frozenset({S.DRAFT, S.RETURNED})
SUBMISSION_STEPS = {
    step.name: step
    for step in (
        Step("write_submission", "Lưu", WRITABLE, ""),
        Step("send_submission", "Gửi biên tập", WRITABLE, S.SENT),
        Step("return_submission", "Trả lại để sửa", frozenset({S.SENT}), S.RETURNED),
        Step("accept_submission", "Nhận bài", frozenset({S.SENT}), S.ACCEPTED),
        Step("decline_submission", "Không dùng", frozenset({S.SENT, S.ACCEPTED}), S.DECLINED),
        Step("tie_to_article", "Nối với bài đã đăng", frozenset({S.ACCEPTED}), S.PRINTED),
        Step("print_elsewhere", "Ghi đã đăng ở báo khác", frozenset({S.ACCEPTED}), S.PRINTED),
        Step("ask_for_words", "Hỏi lại lời tả ảnh", frozenset({S.SENT, S.ACCEPTED}), ""),
        Step("withdraw_submission", "Rút bài", WRITABLE | {S.SENT}, S.WITHDRAWN),
    )
}

C = CommissionState
OPEN_COMMISSION = frozenset({C.ASKED, C.TAKEN})
COMMISSION_STEPS = {
    step.name: step
    for step in (
        Step("take_commission", "Nhận viết", frozenset({C.ASKED}), C.TAKEN),
        Step("refuse_commission", "Từ chối", OPEN_COMMISSION, C.REFUSED),
        Step("deliver_commission", "Gửi bài", OPEN_COMMISSION, C.DELIVERED),
        Step("move_commission", "Đổi hạn", OPEN_COMMISSION, ""),
        Step("cancel_commission", "Thôi đặt bài", OPEN_COMMISSION, C.CANCELLED),
    )
}

F = FactCheckState
FACT_CHECK_STEPS = {
    step.name: step
    for step in (
        Step("answer_fact_check", "Trả lời", frozenset({F.ASKED}), F.ANSWERED),
        Step("withdraw_fact_check", "Rút câu hỏi", frozenset({F.ASKED}), F.WITHDRAWN),
    )
}
