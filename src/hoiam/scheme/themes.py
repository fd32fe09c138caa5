"""Which core theme a text speaks of, by weighted words: the reasons with their places; a tie says nothing.

Pure: no database, no clock. The list of words is data (`data/themes_2862.yaml`); what it finds is a suggestion.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from hoiam.kit.lists import yaml_of
from hoiam.kit.vietnamese import fold, nfc


@dataclass(frozen=True)
class Word:
    """One phrase as it is looked for, and for which theme of the list it speaks how much."""

    pattern: re.Pattern[str]
    theme: int
    weight: int


@dataclass(frozen=True)
class ThemeWords:
    """The list: its version, how much more a title weighs, its phrases."""

    version: str
    title_factor: int
    words: tuple[Word, ...]


@dataclass(frozen=True)
class Reason:
    """One phrase that was found: where, what, for which theme, with what weight."""

    field: str
    start: int
    end: int
    text: str
    theme: int
    weight: int

    def as_row(self) -> dict[str, Any]:
        """The reason as it is kept."""
        return asdict(self)


@dataclass(frozen=True)
class Suggestion:
    """The theme of the list, or None: nothing, too little, or two of them alike."""

    theme: int | None
    reasons: tuple[Reason, ...]
    scores: Mapping[int, int]


@cache
def theme_words() -> ThemeWords:
    """The list that ships."""
    text = (files("hoiam.scheme") / "data" / "themes_2862.yaml").read_text(encoding="utf-8")
    read = yaml_of(text)
    words = [
        Word(_pattern(phrase), theme, weight)
        for theme, by_weight in read["themes"].items()
        for weight, phrases in by_weight.items()
        for phrase in phrases
    ]
    return ThemeWords(read["version"], read["title_factor"], tuple(words))


def _pattern(phrase: str) -> re.Pattern[str]:
    inside = r"[\s,]+".join(re.escape(word) for word in fold(nfc(phrase)).split())
    return re.compile(rf"(?<!\w){inside}(?!\w)")


def suggest_theme(title: str, text: str = "", *, least: int) -> Suggestion:
    """What the words say.

    Args:
        least: the score a theme must reach (MD-124).

    >>> suggest_theme("Chi trả tiền thi hành án ngay tại bộ phận một cửa", least=3).theme
    3
    >>> suggest_theme("Trời hôm nay đẹp", least=3).theme is None
    True
    """
    found = theme_words()
    reasons = [
        *_reasons("title", title, found, found.title_factor),
        *_reasons("text", text, found, 1),
    ]
    scores: dict[int, int] = defaultdict(int)
    # A phrase speaks once, however often it is said; in the title it speaks louder.
    for (theme, _), weight in _loudest(reasons).items():
        scores[theme] += weight
    return Suggestion(_winner(scores, least), tuple(reasons), dict(scores))


def _reasons(field: str, text: str, found: ThemeWords, factor: int) -> Iterable[Reason]:
    shown = nfc(text)
    folded = fold(shown)
    for word in found.words:
        hit = word.pattern.search(folded)
        if hit is not None:
            start, end = hit.span()
            yield Reason(field, start, end, shown[start:end], word.theme, word.weight * factor)


def _loudest(reasons: Iterable[Reason]) -> dict[tuple[int, str], int]:
    kept: dict[tuple[int, str], int] = {}
    for reason in reasons:
        key = (reason.theme, fold(reason.text))
        kept[key] = max(kept.get(key, 0), reason.weight)
    return kept


def _winner(scores: Mapping[int, int], least: int) -> int | None:
    best = max(scores.values(), default=0)
    first = [theme for theme, score in scores.items() if score == best]
    return first[0] if best >= least and len(first) == 1 else None


def match_themes(texts: Mapping[int, str]) -> dict[int, int]:
    """For each theme of the list the theme of a scheme that speaks of the same: by the words of its own text.

    Args:
        texts: texts of the scheme's themes by any key.

    Returns:
        Keys by theme of the list; where two texts of the scheme claim one theme alike, none has it.
    """
    claims: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for key, text in texts.items():
        said = suggest_theme(text, least=1)
        if said.theme is not None:
            claims[said.theme].append((said.scores[said.theme], key))
    return {theme: max(rows)[1] for theme, rows in claims.items() if _is_clear(rows)}


def _is_clear(rows: list[tuple[int, int]]) -> bool:
    best = max(rows)[0]
    return sum(score == best for score, _ in rows) == 1
