"""Legal answers drafted by a unit and checked by a lawyer who did not draft them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from hoiam.core import outbox
from hoiam.core.actor import Actor
from hoiam.core.errors import Conflict, InvalidInput, NotAllowed
from hoiam.core.markup import clean, plain
from hoiam.kit.rulebook import Change, changes_of
from hoiam.kit.vietnamese import VIETNAM, nfc, squash
from hoiam.letters.actions.hiding import names_protected, without_names
from hoiam.letters.actions.moving import needed
from hoiam.letters.actions.question_moves import OWN_DRAFT, begin_question, finish_question
from hoiam.letters.actions.questions import LONGEST_QUESTION
from hoiam.letters.models import LegalQuestion
from hoiam.letters.states import Topic

LONGEST_ANSWER, MOST_LAWS = 50_000, 30


@dataclass(frozen=True)
class Drafted:
    """A legal answer as drafted: the question as the public will read it, the answer, the law it rests on."""

    question: str
    answer: str
    topic: str
    laws: Sequence[str]
    law_day: date


@transaction.atomic
def draft_legal_answer(
    question: LegalQuestion, draft: Drafted, *, actor: Actor, now: datetime, seen: int | None = None
) -> LegalQuestion:
    """The question with a draft of its answer.

    Args:
        seen: the number of the draft the writer had before the eyes.

    Raises:
        InvalidInput: something is missing, too long, or names who asked.
        Conflict: somebody saved another draft since.
    """
    question = begin_question(question, "draft_legal_answer", actor)
    if seen is not None and seen != question.draft_version:
        raise Conflict(
            "Dự thảo vừa được người khác lưu. Bản bạn gõ vẫn còn; xem bản mới rồi lưu lần nữa."
        )
    said, html, laws = _checked(question, draft, now)
    question = finish_question(
        question, "draft_legal_answer", actor, now, told={"version": question.draft_version + 1},
        question=said, answer_html=html, topic=draft.topic, laws=laws, law_day=draft.law_day,
        draft_version=question.draft_version + 1, drafted_by=actor.official, checked_by=None,
        checked_at=None, check_note="",
    )  # fmt: skip
    outbox.post("legal_answer_drafted", question.pk, at=now)
    return question


def _checked(question: LegalQuestion, draft: Drafted, now: datetime) -> tuple[str, str, list[str]]:
    said = needed(nfc(draft.question), "Ghi câu hỏi như sẽ đăng.", "question")
    html = clean(as_paragraphs(nfc(draft.answer)))
    needed(plain(html), "Ghi nội dung giải đáp.", "answer")
    laws = [line for raw in draft.laws if (line := squash(nfc(raw)))]
    if not laws:
        raise InvalidInput("Ghi ít nhất một văn bản pháp luật làm căn cứ.", "laws")
    if len(said) > LONGEST_QUESTION or len(html) > LONGEST_ANSWER or len(laws) > MOST_LAWS:
        raise InvalidInput(
            "Dài quá mức đăng được. Rút gọn câu hỏi, giải đáp hoặc căn cứ.", "answer"
        )
    if draft.topic not in Topic.values:
        raise InvalidInput("Chọn nhóm việc.", "topic")
    if draft.law_day > now.astimezone(VIETNAM).date():
        raise InvalidInput("Ngày của pháp luật áp dụng ở phía trước. Xem lại.", "law_day")
    if names_protected(question, f"{said}\n{plain(html)}"):
        raise InvalidInput(
            "Nội dung sẽ đăng có tên hoặc liên hệ của người hỏi. Bỏ chỗ đó.", "answer"
        )
    return said, html, laws


def as_paragraphs(text: str) -> str:
    """Plain text as paragraphs; what has tags already stays."""
    if "</" in text or "<br" in text:
        return text
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    blocks = [block.strip() for block in escaped.replace("\r\n", "\n").split("\n\n")]
    return "".join(f"<p>{block.replace(chr(10), '<br>')}</p>" for block in blocks if block)


@transaction.atomic
def check_legal_answer(
    question: LegalQuestion, *, note: str, actor: Actor, now: datetime
) -> LegalQuestion:
    """The draft checked by a lawyer, who is not its drafter.

    Args:
        note: what was looked at; owed when a cited instrument was replaced or amended before the day of the law.

    Raises:
        NotAllowed: the actor drafted it.
        InvalidInput: an old instrument is cited and nothing is said about it.
    """
    question = begin_question(question, "check_legal_answer", actor)
    if question.drafted_by_id == actor.pk:
        raise NotAllowed(OWN_DRAFT)
    old = old_laws(question, now)
    if old and not note.strip():
        named = "; ".join(str(change) for change in old)
        raise InvalidInput(
            f"Căn cứ đã thay đổi: {named}. Sửa dự thảo, hoặc ghi vì sao vẫn viện dẫn.", "note"
        )
    return finish_question(
        question, "check_legal_answer", actor, now, reason=note, checked_by=actor.official,
        checked_at=now, check_note=without_names(question, note.strip()),
    )  # fmt: skip


def old_laws(question: LegalQuestion, now: datetime) -> tuple[Change, ...]:
    """What became until today of the instruments a draft cites, whatever the day its law was taken from."""
    today = now.astimezone(VIETNAM).date()
    return changes_of([*question.laws, question.answer_html], after=date.min, until=today)


@transaction.atomic
def return_legal_answer(
    question: LegalQuestion, *, reason: str, actor: Actor, now: datetime
) -> LegalQuestion:
    """The draft back with its drafter.

    Raises:
        InvalidInput: no reason.
    """
    question = begin_question(question, "return_legal_answer", actor)
    why = needed(reason, "Ghi chỗ cần sửa.", "reason")
    return finish_question(
        question, "return_legal_answer", actor, now, reason=why, checked_by=None, checked_at=None
    )
