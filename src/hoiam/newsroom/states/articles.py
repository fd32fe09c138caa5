"""What the portal carries: kinds, where each stands, how it may come down."""

from django.db.models import TextChoices


class ArticleKind(TextChoices):
    """Loại bài trên cổng."""

    ARTICLE = "article", "Tin, bài"
    PHOTOS = "photos", "Phóng sự ảnh"
    VIDEO = "video", "Video"
    DOCUMENT = "document", "Văn bản"
    CAMPAIGN = "campaign", "Đợt truyền thông"
    EXPERT = "expert", "Chuyên gia"
    QUESTION = "question", "Hỏi đáp pháp luật"
    RELEASE = "release", "Thông cáo báo chí"
    CORRECTION = "correction", "Đính chính"
    PARTNER = "partner", "Tin của đơn vị bạn"


class ArticleState(TextChoices):
    """Bài đang ở đâu; ba cách không còn như cũ là ba việc khác nhau: đính chính (vẫn đứng), rút, gỡ."""

    STANDING = "standing", "Đang đăng"
    EXPIRED = "expired", "Đã hết hạn đăng"
    WITHDRAWN = "withdrawn", "Đã rút"
    TAKEN_DOWN = "taken_down", "Đã gỡ"


# From where each act is open. What was withdrawn still shows its title and why; when it names somebody, it must come down whole.
OPEN_FROM = {
    "correct_article": frozenset({ArticleState.STANDING}),
    "withdraw_article": frozenset({ArticleState.STANDING}),
    "take_down_article": frozenset({ArticleState.STANDING, ArticleState.WITHDRAWN}),
}
