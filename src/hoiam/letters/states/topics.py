"""What published answers are sorted by."""

from django.db.models import TextChoices


class Topic(TextChoices):
    """Nhóm việc của một câu hỏi pháp luật."""

    PROCEDURE = "procedure", "Trình tự, thủ tục thi hành án"
    CONDITIONS = "conditions", "Xác minh điều kiện thi hành án"
    COERCION = "coercion", "Cưỡng chế, kê biên, bán đấu giá"
    FEES = "fees", "Án phí, phí và chi phí thi hành án"
    RIGHTS = "rights", "Quyền, nghĩa vụ của đương sự"
    COMPLAINTS = "complaints", "Khiếu nại, tố cáo, kiến nghị"
    PRESS = "press", "Thông tin, báo chí"
    OTHER = "other", "Việc khác"
