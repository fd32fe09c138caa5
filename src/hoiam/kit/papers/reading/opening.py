"""A file opened as paragraphs and tables, whatever kind it is."""

from dataclasses import dataclass

from hoiam.kit.papers.office import from_old_word, office
from hoiam.kit.papers.reading import limits, plain, refusals, rtf_bounds, web, word
from hoiam.kit.papers.reading.refusals import NotReadable
from hoiam.kit.papers.reading.sheet import Block

_BARS = 4
MACHINE_READ = "Chữ do máy đọc từ bản quét nên có thể sai; hãy đối chiếu từng mục với bản gốc."
SCAN = (
    "Bản quét chưa có chữ nên chưa đọc được: hãy tải bản Word, PDF có chữ, hoặc nhập tay các mục."
)
OLD_WORD = "Tệp Word đời cũ (.doc) đã được chuyển sang .docx để đọc; hãy đối chiếu với bản gốc."


@dataclass(frozen=True)
class Opened:
    """The blocks of a file; `is_wrapped` None when the text itself must tell whether its lines end where the page does."""

    format: str
    blocks: list[Block]
    is_wrapped: bool | None = False
    is_machine_read: bool = False
    problems: tuple[str, ...] = ()
    names: tuple[str, ...] = ()  # of signers, where a machine read them


def opened(data: bytes, name: str = "") -> Opened:
    """The paragraphs and tables of a file.

    Raises:
        NotReadable: it cannot be opened; the sentence says why and what to do.
    """
    kind = limits.kind_of(data)
    if kind == "docx":
        return Opened("docx", word.blocks_of(data))
    if kind == "doc":
        return _old_word(data)
    if kind == "pdf":
        return _pdf(data)
    if kind == "picture":
        return _scan(data, "picture")
    if kind == "html":
        return Opened("html", web.blocks_of(data), None)
    text = plain.decoded(data)
    _refuse_noise(text)
    # Pages copied with bars between their cells keep the line ends of their source.
    has_bars = text.count("\n|\n") >= _BARS
    return Opened("txt", plain.blocks_of(text), True if has_bars else None)


def _old_word(data: bytes) -> Opened:
    if office() is None:
        raise NotReadable(refusals.OLD_WORD)
    if data.startswith(rtf_bounds.OPENS):
        rtf_bounds.refuse_endless(data)
    return Opened("doc", word.blocks_of(from_old_word(data)), problems=(OLD_WORD,))


def _pdf(data: bytes) -> Opened:
    # Loaded when a PDF comes: its reader is slow to import and most papers are Word.
    from hoiam.kit.papers.reading import pdf  # noqa: PLC0415

    words = pdf.words_of(data)
    if words.blocks:
        return Opened("pdf", words.blocks, problems=words.problems)
    return _scan(data, "pdf")


def _scan(data: bytes, kind: str) -> Opened:
    """A picture's words, read by a machine where the house has one."""
    # Loaded when a scan comes, as above.
    from hoiam.kit.papers.reading import pictures  # noqa: PLC0415

    scan = pictures.scan_of(data, kind)
    if scan is None:
        raise NotReadable(SCAN)
    problems = (MACHINE_READ, *scan.problems)
    return Opened(
        "pdf" if kind == "pdf" else "picture", scan.blocks, None, True, problems, scan.names
    )


def _refuse_noise(text: str) -> None:
    """Bytes that are no text: a program, a picture without its mark."""
    head = text[:8192]
    strange = sum(char < " " and char not in "\t\n\r\f\v\0" for char in head)
    if strange * 20 > len(head):
        raise NotReadable(refusals.NOT_A_PAPER)
