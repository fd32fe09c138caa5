"""A heading set in capitals, in the letters its own paper writes the same words with elsewhere."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

_WORD: Final = re.compile(r"\w+")


def uncapped(heading: str, text: str) -> str:
    """The heading in small letters, its names and abbreviations as the text writes them; unchanged when it is not all capitals.

    Each word takes the letters it most often has beside the same neighbour in lines of the text that are not capitals
    themselves; a word the text has nowhere becomes small.

    >>> uncapped("TIN VỀ THADS TỈNH HÒA SƠN", "Trang của tỉnh Hòa Sơn đưa tin về THADS.")
    'tin về THADS tỉnh Hòa Sơn'
    >>> uncapped("Tin về THADS", "")
    'Tin về THADS'
    """
    if len(_WORD.findall(heading)) < 2 or heading != heading.upper() or heading == heading.lower():
        return heading
    pairs, single = _seen(text)
    words = list(_WORD.finditer(heading))
    pieces, at = [], 0
    for place, found in enumerate(words):
        low = found[0].lower()
        before = words[place - 1][0].lower() if place else ""
        after = words[place + 1][0].lower() if place + 1 < len(words) else ""
        told = pairs.get((before, low, "")) or pairs.get(("", low, after)) or single.get(low)
        pieces += [heading[at : found.start()], told.most_common(1)[0][0] if told else low]
        at = found.end()
    return "".join(pieces) + heading[at:]


def _seen(text: str) -> tuple[dict[tuple[str, str, str], Counter[str]], dict[str, Counter[str]]]:
    """How each word is written after and before its neighbours, and alone; first words of a line tell nothing of capitals."""
    pairs: dict[tuple[str, str, str], Counter[str]] = {}
    single: dict[str, Counter[str]] = {}
    for words in _lines(text):
        for at in range(1, len(words)):
            word, low = words[at], words[at].lower()
            single.setdefault(low, Counter())[word] += 1
            pairs.setdefault((words[at - 1].lower(), low, ""), Counter())[word] += 1
            if at + 1 < len(words):
                pairs.setdefault(("", low, words[at + 1].lower()), Counter())[word] += 1
    return pairs, single


def _lines(text: str) -> Iterator[list[str]]:
    for line in text.splitlines():
        if line != line.upper():
            yield _WORD.findall(line)
