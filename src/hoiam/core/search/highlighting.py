"""Where the words of a query stand in a text that is shown."""

from hoiam.core.search.words import Term, spans_of, terms_of
from hoiam.kit.vietnamese import fold, telex

_Span = tuple[int, int]


def highlight(text: str, query: str) -> list[_Span]:
    """The places to mark in an NFC text, as (start, end), in order and never overlapping.

    Words match without marks, quoted phrases typed with marks only with the same marks, as in `find`.
    """
    words = spans_of(text)
    spans = _spans(words, terms_of(query))
    return _joined(spans or _spans(words, terms_of(telex(query))))


def _spans(words: list[tuple[int, int, str]], terms: tuple[Term, ...]) -> list[_Span]:
    folded = [fold(word) for _, _, word in words]
    found: list[_Span] = []
    for term in terms:
        places = [word for _, _, word in words] if term.exact else folded
        wanted = term.words if term.exact else term.folded()
        found.extend(
            (words[i][0], words[i + len(wanted) - 1][1])
            for i in range(len(places) - len(wanted) + 1)
            if _same(places[i : i + len(wanted)], wanted, prefix=term.prefix)
        )
    return sorted(found)


def _same(places: list[str], wanted: tuple[str, ...], *, prefix: bool) -> bool:
    if prefix:
        return tuple(places[:-1]) == wanted[:-1] and places[-1].startswith(wanted[-1])
    return tuple(places) == wanted


def _joined(spans: list[_Span]) -> list[_Span]:
    joined: list[_Span] = []
    for start, end in spans:
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
