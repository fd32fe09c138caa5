"""The state table of a legal question: asked, drafted by a unit, checked by a lawyer, published."""

from django.db.models import TextChoices

from hoiam.letters.states.tables import Transition


class QuestionState(TextChoices):
    """Vòng đời một câu hỏi pháp luật."""

    ASKED = "asked", "Mới hỏi"
    DRAFTED = "drafted", "Có dự thảo giải đáp"
    CHECKED = "checked", "Đã kiểm tra pháp lý"
    PUBLISHED = "published", "Đã đăng"
    ANSWERED = "answered", "Đã trả lời riêng"
    REFERRED = "referred", "Đã hướng dẫn nơi khác"
    WITHDRAWN = "withdrawn", "Đã rút"


Q = QuestionState
OPEN_QUESTIONS = frozenset({Q.ASKED, Q.DRAFTED, Q.CHECKED})
QUESTION_TRANSITIONS = {
    step.name: step
    for step in (
        Transition("draft_legal_answer", "Soạn giải đáp", frozenset({Q.ASKED, Q.DRAFTED}), Q.DRAFTED),
        Transition("check_legal_answer", "Kiểm tra pháp lý", frozenset({Q.DRAFTED}), Q.CHECKED),
        Transition("return_legal_answer", "Trả lại", frozenset({Q.DRAFTED, Q.CHECKED}), Q.ASKED),
        Transition("publish_legal_answer", "Duyệt, đăng", frozenset({Q.CHECKED}), Q.PUBLISHED),
        Transition("answer_asker", "Duyệt, trả lời riêng", frozenset({Q.CHECKED}), Q.ANSWERED),
        Transition("refer_question", "Hướng dẫn nơi khác", frozenset({Q.ASKED}), Q.REFERRED),
        Transition("review_legal_answer", "Xác nhận còn đúng", frozenset({Q.PUBLISHED}), None),
        Transition("revise_legal_answer", "Soạn lại", frozenset({Q.PUBLISHED, Q.WITHDRAWN}), Q.DRAFTED),
        Transition("withdraw_legal_answer", "Rút", frozenset({Q.PUBLISHED}), Q.WITHDRAWN),
    )
}  # fmt: skip
