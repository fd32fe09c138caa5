"""The state table of a press enquiry: acknowledged is not answered (workflow.md §5)."""

from django.db.models import TextChoices

from hoiam.handling.states.tables import Transition


class EnquiryKind(TextChoices):
    """Báo chí đề nghị gì."""

    INFORMATION = "information", "Cung cấp thông tin"
    INTERVIEW = "interview", "Phỏng vấn"
    REPLY_ON_PAPER = "reply_on_paper", "Trả lời bằng văn bản"


class EnquiryChannel(TextChoices):
    """Đề nghị đến bằng đường nào."""

    FORM = "form", "Biểu mẫu trên Cổng"
    EMAIL = "email", "Thư điện tử"
    LETTER = "letter", "Công văn"
    PHONE = "phone", "Điện thoại"
    IN_PERSON = "in_person", "Gặp trực tiếp"


class EnquiryState(TextChoices):
    """Vòng đời một đề nghị của báo chí."""

    RECEIVED = "received", "Mới nhận"
    ACKNOWLEDGED = "acknowledged", "Đã xác nhận"
    ANSWERED = "answered", "Đã trả lời"
    REFUSED = "refused", "Đã từ chối"
    REFERRED = "referred", "Đã hướng dẫn nơi khác"
    DISCARDED = "discarded", "Không phải đề nghị của báo chí"


class TextStage(TextChoices):
    """Các bản của một bài trả lời phỏng vấn (Luật Báo chí 126/2025 Đ33)."""

    QUESTIONS = "questions", "Câu hỏi gửi trước"
    SENT = "sent", "Bản trả lời đã gửi báo"
    RETURNED = "returned", "Bản báo gửi lại để xem"
    AGREED = "agreed", "Bản hai bên thống nhất"
    PUBLISHED = "published", "Bản báo đã đăng"


E = EnquiryState
OPEN_ENQUIRIES = frozenset({E.RECEIVED, E.ACKNOWLEDGED})
ENQUIRY_TRANSITIONS = {
    step.name: step
    for step in (
        Transition(
            "acknowledge_enquiry",
            "Xác nhận đã nhận",
            frozenset({E.RECEIVED}),
            E.ACKNOWLEDGED,
        ),
        Transition("answer_enquiry", "Ghi đã trả lời", OPEN_ENQUIRIES, E.ANSWERED),
        Transition("refuse_enquiry", "Từ chối", OPEN_ENQUIRIES, E.REFUSED),
        Transition("refer_enquiry", "Hướng dẫn nơi khác", OPEN_ENQUIRIES, E.REFERRED),
        Transition("discard_enquiry", "Không phải báo chí", OPEN_ENQUIRIES, E.DISCARDED),
        Transition(
            "reopen_enquiry",
            "Mở lại",
            frozenset({E.REFUSED, E.REFERRED, E.DISCARDED}),
            E.ACKNOWLEDGED,
        ),
    )
}
