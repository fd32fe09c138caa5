"""The words of all entries of a feed tidied at once: a step costs one call for the feed, not one for each field."""

from collections.abc import Iterable
from typing import NamedTuple

from hoiam.kit.news.markup import MARK, bare_joined, bare_text, on_one_line
from hoiam.kit.vietnamese import nfc, strange_lines
from hoiam.kit.vietnamese.bytewise import to_bytes


class Column(NamedTuple):
    """Texts on one line each, and the places of those that hold letters common Vietnamese text does not."""

    texts: list[str]
    uncommon: list[int]


def plain_column(marked: list[str], written: list[str]) -> Column:
    """What `plain_text` makes of each text with markup, then the plainly written ones on one line.

    Args:
        marked: scraps of markup.
        written: words without markup.

    >>> plain_column(["<p>Thi h&agrave;nh</p>", "a\\n価"], [" 05/04  2026"])
    Column(texts=['Thi hành', 'a 価', '05/04 2026'], uncommon=[1])
    """
    first, rest = MARK.join(marked), MARK.join(written)
    if not marked or first.count(MARK) + rest.count(MARK) > len(marked) + len(written) - 2:
        return _one_by_one([*map(bare_text, marked), *written])
    return _on_lines(MARK.join([bare_joined(first), *written]))


def uncommon(texts: Iterable[str]) -> list[int]:
    """The places of texts with letters that common Vietnamese text does not hold.

    >>> uncommon(["Lê An", "Ł. Nowak"])
    [1]
    """
    return [place for place, text in enumerate(texts) if to_bytes(text) is None]


def _on_lines(joined: str) -> Column:
    text = joined.replace("\n", " ").replace(MARK, "\n")
    strange = strange_lines(text)
    # Between common letters there are no blanks but these.
    while "  " in text:
        text = text.replace("  ", " ")
    lines = [line.strip(" ") for line in text.split("\n")]
    # What else a line may hold costs that line alone.
    for place in strange:
        lines[place] = nfc(on_one_line(lines[place]))
    return Column(lines, [place for place in strange if to_bytes(lines[place]) is None])


def _one_by_one(texts: list[str]) -> Column:
    lines = [nfc(on_one_line(text)) for text in texts]
    return Column(lines, uncommon(lines))
