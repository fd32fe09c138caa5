"""Legal questions: taken in, drafted by a unit, checked by a lawyer, published or answered, looked at again when laws change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from hoiam.agencies.models import Agency
from hoiam.core import authority, ledger, outbox
from hoiam.core.actor import Actor
from hoiam.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from hoiam.core.markup import clean, plain
from hoiam.kit.rulebook import Change, changes_of, compute
from hoiam.kit.vietnamese import VIETNAM, fold, nfc, squash
from hoiam.letters.actions.clocks import end_clocks
from hoiam.letters.actions.hiding import WHY, as_hidden, names_protected, without_names
from hoiam.letters.actions.intake import TWICE, Named, named_of
from hoiam.letters.actions.moving import begin, finish, needed, past
from hoiam.letters.actions.numbers import new_code, next_number
from hoiam.letters.models import (
    LegalQuestion,
    LetterPerson,
    PublishedAnswer,
    ReaderLetter,
    SealedText,
)
from hoiam.letters.states import (
    QUESTION_TRANSITIONS,
    LetterChannel,
    LetterKind,
    PersonRole,
    Topic,
)
from hoiam.monitoring.calendars import calendar_in_use

ANSWER_IN = "MD-131"
LONGEST_QUESTION, LONGEST_ANSWER, MOST_LAWS = 5000, 50_000, 30
SLUG = 100
OWN_DRAFT = "Người soạn không tự kiểm tra, không tự đăng giải đáp của mình. Hãy chuyển người khác."


@transaction.atomic
def send_question(
    agency: Agency, text: str, asker: Named, *, now: datetime, sender_key: str = ""
) -> LegalQuestion:
    """The question as a citizen sent it by the public form; the same question sent twice at once stays one.

    Raises:
        InvalidInput: no text, or too long.
    """
    again = _sent_already(agency, sender_key, text, now)
    if again is not None:
        return again
    question = _put(agency, text, [asker], now, channel=LetterChannel.FORM, sender_key=sender_key)
    ledger.write(question, actor=None, step="send_question", at=now, agency=agency.code)
    outbox.post("legal_question_asked", question.pk, at=now)
    return question


def _sent_already(agency: Agency, sender: str, text: str, now: datetime) -> LegalQuestion | None:
    if not sender:
        return None
    rows = (
        SealedText.objects.system(WHY)
        .select_related("question")
        .filter(
            question__agency=agency,
            question__sender_key=sender,
            question__received_at__gte=now - TWICE,
        )
    )
    said = squash(nfc(text))
    return next((row.question for row in rows if squash(row.content) == said), None)


@transaction.atomic
def receive_question(
    agency: Agency,
    text: str,
    asker: Named,
    *,
    channel: str,
    actor: Actor,
    now: datetime,
    received_at: datetime | None = None,
) -> LegalQuestion:
    """The question as entered by hand.

    Raises:
        NotAllowed: the actor may not at this agency.
        InvalidInput: no text, too long, or a moment ahead.
    """
    authority.check(actor, "receive_question", agency)
    if channel not in LetterChannel.values or channel == LetterChannel.FORM:
        raise InvalidInput("Chọn câu hỏi đến bằng đường nào.", "channel")
    received = past(received_at, now, "received_at")
    question = _put(agency, text, [asker], received, channel=channel, entered_by=actor.official)
    ledger.write(question, actor=actor, step="receive_question", at=now, agency=agency.code)
    return question


@transaction.atomic
def pass_to_questions(
    letter: ReaderLetter, *, actor: Actor, now: datetime, seen: int | None = None
) -> LegalQuestion:
    """The legal question a letter turned out to be; the letter leads to it and needs no answer of its own.

    Raises:
        WrongState: the letter was not sorted as a question.
    """
    letter = begin(letter, "pass_to_questions", actor=actor, seen=seen)
    if letter.kind != LetterKind.QUESTION:
        raise WrongState("Chỉ đơn phân loại là câu hỏi pháp luật mới chuyển sang hỏi đáp.")
    sealed = SealedText.objects.system(WHY).get(letter=letter)
    people = [
        Named(p.name, PersonRole.ASKER, p.address, p.phone, p.email) for p in named_of(letter)
    ]
    end_clocks(letter, "hand_over", at=now)
    question = _put(
        letter.agency, sealed.content, people, letter.received_at, channel=letter.channel,
        letter=letter,
    )  # fmt: skip
    told = {"to": question.number}
    finish(
        letter, "pass_to_questions", actor=actor, now=now, told=told,
        guided_to=f"Hỏi đáp pháp luật, {question.number}",
    )  # fmt: skip
    ledger.write(question, actor=actor, step="question_from_letter", at=now, of=letter.number)
    return question


def _put(
    agency: Agency, text: str, people: Sequence[Named], received: datetime, **fields: Any
) -> LegalQuestion:
    said = nfc(text).replace("\0", "").strip()
    if not said:
        raise InvalidInput("Ghi câu hỏi.", "content")
    if len(said) > LONGEST_QUESTION * (1 + ("letter" in fields) * 9):
        raise InvalidInput(f"Câu hỏi dài quá {LONGEST_QUESTION} ký tự. Rút gọn lại.", "content")
    rows = [
        LetterPerson(
            role=PersonRole.ASKER, name=squash(nfc(each.name))[:150],
            address=squash(nfc(each.address))[:250], phone=squash(each.phone)[:40],
            email=squash(each.email)[:200],
        )
        for each in people
        if not each.is_blank
    ]  # fmt: skip
    due = compute(ANSWER_IN, received, calendar=calendar_in_use()).due
    question = LegalQuestion.objects.create(
        agency=agency, code=new_code(), asked=as_hidden(rows, said), received_at=received,
        due_at=due, fictional=agency.fictional, **fields,
        **next_number(LegalQuestion, agency, received),
    )  # fmt: skip
    SealedText.objects.create(question=question, content=said)
    for row in rows:
        row.question = question
    LetterPerson.objects.bulk_create(rows)
    return question


def _begin(question: LegalQuestion, step: str, actor: Actor) -> LegalQuestion:
    rows = LegalQuestion.objects.system("reload under lock").select_for_update(of=("self",))
    question = rows.select_related("agency", "published").get(pk=question.pk)
    authority.check(actor, step, question)
    transition = QUESTION_TRANSITIONS[step]
    if question.state not in transition.sources:
        state = str(question.get_state_display()).lower()
        raise WrongState(
            f"Câu hỏi {question.number} {state} nên không làm được bước “{transition.label}”. "
            "Tải lại trang để xem ai vừa xử lý."
        )
    return question


def _finish(
    row: LegalQuestion, step: str, actor: Actor, now: datetime, reason: str = "",
    told: dict[str, Any] | None = None, **fields: Any,
) -> LegalQuestion:  # fmt: skip
    before = row.state
    row.state = QUESTION_TRANSITIONS[step].target or row.state
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=["state", *fields])
    reason = without_names(row, reason.strip())
    ledger.write(row, actor=actor, step=step, at=now, reason=reason, before=before, **(told or {}))
    return row


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
    question = _begin(question, "draft_legal_answer", actor)
    if seen is not None and seen != question.draft_version:
        raise Conflict(
            "Dự thảo vừa được người khác lưu. Bản bạn gõ vẫn còn; xem bản mới rồi lưu lần nữa."
        )
    said, html, laws = _checked(question, draft, now)
    question = _finish(
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
    question = _begin(question, "check_legal_answer", actor)
    if question.drafted_by_id == actor.pk:
        raise NotAllowed(OWN_DRAFT)
    old = old_laws(question, now)
    if old and not note.strip():
        named = "; ".join(str(change) for change in old)
        raise InvalidInput(
            f"Căn cứ đã thay đổi: {named}. Sửa dự thảo, hoặc ghi vì sao vẫn viện dẫn.", "note"
        )
    return _finish(
        question, "check_legal_answer", actor, now, reason=note, checked_by=actor.official,
        checked_at=now, check_note=note.strip(),
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
    question = _begin(question, "return_legal_answer", actor)
    why = needed(reason, "Ghi chỗ cần sửa.", "reason")
    return _finish(
        question, "return_legal_answer", actor, now, reason=why, checked_by=None, checked_at=None
    )


@transaction.atomic
def publish_legal_answer(question: LegalQuestion, *, actor: Actor, now: datetime) -> LegalQuestion:
    """The answer on the public site; a revised one takes the place of the earlier at the same address.

    Raises:
        NotAllowed: the actor drafted it.
    """
    question = _begin(question, "publish_legal_answer", actor)
    if question.drafted_by_id == actor.pk:
        raise NotAllowed(OWN_DRAFT)
    row = question.published or PublishedAnswer(
        agency=question.agency, slug=_free_slug(question.question), published_at=now,
        fictional=question.fictional,
    )  # fmt: skip
    row.question, row.answer_html, row.topic = (
        question.question,
        question.answer_html,
        question.topic,
    )
    assert question.law_day is not None  # no draft is saved without it
    row.laws, row.law_day = list(question.laws), question.law_day
    row.words = fold(" ".join([row.question, plain(row.answer_html), *row.laws]))
    row.reviewed_at, row.is_under_review, row.review_reason = now, False, ""
    row.withdrawn_at, row.withdrawn_reason = None, ""
    row.save()
    return _finish(
        question, "publish_legal_answer", actor, now, told={"slug": row.slug}, published=row,
        approved_by=actor.official, answered_at=question.answered_at or now,
    )  # fmt: skip


def _free_slug(text: str) -> str:
    stem = slugify(fold(text))[:SLUG].strip("-") or "hoi-dap"
    rows = PublishedAnswer.objects.system("addresses are taken by every agency's answers")
    taken = set(rows.filter(slug__startswith=stem).values_list("slug", flat=True))
    if stem not in taken:
        return stem
    number = 2
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"


@transaction.atomic
def answer_asker(
    question: LegalQuestion, *, way: str, actor: Actor, now: datetime
) -> LegalQuestion:
    """The question answered to who asked alone, with no publishing.

    Raises:
        NotAllowed: the actor drafted it.
        InvalidInput: it is not said how.
    """
    question = _begin(question, "answer_asker", actor)
    if question.drafted_by_id == actor.pk:
        raise NotAllowed(OWN_DRAFT)
    how = needed(way, "Ghi đã trả lời người hỏi bằng cách nào.", "way")
    return _finish(
        question, "answer_asker", actor, now, reason=how, approved_by=actor.official,
        answered_at=now,
    )  # fmt: skip


@transaction.atomic
def refer_question(
    question: LegalQuestion, *, to: str, actor: Actor, now: datetime
) -> LegalQuestion:
    """The question with whom its asker should ask instead.

    Raises:
        InvalidInput: nowhere is named.
    """
    question = _begin(question, "refer_question", actor)
    where = squash(needed(to, "Ghi nơi hướng dẫn người hỏi đến.", "to"))[:250]
    return _finish(question, "refer_question", actor, now, told={"to": where}, referred_to=where)


@transaction.atomic
def review_legal_answer(
    question: LegalQuestion, *, note: str, actor: Actor, now: datetime
) -> LegalQuestion:
    """The published answer found to hold still, by the law of today.

    Raises:
        InvalidInput: nothing is said of what was looked at.
    """
    question = _begin(question, "review_legal_answer", actor)
    why = needed(note, "Ghi đã đối chiếu với văn bản nào.", "note")
    row, today = question.published, now.astimezone(VIETNAM).date()
    assert row is not None  # the state says so
    row.reviewed_at, row.law_day, row.is_under_review, row.review_reason = now, today, False, ""
    row.save(update_fields=["reviewed_at", "law_day", "is_under_review", "review_reason"])
    return _finish(question, "review_legal_answer", actor, now, reason=why, law_day=today)


@transaction.atomic
def revise_legal_answer(
    question: LegalQuestion, *, reason: str, actor: Actor, now: datetime
) -> LegalQuestion:
    """The question open for a new draft; what stands on the public site stays, marked as under review.

    Raises:
        InvalidInput: no reason.
    """
    question = _begin(question, "revise_legal_answer", actor)
    why = needed(reason, "Ghi vì sao soạn lại.", "reason")
    if question.published is not None and question.published.withdrawn_at is None:
        _flag(question.published, "Cơ quan đang soạn lại giải đáp này.")
    return _finish(
        question, "revise_legal_answer", actor, now, reason=why, drafted_by=actor.official,
        checked_by=None, checked_at=None,
    )  # fmt: skip


@transaction.atomic
def withdraw_legal_answer(
    question: LegalQuestion, *, reason: str, actor: Actor, now: datetime
) -> LegalQuestion:
    """The answer gone from the public site.

    Raises:
        InvalidInput: no reason.
    """
    question = _begin(question, "withdraw_legal_answer", actor)
    why = needed(reason, "Ghi lý do rút.", "reason")
    row = question.published
    assert row is not None  # the state says so
    row.withdrawn_at, row.withdrawn_reason = now, why
    row.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    return _finish(question, "withdraw_legal_answer", actor, now, reason=why)


@transaction.atomic
def flag_changed_laws(*, now: datetime) -> int:
    """How many published answers were marked for review because an instrument they cite changed since the day of their law."""
    today, flagged = now.astimezone(VIETNAM).date(), 0
    rows = PublishedAnswer.objects.system("laws change for every agency's answers")
    standing = rows.filter(withdrawn_at=None, is_under_review=False).select_for_update(of=("self",))
    for row in standing:
        found = changes_of([*row.laws, row.answer_html], after=row.law_day, until=today)
        if not found:
            continue
        _flag(row, "; ".join(str(change) for change in found) + ".")
        question = LegalQuestion.objects.system(WHY).filter(published=row).first()
        if question is not None:
            ledger.write(
                question, actor=None, step="flag_legal_answer", at=now, reason=row.review_reason
            )
            outbox.post("legal_answer_flagged", question.pk, at=now)
        flagged += 1
    return flagged


def _flag(row: PublishedAnswer, why: str) -> None:
    row.is_under_review, row.review_reason = True, why
    row.save(update_fields=["is_under_review", "review_reason"])
