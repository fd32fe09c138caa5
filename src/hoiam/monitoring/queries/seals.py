"""What this room seals: captures, each with what its row says and what its WARC file says of it."""

from typing import Any

from hoiam.core.stamps.kinds import Kind, moment, register
from hoiam.core.warc import DamagedCapture, read_capture
from hoiam.monitoring.models import Capture


def _facts(capture: Capture) -> dict[str, Any]:
    return {
        "blob": capture.blob,
        "payload_sha256": capture.payload_sha256,
        "url": capture.url,
        "final_url": capture.final_url,
        "status": capture.status,
        "at": moment(capture.at),
        "by": capture.by_id,
        "how": capture.how,
        "size": capture.size,
        "content_type": capture.content_type,
    }


def _contradictions(capture: Capture, data: bytes) -> list[str]:
    """What the WARC file says otherwise than the row; an uploaded file says nothing of itself."""
    if capture.blob == capture.payload_sha256:
        return []
    try:
        inside = read_capture(data)
    except DamagedCapture as fault:
        return [str(fault)]
    pairs = (
        ("địa chỉ", capture.url, str(inside.about.get("asked", ""))[:1000]),
        ("địa chỉ cuối", capture.final_url, inside.url[:1000]),
        ("mã trả lời", capture.status, inside.status),
        ("thời điểm chụp", capture.at, inside.fetched_at),
        ("mã SHA-256 nội dung", capture.payload_sha256, inside.about.get("body_sha256")),
    )
    return [
        f"Bản ghi nói {what} là “{row}”, tệp WARC nói “{file}”."
        for what, row, file in pairs
        if row != file
    ]


CAPTURE = register(
    Kind(
        code="capture",
        label="Bản chụp",
        rows=Capture.objects.all,
        facts=_facts,
        name=lambda capture: capture.url or capture.how,
        inner=_contradictions,
    )
)
