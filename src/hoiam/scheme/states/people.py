"""Closed lists of experts and contributors."""

from django.db.models import TextChoices


class Consent(TextChoices):
    """Chuyên gia có đồng ý để tên trong danh sách không; chưa đồng ý thì không giữ cách liên hệ."""

    ASKED = "asked", "Chưa trả lời"
    GIVEN = "given", "Đồng ý"
    WITHDRAWN = "withdrawn", "Không đồng ý, đã rút"


class ExpertKind(TextChoices):
    """Ai (QĐ 2862, nhiệm vụ 2.2)."""

    SCIENTIST = "scientist", "Nhà khoa học"
    EXPERT = "expert", "Chuyên gia pháp luật, truyền thông"
    FORMER_LEADER = "former", "Lãnh đạo đã nghỉ hưu"


class InvitationAnswer(TextChoices):
    """Trả lời một lời mời viết bài, phát biểu, tập huấn."""

    WAITING = "waiting", "Chưa trả lời"
    ACCEPTED = "accepted", "Nhận lời"
    DECLINED = "declined", "Từ chối"


class MarkState(TextChoices):
    """Chủ đề của một tin do máy gợi ý hay người đã chọn."""

    SUGGESTED = "suggested", "Máy gợi ý"
    CONFIRMED = "confirmed", "Người đã chọn"
