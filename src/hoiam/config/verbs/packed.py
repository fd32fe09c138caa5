"""Files as they lie on the disk: plain, .gz, .xz or .zst, or stdin."""

import gzip
import io
import lzma
import sys
import zlib
from pathlib import Path
from typing import IO, cast

from hoiam.config.verbs.say import Refusal

# Every way a file can turn out to be damaged while it is read.
DAMAGED = (OSError, EOFError, lzma.LZMAError, zlib.error)
STEP = 128 * 1024


def source(path: str | None) -> IO[bytes]:
    """The named file opened for bytes, unpacked when its name ends in .gz, .xz or .zst; stdin for "-" or None.

    Raises:
        Refusal: the file is not there, is a folder, or cannot be opened.
    """
    if path in (None, "-"):
        return _stdin()
    file = Path(str(path))
    if file.is_dir():
        raise Refusal(f"“{path}” là thư mục, không phải tệp.", f"“{path}” is a folder, not a file.")
    try:
        return cast(IO[bytes], _opened(file))
    except (OSError, ValueError) as error:
        raise Refusal(
            f"Không mở được tệp “{path}”: kiểm tra lại tên và quyền đọc.",
            f"Cannot open “{path}”: check its name and that it may be read.",
        ) from error


def _stdin() -> IO[bytes]:
    """A door of its own to stdin: closing it leaves the stream open."""
    if sys.stdin is None:
        return io.BytesIO()
    try:
        return cast(IO[bytes], open(sys.stdin.fileno(), "rb", closefd=False))
    except io.UnsupportedOperation:
        return io.BytesIO(sys.stdin.buffer.read())


def _opened(file: Path) -> object:
    suffix = file.suffix.lower()
    if suffix == ".gz":
        return gzip.open(file, "rb")
    if suffix == ".xz":
        return lzma.open(file, "rb")
    if suffix == ".zst":
        return io.BufferedReader(Zstandard(file.open("rb")), STEP)
    return file.open("rb")


class Zstandard(io.RawIOBase):
    """A .zst file of any number of frames; unlike the library's own reader it refuses one that is cut short."""

    def __init__(self, packed: IO[bytes]) -> None:
        import zstandard  # only when such a file is read: it costs as much as a whole `hoiam date`

        self._fault, self._fresh = zstandard.ZstdError, zstandard.ZstdDecompressor
        self._packed, self._frame = packed, None
        self._left = b""
        self._ready = b""

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """How many bytes were put into the buffer; 0 at the end of the last frame."""
        while not self._ready:
            if not self._unpack():
                return 0
        size = min(len(buffer), len(self._ready))
        buffer[:size], self._ready = self._ready[:size], self._ready[size:]
        return size

    def close(self) -> None:
        """Close the packed file too."""
        self._packed.close()
        super().close()

    def _unpack(self) -> bool:
        packed = self._left or self._packed.read(STEP)
        if not packed:
            if self._frame is not None:
                raise EOFError("the last frame is cut short")
            return False
        self._frame = self._frame or self._fresh().decompressobj()
        try:
            self._ready = self._frame.decompress(packed)
        except self._fault as error:
            raise EOFError(str(error)) from error
        self._left = self._frame.unused_data if self._frame.eof else b""
        if self._frame.eof:
            self._frame = None
        return True
