"""Our feed reader on feedparser's own test feeds: what their headers expect of an entry, met or not.

    python -m benchmarks.feedparser_cases

Each case says in its header what feedparser must answer, as a Python expression over feedparser's result. The expression
is never run: its syntax tree is walked, and what it says about an entry's title, link, summary, id, author and date becomes
claims about our fields. feedparser keeps markup, we show text, so a claim about words compares the text a browser would show
of the markup feedparser keeps (by the standard library's HTML parser, not by our own code). Titles of feeds and full contents
are counted beside the rate: `hoiam read-feed` answers entries, and a content only where there is no summary.
Reads feeds/feedparser-cases.tar.xz in HOIAM_SHARED (else ../shared).
"""

import ast
import re
import sys
import tarfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

from benchmarks.stories import shared_data
from hoiam.kit.news import Entry, Feed, read_feed

ARCHIVE = Path("feeds/feedparser-cases.tar.xz")
# feedparser's own run serves the cases here; relative links in them are resolved against it.
HOME = "http://127.0.0.1:8097/"
COUNTED = ("title", "link", "summary", "id", "author", "date")
BESIDE = ("content", "feed title", "entries")
FIELDS = {
    "title": "title",
    "title_detail.value": "title",
    "link": "link",
    "summary": "summary",
    "description": "summary",
    "summary_detail.value": "summary",
    "content.0.value": "content",
    "id": "id",
    "guid": "id",
    "author": "author",
    "author_detail.name": "author",
    "published": "date",
    "created": "date",
    "updated": "date",
    "published_parsed": "date",
    "created_parsed": "date",
    "updated_parsed": "date",
}
EXPECT = re.compile(r"Expect:\s*(.*?)\s*-->", re.S)
HEADER = re.compile(r"^\s*Header:\s*([\w-]+):[ \t]*(.*?)\s*$", re.M)
CHARSET = re.compile(r"charset\s*=\s*[\"']?([^\s;\"']+)", re.I)
WIDE = ("utf-8", "utf-32", "utf-16", "utf-32-be", "utf-32-le", "utf-16-be", "utf-16-le")
BREAKS = frozenset(
    [
        "p",
        "br",
        "div",
        "li",
        "ul",
        "ol",
        "td",
        "th",
        "tr",
        "table",
        "h1",
        "h2",
        "h3",
        "img",
        "hr",
        "blockquote",
        "dd",
        "dt",
        "dl",
        "pre",
    ]
)

PERSON = "feedparser puts the mailbox into the author's name; we show the name"
NEWER = "HTML 5 gives this name another letter than HTML 4 did"
BOTH = "an item with both summary and content shows the summary"
REASONS = {
    "atom/entry_author_map_author.xml": PERSON,
    "atom10/entry_author_map_author.xml": PERSON,
    "rss/entity_in_doctype.xml": "entities a feed defines for itself are never expanded, so the reference stays",
    "encoding/bozo_linenoise.xml": "bytes in no charset: flagged as unreadable letters, not guessed as windows-1252",
    "entities/lang.xml": NEWER,
    "entities/rang.xml": NEWER,
    "sanitize/xml_malicious_comment.xml": "a comment that never ends hides what follows, as in a browser",
    "rss/item_summary_and_description.xml": BOTH,
    "rss/item_description_and_summary.xml": BOTH,
}


@dataclass(frozen=True)
class Claim:
    """One thing a header says: this field of the entry at this place (-1: of the feed) is this."""

    field: str
    place: int
    wanted: object
    among: bool = False


@dataclass(frozen=True)
class Case:
    """One case: its bytes, the server's charset, where it was served, and its claims."""

    name: str
    data: bytes
    charset: str | None
    url: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True)
class Verdict:
    """One claim with our answer."""

    case: str
    claim: Claim
    got: object
    met: bool


def cases(archive: Path) -> Iterator[Case]:
    """Every case of the archive."""
    with tarfile.open(archive) as opened:
        for member in opened:
            if member.isfile() and member.name.endswith((".xml", ".json")):
                yield case(member.name, opened.extractfile(member).read())


def case(name: str, data: bytes) -> Case:
    """A case from its file; a header that says nothing of entries makes no claim."""
    text = readable(data)
    found = EXPECT.search(text)
    headers = {key.lower(): value for key, value in HEADER.findall(text)}
    charset = CHARSET.search(headers.get("content-type", ""))
    return Case(
        name,
        data,
        charset[1] if charset else None,
        urljoin(HOME + name, headers.get("content-location", "")),
        tuple(claims(found[1])) if found else (),
    )


def readable(data: bytes) -> str:
    """The text by whichever encoding shows the header."""
    for encoding in WIDE:
        text = data.decode(encoding, "ignore")
        if "Expect:" in text:
            return text
    return data.decode("latin-1")


# ------------------------------------------------------------------ from an expression to claims


def claims(expression: str) -> Iterator[Claim]:
    """What an expression says about our fields; one that is no expression says nothing."""
    try:
        tree = ast.parse(expression.strip(), mode="eval").body
    except SyntaxError:
        return
    yield from stated(tree)


def stated(node: ast.expr) -> Iterator[Claim]:
    """The claims of a condition: of each part of a conjunction, of an equality, of a missing key."""
    match node:
        case ast.BoolOp(op=ast.And(), values=parts):
            for part in parts:
                yield from stated(part)
        case ast.UnaryOp(
            op=ast.Not(), operand=ast.Call(func=ast.Attribute(attr="has_key", value=of), args=[key])
        ):
            yield from claimed(ast.Subscript(value=of, slice=key), "")
        case ast.Compare(left=left, ops=ops, comparators=rest) if equal(ops):
            *paths, last = [left, *rest]
            try:
                wanted = ast.literal_eval(last)
            except ValueError:
                return
            for path in paths:
                yield from claimed(path, wanted)


