"""Ending a letter that was taken up and cannot be answered: withdrawn, joined to another, or left by who wrote it."""

from datetime import datetime

from django.db import transaction

from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput
from hoiam.letters.actions.clocks import cancel_clocks, end_clocks
from hoiam.letters.actions.moving import begin, finish, needed
from hoiam.letters.models import ReaderLetter
from hoiam.letters.states import ClockState, FilingReason

# The other grounds are found before a letter is taken up.
GROUNDS = (FilingReason.WITHDRAWN, FilingReason.UNMET, FilingReason.REPEATED)


@transaction.atomic
def discontinue(
    letter: ReaderLetter, *, filing: str, reason: str, actor: Actor, now: datetime,
    seen: int | None = None,
) -> ReaderLetter:  # fmt: skip
    """The letter filed though it was accepted; what is owed to the paper that forwarded it stays owed.

    Args:
        filing: one of `GROUNDS`.
        reason: what the decision rests on, with the paper's number when there is one.

    Raises:
        InvalidInput: no ground, or no reason.
    """
    letter = begin(letter, "discontinue", actor=actor, seen=seen)
    if filing not in GROUNDS:
        raise InvalidInput("Chọn lý do đình chỉ.", "filing")
    if filing == FilingReason.REPEATED and letter.repeat_of_id is None:
        raise InvalidInput("Ghi đơn này trùng với đơn nào trước khi lưu.", "filing")
    why = needed(reason, "Ghi căn cứ đình chỉ: văn bản rút đơn, lần đã liên hệ, đơn đã giải quyết.", "reason")  # fmt: skip
    end_clocks(letter, "file", at=now)
    settling = letter.clocks.filter(state=ClockState.RUNNING, event="accepted")
    cancel_clocks(
        letter, frozenset(settling.values_list("rule", flat=True)), at=now, why="discontinue"
    )
    told = {"ground": str(FilingReason(filing).label)}
    return finish(letter, "discontinue", actor=actor, now=now, reason=why, told=told, filing=filing)
