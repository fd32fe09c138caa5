"""Names of bodies and offices in running text: where they begin, where a list of them parts."""

import re
from collections.abc import Iterator
from functools import cache

from hoiam.kit.papers.reading.sheet import trimmed
from hoiam.kit.papers.reading.values import Found, Span
from hoiam.kit.papers.reading.words import either, listed
from hoiam.kit.vietnamese import fold, normalise

_LONGEST_NAME = 700
_LONGEST_HEAD = 80


# Verbs that stand in names as well ("Hội đồng phối hợp phổ biến, giáo dục pháp luật"), unless nothing says "có trách nhiệm" later.
_NOUNLIKE = re.compile(
    r"pho bien|tuyen truyen|kiem tra|huong dan|thong ke|giam sat|theo doi|tong hop"
)
_MARKED = {"dat": "đạt", "som": "sớm", "nop": "nộp", "treo": "treo", "giao": "giao", "nhap": "nhập"}
_BARE = frozenset({"bo", "cuc", "chi cuc", "tong cuc", "so", "vu", "thanh tra"})
_MUST = re.compile(r"\b(?:co|chiu) trach nhiem\b")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    bodies, officers = either("units", "bodies"), either("units", "officers")
    words = listed("units")
    names = rf"{bodies}|{officers}"
    many = rf"(?:{words['plural']})\s+(?:{names}|{words['many']})"
    return {
        "head": re.compile(rf"(?:{many}|{words['sides']}|{names})(?!\w)"),
        "body": re.compile(rf"(?:{many}|{bodies})(?!\w)"),
        "officer": re.compile(rf"(?:{officers})(?!\w)"),
        "lower": re.compile(rf"(?:{words['lower']})(?!\w)"),
        "paired": re.compile(words["paired"]),
        "verb": re.compile(rf"\b(?:{either('verbs', 'verbs')})\b"),
    }


def _small(text: str) -> str:
    """The words in small letters, one letter for one, marks in their usual places."""
    lowered = normalise(text[:_LONGEST_HEAD]).lower()
    return lowered if len(lowered) == len(text[:_LONGEST_HEAD]) else text[:_LONGEST_HEAD]


def begins_with_unit(text: str) -> bool:
    """Whether the words begin like the name of a body or an office."""
    return bool(_patterns()["head"].match(_small(text)))


def begins_with_body(text: str) -> bool:
    """Whether the words begin like the name of a body (cơ quan, đơn vị)."""
    return bool(_patterns()["body"].match(_small(text)))


def begins_with_officer(text: str) -> bool:
    """Whether the words begin like an office somebody holds (Cục trưởng, Giám đốc)."""
    return bool(_patterns()["officer"].match(_small(text)))


def first_verb(text: str, folded: str, start: int = 0) -> re.Match[str] | None:
    """The first verb of an order from `start`; a name's own words ("Vụ Tổ chức cán bộ") are capitals and pass."""
    for found in _patterns()["verb"].finditer(folded, start):
        if folded[: found.start()].endswith(
            " va "
        ):  # "Quản lý dữ liệu và ứng dụng …": still the name
            continue
        told = _MUST.search(folded, found.end()) if _NOUNLIKE.match(found.group()) else None
        if (
            told
            and told.start() - start < _LONGEST_NAME
            and not re.search(r"[.;:]", folded[found.end() : told.start()])
        ):
            continue
        # "Cục thống kê chủ trì": still the name.
        if found.group() == "thong ke" and is_bare(folded[start : found.start()]):
            continue
        if _is_other_word(text[found.start() : found.end()]):
            continue
        if text[found.start()].islower() and not _inside_brackets(text, start, found.start()):
            return found
    return None


def is_bare(folded: str) -> bool:
    """Whether the words only say what sort of body it is: "Bộ", "Tổng cục"."""
    return folded.strip() in _BARE


def _is_other_word(words: str) -> bool:
    """ "đất" is not "đạt": where marks are written they must be those of the verb."""
    marked = _MARKED.get(fold(words))
    return marked is not None and words.lower() not in (marked, fold(words))


def _inside_brackets(text: str, start: int, at: int) -> bool:
    return text.count("(", start, at) > text.count(")", start, at)


