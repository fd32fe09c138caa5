"""A reader's words on an official account carried into a register, and found again from there.

The rooms of accounts and of letters do not know each other: the desk stands above both, enters the letter and settles the
message in one transaction, and reads the way back from where the message says it went ("letter:12").
"""

from typing import Any

from django.db.models import Model
from django.http import HttpRequest

from hoiam.core.actor import Actor
from hoiam.core.errors import WrongState
from hoiam.desk.rim import actor_of, now_of
from hoiam.desk.typed import number_in
from hoiam.letters.states import LetterChannel
from hoiam.newsroom.actions.social_messages import turn_message
from hoiam.newsroom.models import SocialMessage
from hoiam.newsroom.queries.social import messages_visible_to
from hoiam.newsroom.states.social import Turned

FIELD = "from_message"
OPENED = "opened"


def asked_from(request: HttpRequest) -> dict[str, Any]:
    """What the form of a register carries on: the key of the message it began with, if any."""
    return {FIELD: number_in(request.POST.get(FIELD))}


def begun_with(request: HttpRequest) -> dict[str, Any] | None:
    """What the form of a register begins with when it is only opened from a message; None when it was sent."""
    if OPENED not in request.POST:
        return None
    return {**request.POST.dict(), "channel": LetterChannel.ACCOUNT.value}


def tie_message(request: HttpRequest, made: Model, into: Turned) -> SocialMessage | None:
    """The message the new row began with, settled and leading to it; None when it began with none.

    Call it in the transaction that makes the row: two people who carry the same message over make one row.

    Raises:
        WrongState: the message is not there, or was settled meanwhile.
        NotAllowed: the reader may not settle it.
    """
    key = asked_from(request)[FIELD]
    if key is None:
        return None
    found = messages_visible_to(actor_of(request)).filter(pk=key).first()
    if found is None:
        raise WrongState("Không còn bình luận, tin nhắn này. Mở lại từ mục Mạng xã hội.")
    return turn_message(
        found, actor=actor_of(request), now=now_of(request), into=into, to=f"{into}:{made.pk}"
    )


def message_behind(kind: str, pk: int, actor: Actor) -> SocialMessage | None:
    """The message that went on as this row, for who may see it; the earliest when it were several."""
    return messages_visible_to(actor).filter(turned_to=f"{kind}:{pk}").order_by("pk").first()
