"""Letters that may be the same one again: offered with the reason, never decided."""

from dataclasses import dataclass
from datetime import datetime

from hoiam.core.actor import Actor
from hoiam.kit.news import DuplicateIndex
from hoiam.kit.rulebook import add_months, default_number
from hoiam.kit.vietnamese import VIETNAM, fold, nfc
from hoiam.letters.models import LetterPerson, ReaderLetter, SealedText
from hoiam.letters.policies import may_know_people
from hoiam.letters.states import PROTECTED_ROLES

WINDOW = "MD-134"
MOST_COMPARED = 3000
WHY = "is it the same letter again"


@dataclass(frozen=True)
class Repeat:
    """An earlier letter that may be the same, and why it is thought so; no name is told."""

    letter: ReaderLetter
    why: str


def repeats_of(letter: ReaderLetter, actor: Actor) -> list[Repeat]:
    """Earlier letters to the same agency with nearly the same text or from the same sender, newest first.

    That two letters have one sender is told only to who may know the sender of both: of the one known, the other is known.
    """
    earlier = {row.pk: row for row in _earlier(letter)}
    found: dict[int, list[str]] = {}
    text = _alike(letter, earlier)
    if text is not None:
        found.setdefault(text[0], []).append(f"nội dung giống {round(text[1] * 100)}%")
    for pk in _same_sender(letter, earlier) if may_know_people(actor, letter) else ():
        if not may_know_people(actor, earlier[pk]):
            continue
        found.setdefault(pk, []).append("cùng người gửi")
    ordered = sorted(found, key=lambda pk: earlier[pk].received_at, reverse=True)
    return [Repeat(earlier[pk], ", ".join(found[pk])) for pk in ordered]


def _earlier(letter: ReaderLetter) -> list[ReaderLetter]:
    day = letter.received_at.astimezone(VIETNAM).date()
    since = datetime.combine(
        add_months(day, -default_number(WINDOW)), datetime.min.time(), tzinfo=VIETNAM
    )
    kin = {letter.pk, letter.parent_id, letter.came_from_id}
    rows = ReaderLetter.objects.system(WHY).filter(
        agency=letter.agency_id, received_at__gte=since, received_at__lte=letter.received_at
    )
    rows = rows.exclude(pk__in=[pk for pk in kin if pk]).filter(pk__lt=letter.pk)
    if letter.parent_id:
        rows = rows.exclude(parent=letter.parent_id)
    return list(rows.order_by("-received_at")[:MOST_COMPARED])


def _alike(letter: ReaderLetter, earlier: dict[int, ReaderLetter]) -> tuple[int, float] | None:
    own = SealedText.objects.system(WHY).filter(letter=letter).first()
    if own is None or not earlier:
        return None
    index = DuplicateIndex(days=36_500)  # not-law: the rows are chosen already, none may leave
    rows = SealedText.objects.system(WHY).filter(letter__in=list(earlier)).order_by("pk")
    for row in rows.values_list("letter_id", "content"):
        index.add(str(row[0]), row[1])
    best = index.find(own.content)
    return None if best is None else (int(best.of), best.score)


def _same_sender(letter: ReaderLetter, earlier: dict[int, ReaderLetter]) -> set[int]:
    people = LetterPerson.objects.system(WHY).filter(role__in=PROTECTED_ROLES)
    own = set().union(*(_marks(person) for person in people.filter(letter=letter)))
    if not own:
        return set()
    others = people.filter(letter__in=list(earlier))
    return {person.letter_id for person in others if person.letter_id and own & _marks(person)}


def _marks(person: LetterPerson) -> set[str]:
    """What tells a person from others: a telephone, a mail address, a name together with a place."""
    digits = "".join(char for char in person.phone if char.isdigit())[-9:]
    name, place = (" ".join(fold(nfc(t)).split()) for t in (person.name, person.address))
    marks = {f"phone:{digits}"} if len(digits) == 9 else set()
    marks |= {f"mail:{fold(person.email.strip())}"} if person.email.strip() else set()
    return marks | ({f"who:{name}|{place}"} if name and place else set())