def who_at(text: str, folded: str, start: int = 0) -> int | None:
    """Where the name that opens an order ends: the place of its verb or of ":"; None when no name opens it."""
    if not begins_with_unit(text[start:]):
        return None
    verb = first_verb(text, folded, start)
    colon = text.find(":", start)
    if colon > start and begins_with_unit(text[colon + 1 :].lstrip()):  # "Giám đốc: Sở A, Sở B …"
        colon = -1
    ends = [each for each in (verb.start() if verb else -1, colon) if each > start]
    if (
        not ends
        or min(ends) - start > _LONGEST_NAME
        or re.search(r"[.;]\s", text[start : min(ends)])
    ):
        return None
    return min(ends)


def units_in(text: str, shift: int = 0) -> tuple[Found[str], ...]:
    """The names of a list, each with its place.

    >>> [each.value for each in units_in("Sở Tư pháp, Sở Văn hóa, Thể thao và Du lịch và các cơ quan, đơn vị có liên quan.")]
    ['Sở Tư pháp', 'Sở Văn hóa, Thể thao và Du lịch', 'các cơ quan, đơn vị có liên quan']
    """
    found = (
        trimmed(text, start + _joiner(text[start:end]), end, shift)
        for start, end in _pieces(text, fold(text))
    )
    return tuple(each for each in found if each is not None)


def _joiner(piece: str) -> int:
    """How long the joining word before a name is."""
    found = re.match(r"[\s,;]*(?:và|cùng|với)\s+(?:với\s+)?", piece)
    return found.end() if found else 0


def _pieces(text: str, folded: str) -> Iterator[tuple[int, int]]:
    strong = [at for at in _outside(text, ";\n") if not _is_slip(folded, at)]
    for start, end in _between(strong, len(text)):
        words = text[start:end].lstrip(" -–+•*\t")
        if strong and "\n" not in text and words[:1].islower():
            yield start, end
            continue
        yield from (
            (start + one, start + two)
            for one, two in _between(_weak(text[start:end], folded[start:end]), end - start)
        )


def _is_slip(folded: str, at: int) -> bool:
    """Whether a comma was meant: "các cơ quan; ban, ngành có liên quan"."""
    before, after = folded[:at].rstrip(), folded[at:]
    return bool(
        re.search(r"\b(?:cac|nhung) (?:bo|so|co quan|don vi)$", before)
        and re.match(r";\s*(?:ban|nganh|don vi|to chuc)\b", after)
    )


def _outside(text: str, signs: str) -> list[int]:
    """Places of the signs outside brackets and quotes."""
    places, depth = [], 0
    for at, char in enumerate(text):
        if char in "(“[":
            depth += 1
        elif char in ")”]":
            depth = max(0, depth - 1)
        elif char in signs and (not depth or char == "\n"):
            places.append(at)
            depth = 0 if char == "\n" else depth
    return places


def _between(places: list[int], end: int) -> Iterator[tuple[int, int]]:
    start = 0
    for place in [*places, end]:
        yield start, place
        start = place if place == end else place + 1


def _weak(text: str, folded: str) -> list[int]:
    """Commas and "và", "cùng" behind which another name begins."""
    places = [at for at in _outside(text, ",") if _opens_name(text, folded, at + 1)]
    for joined in re.finditer(r"\s(va|cung)\s", folded):
        inside = any(
            p.start() < joined.start() < p.end()
            for p in _patterns()["paired"].finditer(text.lower())
        )
        if (
            not inside
            and not _inside_brackets(text, 0, joined.start())
            and _opens_name(text, folded, joined.end())
        ):
            places.append(joined.start())
    return sorted(places)


def _opens_name(text: str, folded: str, at: int) -> bool:
    words = text[at:].lstrip()
    said = folded[at:].lstrip()
    if said.startswith("va "):
        words, said = words[3:].lstrip(), said[3:].lstrip()
    if not words:
        return False
    if words[0].islower():
        opens = _patterns()["lower"].match(_small(words))
        return bool(opens) and not (said.startswith("co quan") and _after_plural(folded[:at]))
    return begins_with_unit(words)


def _after_plural(folded: str) -> bool:
    return bool(re.search(r"\b(?:cac|nhung|mot so) [a-z ]{2,12},?$", folded.rstrip(" ,")))


def span_of(found: tuple[Found[str], ...]) -> Span | None:
    """From the first to the last."""
    return Span(found[0].span.start, found[-1].span.end) if found else None
