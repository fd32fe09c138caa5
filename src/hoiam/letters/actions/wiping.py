"""Personal data leaves when its time is over: people, the sealed text, files, mails; the row itself stays as a figure."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from hoiam.core import blobs, ledger, search
from hoiam.core.mail import forget_mail
from hoiam.core.models import LedgerEntry
from hoiam.kit.rulebook import add_months, default_number
from hoiam.kit.vietnamese import VIETNAM
from hoiam.letters.actions.hiding import WHY
from hoiam.letters.models import (
    LegalQuestion,
    LetterFile,
    LetterPerson,
    ReaderLetter,
    SealedText,
)
from hoiam.letters.queries.searched import letter_document
from hoiam.letters.states import ENDED, LetterState, QuestionState

LETTERS, ASKERS = "MD-132", "MD-133"
WIPED = "(Nội dung đã xóa theo thời hạn lưu giữ dữ liệu cá nhân.)"
DONE_QUESTIONS = (
    QuestionState.PUBLISHED,
    QuestionState.ANSWERED,
    QuestionState.REFERRED,
    QuestionState.WITHDRAWN,
)


def wipe_due(*, now: datetime, limit: int = 500) -> int:
    """How many letters and questions were wiped now, each in a transaction of its own; the others wait for the next run."""
    letters = _letters_due(now)[:limit]
    questions = _questions_due(now)[:limit]
    return sum(wipe_letter(row, now=now) for row in letters) + sum(
        wipe_question(row, now=now) for row in questions
    )


def _since(now: datetime, rule: str) -> datetime:
    day = add_months(now.astimezone(VIETNAM).date(), -default_number(rule))
    return datetime.combine(day, datetime.min.time(), tzinfo=VIETNAM)


def _letters_due(now: datetime) -> QuerySet[ReaderLetter]:
    rows = ReaderLetter.objects.system("nothing personal is kept longer than its class allows")
    since = _since(now, LETTERS)
    closed = Q(state=LetterState.CLOSED, closed_at__lt=since)
    split = Q(state=LetterState.SPLIT, received_at__lt=since)
    # Answered, passed on or filed, and nobody pressed "close": over when nothing was done with it for as long.
    left = Q(state__in=ENDED, received_at__lt=since) & ~Exists(_done_since(since))
    return rows.filter(closed | split | left, wiped_at=None).order_by("pk")


def _done_since(since: datetime) -> QuerySet[LedgerEntry]:
    return LedgerEntry.objects.filter(
        subject_kind=ReaderLetter._meta.label_lower, subject_id=OuterRef("pk"), at__gte=since
    )


def _questions_due(now: datetime) -> QuerySet[LegalQuestion]:
    rows = LegalQuestion.objects.system("nothing personal is kept longer than its class allows")
    return rows.filter(
        state__in=DONE_QUESTIONS, wiped_at=None, received_at__lt=_since(now, ASKERS)
    ).order_by("pk")


@transaction.atomic
def wipe_letter(letter: ReaderLetter, *, now: datetime) -> bool:
    """Whether the letter's personal data was there and is gone; the diary says when and by which default."""
    rows = ReaderLetter.objects.system(WHY).select_for_update(of=("self",))
    letter = rows.get(pk=letter.pk)
    if letter.wiped_at is not None:
        return False
    files = LetterFile.objects.system(WHY).filter(letter=letter)
    gone = [blob for blob in files.values_list("blob", flat=True) if blob]
    people = LetterPerson.objects.system(WHY).filter(letter=letter).delete()[0]
    SealedText.objects.system(WHY).filter(letter=letter).delete()
    files.update(blob="", name="(đã xóa)", refused_why="")
    forget_mail(f"letter:{letter.pk}:")
    letter.content, letter.sender_key, letter.wiped_at = WIPED, "", now
    letter.save(update_fields=["content", "sender_key", "wiped_at"])
    ledger.write(
        letter, actor=None, step="wipe_letter", at=now, people=people, files=len(gone), rule=LETTERS
    )
    search.put_many([letter_document(letter)])
    # After the rows: a blob without a row is only room lost, a row without its blob would be a broken page.
    transaction.on_commit(lambda: [blobs.remove(blob) for blob in gone] and None)
    return True


@transaction.atomic
def wipe_question(question: LegalQuestion, *, now: datetime) -> bool:
    """Whether what names the asker was there and is gone; the published answer stays."""
    rows = LegalQuestion.objects.system(WHY).select_for_update(of=("self",))
    question = rows.get(pk=question.pk)
    if question.wiped_at is not None:
        return False
    people = LetterPerson.objects.system(WHY).filter(question=question).delete()[0]
    SealedText.objects.system(WHY).filter(question=question).delete()
    question.asked, question.sender_key, question.wiped_at = WIPED, "", now
    question.save(update_fields=["asked", "sender_key", "wiped_at"])
    ledger.write(question, actor=None, step="wipe_question", at=now, people=people, rule=ASKERS)
    return True
