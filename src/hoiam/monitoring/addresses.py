"""Where a notice leads: paths of the desk, and the whole address for those who read it outside."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

_SALT = "hoiam.notice"


def story_path(story_id: int) -> str:
    """The page of a story."""
    return reverse("desk-story", args=[story_id])


def path_of(name: str, *keys: int | None) -> str:
    """The page of that name, of one thing when it takes numbers: notices, sources, a case, an agency's year."""
    return reverse(name, args=[key for key in keys if key is not None])


def watch_path(agency_id: int) -> str:
    """The triage list narrowed to one agency."""
    return f"{reverse('desk-watch')}?tab=all&agency={agency_id}"


def whole(path: str) -> str:
    """The address a person outside can open: HOIAM_ADDRESS and the path."""
    return settings.HOIAM_ADDRESS.rstrip("/") + path


def acknowledge_address(notice_id: int) -> str:
    """The signed link of a letter: it leads to a page with a button, since mail scanners open links by themselves."""
    token = signing.TimestampSigner(salt=_SALT).sign(str(notice_id))
    return whole(reverse("desk-notice-link", args=[token]))


def notice_of(token: str, max_days: int) -> int | None:
    """The notice a link speaks of; None when it was changed or is too old."""
    try:
        kept = signing.TimestampSigner(salt=_SALT).unsign(token, max_age=max_days * 86400)
    except signing.BadSignature:
        return None
    return int(kept)