def equal(ops: list[ast.cmpop]) -> bool:
    """Whether all comparisons of a chain are equalities."""
    return all(isinstance(op, ast.Eq) for op in ops)


def claimed(path: ast.expr, wanted: object) -> Iterator[Claim]:
    """The claim that a path into feedparser's result equals a value, when the path leads to a field of ours."""
    match path:
        case ast.Call(func=ast.Name(id="ord"), args=[inner]):
            yield from claimed(inner, chr(wanted))
        case ast.Call(func=ast.Name(id="len"), args=[ast.Name(id="entries")]):
            yield Claim("entries", -1, wanted)
    match way(path):
        case ["entries", int(place), "authors", int(), "name"]:
            yield Claim("author", place, wanted, among=True)
        case ["entries", int(place), *keys] if field := FIELDS.get(".".join(map(str, keys))):
            yield Claim(field, place, wanted)
        case ["feed", "title"] | ["feed", "title_detail", "value"]:
            yield Claim("feed title", -1, wanted)


def way(node: ast.expr) -> list[str | int]:
    """The steps of a path: entries[0]['title'] gives ["entries", 0, "title"]."""
    match node:
        case ast.Name(id=name):
            return [name]
        case ast.Attribute(value=of, attr=name):
            return [*way(of), name]
        case ast.Subscript(value=of, slice=ast.Constant(value=str() | int() as key)):
            return [*way(of), key]
    return [""]


# ------------------------------------------------------------------ from claims to verdicts


def verdicts(one: Case, feed: Feed) -> Iterator[Verdict]:
    """Each claim of a case against our reading of it."""
    for claim in one.claims:
        got = answer(claim, feed)
        yield Verdict(one.name, claim, got, agrees(claim, got))


def answer(claim: Claim, feed: Feed) -> object:
    """What we have for a claim; None when the entry is not there."""
    if claim.field == "feed title":
        return feed.title
    if claim.field == "entries":
        return len(feed.entries)
    if claim.place >= len(feed.entries):
        return None
    entry = feed.entries[claim.place]
    if claim.field == "date":
        return told_time(entry, claim.wanted)
    return entry.summary if claim.field == "content" else getattr(entry, claim.field)


def told_time(entry: Entry, wanted: object) -> object:
    """The words of the time where words are wanted, else the moment in UTC to the second."""
    if isinstance(wanted, str):
        return entry.published_raw
    return entry.published_at and entry.published_at.astimezone(UTC).timetuple()[:6]


def agrees(claim: Claim, got: object) -> bool:
    """Whether our answer is what feedparser's would be, seen as text."""
    wanted = claim.wanted
    if isinstance(wanted, tuple):
        return got == wanted[:6]
    if not isinstance(wanted, str) or not isinstance(got, str):
        return got == wanted
    if claim.among:
        return wanted in got.split(", ")
    plain = " ".join(wanted.split())
    if claim.field in ("link", "id", "author", "date"):
        return got == plain
    # A "<" that no tag closes is a sign of its own: feedparser holds such a text to be plain.
    return got == shown(wanted) or ("</" not in wanted and got == plain)


class Shown(HTMLParser):
    """Collects the text a browser would show."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.parts.append(" " if tag in BREAKS else "")

    def handle_endtag(self, tag: str) -> None:
        self.handle_starttag(tag, [])


def shown(markup: str) -> str:
    """The words of a piece of HTML on one line."""
    reader = Shown()
    reader.feed(markup)
    reader.close()
    return " ".join("".join(reader.parts).split())


# ------------------------------------------------------------------ the run


@dataclass(frozen=True)
class Score:
    """All verdicts, how many cases there were, and the slowest of them in seconds of CPU."""

    verdicts: list[Verdict]
    cases: int
    slowest: tuple[float, str]

    def rate(self, *fields: str) -> tuple[int, int]:
        """Claims met and claims made about these fields."""
        about = [one for one in self.verdicts if one.claim.field in fields]
        return sum(one.met for one in about), len(about)

    def misses(self) -> list[Verdict]:
        """The claims we do not meet."""
        return [one for one in self.verdicts if not one.met]


def score(archive: Path) -> Score:
    """Our reader on every case."""
    found, times = [], []
    for one in cases(archive):
        start = time.process_time()
        feed = read_feed(one.data, url=one.url, charset=one.charset)
        times.append((time.process_time() - start, one.name))
        found += verdicts(one, feed)
    return Score(found, len(times), max(times))


def reason(name: str) -> str:
    """Why a case is not met."""
    return next(
        (why for end, why in REASONS.items() if name.endswith(end)), "no reason known: a fault"
    )


def main() -> int:
    """Print the rates and the misses."""
    archive = shared_data() / ARCHIVE
    if not archive.exists():
        sys.exit(f"không có {archive}; đặt HOIAM_SHARED")
    result = score(archive)
    spent, name = result.slowest
    print(f"{result.cases} cases, none lost; slowest {spent * 1000:.0f} ms CPU ({name})")
    for field in (*COUNTED, *BESIDE):
        met, made = result.rate(field)
        print(
            f"  {field:11} {met:5}/{made:<5} {met / made:7.2%}{'  (beside the rate)' if field in BESIDE else ''}"
        )
    met, made = result.rate(*COUNTED)
    print(f"  all counted {met:5}/{made:<5} {met / made:7.2%}")
    for miss, times in Counter((one.case, one.claim.field) for one in result.misses()).items():
        print(
            f"  missed {miss[0]} ({miss[1]}{f', {times} claims' if times > 1 else ''}): {reason(miss[0])}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
