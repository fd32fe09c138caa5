"""Pictures of the portal on the disk: which may be shown, and narrower ones made on first asking.

What is made here can be made again from the store of blobs; it may be thrown away at any time.
"""

import os
import tempfile
from datetime import datetime
from pathlib import Path

from django.conf import settings

from hoiam.core import blobs
from hoiam.core.pictures import remade
from hoiam.newsroom.models import ArticlePicture
from hoiam.newsroom.queries import standing
from hoiam.portal.reading import WIDTHS

__all__ = ["WIDTHS", "is_shown", "picture"]
_KINDS = ((b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG", "image/png"), (b"RIFF", "image/webp"))


def is_shown(sha256: str, now: datetime) -> bool:
    """Whether an article that stands at this moment shows it."""
    articles = ArticlePicture.objects.filter(blob=sha256).values_list("article", flat=True)
    return standing(now).filter(pk__in=list(articles)).exists()


def picture(sha256: str, width: int | None) -> tuple[bytes, str]:
    """The bytes and their media type; narrowed when a width is given and the picture is wider."""
    if width is None:
        data = blobs.read(sha256)
        return data, _kind(data)
    place = Path(settings.HOIAM_DATA) / "pictures" / sha256[:2] / f"{sha256}-{width}"
    if not place.is_file():
        _write(place, remade(blobs.read(sha256), sha256, widest=width).data)
    data = place.read_bytes()
    return data, _kind(data)


def _kind(data: bytes) -> str:
    return next(
        (kind for sign, kind in _KINDS if data.startswith(sign)), "application/octet-stream"
    )


def _write(place: Path, data: bytes) -> None:
    # Written beside and renamed: who asks at the same time never reads half a picture.
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=place.parent, prefix="making-")
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    os.replace(name, place)
