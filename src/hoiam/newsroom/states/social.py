"""Official accounts: what a post, an act on an account and a message of a reader may be, and how each moves.

Everything the house does on an account is an act with one life: proposed by one person (or by the house, when an article is
withdrawn), confirmed by another, sent once, proved. An account without an interface has the same acts, done by hand.
"""

from dataclasses import dataclass

from django.db.models import TextChoices


@dataclass(frozen=True)
class Step:
    """One verb: the states it starts from, and where it leads."""

    name: str
    sources: frozenset[str]
    target: str


class ConnectorKind(TextChoices):
    """Cách Hồi Âm nối với một tài khoản chính thức."""

    FACEBOOK = "facebook", "Facebook (API của Trang)"
    ZALO = "zalo", "Zalo OA (API)"
    WEBHOOK = "webhook", "Webhook có chữ ký"
    HAND = "hand", "Đăng bằng tay"


class PostState(TextChoices):
    """Bài đăng trên tài khoản chính thức, trước khi ra khỏi nhà."""

    DRAFT = "draft", "Đang soạn"
    SUBMITTED = "submitted", "Chờ duyệt"
    APPROVED = "approved", "Đã duyệt"
    CANCELLED = "cancelled", "Đã bỏ"


class ActKind(TextChoices):
    """Việc làm trên tài khoản."""

    POST = "post", "Đăng bài"
    EDIT = "edit", "Sửa bài"
    REMOVE = "remove", "Gỡ bài"
    REPLY = "reply", "Trả lời bình luận"
    HIDE = "hide", "Ẩn bình luận"


class ActState(TextChoices):
    """Việc đang ở đâu. Chưa rõ: đã gửi mà không nhận được trả lời; hệ thống tìm trên trang trước khi gửi lại."""

    PROPOSED = "proposed", "Chờ xác nhận"
    WAITING = "waiting", "Chờ đến giờ"
    SENDING = "sending", "Đang gửi"
    UNSURE = "unsure", "Chưa rõ kết quả"
    FOR_HAND = "for_hand", "Chờ đăng tay"
    DONE = "done", "Đã xong"
    FAILED = "failed", "Hỏng, cần người xem"
    CANCELLED = "cancelled", "Đã bỏ"


class Standing(TextChoices):
    """Bài đã đăng còn trên trang không, lần xem gần nhất."""

    STANDS = "stands", "Còn nguyên"
    CHANGED = "changed", "Đã bị sửa"
    GONE = "gone", "Không còn"
    UNSEEN = "unseen", "Chưa xem lại"


class MessageKind(TextChoices):
    """Người dân viết ở đâu."""

    COMMENT = "comment", "Bình luận"
    DIRECT = "direct", "Tin nhắn"


class MessageState(TextChoices):
    """Bình luận, tin nhắn đang ở đâu; đã nhận chưa phải là đã trả lời."""

    NEW = "new", "Mới"
    TAKEN = "taken", "Đã nhận"
    ANSWERED = "answered", "Đã trả lời"
    TURNED = "turned", "Đã chuyển thành việc khác"
    CLOSED = "closed", "Khép, không trả lời"


class Turned(TextChoices):
    """Bình luận, tin nhắn trở thành gì."""

    LETTER = "letter", "Đơn, thư"
    QUESTION = "question", "Câu hỏi pháp luật"
    REPORT = "report", "Tin phản ánh"


P, A, M = PostState, ActState, MessageState

POST_STEPS = {
    step.name: step
    for step in (
        Step("edit_post", frozenset({P.DRAFT}), P.DRAFT),
        Step("submit_post", frozenset({P.DRAFT}), P.SUBMITTED),
        Step("return_post", frozenset({P.SUBMITTED}), P.DRAFT),
        Step("approve_post", frozenset({P.SUBMITTED}), P.APPROVED),
        Step("cancel_post", frozenset({P.DRAFT, P.SUBMITTED}), P.CANCELLED),
    )
}
ACT_STEPS = {
    step.name: step
    for step in (
        Step("confirm_act", frozenset({A.PROPOSED}), A.WAITING),
        Step("cancel_act", frozenset({A.PROPOSED, A.WAITING, A.FOR_HAND, A.FAILED}), A.CANCELLED),
        Step("retry_act", frozenset({A.FAILED}), A.WAITING),
        Step("record_by_hand", frozenset({A.FOR_HAND, A.FAILED, A.UNSURE}), A.DONE),
    )
}
MESSAGE_STEPS = {
    step.name: step
    for step in (
        Step("take_message", frozenset({M.NEW}), M.TAKEN),
        Step("turn_message", frozenset({M.NEW, M.TAKEN, M.ANSWERED}), M.TURNED),
        Step("close_message", frozenset({M.NEW, M.TAKEN, M.ANSWERED}), M.CLOSED),
        Step("draft_reply", frozenset({M.NEW, M.TAKEN, M.ANSWERED, M.TURNED}), ""),
        Step("propose_hiding", frozenset({M.NEW, M.TAKEN, M.ANSWERED, M.TURNED}), ""),
    )
}
OPEN_ACTS = frozenset({A.PROPOSED, A.WAITING, A.SENDING, A.UNSURE, A.FOR_HAND, A.FAILED})
OPEN_MESSAGES = frozenset({M.NEW, M.TAKEN})
OVER_MESSAGES = frozenset({M.ANSWERED, M.TURNED, M.CLOSED})
