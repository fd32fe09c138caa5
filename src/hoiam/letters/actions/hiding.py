"""Names out of texts: what every other file of the room is written with."""

import re
from collections.abc import Iterable

from hoiam.kit.vietnamese import Person, hide, names_in
from hoiam.letters.models import (
    ClockExtension,
    LegalQuestion,
    LetterPerson,
    ReaderLetter,
    SealedText,
)
from hoiam.letters.states import PROTECTED_ROLES, PersonRole

# An address that tells the commune and no more.
COMMUNE = re.compile(r"(xã|phường|thị trấn|đặc khu)\s[^,\d]+$", re.IGNORECASE)
WHY = "names are taken out of texts"


def people_of(thing: ReaderLetter | LegalQuestion) -> list[LetterPerson]:
    """Everybody named by the letter, or by the question."""
    field = "letter" if isinstance(thing, ReaderLetter) else "question"
    return list(LetterPerson.objects.system(WHY).filter(**{field: thing}))


def as_hidden(people: Iterable[LetterPerson], text: str) -> str:
    """The text without anything that names these people."""
    return hide(text, map(_person, people)).text


def without_names(thing: ReaderLetter | LegalQuestion, text: str) -> str:
    """The text without anything that names the people of the letter: for the diary, for reasons, for notes."""
    return as_hidden(people_of(thing), text) if text else text


def where_to(people: Iterable[LetterPerson], place: str) -> str:
    """The place a sender is told to go to, without anything that names these people.

    The authority of the sender's own commune keeps its name, or the notice sends nobody anywhere; not a denouncer's.
    """
    return hide(place, [_person(each, is_place=True) for each in people]).text


def names_protected(thing: ReaderLetter | LegalQuestion, text: str) -> bool:
    """Whether the text names somebody who must stay unknown."""
    protected = [person for person in people_of(thing) if person.role in PROTECTED_ROLES]
    return names_in(text, map(_person, protected))


def hide_again(letter: ReaderLetter) -> None:
    """The letter's texts hidden anew from the sealed one: after people were added to it."""
    sealed = SealedText.objects.system(WHY).filter(letter=letter).first()
    if sealed is None:
        return
    people = people_of(letter)
    letter.title = as_hidden(people, sealed.title)[:300]
    letter.content = as_hidden(people, sealed.content)
    letter.forwarder = as_hidden(people, letter.forwarder)
    letter.sorting_note = as_hidden(people, letter.sorting_note)
    letter.guided_to = where_to(people, letter.guided_to)
    hidden = ["title", "content", "forwarder", "sorting_note", "guided_to"]
    for more in ClockExtension.objects.filter(clock__letter=letter):
        more.reason, more.paper = as_hidden(people, more.reason), as_hidden(people, more.paper)
        more.save(update_fields=["reason", "paper"])
    # An answer may name whom the letter is about, never who wrote it; it may be on its way to a paper already.
    protected = [person for person in people if person.role in PROTECTED_ROLES]
    letter.draft = as_hidden(protected, letter.draft)
    letter.measures = as_hidden(protected, letter.measures)
    letter.save(update_fields=[*hidden, "draft", "measures"])


def _person(person: LetterPerson, *, is_place: bool = False) -> Person:
    is_open = is_place and person.role != PersonRole.DENOUNCER and COMMUNE.match(person.address)
    return Person(person.name, "" if is_open else person.address, person.phone, person.email)
