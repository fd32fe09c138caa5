"""Packages for the press: where a package, a receiver, one sending and one reprint stand; who drafted does not approve."""

from dataclasses import dataclass

from django.db.models import TextChoices


class Beat(TextChoices):
    """Mảng tin của nơi nhận."""

    ALL = "all", "Mọi mảng"
    LAW = "law", "Pháp luật"
    SOCIAL = "social", "Xã hội, đời sống"
    ECONOMY = "economy", "Kinh tế, ngân hàng"
    LOCAL = "local", "Tin địa phương"
    BROADCAST = "broadcast", "Phát thanh, truyền hình"


class Means(TextChoices):
    """Cách gói tin tới nơi nhận."""

    EMAIL = "email", "Thư điện tử"
    FEED = "feed", "Nguồn tin Atom"
    PUSH = "push", "Đẩy qua API"


class ReceiverState(TextChoices):
    """Nơi nhận còn nhận hay không."""

    ACTIVE = "active", "Đang nhận"
    LEFT = "left", "Đã tự ngừng nhận"
    DEAD = "dead", "Địa chỉ hỏng"
    REMOVED = "removed", "Đã đưa ra khỏi danh sách"


class PackageState(TextChoices):
    """Vòng đời một gói tin."""

    DRAFT = "draft", "Đang soạn"
    SUBMITTED = "submitted", "Chờ duyệt"
    APPROVED = "approved", "Đã duyệt, chờ giờ gửi"
    SENT = "sent", "Đã gửi"
    CANCELLED = "cancelled", "Đã hủy"


class SendingState(TextChoices):
    """Một lượt gửi tới một nơi nhận."""

    QUEUED = "queued", "Chờ gửi"
    SENT = "sent", "Đã gửi, chưa mở"
    OPENED = "opened", "Đã mở"
    FAILED = "failed", "Không gửi được"


class NoticeKind(TextChoices):
    """Điều báo lại cho nơi đã nhận."""

    CHANGED = "changed", "Bài đã sửa"
    CORRECTED = "corrected", "Đính chính"
    WITHDRAWN = "withdrawn", "Rút bài"
    TAKEN_DOWN = "taken_down", "Gỡ bài"
    EXPIRED = "expired", "Hết hạn đăng"


class PrintState(TextChoices):
    """Một lần báo đăng lại: máy tìm thì chờ người xác nhận."""

    FOUND = "found", "Máy tìm, chờ xác nhận"
    CONFIRMED = "confirmed", "Đã xác nhận"
    REJECTED = "rejected", "Không phải đăng lại"


class FoundBy(TextChoices):
    """Ai tìm thấy bài đăng lại."""

    MACHINE = "machine", "Máy"
    PERSON = "person", "Người"


@dataclass(frozen=True)
class Transition:
    """One verb of a table: from which states it starts and where it ends."""

    name: str
    label: str
    sources: frozenset[str]
    target: str


P = PackageState
PACKAGE_TRANSITIONS = {
    step.name: step
    for step in (
        Transition("edit_package", "Sửa", frozenset({P.DRAFT}), P.DRAFT),
        Transition("submit_package", "Trình duyệt", frozenset({P.DRAFT}), P.SUBMITTED),
        Transition("return_package", "Trả lại để sửa", frozenset({P.SUBMITTED}), P.DRAFT),
        Transition("approve_package", "Duyệt gửi", frozenset({P.SUBMITTED}), P.APPROVED),
        Transition("release_package", "Gửi", frozenset({P.APPROVED}), P.SENT),
        Transition(
            "cancel_package", "Hủy gói tin", frozenset({P.DRAFT, P.SUBMITTED, P.APPROVED}), P.CANCELLED
        ),
    )
}  # fmt: skip

R = PrintState
PRINT_TRANSITIONS = {
    step.name: step
    for step in (
        Transition("confirm_print", "Đúng, báo đăng lại", frozenset({R.FOUND}), R.CONFIRMED),
        Transition(
            "reject_print", "Không phải", frozenset({R.FOUND, R.CONFIRMED}), R.REJECTED
        ),
        Transition("restore_print", "Xét lại", frozenset({R.REJECTED}), R.FOUND),
    )
}  # fmt: skip
