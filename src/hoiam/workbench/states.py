"""Where a text stands between its writer and the portal."""

from django.db.models import TextChoices


class ReviewState(TextChoices):
    """Một lần gửi duyệt: ai đó gửi, người khác quyết; giờ đăng đặt trước thì chờ tới giờ."""

    WAITING = "waiting", "Chờ duyệt"
    RETURNED = "returned", "Trả lại để sửa"
    SCHEDULED = "scheduled", "Chờ đến giờ đăng"
    PUBLISHED = "published", "Đã đăng"
    DROPPED = "dropped", "Thôi gửi duyệt"
    FAILED = "failed", "Đến giờ mà không đăng được"


# Nothing more happens to these by themselves.
OPEN = (ReviewState.WAITING, ReviewState.SCHEDULED)
# From which state each verb starts.
SOURCES = {
    "return_text": frozenset({ReviewState.WAITING, ReviewState.SCHEDULED}),
    "approve_text": frozenset({ReviewState.WAITING}),
    "drop_review": frozenset({ReviewState.WAITING, ReviewState.SCHEDULED}),
    "publish_at_its_hour": frozenset({ReviewState.SCHEDULED}),
}
