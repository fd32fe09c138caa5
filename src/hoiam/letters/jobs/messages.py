"""Picking up this room's messages: a notice to who must act next. Never the content of a letter, never a name."""

from datetime import datetime

from hoiam.agencies.models import Agency, Official
from hoiam.agencies.queries import holders
from hoiam.agencies.states import Role
from hoiam.core.outbox import handles
from hoiam.kit.rulebook import default_number
from hoiam.kit.vietnamese import VIETNAM
from hoiam.letters.models import LegalQuestion, ReaderLetter
from hoiam.letters.policies import DECIDERS, HANDLERS, LAWYERS
from hoiam.letters.queries.standing import (
    STANDING_AFTER,
    agencies_with_standing,
    standing_letters,
    standing_questions,
)
from hoiam.letters.states import LetterState, QuestionState
from hoiam.monitoring.actions.work_notices import tell
from hoiam.monitoring.addresses import path_of

LETTER, QUESTION = "desk-letter", "desk-legal-question"
LETTERS, QUESTIONS = "desk-letters", "desk-legal-questions"
WHY = "tell who must act next"
STANDING = (
    "{agency} có {many} nhận đã quá {days} ngày mà chưa kết thúc (MD-135). Chưa kết thúc thì danh tính người gửi vẫn "
    "phải giữ. Mở mục Để lâu: xử lý tiếp, kết thúc, hoặc đình chỉ và nêu căn cứ."
)


def _letter(pk: int) -> ReaderLetter:
    rows = ReaderLetter.objects.system(WHY).select_related("agency", "holder", "drafted_by")
    return rows.get(pk=pk)


def _question(pk: int) -> LegalQuestion:
    rows = LegalQuestion.objects.system(WHY).select_related("agency", "drafted_by")
    return rows.get(pk=pk)


def _desk(agency: Agency, now: datetime, roles: tuple[Role, ...] = HANDLERS) -> list[Official]:
    return list(holders(agency, roles, now.astimezone(VIETNAM).date()))


def _first_due(letter: ReaderLetter) -> datetime | None:
    return letter.clocks.filter(state="run").values_list("due_at", flat=True).first()


@handles("letter_received")
def tell_of_letter(letter_id: int, now: datetime) -> None:
    """A letter waits to be sorted."""
    letter = _letter(letter_id)
    if letter.state != LetterState.RECEIVED:
        return
    text = (
        f"Đơn {letter.number} đến bằng {str(letter.get_channel_display()).lower()}, chờ phân loại."
    )
    tell(
        _desk(letter.agency, now), f"Đơn mới {letter.number}", text, f"letter:{letter.pk}:received",
        now, page=(LETTER, letter.pk), before=_first_due(letter),
    )  # fmt: skip


@handles("letter_assigned")
def tell_of_assignment(letter_id: int, now: datetime) -> None:
    """Who has to settle it."""
    letter = _letter(letter_id)
    if letter.holder is None or letter.state != LetterState.ASSIGNED:
        return
    key = f"letter:{letter.pk}:assigned:{letter.version}"
    text = f"Bạn được giao giải quyết đơn {letter.number}."
    tell([letter.holder], f"Giao đơn {letter.number}", text, key, now, page=(LETTER, letter.pk), before=_first_due(letter))  # fmt: skip


@handles("letter_drafted")
def tell_of_draft(letter_id: int, now: datetime) -> None:
    """Who may approve, except who drafted."""
    letter = _letter(letter_id)
    if letter.state != LetterState.DRAFTED:
        return
    people = [who for who in _desk(letter.agency, now, DECIDERS) if who.pk != letter.drafted_by_id]
    key = f"letter:{letter.pk}:drafted:{letter.draft_version}"
    text = f"Dự thảo trả lời đơn {letter.number} chờ duyệt."
    tell(people, f"Chờ duyệt {letter.number}", text, key, now, page=(LETTER, letter.pk), before=_first_due(letter))  # fmt: skip


@handles("letter_returned")
def tell_of_return(letter_id: int, now: datetime) -> None:
    """Who drafted, and who settles it."""
    letter = _letter(letter_id)
    people = [who for who in (letter.holder, letter.drafted_by) if who is not None]
    key = f"letter:{letter.pk}:returned:{letter.version}"
    text = f"Dự thảo trả lời đơn {letter.number} được trả lại để sửa."
    tell(people, f"Trả lại {letter.number}", text, key, now, page=(LETTER, letter.pk), before=_first_due(letter))  # fmt: skip


@handles("legal_question_asked")
def tell_of_question(question_id: int, now: datetime) -> None:
    """A legal question waits for a draft."""
    question = _question(question_id)
    if question.state != QuestionState.ASKED:
        return
    tell(
        _desk(question.agency, now), f"Câu hỏi pháp luật {question.number}",
        f"Câu hỏi {question.number} gửi qua Cổng, chờ soạn giải đáp.", f"question:{question.pk}:asked",
        now, page=(QUESTION, question.pk), before=question.due_at,
    )  # fmt: skip


@handles("legal_answer_drafted")
def tell_of_legal_draft(question_id: int, now: datetime) -> None:
    """Lawyers of the agency, except who drafted."""
    question = _question(question_id)
    if question.state != QuestionState.DRAFTED:
        return
    found = _desk(question.agency, now, LAWYERS)
    people = [who for who in found if who.pk != question.drafted_by_id]
    tell(
        people, f"Chờ kiểm tra pháp lý {question.number}",
        f"Dự thảo giải đáp {question.number} chờ kiểm tra.",
        f"question:{question.pk}:drafted:{question.draft_version}", now, page=(QUESTION, question.pk),
        before=question.due_at,
    )  # fmt: skip


@handles("legal_answer_flagged")
def tell_of_flag(question_id: int, now: datetime) -> None:
    """Lawyers of the agency: a law changed under a published answer."""
    question = _question(question_id)
    key = f"question:{question.pk}:flagged:{now:%Y%m%d}"
    text = f"Văn bản viện dẫn trong giải đáp {question.number} đã thay đổi; cần rà soát."
    tell(_desk(question.agency, now, LAWYERS), f"Rà soát {question.number}", text, key, now, page=(QUESTION, question.pk))  # fmt: skip


def tell_heads_of_standing(now: datetime) -> int:
    """How many agencies have any; who decides there learns how many and what to do, once a calendar month."""
    today = now.astimezone(VIETNAM).date()
    agencies = agencies_with_standing(today)
    for agency in agencies:
        letters = standing_letters(agency, today).count()
        questions = standing_questions(agency, today).count()
        parts = ((letters, "đơn thư"), (questions, "câu hỏi pháp luật"))
        many = ", ".join(f"{count} {what}" for count, what in parts if count)
        tell(
            _desk(agency, now, DECIDERS), f"{many} để lâu chưa kết thúc",
            STANDING.format(agency=agency.name, many=many, days=default_number(STANDING_AFTER)),
            f"letters-standing:{agency.pk}:{today:%Y%m}", now,
            page=f"{path_of(LETTERS if letters else QUESTIONS)}?tab=standing",
        )  # fmt: skip
    return len(agencies)
