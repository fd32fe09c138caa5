"""The five forms in which a spokesperson speaks."""

from django.db.models import TextChoices


class StatementForm(TextChoices):
    """Năm hình thức phát ngôn (NĐ 244/2026 Điều 5)."""

    CONFERENCE = "conference", "Họp báo"
    PORTAL = "portal", "Cổng, trang và tài khoản mạng xã hội chính thức"
    INTERVIEW = "interview", "Trả lời trực tiếp, phỏng vấn"
    WRITTEN = "written", "Thông cáo, văn bản, thư điện tử"
    BRIEFING = "briefing", "Trao đổi, giao ban báo chí"
