"""What the verbs of this room share: a row reloaded under lock, its authority and state checked."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db.models import Model

from hoiam.core import authority
from hoiam.core.actor import Actor
from hoiam.core.errors import WrongState
from hoiam.handling.states import Transition

Row = TypeVar("Row", bound=Model)


def locked(row: Row, verb: str, actor: Actor | None) -> Row:
    """The row reloaded under lock; who acts may (None: the system itself).

    Raises:
        NotAllowed: the actor may not.
    """
    rows = type(row)._default_manager.system("reload under lock")
    found: Row = rows.select_for_update(of=("self",)).get(pk=row.pk)
    if actor is not None:
        authority.check(actor, verb, found)
    return found


def moved(
    row: Row, verb: str, table: Mapping[str, Transition], *, actor: Actor | None, what: str
) -> Row:
    """The row under lock with the state the verb ends in, not yet saved.

    Args:
        what: how the sentence of refusal names it: "Lớp tập huấn".

    Raises:
        NotAllowed: the actor may not.
        WrongState: the verb does not start from where the row stands.
    """
    found: Any = locked(row, verb, actor)
    step = table[verb]
    require(found, step.sources, step.label, what)
    found.state = step.target
    moved_row: Row = found
    return moved_row


def require(row: Any, states: frozenset[Any], label: str, what: str) -> None:
    """Nothing when the row stands in one of the states.

    Raises:
        WrongState: it does not.
    """
    if row.state not in states:
        raise WrongState(
            f"{what} đang ở tình trạng “{row.get_state_display()}”, không làm “{label}” được. "
            "Tải lại trang để xem ai vừa xử lý."
        )
