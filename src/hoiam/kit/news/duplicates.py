"""Near-duplicates: the same article again, reprinted, shortened or lightly edited.

Exact layer: canonical address and hash of the normalised lead. Near layer: MinHash bands propose, exact
containment of three-syllable shingles decides. Old items leave with the window.
"""

from array import array
from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import blake2b

from hoiam.kit.news.addresses import url_key
from hoiam.kit.news.minhash import sign
from hoiam.kit.news.syllables import hashed, numbers, shingles, syllables
from hoiam.kit.news.thresholds import thresholds

_BANDS, _ROWS = 42, 3
_LEAD = 60
_LINES = thresholds("duplicates")
_CONTAINED, _ALIKE = _LINES["contained"], _LINES["alike"]
_SHORT, _TINY = _LINES["short"], _LINES["tiny"]


@dataclass(frozen=True)
class Duplicate:
    """The earlier item a text repeats; ``score`` is the share of the shorter text found in it."""

    of: str
    score: float


@dataclass(frozen=True)
class _Kept:
    shingles: "array[int]"
    size: int
    numbers: frozenset[str]
    bands: tuple[int, ...]
    keys: tuple[str, ...]
    at: datetime | None


class DuplicateIndex:
    """A window of items in which copies are found.

    >>> index = DuplicateIndex(days=30)
    >>> index.add("a1", "Cơ quan thi hành án tổ chức đấu giá khu đất ven sông sáng nay")
    >>> index.find("Cơ quan thi hành án tổ chức đấu giá khu đất ven sông sáng nay.")
    Duplicate(of='a1', score=1.0)
    """

    def __init__(self, *, days: float = 30) -> None:
        self._window = timedelta(days=days)
        self._items: OrderedDict[str, _Kept] = OrderedDict()
        self._buckets: dict[int, list[str]] = {}
        self._exact: dict[str, str] = {}
        self._last: datetime | None = None

    def __len__(self) -> int:
        return len(self._items)

    def add(self, id: str, text: str, *, url: str = "", at: datetime | None = None) -> None:
        """Keep an item, and let those older than the window leave; one without time counts as just come in."""
        self._add(id, _Prepared.of(text, url), at)

    def find(self, text: str, *, url: str = "") -> Duplicate | None:
        """The kept item this text repeats, the most alike first; None when it is new."""
        return self._find(_Prepared.of(text, url))

    def find_or_add(
        self, id: str, text: str, *, url: str = "", at: datetime | None = None
    ) -> Duplicate | None:
        """What the text repeats, or None after keeping it as a new item; hashes only once."""
        prepared = _Prepared.of(text, url)
        found = self._find(prepared)
        if found is None:
            self._add(id, prepared, at)
        return found

    def _add(self, id: str, prepared: "_Prepared", at: datetime | None) -> None:
        at = self._moment(at)
        if at is not None:
            self._expire(at - self._window)
        self._drop(id)
        kept = _Kept(
            array("I", sorted(prepared.shingles)),
            len(prepared.shingles),
            prepared.numbers,
            prepared.bands,
            prepared.keys,
            at,
        )
        self._items[id] = kept
        for key in kept.keys:
            self._exact.setdefault(key, id)
        for band in kept.bands:
            self._buckets.setdefault(band, []).append(id)

    def _moment(self, at: datetime | None) -> datetime | None:
        """The item's time, else the last one seen; those that came before any time was known get the first."""
        if at is not None and self._last is None:
            self._items = OrderedDict(
                (id, replace(kept, at=at)) for id, kept in self._items.items()
            )
        self._last = at or self._last
        return self._last

    def _find(self, prepared: "_Prepared") -> Duplicate | None:
        for key in prepared.keys:
            if key in self._exact:
                return Duplicate(self._exact[key], 1.0)
        best: Duplicate | None = None
        for candidate in self._candidates(prepared.bands):
            score = _likeness(prepared, self._items[candidate])
            if score and (best is None or score > best.score):
                best = Duplicate(candidate, round(score, 4))
        return best

    def _candidates(self, bands: tuple[int, ...]) -> dict[str, None]:
        buckets = self._buckets
        return {id: None for band in bands if band in buckets for id in buckets[band]}

    def _expire(self, oldest: datetime) -> None:
        while self._items:
            id, kept = next(iter(self._items.items()))
            if kept.at is None or kept.at >= oldest:
                return
            self._drop(id)

    def _drop(self, id: str) -> None:
        kept = self._items.pop(id, None)
        if kept is None:
            return
        for key in kept.keys:
            if self._exact.get(key) == id:
                del self._exact[key]
        for band in kept.bands:
            bucket = self._buckets[band]
            bucket.remove(id)
            if not bucket:
                del self._buckets[band]


@dataclass(frozen=True)
class _Prepared:
    shingles: frozenset[int]
    numbers: frozenset[str]
    bands: tuple[int, ...]
    keys: tuple[str, ...]

    @classmethod
    def of(cls, text: str, url: str) -> "_Prepared":
        words = syllables(text)
        runs = shingles(words)
        keys = [f"u:{url_key(url)}"] if url else []
        if len(words) >= _TINY:
            keys.append("l:" + _digest(words))
        bands = _bands(sign(runs)) if len(runs) >= _TINY else ()
        return cls(frozenset(hashed(runs)), numbers(words), bands, tuple(keys))


def _digest(words: list[str]) -> str:
    # Lead and length together: a short notice repeated under two long texts is not the same text.
    lead = " ".join(words[:_LEAD])
    return blake2b(f"{len(words) // 40}|{lead}".encode(), digest_size=12).hexdigest()


def _bands(signature: list[int]) -> tuple[int, ...]:
    return tuple(
        hash((band, *signature[band * _ROWS : (band + 1) * _ROWS])) for band in range(_BANDS)
    )


def _likeness(prepared: _Prepared, kept: _Kept) -> float:
    """The contained share when the two are copies, else 0."""
    shorter = min(len(prepared.shingles), kept.size)
    longer = max(len(prepared.shingles), kept.size)
    if shorter < _TINY or shorter < _ALIKE * longer:
        return 0.0
    shared = len(prepared.shingles.intersection(kept.shingles))
    contained = shared / shorter
    alike = shared / (shorter + longer - shared)
    if contained < _CONTAINED or alike < _ALIKE:
        return 0.0
    if shorter < _SHORT and _other_numbers(prepared.numbers, kept.numbers):
        return 0.0
    return contained


def _other_numbers(some: frozenset[str], others: frozenset[str]) -> bool:
    """Both name numbers, and each names one the other lacks."""
    return bool(some - others) and bool(others - some)
