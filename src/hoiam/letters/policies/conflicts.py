"""Whom a denunciation is about: they neither learn who denounced them nor decide anything about the letter.

The machine knows people by their names alone. It takes the names entered as "người được nêu trong đơn" and the letter as it
came, but not the lines that only say whom it is addressed to. Somebody of the same name is kept out too: another can act.
"""

import re

from hoiam.agencies.models import Official
from hoiam.kit.vietnamese import bears_name, fold
from hoiam.letters.models import LetterPerson, ReaderLetter, SealedText
from hoiam.letters.policies.secrecy import is_secret
from hoiam.letters.states import PersonRole

WHY = "who is denounced is kept apart from who denounced"
# "Kính gửi: ông Nguyễn Văn Ba, Trưởng Thi hành án dân sự tỉnh" denounces nobody.
ADDRESSING = re.compile(r"^\W*(?:dong\s+)?(?:kinh\s+(?:gui|thua|don|trinh)|noi\s+nhan)\b")


def is_denounced(official: Official, letter: ReaderLetter) -> bool:
    """Whether a letter that is or may be a denunciation names this official."""
    return is_secret(letter) and _is_named(official.full_name, letter)


def _is_named(name: str, letter: ReaderLetter) -> bool:
    rows = LetterPerson.objects.system(WHY).filter(letter=letter, role=PersonRole.NAMED)
    if any(bears_name(named, name) for named in rows.values_list("name", flat=True)):
        return True
    sealed = SealedText.objects.system(WHY).filter(letter=letter).first()
    if sealed is None:
        return False
    told = "\n".join(
        line
        for line in (sealed.title, *sealed.content.splitlines())
        if not ADDRESSING.match(fold(line))
    )
    return bears_name(told, name)
