"""One feed from bytes to entries: strict reader, then piece by piece, then feedparser."""

import re
from codecs import BOM_UTF8

from hoiam.kit.news import sentences
from hoiam.kit.news.encoding import claims_utf8, decode
from hoiam.kit.news.feeds.bounds import (
    LARGEST,
    MANY,
    MOST_ENTRIES,
    MOST_TAGS,
    bounded,
    is_bearable,
    is_nothing,
)
from hoiam.kit.news.feeds.entries import finish
from hoiam.kit.news.feeds.fallback import read_loosely
from hoiam.kit.news.feeds.json import read_json
from hoiam.kit.news.feeds.mending import mended
from hoiam.kit.news.feeds.order import without_swapped
from hoiam.kit.news.feeds.pieces import ITEM, TAILS, item_starts, read_pieces
from hoiam.kit.news.feeds.raw import RawFeed
from hoiam.kit.news.feeds.xml import MAX_XML_DEPTH, read_quickly, read_xml
from hoiam.kit.news.markup import plain_text
from hoiam.kit.news.unpacking import unpacked
from hoiam.kit.news.values import Feed
from hoiam.kit.news.wellformed import defines_entities, ready_for_xml
from hoiam.kit.vietnamese import show_number

MAX_CHARACTERS = 64_000_000
_ROOT = re.compile(r"<(?:rss|feed|channel|(?:\w{1,20}:)?RDF)\b", re.I)
_PREFACE = 20_000
# What is said of a text that ends too early.
_ENDS_EARLY = (sentences.REPAIRED, sentences.TRUNCATED)
_TIMES = frozenset({"published", "issued", "created", "updated"})


