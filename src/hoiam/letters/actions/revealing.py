"""Who wrote: shown once, to who has the right, with a reason, and written into the diary each time."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from hoiam.core import authority, ledger
from hoiam.core.actor import Actor
from hoiam.letters.actions.hiding import WHY, people_of, without_names
from hoiam.letters.actions.kept_files import bytes_of
from hoiam.letters.actions.moving import locked, needed
from hoiam.letters.models import (
    LegalQuestion,
    LetterFile,
    LetterPerson,
    ReaderLetter,
    SealedText,
)

NO_REASON = "Ghi vì sao cần xem danh tính; lần xem này được ghi vào nhật ký."


@dataclass(frozen=True)
class Revealed:
    """A letter or question as it came."""

    people: list[LetterPerson]
    title: str
    content: str
    files: list[LetterFile]


@transaction.atomic
def reveal_people(letter: ReaderLetter, *, reason: str, actor: Actor, now: datetime) -> Revealed:
    """The letter as it came, with everybody it names.

    Raises:
        NotAllowed: the actor may not know.
        InvalidInput: no reason.
    """
    letter = locked(letter)
    authority.check(actor, "reveal_people", letter)
    why = needed(reason, NO_REASON, "reason")
    ledger.write(
        letter, actor=actor, step="reveal_people", at=now, reason=without_names(letter, why)
    )
    sealed = SealedText.objects.system(WHY).filter(letter=letter).first()
    files = list(LetterFile.objects.system(WHY).filter(letter=letter))
    return _revealed(letter, sealed, files)


@transaction.atomic
def reveal_asker(question: LegalQuestion, *, reason: str, actor: Actor, now: datetime) -> Revealed:
    """The question as it came, with who asked.

    Raises:
        NotAllowed: the actor may not know.
        InvalidInput: no reason.
    """
    authority.check(actor, "reveal_asker", question)
    why = needed(reason, NO_REASON, "reason")
    ledger.write(
        question, actor=actor, step="reveal_asker", at=now, reason=without_names(question, why)
    )
    return _revealed(question, SealedText.objects.system(WHY).filter(question=question).first(), [])


def _revealed(
    thing: ReaderLetter | LegalQuestion, sealed: SealedText | None, files: list[LetterFile]
) -> Revealed:
    title, content = (sealed.title, sealed.content) if sealed is not None else ("", "")
    return Revealed(people_of(thing), title, content, files)


@transaction.atomic
def open_letter_file(
    letter: ReaderLetter, pk: int, *, reason: str, actor: Actor, now: datetime
) -> tuple[LetterFile, bytes]:
    """One file of the letter as it came; a file may name who sent it, so opening it is logged too.

    Raises:
        NotAllowed: the actor may not know.
        InvalidInput: no reason, or the file is not there (any more).
    """
    authority.check(actor, "open_letter_file", letter)
    why = needed(reason, NO_REASON, "reason")
    file = LetterFile.objects.system(WHY).filter(letter=letter, pk=pk).first() or LetterFile()
    data = bytes_of(file)
    reason = without_names(letter, why)
    ledger.write(letter, actor=actor, step="open_letter_file", at=now, reason=reason, file=pk)
    return file, data
