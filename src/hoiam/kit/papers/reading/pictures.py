"""Words of scanned pages, read by tesseract where the machine has it."""

import itertools
import os
import shutil
import struct
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageSequence

from hoiam.kit.papers.reading import (
    refusals,
    scan_figures,
    scan_heads,
    scan_names,
    scan_pages,
)
from hoiam.kit.papers.reading.flow import Item, paragraphs, whole_foot
from hoiam.kit.papers.reading.refusals import NotReadable
from hoiam.kit.papers.reading.scan_words import (
    POINT,
    Word,
    back_on_lines,
    back_on_page,
    box_of,
    columns_of,
    items_of,
    words_of,
)
from hoiam.kit.papers.reading.sheet import Block

SECONDS = 300.0  # for the whole file
MOST_PAGES = 60
MOST_DOTS = 60_000_000  # of one picture: A3 at 600 dots an inch is 70 million with margins
# Blanks stay as wide as on the page: the letterhead's two columns are told by them.
_COLUMNS = ("-c", "preserve_interword_spaces=1")
# What Pillow raises on bytes that are no sound picture.
_UNSOUND = (OSError, SyntaxError, ValueError, struct.error)
_NO_SUCH_PAGE = 99  # pdftoppm's code for a page behind the last
TOO_SLOW = "Máy đọc chữ chạy quá lâu nên đã dừng. Hãy tách tệp thành nhiều phần rồi đọc lại."
TOO_FINE = "Ảnh quét quá lớn để đọc. Hãy quét lại ở 200–300 dpi rồi đọc lại."


@dataclass(frozen=True)
class _Clock:
    """One limit for all programs that read one file."""

    until: float

    def left(self) -> float:
        return max(0.1, self.until - time.monotonic())


@dataclass(frozen=True)
class Scan:
    """The paragraphs of a scan, what a person must look at, and the names under offices that readings agree on."""

    blocks: list[Block]
    problems: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Page:
    """The pieces of one page, its names, whether its number or day was read in too many ways, and which dates were."""

    items: list[Item]
    names: list[str]
    is_unsure: bool
    unsure_dates: tuple[str, ...]


