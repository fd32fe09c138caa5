"""Where a letter or a legal question stands, in words for who sent it; nothing of what was written, by whom, or of inner work."""

from hoiam.kit.vietnamese import show_date
from hoiam.letters.models import LegalQuestion, ReaderLetter
from hoiam.letters.states import IN_WORK, LetterState, QuestionState
from hoiam.portal.enquiries import Stage


def stages_of_letter(letter: ReaderLetter) -> list[Stage]:
    """The stages of a letter, oldest first."""
    told = [Stage("Đã nhận đơn, ghi vào sổ", letter.received_at)]
    if letter.state == LetterState.CLASSIFIED:
        told.append(Stage("Đã phân loại, đang xem xét", None))
    if letter.state == LetterState.SPLIT:
        told.append(Stage("Đã tách theo nội dung, đang xem xét từng phần", None))
    if letter.accepted_at is not None:
        told.append(Stage("Đã thụ lý, tiếp nhận xử lý", letter.accepted_at))
    if letter.state in IN_WORK and letter.state != LetterState.ACCEPTED:
        told.append(Stage("Đang giải quyết", None))
    if letter.handed_to is not None or letter.guided_to:
        where = letter.handed_to.full_name if letter.handed_to is not None else letter.guided_to
        told.append(Stage("Đã chuyển, hướng dẫn đến nơi có thẩm quyền", None, where))
    if letter.filing:
        told.append(Stage("Đã lưu đơn", None, str(letter.get_filing_display())))
    if letter.answered_at is not None and letter.answer_on is not None:
        words = f"Văn bản số {letter.answer_number} ngày {show_date(letter.answer_on)}"
        told.append(Stage("Đã trả lời", letter.answered_at, words))
    if letter.state == LetterState.CLOSED:
        told.append(Stage("Đã kết thúc", letter.closed_at))
    return told


def stages_of_question(question: LegalQuestion) -> list[Stage]:
    """The stages of a legal question, oldest first."""
    told = [Stage("Đã nhận câu hỏi", question.received_at)]
    if question.state in (QuestionState.DRAFTED, QuestionState.CHECKED):
        told.append(Stage("Đang soạn, kiểm tra giải đáp", None))
    if question.state == QuestionState.PUBLISHED:
        told.append(
            Stage(
                "Đã đăng giải đáp ở mục Hỏi đáp pháp luật", question.answered_at, question.question
            )
        )
    if question.state == QuestionState.ANSWERED:
        told.append(Stage("Đã trả lời riêng", question.answered_at))
    if question.state == QuestionState.REFERRED:
        told.append(Stage("Hướng dẫn hỏi nơi khác", None, question.referred_to))
    if question.state == QuestionState.WITHDRAWN:
        told.append(Stage("Giải đáp đã rút khỏi Cổng", None))
    return told
