"""The one private mover every step of a letter shares: lock, authority, state, version, write, diary, index."""

from datetime import datetime
from typing import Any

from hoiam.core import authority, ledger, search
from hoiam.core.actor import Actor
from hoiam.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from hoiam.letters.actions.hiding import without_names
from hoiam.letters.models import ReaderLetter
from hoiam.letters.policies import is_denounced
from hoiam.letters.queries.searched import letter_document
from hoiam.letters.states import LETTER_TRANSITIONS

STALE = (
    "Đơn này vừa được người khác xử lý. Những gì đã gõ vẫn còn; xem lại đơn rồi làm lại bước này."
)

ABOUT_YOU = (
    "Đơn này nêu tên bạn hoặc người trùng họ tên với bạn, có thể là người bị tố cáo, nên bạn không làm được bước "
    "“{step}”. Để người khác của đơn vị làm; không còn ai thì phân loại là tố cáo, chuyển cơ quan cấp trên."
)
# What decides about a letter. Sorting it as a denunciation and passing it on stay open: somebody must be able to.
DECIDING = frozenset(
    {"split", "file", "discontinue", "accept", "assign", "draft_answer", "approve_answer", "return_answer", "extend_clock",
     "mark_repeat", "pass_to_questions", "close", "reopen"}
)  # fmt: skip


def locked(letter: ReaderLetter) -> ReaderLetter:
    """The letter reloaded under lock, so that a stale copy is safe."""
    rows = ReaderLetter.objects.system("reload under lock").select_for_update(of=("self",))
    return rows.select_related("agency").get(pk=letter.pk)


def begin(
    letter: ReaderLetter, step: str, *, actor: Actor, seen: int | None = None
) -> ReaderLetter:
    """The letter under lock, when the actor may take the step on it now.

    Args:
        seen: the version the actor had before the eyes; None when no page was looked at.

    Raises:
        NotAllowed: the actor may not, or the letter denounces them and the step decides about it.
        WrongState: the letter is not in a state the step starts from.
        Conflict: somebody took a step since.
    """
    letter = locked(letter)
    authority.check(actor, step, letter)
    transition = LETTER_TRANSITIONS[step]
    if letter.state not in transition.sources:
        state = str(letter.get_state_display()).lower()
        raise WrongState(
            f"Đơn {letter.number} {state} nên không làm được bước “{transition.label}”. "
            "Tải lại trang để xem ai vừa xử lý."
        )
    if seen is not None and seen != letter.version:
        raise Conflict(STALE)
    if step in DECIDING and is_denounced(actor.official, letter):
        raise NotAllowed(ABOUT_YOU.format(step=transition.label))
    return letter


def finish(
    letter: ReaderLetter,
    step: str,
    *,
    actor: Actor | None,
    now: datetime,
    reason: str = "",
    told: dict[str, Any] | None = None,
    **fields: Any,
) -> ReaderLetter:
    """The letter after the step: its new state and columns, a line in the diary without any name, the index.

    Args:
        told: what else the diary says; blank values are left out, names are hidden.
    """
    before, target = letter.state, LETTER_TRANSITIONS[step].target
    letter.state = target or letter.state
    letter.version += 1
    for name, value in fields.items():
        setattr(letter, name, value)
    letter.save(update_fields=["state", "version", *fields])
    words = {
        name: without_names(letter, value) if isinstance(value, str) else value
        for name, value in (told or {}).items()
        if value not in ("", None, [])
    }
    reason = without_names(letter, reason.strip())
    ledger.write(letter, actor=actor, step=step, at=now, reason=reason, before=before, **words)
    search.put_many([letter_document(letter)])
    return letter


def needed(text: str, sentence: str, field: str) -> str:
    """The text, trimmed.

    Raises:
        InvalidInput: nothing is there; the sentence says what is missing.
    """
    if not text.strip():
        raise InvalidInput(sentence, field)
    return text.strip()


def past(at: datetime | None, now: datetime, field: str = "at") -> datetime:
    """The moment, or now when none is given.

    Raises:
        InvalidInput: it lies ahead.
    """
    if at is not None and at > now:
        raise InvalidInput("Thời điểm này ở phía trước. Ghi thời điểm đã qua.", field)
    return at or now
