"""Who listens to pieces asked for: a function of (commission, now) put on the list by `hears_of_pieces`.

Told whenever the wish is answered, delivered, cancelled, or its piece is decided on; twice for one thing at times.
"""

from collections.abc import Callable
from datetime import datetime

from hoiam.newsroom.models import Commission

Listener = Callable[[Commission, datetime], None]
_listeners: list[Listener] = []


def hears_of_pieces(listener: Listener) -> Listener:
    """A decorator that puts a function on the list."""
    _listeners.append(listener)
    return listener


def tell_listeners(commission: Commission | None, now: datetime) -> None:
    """Nothing; every listener was told, none when the piece was asked of nobody."""
    for listener in _listeners if commission is not None else ():
        listener(commission, now)
