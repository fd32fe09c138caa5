"""Legal questions taken in: by the public form, by hand, out of a letter that turned out to be one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from hoiam.agencies.models import Agency
from hoiam.core import authority, ledger, outbox
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput, WrongState
from hoiam.kit.rulebook import compute
from hoiam.kit.vietnamese import nfc, squash
from hoiam.letters.actions.clocks import end_clocks
from hoiam.letters.actions.hiding import WHY, as_hidden
from hoiam.letters.actions.intake import LONGEST_TEXT, TWICE, Named, named_of
from hoiam.letters.actions.moving import begin, finish, past
from hoiam.letters.actions.numbers import new_code, next_number
from hoiam.letters.models import LegalQuestion, LetterPerson, ReaderLetter, SealedText
from hoiam.letters.policies import names_denouncer
from hoiam.letters.states import LetterChannel, LetterKind, PersonRole
from hoiam.monitoring.calendars import calendar_in_use

ANSWER_IN = "MD-131"
LONGEST_QUESTION = 5000
DENOUNCED = (
    "Đơn có người tố cáo phải giữ bí mật nên không chuyển sang hỏi đáp, nơi nhiều người xem được người hỏi. "
    "Phân loại lại đơn theo nội dung."
)


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
        WrongState: the letter was not sorted as a question, or a denouncer wrote it: who asks is better known.
    """
    letter = begin(letter, "pass_to_questions", actor=actor, seen=seen)
    if letter.kind != LetterKind.QUESTION:
        raise WrongState("Chỉ đơn phân loại là câu hỏi pháp luật mới chuyển sang hỏi đáp.")
    if names_denouncer(letter):
        raise WrongState(DENOUNCED)
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
    longest = LONGEST_TEXT if "letter" in fields else LONGEST_QUESTION
    if len(said) > longest:
        raise InvalidInput(f"Câu hỏi dài quá {longest} ký tự. Rút gọn lại.", "content")
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
