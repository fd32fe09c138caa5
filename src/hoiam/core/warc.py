"""One WARC file per capture: the answer as the site sent it, the request, and who fetched it, when and how.

One file per capture, because one flipped bit ends the reading of a long WARC at that record. Packed with gzip level 6,
which every WARC reader knows; measured on 94 news pages of 186 KB on average, size left and time a page: gzip 1: 24.4 %,
1.1 ms; gzip 3: 23.1 %, 1.3 ms; gzip 6: 20.8 %, 2.7 ms; gzip 9: 20.6 %, 4.4 ms; zstd 3: 20.4 %, 0.4 ms, but the common
readers do not open it. 100,000 captures a day cost 270 s of one core.
"""

import hashlib
import io
import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from hoiam.core.errors import HoiAmError
from hoiam.core.fetch import BadContent, Fetched
from hoiam.core.fetch.body import unpacked

Headers = tuple[tuple[str, str], ...]

_LEVEL = 6
_LARGEST = 64 * 1024 * 1024
_JSON = "application/json"
# The body is stored as one piece: a header that promises chunks would make readers look for them.
_RENAMED = {"transfer-encoding": "X-Archive-Orig-Transfer-Encoding"}


class DamagedCapture(HoiAmError):
    """The bytes are no whole capture, or were changed."""


@dataclass(frozen=True)
class Capture:
    """What one capture holds."""

    url: str
    fetched_at: datetime
    status: int
    request_headers: Headers
    response_headers: Headers
    body: bytes
    """Unpacked, as it reads."""
    raw: bytes
    """As sent."""
    about: Mapping[str, Any] = field(default_factory=dict)
    """Who, by what means, redirects, a fault of the certificate."""


def write_capture(fetched: Fetched, *, about: Mapping[str, Any]) -> bytes:
    """One WARC file, packed record by record, ready for the evidence store.

    Args:
        fetched: the answer.
        about: who fetched it and for what (collector or official, source, version), JSON values.
    """
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=False, warc_version="1.1")
    records = _records(writer, fetched, about)
    return b"".join(_packed(writer, out, record) for record in records)


def read_capture(data: bytes) -> Capture:
    """The capture in these bytes, its hash checked.

    Raises:
        DamagedCapture: a part is missing, or the body no longer has the hash written beside it.
    """
    parts: dict[str, tuple[ArcWarcRecord, bytes]] = {}
    try:
        for record in ArchiveIterator(io.BytesIO(_plain(data))):
            parts[record.rec_type] = (record, record.raw_stream.read())
        return _capture(parts)
    except (ArchiveLoadFailed, BadContent, zlib.error, KeyError, ValueError) as error:
        raise _damaged() from error


def _records(
    writer: WARCWriter, fetched: Fetched, about: Mapping[str, Any]
) -> Iterable[ArcWarcRecord]:
    at = fetched.fetched_at.astimezone(UTC).isoformat(timespec="microseconds")
    named = {"WARC-Date": at.replace("+00:00", "Z")}
    response = writer.create_warc_record(
        fetched.final_url,
        "response",
        payload=io.BytesIO(fetched.raw),
        length=len(fetched.raw),
        http_headers=StatusAndHeaders(
            f"{fetched.status} {_line(fetched.reason)}",
            [(_RENAMED.get(n.lower(), n), _line(v)) for n, v in fetched.headers.items()],
            protocol=f"HTTP/{fetched.http_version}",
        ),
        warc_headers_dict={**named, "WARC-Payload-Digest": _digest(fetched.raw)},
    )
    named["WARC-Concurrent-To"] = response.rec_headers.get_header("WARC-Record-ID")
    yield response
    yield writer.create_warc_record(
        fetched.final_url,
        "request",
        http_headers=StatusAndHeaders(
            _request_line(fetched), list(fetched.request_headers), is_http_request=True
        ),
        warc_headers_dict=dict(named),
    )
    story = json.dumps(_story(fetched, about), ensure_ascii=False, sort_keys=True).encode()
    yield writer.create_warc_record(
        fetched.final_url,
        "metadata",
        payload=io.BytesIO(story),
        length=len(story),
        warc_content_type=_JSON,
        warc_headers_dict=dict(named),
    )


def _story(fetched: Fetched, about: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "about": dict(about),
        "asked": fetched.url,
        "body_sha256": hashlib.sha256(fetched.body).hexdigest(),
        "hops": [[hop.url, hop.status, hop.location] for hop in fetched.hops],
        "tls_fault": fetched.tls_fault,
    }


def _packed(writer: WARCWriter, out: io.BytesIO, record: ArcWarcRecord) -> bytes:
    writer.write_record(record)
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, zlib.MAX_WBITS + 16)
    packed = packer.compress(out.getvalue()) + packer.flush()
    out.seek(0)
    out.truncate()
    return packed


def _plain(data: bytes) -> bytes:
    # Record by record, because a reader of archives takes a cut end for the end.
    plain = bytearray()
    while data:
        unpacker = zlib.decompressobj(zlib.MAX_WBITS + 16)
        plain += unpacker.decompress(data, _LARGEST)
        if not unpacker.eof:
            raise zlib.error("a record is cut or too large")
        data = unpacker.unused_data
    return bytes(plain)


def _capture(parts: dict[str, tuple[ArcWarcRecord, bytes]]) -> Capture:
    response, raw = parts["response"]
    headers = response.rec_headers
    if headers.get_header("WARC-Payload-Digest") != _digest(raw):
        raise _damaged()
    packed_as = response.http_headers.get_header("Content-Encoding") or ""
    body = unpacked(raw, packed_as, _LARGEST)
    story = json.loads(parts["metadata"][1])
    if story["body_sha256"] != hashlib.sha256(body).hexdigest():
        raise _damaged()
    request = parts["request"][0]
    return Capture(
        url=headers.get_header("WARC-Target-URI"),
        fetched_at=datetime.fromisoformat(headers.get_header("WARC-Date")),
        status=int(response.http_headers.get_statuscode()),
        request_headers=tuple(request.http_headers.headers),
        response_headers=tuple(response.http_headers.headers),
        body=body,
        raw=raw,
        about=story,
    )


def _digest(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def _request_line(fetched: Fetched) -> str:
    path = fetched.final_url.split("/", 3)
    return f"GET /{path[3] if len(path) > 3 else ''} HTTP/1.1"


def _line(text: str) -> str:
    # Headers are bytes; those that are no text come from the client as lone surrogates, which no file can hold.
    kept = text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return " ".join(kept.split())


def _damaged() -> DamagedCapture:
    return DamagedCapture(
        "Bản chụp bị hỏng hoặc đã bị sửa. Hãy lấy lại tệp này từ bản sao lưu của kho chứng cứ."
    )
