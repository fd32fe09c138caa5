"""How much, how long and how often: the manners of every request."""

from dataclasses import dataclass

from django.conf import settings

MIB = 1024 * 1024


@dataclass(frozen=True)
class Manners:
    """What holds for every request of one fetcher."""

    user_agent: str
    """Who we say we are; always the truth, with a way to reach us."""
    pause: float = 1.0
    """Seconds between two requests to one host."""
    per_host: int = 2
    """Requests to one host under way at once."""
    at_once: int = 100
    """Requests under way at once, to all hosts."""
    hops: int = 5
    """Redirects that are followed."""


def default_manners() -> Manners:
    """The manners of this installation (HOIAM_USER_AGENT, HOIAM_FETCH_PAUSE)."""
    return Manners(
        user_agent=settings.HOIAM_USER_AGENT,
        pause=float(getattr(settings, "HOIAM_FETCH_PAUSE", 1.0)),
    )
