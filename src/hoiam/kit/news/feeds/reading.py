"""One feed from bytes to entries: strict reader, then piece by piece, then feedparser."""

import re
from dataclasses import replace

from hoiam.kit.news import sentences
from hoiam.kit.news.encoding import decode
from hoiam.kit.news.feeds.entries import finish
from hoiam.kit.news.feeds.fallback import read_loosely
from hoiam.kit.news.feeds.json import count_json_items, read_json
from hoiam.kit.news.feeds.xml import RawFeed, count_items, read_pieces, read_xml
from hoiam.kit.news.limits import MAX_CHARACTERS, MAX_DEPTH, safe_length
from hoiam.kit.news.markup import ready_for_xml
from hoiam.kit.news.values import Entry, Feed
from hoiam.kit.vietnamese import nfc, repair

_ROOT = re.compile(r"<(?:rss|feed|(?:\w+:)?RDF)\b")
_PREFACE = 20_000
_ENDS = {"rss": "</rss", "rdf": "RDF", "feed": "feed", "channel": "</channel"}


def read_feed(data: bytes, *, url: str = "", charset: str | None = None) -> Feed:
    """The entries of an RSS 0.9x-2.0, RDF, Atom or JSON feed.

    Args:
        data: the bytes as they came.
        url: where they came from; relative links are resolved against it.
        charset: the charset parameter of the HTTP header.

    Nothing is guessed: a time that cannot be read stays None with its words kept, and each fault is a
    Vietnamese sentence in ``problems``, of the feed or of the entry.
    """
    if not data.strip(b"\x00 \t\r\n"):
        return Feed(problems=(sentences.EMPTY,))
    decoded = decode(data, charset=charset)
    text, problems = _capped(decoded.text)
    problems = [*decoded.problems, *problems]
    if text.lstrip("\ufeff \t\r\n")[:1] in ("{", "["):
        return _read_json(text, url, problems)
    return _read_xml(text, url, problems)


def _capped(text: str) -> tuple[str, list[str]]:
    problems: list[str] = []
    if len(text) > MAX_CHARACTERS:
        text = text[:MAX_CHARACTERS]
        problems.append(sentences.TOO_BIG.format(limit=MAX_CHARACTERS // 1_000_000))
    safe = safe_length(text, html=False)
    if safe < len(text):
        problems.append(sentences.TOO_DEEP.format(limit=MAX_DEPTH))
    return text[:safe], problems


def _read_json(text: str, url: str, problems: list[str]) -> Feed:
    raw = read_json(text)
    if raw is None:
        return Feed(problems=(*problems, sentences.NOT_JSON))
    if raw.broken:
        return Feed(problems=(*problems, sentences.UNREADABLE_FEED))
    return _finished(raw, url, problems, max(0, count_json_items(text) - len(raw.entries)))


def _read_xml(text: str, url: str, problems: list[str]) -> Feed:
    ready = _from_root(ready_for_xml(text))
    raw = read_xml(ready)
    if raw.root == "html" or _looks_like_a_page(ready):
        return Feed(problems=(*problems, sentences.NOT_A_FEED))
    if raw.broken or not raw.entries:
        raw, more = _recovered(ready, raw)
        problems.extend(more)
    if not raw.kind and not raw.entries:
        return Feed(problems=(*problems, sentences.UNREADABLE_FEED))
    if _is_cut(ready, raw):
        problems.append(sentences.TRUNCATED)
    return _finished(
        raw, url, problems, max(0, count_items(ready, expected=len(raw.entries)) - len(raw.entries))
    )


def _from_root(text: str) -> str:
    """The text from its root element on: some servers print warnings before the feed."""
    root = _ROOT.search(text, 0, _PREFACE)
    if root is None or "<html" in text[: root.start()].lower():
        return text
    return text[root.start() :]


def _recovered(text: str, strict: RawFeed) -> tuple[RawFeed, list[str]]:
    best, notes = strict, [sentences.REPAIRED] if strict.broken and strict.entries else []
    expected = count_items(text)
    if strict.broken and expected:
        pieces = read_pieces(text)
        best = pieces if _worth(pieces) > _worth(best) else best
    if len(best.entries) < expected or not best.entries or _is_bad(best):
        loose = read_loosely(text)
        if _worth(loose) > _worth(best):
            return loose, [sentences.FALLBACK]
    return best, notes


def _worth(feed: RawFeed) -> tuple[int, int, int]:
    told = [raw for raw in feed.entries if raw.title and (raw.link or raw.id)]
    swallowed = sum(raw.title.count("<") > 8 for raw in feed.entries)
    times = sum(bool(raw.published or raw.updated) for raw in feed.entries)
    return len(told) - swallowed, len(feed.entries), times


def _is_bad(feed: RawFeed) -> bool:
    return any("<item" in raw.title or "<pubDate" in raw.title for raw in feed.entries)


def _looks_like_a_page(text: str) -> bool:
    head = text.lstrip()[:1000].lower()
    return head.startswith(("<html", "<head", "<body")) or (
        "<html" in head and "<rss" not in head and "<feed" not in head
    )


def _is_cut(text: str, raw: RawFeed) -> bool:
    end = _ENDS.get(raw.root, "</")
    return end.lower() not in text[-300:].lower()


def _finished(raw: RawFeed, url: str, problems: list[str], lost: int) -> Feed:
    entries = tuple(finish(one, url=url) for one in raw.entries)
    title = " ".join(raw.title.split())
    entries, steps = _modern(entries)
    if steps:
        problems.append(sentences.LEGACY_ENCODING.format(steps=", ".join(steps)))
    if not entries and not lost:
        problems.append(sentences.NO_ENTRIES)
    if lost:
        problems.append(sentences.LOST.format(count=lost))
    return Feed(entries, nfc(title), tuple(dict.fromkeys(problems)), lost, raw.kind)


def _modern(entries: tuple[Entry, ...]) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
    """Entries with TCVN3, VNI or doubled UTF-8 turned to Unicode, judged on all titles together."""
    whole = repair("\n".join(one.title for one in entries))
    if not whole.steps:
        return entries, ()
    return tuple(_modern_entry(one) for one in entries), whole.steps


def _modern_entry(entry: Entry) -> Entry:
    return replace(entry, title=repair(entry.title).text, summary=repair(entry.summary).text)
