"""Which pictures of folders a picture of a preview was made of: who may see one of those may see it.

The store holds evidence too, so a hash alone opens nothing. What is noted here is noted again each time a text is drawn.
"""

from django.core.cache import cache

# not-law: how long a drawn preview finds its pictures, in seconds
HELD = 24 * 3600


def note(blob: str, image_id: int) -> None:
    """Nothing; the picture kept under this hash is known as made of that picture of a folder."""
    cache.set(_key(blob), made_of(blob) | {image_id}, HELD)


def made_of(blob: str) -> frozenset[int]:
    """Keys of the folders' pictures this one was made of; none when no text drawn of late shows it."""
    return cache.get(_key(blob), frozenset())


def _key(blob: str) -> str:
    return f"workbench.shown.{blob}"
