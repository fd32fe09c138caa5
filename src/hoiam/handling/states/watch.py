"""What an outlet may answer, what a watch on it knows, what one look saw, and the rungs above it (workflow.md §4, §8)."""

from django.db.models import TextChoices

from hoiam.agencies.states import MediaType


class ReplyKind(TextChoices):
    """Hồi đáp của báo, do người ghi hoặc xác nhận sau mỗi lần kiểm tra."""

    NOT_FOUND = "not_found", "Chưa thấy"
    PUBLISHED = "published", "Đã đăng phản hồi"
    CORRECTED = "corrected", "Đã cải chính, xin lỗi"
    INCOMPLETE = "incomplete", "Có đăng nhưng thiếu nội dung bắt buộc"
    REMOVED = "removed", "Đã gỡ bài"
    REFUSED = "refused", "Từ chối, có nêu lý do bằng văn bản"
    ANSWERED = "answered", "Trả lời bằng văn bản"
    NO_REACTION = "no_reaction", "Im lặng, không trả lời"


R = ReplyKind
# Replies that end the outlet's clocks: silence never does.
FINAL_REPLIES = frozenset(
    {R.PUBLISHED.value, R.CORRECTED.value, R.REMOVED.value, R.REFUSED.value, R.ANSWERED.value}
)
# After these a person decides what follows: a second round, a rung higher, or closing.
SETTLED_REPLIES = FINAL_REPLIES | {R.NO_REACTION.value}


class WatchAim(TextChoices):
    """Điều chờ ở báo."""

    CORRECTION = "correction", "Cải chính, xin lỗi"
    RESPONSE = "response", "Đăng ý kiến phản hồi"
    ANSWER = "answer", "Đăng hoặc chuyển văn bản trả lời"


class WatchState(TextChoices):
    """Tình trạng một theo dõi: chỉ điều người đã ghi hoặc xác nhận."""

    WAITING = "waiting", "Đang chờ"
    FOUND = "found", "Thấy đủ"
    INCOMPLETE = "incomplete", "Thấy thiếu"
    ABSENT = "absent", "Không thấy"
    REMOVED = "removed", "Gỡ bài"
    REFUSED = "refused", "Báo từ chối, có lý do"
    ANSWERED = "answered", "Báo trả lời bằng văn bản"
    KEPT = "kept", "Hết hạn giữ"


W = WatchState
STATE_OF_REPLY = {
    R.PUBLISHED: W.FOUND,
    R.CORRECTED: W.FOUND,
    R.INCOMPLETE: W.INCOMPLETE,
    R.REMOVED: W.REMOVED,
    R.REFUSED: W.REFUSED,
    R.ANSWERED: W.ANSWERED,
    R.NO_REACTION: W.ABSENT,
}
# What nobody has to look at any more.
AT_REST = frozenset({W.REMOVED, W.REFUSED, W.ANSWERED, W.KEPT})
# After these a second round may be drafted.
UNMET = frozenset({W.INCOMPLETE, W.ABSENT, W.REMOVED, W.REFUSED})


class LookPlace(TextChoices):
    """Nơi đã xem."""

    ARTICLE = "article", "Trang bài"
    SECTION = "section", "Chuyên mục cải chính, trang chủ"
    PAGE = "page", "Trang nghi có cải chính"
    ITEM = "item", "Tin mới của báo đã thu về"


class LookResult(TextChoices):
    """Một lần xem thấy gì; xem hỏng không bao giờ là “không thấy”."""

    COMPLETE = "complete", "Thấy đủ"
    PARTIAL = "partial", "Thấy thiếu"
    REMOVED = "removed", "Có thể đã gỡ bài"
    EDITED = "edited", "Báo đã sửa bài"
    NONE = "none", "Không thấy"
    FAILED = "failed", "Xem hỏng"


# The strongest first: what a round of looks proposes.
STRENGTH = tuple(LookResult)

# Which rule gives a paper's outlet the time to carry or pass on our answer (NĐ 237/2026 Đ18.5); the others have none.
ANSWER_RULES = {
    MediaType.ONLINE: "TL-05",
    MediaType.DAILY_PRINT: "TL-05",
    MediaType.RADIO: "TL-05",
    MediaType.TELEVISION: "TL-05",
    MediaType.WEEKLY_PRINT: "TL-06",
}
QUESTION_RULE = "TL-07"
EXCHANGE_RULE = "PH-02"
# Media whose pages a program can read.
ON_THE_WEB = frozenset({MediaType.ONLINE, MediaType.AGGREGATOR})


class RungLevel(TextChoices):
    """Bậc thang phía báo (Luật 103/2016 Đ43.1; Luật 126/2025 Đ36.1 chưa xác minh)."""

    OUTLET = "outlet", "Cơ quan báo chí"
    OWNER = "owner", "Cơ quan chủ quản"
    AUTHORITY = "authority", "Cơ quan quản lý nhà nước về báo chí"
    COURT = "court", "Tòa án"
