"""Which posts work on letters: letters are a restricted room, the identity of who wrote still more so."""

from hoiam.agencies.states import Role
from hoiam.core.actor import Actor
from hoiam.letters.models import LegalQuestion, LetterPerson, ReaderLetter
from hoiam.letters.states import LetterKind, PersonRole

DECIDERS = (Role.HEAD, Role.DEPUTY)
HANDLERS = (Role.FOCAL_POINT, Role.CHIEF_OF_OFFICE, *DECIDERS)
CLERKS = (*HANDLERS, Role.RECORDS_CLERK)
WRITERS = (*HANDLERS, Role.EXAMINER)
READERS = (*CLERKS, Role.EXAMINER, Role.HEAD_OF_REGION)
LAWYERS = (Role.EXAMINER, Role.CHIEF_OF_OFFICE, *DECIDERS)
PUBLISHERS = (Role.CHIEF_OF_OFFICE, *DECIDERS)
# Until a letter is known not to be a denunciation, its writer is protected as a denouncer is.
SECRET_KINDS = frozenset({LetterKind.DENUNCIATION, LetterKind.UNKNOWN, LetterKind.MIXED})


def holds(actor: Actor, agency_id: int, roles: tuple[Role, ...]) -> bool:
    """Whether the actor holds one of the roles at exactly this agency."""
    return any(post.agency_id == agency_id and post.role in roles for post in actor.posts)


def reads_letters(actor: Actor) -> bool:
    """Whether the actor holds any post that works on letters; who holds a letter sees that one besides."""
    return actor.is_active and any(post.role in READERS for post in actor.posts)


def is_holder(actor: Actor, letter: ReaderLetter) -> bool:
    """Whether the letter was given to this person to settle."""
    return letter.holder_id is not None and letter.holder_id == actor.pk


def may_know_people(actor: Actor, letter: ReaderLetter) -> bool:
    """Whether the actor may ask, with a reason, who wrote the letter."""
    if is_holder(actor, letter):
        return True
    if holds(actor, letter.agency_id, DECIDERS):
        return True
    is_secret = letter.kind in SECRET_KINDS or names_denouncer(letter)
    return not is_secret and holds(actor, letter.agency_id, CLERKS)


def names_denouncer(letter: ReaderLetter) -> bool:
    """Whether somebody in it is a denouncer: said by who wrote, or once sorted so; another kind of letter changes nothing."""
    rows = LetterPerson.objects.system("is a denouncer to be protected")
    return rows.filter(letter=letter, role=PersonRole.DENOUNCER).exists()


def may_know_asker(actor: Actor, question: LegalQuestion) -> bool:
    """Whether the actor may ask, with a reason, who asked."""
    return holds(actor, question.agency_id, CLERKS)
