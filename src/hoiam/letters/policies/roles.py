"""Which posts work on letters: letters are a restricted room, the identity of who wrote still more so."""

from hoiam.agencies.states import Role
from hoiam.core.actor import Actor
from hoiam.letters.models import LegalQuestion, ReaderLetter
from hoiam.letters.policies.conflicts import is_denounced
from hoiam.letters.policies.secrecy import is_secret

DECIDERS = (Role.HEAD, Role.DEPUTY)
HANDLERS = (Role.FOCAL_POINT, Role.CHIEF_OF_OFFICE, *DECIDERS)
CLERKS = (*HANDLERS, Role.RECORDS_CLERK)
WRITERS = (*HANDLERS, Role.EXAMINER)
READERS = (*CLERKS, Role.EXAMINER, Role.HEAD_OF_REGION)
LAWYERS = (Role.EXAMINER, Role.CHIEF_OF_OFFICE, *DECIDERS)
PUBLISHERS = (Role.CHIEF_OF_OFFICE, *DECIDERS)


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
    """Whether the actor may ask, with a reason, who wrote the letter; never who is denounced in it."""
    may = is_holder(actor, letter) or holds(actor, letter.agency_id, DECIDERS)
    if not may and holds(actor, letter.agency_id, CLERKS):
        return not is_secret(letter)
    return may and not is_denounced(actor.official, letter)


def may_know_asker(actor: Actor, question: LegalQuestion) -> bool:
    """Whether the actor may ask, with a reason, who asked."""
    return holds(actor, question.agency_id, CLERKS)
