"""People and offices called by a shorter name later on: "Lục Văn Thế, chấp hành viên" makes "Thế" the officer everywhere.

The press names a role once and then says "ông Thế", "vị này", "Chi cục". Each of these is written as the sign of the role, so that a
rule that asks who does what to whom need not find both in one sentence.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from hoiam.kit.vietnamese import strip_marks

from .rules import role_letter, role_sign
from .skeleton import AGENCY, OFFICER, Skeleton, Span, Token, is_name

DEBTOR, CREDITOR = role_sign("D"), role_sign("C")
_PEOPLE: Final = (OFFICER, DEBTOR, CREDITOR)
_LONGEST: Final = 5


def _both(*words: str) -> frozenset[str]:
    """The words with their marks and without."""
    return frozenset((*words, *map(strip_marks, words)))


_POLITE: Final = _both("ông", "bà", "anh", "chị", "cô")
# What stands between a name and the role it is given: "Thế (SN 1979), nguyên chấp hành viên".
_BETWEEN: Final = frozenset(("sn", "sinh", "năm", "tuổi", "nguyên", "cựu", "là", "hiện", "đang"))
# Only where a text has no marks: with them "La" is a family name.
_BETWEEN_FOLDED: Final = frozenset(map(strip_marks, _BETWEEN))
_THIS: Final = _both("này")
_PERSON: Final = _both("ông", "bà", "anh", "chị", "vị", "người", "cán bộ")
# A word that begins a sentence and goes on so is no name: "Thế nhưng", "Sau khi".
_GOES_ON: Final = _both("nhưng", "mà", "thì", "là", "nên", "rồi", "đó", "khi", "này", "đây")
_OFFICE: Final = _both("cục")
_KIND_OF_OFFICE: Final = _both("chi", "tổng")
_HEADS: Final = _both("trưởng", "phó")
# Other bodies that are called "cục" or "chi cục" too; beside them the short name may be theirs.
_OTHER_OFFICES: Final = _both("thuế", "kiểm", "hải", "thú", "quản", "thống", "bảo", "dự", "đường")
_DEPUTY: Final = _both("phó", "nguyên", "vị", "nữ", "quyền")


@dataclass(frozen=True)
class Names:
    """Who is called what: whole names, and given names that only one person of the text bears."""

    whole: Mapping[tuple[str, ...], str]
    given: Mapping[str, str]
    bare: frozenset[str]


def with_names(skeletons: Sequence[Skeleton]) -> tuple[Skeleton, ...]:
    """The skeletons of a document with names and short forms of the roles written as their signs."""
    has_agency = any(t.word in (AGENCY, OFFICER) for s in skeletons for t in s.tokens)
    if has_agency and not any(map(_has_other_office, skeletons)):
        skeletons = [skeleton.written(_offices(skeleton)) for skeleton in skeletons]
    names, found = _names(skeletons), []
    for skeleton in skeletons:
        named = skeleton.written(_called(skeleton, names)) if names.whole else skeleton
        found.append(named.written(_pointed_at(named)).with_referrals())
    return tuple(found)


def _names(skeletons: Sequence[Skeleton]) -> Names:
    given_to = [
        (name, sign, is_sure)
        for sign in _PEOPLE
        for skeleton in skeletons
        for name, is_sure in _given_to(skeleton, sign)
    ]
    if not given_to:
        return Names({}, {}, frozenset())
    runs = [run for skeleton in skeletons for run in _runs(skeleton)]
    bearers: dict[str, set[tuple[str, ...]]] = {}
    for _, words, _ in runs:
        if len(words) > 1:
            bearers.setdefault(words[-1], set()).add(words)
    whole: dict[tuple[str, ...], str] = {}
    for name, sign, is_sure in given_to:
        if is_sure or _only_one(bearers.get(name[0], ())):
            whole.setdefault(name, sign)
    whole.update(_in_full(whole, bearers))
    given = {
        name[-1]: sign for name, sign in whole.items() if bearers.get(name[-1], {name}) <= {name}
    }
    bare = {words[0] for first, words, inside in runs if len(words) == 1 and inside}
    return Names(whole, given, frozenset(bare & given.keys()))


def _in_full(
    whole: Mapping[tuple[str, ...], str], bearers: Mapping[str, set[tuple[str, ...]]]
) -> dict[tuple[str, ...], str]:
    """The full name of whoever is given a role by a given name alone, where only one person bears it."""
    found: dict[tuple[str, ...], str] = {}
    for name, sign in whole.items():
        full = _only_one(bearers.get(name[0], ())) if len(name) == 1 else None
        if full and full not in whole:
            found[full] = sign
    return found


def _only_one(names: Collection[tuple[str, ...]]) -> tuple[str, ...] | None:
    """The longest of the names when the others are only its end; None when they are of several people."""
    longest = max(names, key=len, default=())
    return longest if longest and all(longest[-len(name) :] == name for name in names) else None


def _given_to(skeleton: Skeleton, sign: str) -> Iterator[tuple[tuple[str, ...], bool]]:
    """The names that stand right behind a sign, or before it with a comma or "là" between, and whether each is surely a name.

    A bare given name ("Sơn là chấp hành viên") is one only where the text tells the full name too.
    """
    tokens = skeleton.tokens
    for here, token in enumerate(tokens):
        if token.word != sign:
            continue
        after = here + 1
        if after < len(tokens) and tokens[after].word == ",":
            after += 1
        polite = after < len(tokens) and tokens[after].word in _POLITE
        name = tuple(_run(skeleton, after + polite))
        if len(name) > 1 or (name and polite):
            yield name, True
        yield from _before(skeleton, here)


def _before(skeleton: Skeleton, here: int) -> Iterator[tuple[tuple[str, ...], bool]]:
    tokens, end = skeleton.tokens, here
    between = _between(skeleton)
    while end and (tokens[end - 1].word in (*between, ",") or tokens[end - 1].word.isdigit()):
        end -= 1
    if end == here:
        return
    start = end
    while start and end - start < _LONGEST and is_name(tokens[start - 1], skeleton.source):
        start -= 1
    # At the head of a sentence the polite word is written with a capital too.
    words = tuple(token.word for token in tokens[start:end])
    polite = bool(words and words[0] in _POLITE) or (
        start > 0 and tokens[start - 1].word in _POLITE
    )
    words = words[1:] if words and words[0] in _POLITE else words
    if words:
        yield words, len(words) > 1 or polite


def _between(skeleton: Skeleton) -> frozenset[str]:
    return _BETWEEN_FOLDED if skeleton.source.is_folded else _BETWEEN


def _run(skeleton: Skeleton, here: int) -> Iterator[str]:
    """The words of the name that begins at a token."""
    for token in skeleton.tokens[here : here + _LONGEST]:
        if token.word in _between(skeleton) or not is_name(token, skeleton.source):
            return
        yield token.word


def _runs(skeleton: Skeleton) -> Iterator[tuple[int, tuple[str, ...], bool]]:
    """All names: the first token, the words, and whether a capital says so, not the head of a sentence."""
    here, tokens = 0, skeleton.tokens
    while here < len(tokens):
        words = tuple(_run(skeleton, here))
        if words and words[0] in _POLITE:
            here, words = here + 1, words[1:]
        if words:
            yield here, words, here > 0 and tokens[here - 1].word != "\n"
        here += max(1, len(words))


def _called(skeleton: Skeleton, names: Names) -> Iterator[Span]:
    tokens = skeleton.tokens
    for first, words, inside in _runs(skeleton):
        polite = first > 0 and tokens[first - 1].word in _POLITE
        sign = names.whole.get(words)
        if sign is None and not inside and words[1:] in names.whole:
            # The verb at the head of a sentence has a capital too: "Bắt Lục Văn Thế".
            first, words = first + 1, words[1:]
            sign = names.whole[words]
        if sign is None and len(words) == 1:
            is_free = inside or _next(tokens, first) not in _GOES_ON
            if polite or (words[0] in names.bare and is_free):
                sign = names.given.get(words[0])
        if sign is None:
            continue
        start = first - polite
        # The name right behind its role is part of it.
        if start and tokens[start - 1].word == sign:
            start -= 1
        yield start, first + len(words) - 1, sign


def _next(tokens: Sequence[Token], here: int) -> str:
    return tokens[here + 1].word if here + 1 < len(tokens) else ""


def _has_other_office(skeleton: Skeleton) -> bool:
    """Whether a "cục" of another kind is named."""
    tokens = skeleton.tokens
    return any(
        token.word in _OFFICE and _next(tokens, here) in _OTHER_OFFICES
        for here, token in enumerate(tokens)
    )


def _offices(skeleton: Skeleton) -> Iterator[Span]:
    """Where a bare "Chi cục" or "Cục trưởng" stands for the agency or its head."""
    tokens, here = skeleton.tokens, 0
    while here < len(tokens):
        size = _office_at(tokens, here)
        if not size:
            here += 1
            continue
        last = here + size - 1
        is_head = _next(tokens, last) in _HEADS
        first = here - 1 if is_head and here and tokens[here - 1].word in _DEPUTY else here
        last += is_head
        if is_head and role_letter(_next(tokens, last) or " ") in {"A", "O"}:
            last += 1
        if is_head or is_name(tokens[here], skeleton.source):
            yield first, last, OFFICER if is_head else AGENCY
        here = last + 1


def _office_at(tokens: Sequence[Token], here: int) -> int:
    """How many words "Chi cục", "Tổng cục" or "Cục" has that begins at a token; 0 when none does."""
    word = tokens[here].word
    if word in _OFFICE:
        return 1
    return 2 if word in _KIND_OF_OFFICE and _next(tokens, here) in _OFFICE else 0


def _pointed_at(skeleton: Skeleton) -> Iterator[Span]:
    """Where "ông này", "vị này" stands for the officer spoken of last."""
    last, tokens = "", skeleton.tokens
    for here, token in enumerate(tokens):
        if role_letter(token.word):
            last = token.word
        elif token.word in _POLITE and is_name_behind(skeleton, here):
            last = ""
        elif token.word in _PERSON and _next(tokens, here) in _THIS and last == OFFICER:
            yield here, here + 1, OFFICER


def is_name_behind(skeleton: Skeleton, here: int) -> bool:
    """Whether a name follows a token."""
    return any(True for _ in _run(skeleton, here + 1))