def read_feed(data: bytes, *, url: str = "", charset: str | None = None) -> Feed:
    """The entries of an RSS 0.9x-2.0, RDF, Atom or JSON feed.

    Args:
        data: the bytes as they came; gzip is taken off.
        url: where they came from; relative links are resolved against it.
        charset: the charset parameter of the HTTP header.

    Nothing is guessed: a time that cannot be read stays None with its words kept, and each fault is a
    Vietnamese sentence in ``problems``, of the feed or of the entry. What is lost is counted in ``lost``.
    """
    packed = unpacked(data, largest=LARGEST)
    if not packed.data.strip(b"\x00 \t\r\n"):
        return Feed(problems=(*packed.problems, sentences.EMPTY))
    if not packed.problems and (sound := _read_sound(packed.data, charset)) is not None:
        return _finished(sound, url, [])
    decoded = decode(packed.data, charset=charset)
    text, problems = decoded.text, [*packed.problems, *decoded.problems]
    over = 0
    if len(text) > MAX_CHARACTERS:
        over = len(item_starts(text[MAX_CHARACTERS:]))
        text = text[:MAX_CHARACTERS]
        problems.append(sentences.TOO_BIG.format(limit=MAX_CHARACTERS // 1_000_000))
    if text.lstrip("\ufeff \t\r\n")[:1] in ("{", "["):
        return _read_json(text, url, problems)
    if is_nothing(text):
        return Feed(problems=(*problems, sentences.UNREADABLE_FEED))
    part = bounded(text, ITEM, TAILS)
    if part.why:
        problems.append(part.why)
    return _read_xml(part.text, url, problems, over + part.over, is_ours=bool(part.why))


def _read_sound(data: bytes, charset: str | None) -> RawFeed | None:
    """The feed when it is what nearly all are: UTF-8, well formed, of bearable size, with items; else None."""
    if len(data) > MAX_CHARACTERS or not claims_utf8(data, charset=charset):
        return None
    if defines_entities(data) or not is_bearable(data):
        return None
    # A blank line before the declaration is the commonest fault of all, and no harm.
    feed = read_quickly(ready_for_xml(data.removeprefix(BOM_UTF8).lstrip()))
    return feed if feed is not None and feed.kind and feed.entries else None


def _read_json(text: str, url: str, problems: list[str]) -> Feed:
    if text.count("{") + text.count("[") > MOST_TAGS:
        # Nothing of JSON can be read by halves.
        return Feed(problems=(*problems, sentences.TOO_MANY_JSON))
    raw = read_json(text)
    if raw is None:
        return Feed(problems=(*problems, sentences.NOT_JSON))
    if raw.broken:
        return Feed(problems=(*problems, sentences.UNREADABLE_FEED))
    if raw.over:
        problems.append(sentences.TOO_MANY.format(limit=show_number(MOST_ENTRIES)))
    return _finished(raw, url, problems)


def _read_xml(text: str, url: str, problems: list[str], over: int, *, is_ours: bool) -> Feed:
    """The feed in this text; that it ends in the middle is no fault of the file when the end is ours."""
    data = text.encode("utf-8", "replace")
    if defines_entities(data):
        problems.append(sentences.OWN_ENTITIES)
    ready = _from_root(ready_for_xml(data).decode())
    raw = read_xml(ready)
    if raw.root == "html" or (not raw.entries and _looks_like_a_page(ready)):
        return Feed(problems=(*problems, sentences.NOT_A_FEED))
    if raw.broken or not raw.kind:
        told: list[str] = []
        raw = _recovered(ready, raw, told)
        problems.extend(one for one in told if not is_ours or one not in _ENDS_EARLY)
    if not raw.kind and not raw.entries:
        return Feed(problems=(*problems, sentences.UNREADABLE_FEED))
    raw.lost += over
    return _finished(raw, url, problems)


def _from_root(text: str) -> str:
    """The text from its root element on: some servers print warnings before the feed."""
    root = _ROOT.search(text, 0, _PREFACE)
    if root is None or "<html" in text[: root.start()].lower():
        return text
    return text[root.start() :]


def _recovered(text: str, strict: RawFeed, problems: list[str]) -> RawFeed:
    """The best of three readings of a broken feed, with a sentence for what was done."""
    best = strict
    starts = item_starts(text)
    if starts:
        pieces = read_pieces(text, starts)
        best = pieces if _worth(pieces) > _worth(best) else best
    note = sentences.REPAIRED if best.entries else ""
    if len(best.entries) < len(starts) or not best.entries or _is_bad(best):
        loose = read_loosely(text)
        if _worth(loose) > _worth(best):
            best, note = loose, sentences.FALLBACK
    if best.entries and not best.kind:
        best.kind = "rss"
    if strict.deep:
        problems.append(sentences.TOO_DEEP.format(limit=MAX_XML_DEPTH))
    problems.extend([note] if note else [])
    if _is_cut(text[starts[-1] :] if starts else text, strict.root):
        problems.append(sentences.TRUNCATED)
    best.lost = max(0, len(starts) - len(best.entries))
    return best


def _worth(feed: RawFeed) -> tuple[int, int, int]:
    told = [raw for raw in feed.entries if raw.get("title") and (raw.get("link") or raw.get("id"))]
    swallowed = sum(raw.get("title", "").count("<") > 8 for raw in feed.entries)
    times = sum(not _TIMES.isdisjoint(raw) for raw in feed.entries)
    return len(told) - swallowed, len(feed.entries), times


def _is_bad(feed: RawFeed) -> bool:
    titles = [raw.get("title", "") for raw in feed.entries]
    return any("<item" in title or "<pubDate" in title for title in titles)


def _looks_like_a_page(text: str) -> bool:
    head = text.lstrip()[:1000].lower()
    return head.startswith(("<html", "<head", "<body")) or (
        "<html" in head and "<rss" not in head and "<feed" not in head
    )


def _is_cut(tail: str, root: str) -> bool:
    """Whether the root never closes behind the last item; what servers append after it does not matter."""
    return re.search(rf"</(?:[\w.-]{{1,40}}:)?{re.escape(root)}", tail, re.I) is None


def _finished(raw: RawFeed, url: str, problems: list[str]) -> Feed:
    if len(raw.entries) > MANY and {} in raw.entries:
        said = [one for one in raw.entries if one]
        raw.lost, raw.entries = raw.lost + len(raw.entries) - len(said), said
    finished, uncommon = finish(raw.entries, url=url)
    entries, steps = mended(finished, uncommon)
    entries, swapped = without_swapped(entries)
    if swapped:
        problems.append(swapped)
    if steps:
        problems.append(sentences.LEGACY_ENCODING.format(steps=", ".join(steps)))
    if not entries and not raw.lost:
        problems.append(sentences.NO_ENTRIES)
    if raw.lost:
        problems.append(sentences.LOST.format(count=raw.lost))
    title = plain_text(raw.title)
    return Feed(tuple(entries), title, tuple(dict.fromkeys(problems)), raw.lost, raw.kind)
