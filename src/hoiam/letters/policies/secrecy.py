"""Which letters hide who wrote them even from the desk: denunciations, and what may yet turn out to be one."""

from hoiam.letters.models import LetterPerson, ReaderLetter
from hoiam.letters.states import LetterKind, PersonRole

# Until a letter is known not to be a denunciation, its writer is protected as a denouncer is.
SECRET_KINDS = frozenset({LetterKind.DENUNCIATION, LetterKind.UNKNOWN, LetterKind.MIXED})


def is_secret(letter: ReaderLetter) -> bool:
    """Whether the letter is or may be a denunciation, or a denouncer wrote it."""
    return letter.kind in SECRET_KINDS or names_denouncer(letter)


def names_denouncer(letter: ReaderLetter) -> bool:
    """Whether somebody in it is a denouncer: said by who wrote, or once sorted so; another kind of letter changes nothing."""
    rows = LetterPerson.objects.system("is a denouncer to be protected")
    return rows.filter(letter=letter, role=PersonRole.DENOUNCER).exists()
