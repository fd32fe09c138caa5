"""A page read again: the same, changed, gone, or not to be believed; each with its reason."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from hoiam.kit.lists import yaml_of
from hoiam.kit.news.addresses import url_key
from hoiam.kit.news.changes import settled
from hoiam.kit.news.syllables import hashed, shingles, syllables
from hoiam.kit.news.thresholds import thresholds
from hoiam.kit.news.values import Page
from hoiam.kit.vietnamese import fold

SAME, CHANGED, GONE, DOUBTFUL = "same", "changed", "gone", "doubtful"
_GONE_STATUS = frozenset({404, 410})
_LINES = thresholds("rereading")


@dataclass(frozen=True)
class Text:
    """What a reader sees of an article."""

    title: str = ""
    sapo: str = ""
    body: str = ""


@dataclass(frozen=True)
class Rereading:
    """What became of the article: ``kind`` same, changed, gone or doubtful; which parts changed; why, as a sentence."""

    kind: str
    parts: tuple[str, ...] = ()
    reason: str = ""
    text: Text = field(default_factory=Text)


def reread(
    before: Text, page: Page, *, status: int = 200, asked: str = "", final: str = ""
) -> Rereading:
    """What a later answer says of an article.

    Only the extracted text counts, in settled form: other advertisements, counters and scripts make no change. What
    looks like a login wall, an empty page, the front page or another article is doubtful and never taken for a change.

    Args:
        before: the text as it was last read.
        page: what was extracted now.
        status: of the answer, 404 and 410 mean gone.
        asked: the address asked for, as the item has it.
        final: where the answer came from, after redirects.
    """
    if status in _GONE_STATUS:
        return Rereading(GONE, reason=_sentences()["gone"].format(status=status))
    if status >= 400:
        return Rereading(DOUBTFUL, reason=_sentences()["status"].format(status=status))
    after = Text(page.title or before.title, page.sapo, page.body)
    parts = _changed(before, after)
    if not parts:
        return Rereading(SAME, text=after)
    doubt = _doubt(before, page, asked, final)
    if doubt:
        return Rereading(DOUBTFUL, reason=_sentences()[doubt])
    return Rereading(CHANGED, parts, text=after)


@dataclass(frozen=True)
class FirstDoubt:
    """Why a page read for the first time is not, or not wholly, the article; a blank sentence when it is."""

    sentence: str = ""
    is_other: bool = False
    """Nothing of it is the article's."""


def first_doubt(title: str, page: Page, *, asked: str = "", final: str = "") -> FirstDoubt:
    """What speaks against taking a page for the article that was announced: the front page, or a wall before it.

    Args:
        title: as the feed announced it; blank when it told none.
        page: what was extracted.
        asked: the address asked for.
        final: where the answer came from, after redirects.
    """
    if is_front(asked, final):
        return FirstDoubt(_sentences()["first_front"], is_other=True)
    whole = f"{page.title}\n{page.sapo}\n{page.body}"
    if len(page.body) >= _LINES["wall_body"] or not _has_wall(whole):
        return FirstDoubt()
    if _is_titled(title, page.title):
        return FirstDoubt(_sentences()["first_part"])
    return FirstDoubt(_sentences()["first_wall"], is_other=True)


def _is_titled(announced: str, shown: str) -> bool:
    one, other = settled(announced).casefold(), settled(shown).casefold()
    return bool(one and other) and (one in other or other in one)


def _changed(before: Text, after: Text) -> tuple[str, ...]:
    pairs = {
        name: (getattr(before, name), getattr(after, name)) for name in ("title", "sapo", "body")
    }
    return tuple(name for name, (old, new) in pairs.items() if settled(old) != settled(new))


def _doubt(before: Text, page: Page, asked: str, final: str) -> str:
    """The key of the sentence that says why a text is not to be believed; blank when it is."""
    whole = f"{page.title}\n{page.sapo}\n{page.body}"
    kept = _kept(before, whole)
    if is_front(asked, final):
        return "front"
    if before.body and not page.body.strip():
        return "empty"
    if not before.body and first_doubt(before.title, page).is_other:
        return "wall"
    if _has_wall(whole) and len(page.body) < len(before.body) * _LINES["wall_shorter"]:
        return "wall"
    is_other = settled(page.title) != settled(before.title) and kept < _LINES["other_article"]
    if is_other and len(syllables(before.body)) >= _LINES["least_words"]:
        return "other"
    return ""


def _kept(before: Text, whole: str) -> float:
    """The share of the shorter text's shingles found in the longer."""
    old = set(hashed(shingles(syllables(f"{before.title}\n{before.sapo}\n{before.body}"))))
    new = set(hashed(shingles(syllables(whole))))
    return len(old & new) / max(1, min(len(old), len(new)))


def is_front(asked: str, final: str) -> bool:
    """Whether an address led to the front page instead of an article."""
    if not asked or not final or url_key(asked) == url_key(final):
        return False
    return urlsplit(final).path.strip("/") in _data()["front_paths"]


def _has_wall(whole: str) -> bool:
    return bool(_wall().search(fold(whole)))


@lru_cache(maxsize=1)
def _wall() -> re.Pattern[str]:
    words: Sequence[str] = _data()["walls"]
    return re.compile("|".join(re.escape(fold(word)) for word in words))


def _sentences() -> dict[str, str]:
    sentences: dict[str, str] = _data()["sentences"]
    return sentences


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    source = files("hoiam.kit.news").joinpath("data/rereading.yaml").read_text("utf-8")
    data: dict[str, Any] = yaml_of(source)
    return data
