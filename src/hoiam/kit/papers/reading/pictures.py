"""Words of scanned pages, read by tesseract where the machine has it."""

import os
import shutil
import struct
import subprocess
import tempfile
import time
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from hoiam.kit.papers.reading import refusals
from hoiam.kit.papers.reading.refusals import NotReadable

SECONDS = 300.0  # for the whole file
MOST_PAGES = 60
MOST_DOTS = 60_000_000  # of one picture: A3 at 600 dots an inch is 70 million with margins
# Dots of a page's longer side: 250 an inch on A4, more than the least for digitised copies (200, NĐ 30/2020/NĐ-CP Phụ lục VI);
# a page that calls itself many metres wide is no larger.
_LONG_SIDE = "2900"
# Blanks stay as wide as on the page: the letterhead's two columns are told by them.
_COLUMNS = ("-c", "preserve_interword_spaces=1")
TOO_SLOW = "Máy đọc chữ chạy quá lâu nên đã dừng. Hãy tách tệp thành nhiều phần rồi đọc lại."
TOO_FINE = "Ảnh quét quá lớn để đọc. Hãy quét lại ở 200–300 dpi rồi đọc lại."


@dataclass(frozen=True)
class _Clock:
    """One limit for all programs that read one file."""

    until: float

    def left(self) -> float:
        return max(0.1, self.until - time.monotonic())


def text_of(data: bytes, kind: str) -> str | None:
    """The words of a scan, None when this machine cannot read pictures or has no Vietnamese to read them by.

    Args:
        data: a PDF of pictures, or one picture.
        kind: pdf or picture.

    Raises:
        NotReadable: the file is damaged, far too large, or takes too long.
    """
    reader, painter = shutil.which("tesseract"), shutil.which("pdftoppm")
    if reader is None or (kind == "pdf" and painter is None):
        return None
    if kind == "picture":
        _refuse_huge(data)
    clock = _Clock(time.monotonic() + SECONDS)
    with tempfile.TemporaryDirectory(prefix="hoiam-scan-") as folder:
        source = Path(folder) / "source"
        source.write_bytes(data)
        pages = [source]
        if kind == "pdf":
            _painted(str(painter), source, clock)
            pages = sorted(Path(folder).glob("page*"))
        try:
            return "\n\f".join(
                _run([reader, str(page), "stdout", "-l", "vie", *_COLUMNS], clock).decode(
                    "utf-8", "replace"
                )
                for page in pages
            )
        except NotReadable:
            if _knows_vietnamese(reader, clock):
                raise
            return None


def _painted(painter: str, source: Path, clock: _Clock) -> None:
    """The pages of a PDF as pictures beside it."""
    bounds = ["-scale-to", _LONG_SIDE, "-gray", "-png", "-l", str(MOST_PAGES)]
    _run([painter, *bounds, str(source), str(source.with_name("page"))], clock)


def _refuse_huge(data: bytes) -> None:
    """Nothing for a picture of ordinary size; a few bytes may tell of more dots than a machine has memory for."""
    from PIL import Image  # noqa: PLC0415 -- only where a picture comes

    try:
        with Image.open(BytesIO(data)) as picture:
            dots = picture.width * picture.height
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise NotReadable(TOO_FINE) from error
    except (
        OSError,
        SyntaxError,
        ValueError,
        struct.error,
    ):  # no picture that can be measured: the reader says so
        return
    if dots > MOST_DOTS:
        raise NotReadable(TOO_FINE)


def _knows_vietnamese(reader: str, clock: _Clock) -> bool:
    return b"vie" in _run([reader, "--list-langs"], clock).split()


def _run(words: list[str], clock: _Clock) -> bytes:
    env = {"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", "OMP_THREAD_LIMIT": "1"}
    if "TESSDATA_PREFIX" in os.environ:
        env["TESSDATA_PREFIX"] = os.environ["TESSDATA_PREFIX"]
    try:
        # A list of words, no shell; names of ours only.
        done = subprocess.run(  # noqa: S603
            words, env=env, capture_output=True, timeout=clock.left(), check=False
        )
    except subprocess.TimeoutExpired as error:
        raise NotReadable(TOO_SLOW) from error
    except OSError as error:
        raise NotReadable(refusals.DAMAGED) from error
    if done.returncode:
        raise NotReadable(refusals.DAMAGED)
    return done.stdout
