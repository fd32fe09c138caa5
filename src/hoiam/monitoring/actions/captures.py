"""Keeping captures (bản chụp): the bytes in the evidence store, a row that says who, when and how."""

import hashlib
from datetime import datetime

from hoiam.core import blobs
from hoiam.core.actor import Actor
from hoiam.core.fetch import Fetched
from hoiam.core.warc import write_capture
from hoiam.monitoring.actions.incoming import printable
from hoiam.monitoring.models import Capture


def keep_page(fetched: Fetched, *, actor: Actor | None, how: str) -> Capture:
    """The capture of a fetched page: one WARC file, and the SHA-256 of what the page said.

    Raises:
        BlobFault: the evidence store cannot be written.
    """
    about = {"how": how, "who": str(actor) if actor else "bộ thu thập"}
    blob = blobs.put(write_capture(fetched, about=about))
    return Capture.objects.create(
        url=fetched.url[:1000],
        final_url=fetched.final_url[:1000],
        status=fetched.status,
        at=fetched.fetched_at,
        by=actor.official if actor else None,
        how=how[:120],
        blob=blob.sha256,
        payload_sha256=hashlib.sha256(fetched.body).hexdigest(),
        size=len(fetched.body),
        content_type=printable(fetched.headers.get("Content-Type", ""))[:100],
    )


def keep_file(data: bytes, *, actor: Actor, now: datetime, content_type: str, how: str) -> Capture:
    """The capture of an uploaded clip: the file itself, kept under its hash.

    Raises:
        BlobFault: the evidence store cannot be written.
    """
    blob = blobs.put(data)
    return Capture.objects.create(
        at=now,
        by=actor.official,
        how=how,
        blob=blob.sha256,
        payload_sha256=blob.sha256,
        size=blob.size,
        content_type=content_type,
    )
