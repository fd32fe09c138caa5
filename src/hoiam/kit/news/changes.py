"""What a paper changed in a text: word by word, and whether anything a reader sees changed at all."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from hoiam.kit.vietnamese import nfc

SAME, INSERTED, DELETED = "same", "inserted", "deleted"
# Beyond this many words a changed stretch is shown as one piece: comparing costs the square of it.
_LONGEST = 4000
_WORD = re.compile(r"\s+|[^\W_]+(?:[.,:/-][^\W_]+)*|.", re.S)
_PARAGRAPH = re.compile(r"\n{2,}|[^\n]+|\n")
_ALIKE = str.maketrans({
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "...",
    "\u200b": None, "\u200c": None, "\u200d": None, "\ufeff": None, "\u00ad": None,
})  # fmt: skip


@dataclass(frozen=True)
class Piece:
    """One stretch of the two texts: ``kind`` is same, inserted or deleted."""

    kind: str
    text: str


def settled(text: str) -> str:
    """The text as a reader takes it: one form of letters, quotes, dashes and spaces; nothing invisible.

    >>> settled("Ông A – “chưa  nhận”\\u200b\\n\\n") == settled('Ông A - "chưa nhận"')
    True
    """
    return " ".join(nfc(text).translate(_ALIKE).split())


def changes(before: str, after: str) -> tuple[Piece, ...]:
    """Both texts as pieces in reading order: what stayed, what went, what came; whole words, never parts of one.

    The pieces kept and inserted give ``after`` again, those kept and deleted ``before``.

    >>> [(piece.kind, piece.text) for piece in changes("trả 5 tỷ đồng", "trả 7 tỷ đồng")]
    [('same', 'trả '), ('deleted', '5'), ('inserted', '7'), ('same', ' tỷ đồng')]
    """
    return tuple(_joined(_by_paragraph(before, after)))


def changed_share(before: str, after: str) -> float:
    """How much of the longer text is not in the other, 0–1.

    >>> changed_share("trả 5 tỷ đồng", "trả 5 tỷ đồng"), changed_share("", "mới")
    (0.0, 1.0)
    """
    kept = sum(len(piece.text) for piece in changes(before, after) if piece.kind == SAME)
    longest = max(len(before), len(after))
    return 1 - kept / longest if longest else 0.0


def _by_paragraph(before: str, after: str) -> Iterator[Piece]:
    old, new = _PARAGRAPH.findall(before), _PARAGRAPH.findall(after)
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece(SAME, "".join(old[a:b]))
        else:
            yield from _by_word("".join(old[a:b]), "".join(new[c:d]))


def _by_word(before: str, after: str) -> Iterator[Piece]:
    old, new = _WORD.findall(before), _WORD.findall(after)
    if max(len(old), len(new)) > _LONGEST:
        yield Piece(DELETED, before)
        yield Piece(INSERTED, after)
        return
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece(SAME, "".join(old[a:b]))
        else:
            yield Piece(DELETED, "".join(old[a:b]))
            yield Piece(INSERTED, "".join(new[c:d]))


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Changed stretches parted by nothing but a space as one: "5 tỷ" for "7 triệu" reads better than word for word."""
    gone, come, space = "", "", ""
    for piece in pieces:
        if piece.kind == SAME and piece.text == " " and (gone or come):
            space = piece.text
        elif piece.kind == SAME:
            yield from _told((DELETED, gone), (INSERTED, come), (SAME, space + piece.text))
            gone, come, space = "", "", ""
        elif piece.text:
            gone += space + (piece.text if piece.kind == DELETED else "")
            come += space + (piece.text if piece.kind == INSERTED else "")
            space = ""
    yield from _told((DELETED, gone), (INSERTED, come), (SAME, space))


def _told(*pieces: tuple[str, str]) -> Iterator[Piece]:
    return (Piece(kind, text) for kind, text in pieces if text)
