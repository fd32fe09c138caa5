"""The body of an answer: read raw, unpacked by us, counted at every step.

A client that unpacks by itself hands over 300 MB before anybody can count them (measured); with `max_length` no more than
one step is ever unpacked beyond the limit.
"""

import zlib
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

from hoiam.core.fetch.errors import BadContent, TooBig

ENCODINGS = "gzip, deflate"
_STEP = 64 * 1024
_MAGIC = b"\x1f\x8b"


@dataclass(frozen=True)
class Body:
    """A body as it was sent and as it reads."""

    raw: bytes
    plain: bytes


async def read_body(chunks: AsyncIterator[bytes], encoding: str, limit: int, url: str) -> Body:
    """The whole body, at most `limit` bytes as sent and unpacked.

    Raises:
        TooBig: more than that.
        BadContent: packed in a way we did not offer to read, or damaged.
    """
    unpack = _unpacker(encoding.strip().lower(), url)
    raw, plain = bytearray(), bytearray()
    async for chunk in chunks:
        raw += chunk
        _count(raw, limit, url)
        if unpack is not None:
            _unpack_into(plain, unpack, chunk, limit, url)
    if unpack is None:
        return Body(bytes(raw), bytes(raw))
    if raw and not unpack.eof:
        raise BadContent("Nội dung trang bị đứt giữa chừng. Hệ thống sẽ đọc lại sau.", url)
    return Body(bytes(raw), bytes(plain))


class _Unpacker:
    """zlib behind one door: gzip of one or several members, or deflate with or without its header (servers send both)."""

    def __init__(self, *, is_gzip: bool) -> None:
        self._engine = zlib.decompressobj(31 if is_gzip else 15)
        self._may_go_on, self._may_be_headless = is_gzip, not is_gzip
        self._held = b""

    @property
    def eof(self) -> bool:
        """Whether the end was seen."""
        return self._engine.eof

    def pieces(self, data: bytes) -> Iterator[bytes]:
        """The unpacked bytes, step by step; what stands behind the end and is no further member is no part of them."""
        step = b"more"
        # A full step may have used up the input and still hold bytes back, so it is asked once more.
        while data or len(step) == _STEP:
            if self._engine.eof:
                data = self._next_member(data)
                if not data:
                    return
            step = self._step(data)
            yield step
            data = self._engine.unused_data or self._engine.unconsumed_tail

    def _next_member(self, data: bytes) -> bytes:
        """The bytes of the member that begins here, with its engine ready; nothing when none does, or it is not yet seen."""
        data, self._held = self._held + data, b""
        if self._may_go_on and _MAGIC.startswith(data[:2]) and len(data) < len(_MAGIC):
            self._held = data
            return b""
        self._may_go_on = self._may_go_on and data.startswith(_MAGIC)
        if not self._may_go_on:
            return b""
        self._engine = zlib.decompressobj(31)
        return data

    def _step(self, data: bytes) -> bytes:
        """At most one step of unpacked bytes."""
        try:
            plain = self._engine.decompress(data, _STEP)
        except zlib.error:
            if not self._may_be_headless:
                raise
            self._engine = zlib.decompressobj(-15)
            plain = self._engine.decompress(data, _STEP)
        self._may_be_headless = False
        return plain


def _unpacker(encoding: str, url: str) -> _Unpacker | None:
    if encoding in ("", "identity"):
        return None
    if encoding in ("gzip", "x-gzip"):
        return _Unpacker(is_gzip=True)
    if encoding == "deflate":
        return _Unpacker(is_gzip=False)
    raise BadContent(f"Trang được nén kiểu «{encoding[:40]}» mà hệ thống không đọc.", url)


def _unpack_into(plain: bytearray, unpack: _Unpacker, data: bytes, limit: int, url: str) -> None:
    try:
        for piece in unpack.pieces(data):
            plain += piece
            _count(plain, limit, url)
    except zlib.error as error:
        raise BadContent("Nội dung trang bị hỏng khi giải nén.", url) from error


def _count(data: bytearray, limit: int, url: str) -> None:
    if len(data) > limit:
        raise too_big(limit, url)


def too_big(limit: int, url: str) -> TooBig:
    """The refusal of a body over the limit."""
    size = f"{limit / 1024 / 1024:.3g}".replace(".", ",")
    return TooBig(f"Trang lớn hơn mức {size} MB cho phép nên không được đọc.", url)


def unpacked(raw: bytes, encoding: str, limit: int, url: str = "") -> bytes:
    """The plain bytes of a body that is all there; see `read_body` for what it raises."""
    unpack = _unpacker(encoding.strip().lower(), url)
    if unpack is None:
        return raw
    plain = bytearray()
    _unpack_into(plain, unpack, raw, limit, url)
    return bytes(plain)