def scan_of(data: bytes, kind: str) -> Scan | None:
    """What a scan says, None when this machine cannot read pictures or has no Vietnamese to read them by.

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
        pages = _painted(str(painter), source, clock) if kind == "pdf" else iter([source])
        try:
            return _read(reader, pages, clock)
        except NotReadable:
            if _knows_vietnamese(reader, clock):
                raise
            return None


def _read(reader: str, files: Iterable[Path], clock: _Clock) -> Scan:
    """The paragraphs of all pages; a picture that cannot be made ready is given to the machine as it is."""
    pages, plain, width = list[_Page](), list[Block](), 0
    for file in files:
        try:
            for page in _pictures(file):
                pages.append(_items(reader, page, file.with_name("ready.png"), clock))
                width = page.width
        except _UNSOUND:
            plain += _said(reader, file, clock).split("\n")
    blocks = [*paragraphs(whole_foot([page.items for page in pages], width * POINT)), *plain]
    is_unsure = any(page.is_unsure for page in pages)
    names = tuple(name for page in pages for name in page.names)
    dates = scan_figures.problem_of([each for page in pages for each in page.unsure_dates])
    return Scan(blocks, (*((scan_heads.UNSURE,) if is_unsure else ()), *dates), names)


def _pictures(file: Path) -> Iterator[Image.Image]:
    """Each page of a picture file, made ready one at a time."""
    with Image.open(file) as picture:
        for frame in itertools.islice(ImageSequence.Iterator(picture), MOST_PAGES):
            yield scan_pages.prepared(frame)


def _items(reader: str, page: Image.Image, place: Path, clock: _Clock) -> _Page:
    """The pieces of a page; the lines that matter most are read more than once."""

    def again(line: Sequence[Word]) -> list[list[Word]]:
        cuts = scan_pages.line_again(page, box_of(line))
        return [_words(reader, cut, place, clock, "--psm", "7") for cut in cuts]

    words = _words(reader, page, place, clock)
    lane = scan_pages.lane_of(page) if scan_heads.has_state_title(words) else None
    columns, is_unsure = columns_of(words, lane), False
    if lane is not None:
        left, right = (
            back_on_page(_words(reader, part.picture, place, clock, "--psm", "6"), part)
            for part in scan_pages.columns_again(page, lane)
        )
        columns, is_unsure = scan_heads.checked(columns, left, right, again)
    names = scan_names.names_of(columns, page.width, again)
    dates = scan_figures.checked_dates(
        columns, lambda lines, sizes: _lines(reader, page, place, clock, lines, sizes)
    )
    return _Page(items_of(dates.columns, page.size), names, is_unsure, dates.unsure)


def _lines(
    reader: str,
    page: Image.Image,
    place: Path,
    clock: _Clock,
    lines: Sequence[Sequence[Word]],
    sizes: Sequence[float],
) -> list[list[list[Word]]]:
    """Other readings of lines, all lines at once."""
    return [
        back_on_lines(_words(reader, strips.picture, place, clock, "--psm", "6"), strips)
        for strips in scan_pages.strips_of(page, [box_of(line) for line in lines], sizes)
    ]


def _words(reader: str, page: Image.Image, place: Path, clock: _Clock, *options: str) -> list[Word]:
    page.save(place, compress_level=1)
    table = _run([reader, str(place), "stdout", "-l", "vie", *options, "tsv"], clock)
    return words_of(table.decode("utf-8", "replace"))


def _said(reader: str, file: Path, clock: _Clock) -> str:
    """The words of a picture as the machine lays them out."""
    said = _run([reader, str(file), "stdout", "-l", "vie", *_COLUMNS], clock)
    return said.decode("utf-8", "replace")


def _painted(painter: str, source: Path, clock: _Clock) -> Iterator[Path]:
    """The pages of a PDF as pictures, one at a time on one place: sixty at once would fill a disk."""
    place = source.with_name("page")
    for number in range(1, MOST_PAGES + 1):
        bounds = ["-scale-to", str(scan_pages.LONG_SIDE), "-f", str(number), "-l", str(number)]
        if not _ran(
            [painter, *bounds, "-singlefile", str(source), str(place)], clock, _NO_SUCH_PAGE
        ):
            return
        yield from place.parent.glob("page*")


def _refuse_huge(data: bytes) -> None:
    """Nothing for a picture of ordinary size; a few bytes may tell of more dots than a machine has memory for."""
    try:
        with Image.open(BytesIO(data)) as picture:
            dots = picture.width * picture.height
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise NotReadable(TOO_FINE) from error
    except _UNSOUND:  # no picture that can be measured: the reader says so
        return
    if dots > MOST_DOTS:
        raise NotReadable(TOO_FINE)


def _knows_vietnamese(reader: str, clock: _Clock) -> bool:
    return b"vie" in _run([reader, "--list-langs"], clock).split()


def _run(words: list[str], clock: _Clock) -> bytes:
    """What a program says.

    Raises:
        NotReadable: it fails or takes too long.
    """
    done = _done(words, clock)
    if done.returncode:
        raise NotReadable(refusals.DAMAGED)
    return done.stdout


def _ran(words: list[str], clock: _Clock, over: int) -> bool:
    """Whether a program did its work; False when it ends with the code `over`, which says there is no more to do."""
    done = _done(words, clock)
    if done.returncode not in (0, over):
        raise NotReadable(refusals.DAMAGED)
    return done.returncode == 0


def _done(words: list[str], clock: _Clock) -> subprocess.CompletedProcess[bytes]:
    env = {"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", "OMP_THREAD_LIMIT": "1"}
    if "TESSDATA_PREFIX" in os.environ:
        env["TESSDATA_PREFIX"] = os.environ["TESSDATA_PREFIX"]
    try:
        # A list of words, no shell; names of ours only.
        return subprocess.run(  # noqa: S603
            words, env=env, capture_output=True, timeout=clock.left(), check=False
        )
    except subprocess.TimeoutExpired as error:
        raise NotReadable(TOO_SLOW) from error
    except OSError as error:
        raise NotReadable(refusals.DAMAGED) from error
