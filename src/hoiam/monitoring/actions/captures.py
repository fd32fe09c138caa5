"""Keeping captures (bản chụp): the bytes in the evidence store, a row that says who, when and how."""

import hashlib
from datetime import datetime

from hoiam.agencies.models import Official
from hoiam.core import blobs
from hoiam.core.actor import Actor
from hoiam.core.fetch import Fetched
from hoiam.core.warc import write_capture
from hoiam.monitoring.actions.incoming import printable
from hoiam.monitoring.models import Capture, Snapshot


def keep_page(
    fetched: Fetched, *, actor: Actor | None, how: str, by: Official | None = None
) -> Capture:
    """The capture of a fetched page: one WARC file, and the SHA-256 of what the page said.

    Args:
        by: who wished for it, when a job does the work later and no actor stands there.

    Raises:
        BlobFault: the evidence store cannot be written.
    """
    by = actor.official if actor else by
    about = {"how": how, "who": str(by) if by else "bộ thu thập"}
    blob = blobs.put(write_capture(fetched, about=about))
    return Capture.objects.create(
        url=fetched.url[:1000],
        final_url=fetched.final_url[:1000],
        status=fetched.status,
        at=fetched.fetched_at,
        by=by,
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


def keep_rendering(
    data: bytes, *, snapshot: Snapshot, now: datetime, content_type: str, how: str
) -> Capture:
    """The capture of a picture or print a browser made of a page.

    Raises:
        BlobFault: the evidence store cannot be written.
    """
    blob = blobs.put(data)
    return Capture.objects.create(
        url=snapshot.url,
        at=now,
        by=snapshot.asked_by,
        how=how[:120],
        blob=blob.sha256,
        payload_sha256=blob.sha256,
        size=blob.size,
        content_type=content_type,
    )
