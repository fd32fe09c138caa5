"""The state table of an agreement with the press or another body (quy chế, chương trình phối hợp), and its closed lists."""

from django.db.models import TextChoices

from hoiam.handling.states import Transition


class AgreementKind(TextChoices):
    """Loại văn bản phối hợp."""

    REGULATION = "regulation", "Quy chế phối hợp"
    PROGRAMME = "programme", "Chương trình phối hợp"
    JOINT_PLAN = "joint_plan", "Kế hoạch liên tịch"
    CONTRACT = "contract", "Hợp đồng"


class AgreementState(TextChoices):
    """Vòng đời một quy chế, hợp đồng; bản mới ký thay bản cũ."""

    DRAFT = "draft", "Đang soạn"
    IN_FORCE = "in_force", "Đang hiệu lực"
    EXPIRED = "expired", "Hết hiệu lực"
    ENDED = "ended", "Đã chấm dứt"
    RENEWED = "renewed", "Đã ký bản mới thay thế"


class ClauseKind(TextChoices):
    """Điều khoản nói về việc gì (scheme-2862.md §5: bảy nội dung của quy chế năm 2021); quyết định máy đếm được gì."""

    NEWS = "news", "Tin, bài tuyên truyền"
    FALSE_NEWS = "false_news", "Xử lý thông tin sai"
    LETTERS = "letters", "Đơn thư bạn đọc"
    LEGAL_QUESTIONS = "questions", "Giải đáp pháp luật"
    INFORMATION = "information", "Cung cấp thông tin"
    DIFFICULTIES = "difficulties", "Phản ánh khó khăn, kiến nghị"
    REVIEW = "review", "Sơ kết, tổng kết"
    OTHER = "other", "Việc khác"


A = AgreementState
AGREEMENT_TRANSITIONS = {
    step.name: step
    for step in (
        Transition("edit_agreement", "Sửa", frozenset({A.DRAFT}), A.DRAFT),
        Transition("sign_agreement", "Ghi đã ký", frozenset({A.DRAFT}), A.IN_FORCE),
        Transition("expire_agreement", "Hết hiệu lực", frozenset({A.IN_FORCE}), A.EXPIRED),
        Transition("end_agreement", "Chấm dứt", frozenset({A.IN_FORCE}), A.ENDED),
        # Taken by the signing of the new one, never by itself.
        Transition(
            "replace_agreement", "Thay bằng bản mới", frozenset({A.IN_FORCE, A.EXPIRED}), A.RENEWED
        ),
    )
}
