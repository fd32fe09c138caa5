"""One row of the lexicon made ready to match, and what it met."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from hoiam.kit.vietnamese import nfc, normalise, strip_marks

from .source import OFFICE_T, Source
from .values import Reason

_MACRO: Final = re.compile(r"\{([a-z_]+)\}")
_OFFICE_MARK: Final = "<THA>"
_ROWS_KEPT: Final = 4096


@dataclass(frozen=True)
class Rule:
    """One row: what to look for, what a hit weighs, how many hits count.

    `votes`: what a hit speaks for (a stance, a kind), as shares of `weight`.
    `subject`: a hit counts only in a sentence that speaks of enforcement of judgments.
    `weak`: a common word that means little in a text about prisons; `foe`: such a text's own words.
    `fields`: the zones where hits count; empty means all. `unless`: words that silence the sentence.
    """

    id: str
    group: str
    reason: str
    weight: float
    limit: int
    marked: re.Pattern[str]
    folded: re.Pattern[str]
    votes: Mapping[str, float] = field(default_factory=dict)
    subject: bool = False
    weak: bool = False
    foe: bool = False
    fields: frozenset[str] = frozenset()
    unless: re.Pattern[str] | None = None
    document_unless: re.Pattern[str] | None = None
    level: int = 0
    needs: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()

    def pattern(self, source: Source) -> re.Pattern[str]:
        """The pattern that fits the text: without marks when the text has none."""
        return self.folded if source.is_folded else self.marked


@dataclass(frozen=True)
class Hit:
    """A rule met at a place of a source, with the zone it stands in."""

    rule: Rule
    source: Source
    start: int
    end: int
    zone: str
    weight: float

    def reason(self) -> Reason:
        """The hit as a reason, its words cut from the text as given."""
        span = self.source.span(self.start, self.end)
        return Reason(self.rule.id, span, self.source.words(span), round(self.weight, 2))


def rule_of(row: Mapping[str, Any], words: Mapping[str, str]) -> Rule:
    """The rule of one row of the lexicon.

    Raises:
        ValueError: the row has no id or no pattern, or a pattern cannot be read; the sentence names it.
    """
    name, patterns = row.get("id"), tuple(row.get("patterns", ()))
    if not name or not patterns or not all(isinstance(p, str) and p.strip() for p in patterns):
        raise ValueError(f"Dòng “{name or '?'}” của từ điển thiếu mã (id) hoặc mẫu (patterns).")
    unless, excuse = row.get("unless"), row.get("document_unless")
    return Rule(
        id=name,
        group=row.get("group", name),
        reason=row.get("reason", row.get("group", name)),
        weight=float(row.get("weight", 1.0)),
        limit=int(row.get("limit", 3)),
        votes={key: float(vote) for key, vote in row.get("votes", {}).items()},
        marked=compiled(patterns, words, name),
        folded=compiled(patterns, words, name, folded=True),
        subject=bool(row.get("subject", False)),
        weak=bool(row.get("weak", False)),
        foe=bool(row.get("foe", False)),
        fields=frozenset(row.get("fields", ())),
        unless=compiled([unless], words, name) if unless else None,
        document_unless=compiled([excuse], words, name) if excuse else None,
        level=int(row.get("level", 0)),
        needs=frozenset(row.get("needs", ())),
        kinds=frozenset(row.get("kinds", ())),
    )


def compiled(
    patterns: Sequence[str], words: Mapping[str, str], name: str = "", *, folded: bool = False
) -> re.Pattern[str]:
    """One pattern for whole words of a lower-case text, its {words} filled in."""
    whole = "|".join(f"(?:{_filled(pattern, words, name)})" for pattern in patterns)
    try:
        return _compiled(whole, folded)
    except re.error as error:
        raise ValueError(f"Mẫu của dòng “{name}” trong từ điển viết sai: {error}.") from error


@lru_cache(_ROWS_KEPT)
def _compiled(whole: str, folded: bool) -> re.Pattern[str]:
    whole = normalise(nfc(whole)).replace(_OFFICE_MARK, f"{OFFICE_T}ha").replace(" ", r"\s+")
    return re.compile(rf"(?<![^\W_])(?:{strip_marks(whole) if folded else whole})(?![^\W_])")


def _filled(pattern: str, words: Mapping[str, str], name: str) -> str:
    while found := _MACRO.search(pattern):
        if found[1] not in words:
            raise ValueError(f"Dòng “{name}” dùng từ {{{found[1]}}} chưa có trong words.yaml.")
        pattern = pattern.replace(found.group(), words[found[1]])
    return pattern
