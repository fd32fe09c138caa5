"""The weighted lexicon: patterns as data, compiled once, every hit a reason with its place."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final

import yaml

from hoiam.kit.vietnamese import nfc, normalise, strip_marks

from .source import OFFICE_T, Source
from .values import Reason

_DATA: Final = files(__package__) / "data" / "lexicon"
_MACRO: Final = re.compile(r"\{([a-z_]+)\}")
_OFFICE_MARK: Final = "<THA>"
SECTIONS: Final = ("words", "relevance", "stance", "kinds", "severity")


@dataclass(frozen=True)
class Rule:
    """One row: what to look for, what a hit weighs, how many hits count.

    `subject`: a hit counts only in a sentence that speaks of enforcement of judgments.
    `weak`: a common word that means little in a text about prisons; `foe`: such a text's own words.
    `fields`: the zones where hits count; empty means all.
    """

    id: str
    group: str
    reason: str
    weight: float
    limit: int
    patterns: tuple[str, ...]
    marked: re.Pattern[str]
    folded: re.Pattern[str]
    subject: bool = False
    weak: bool = False
    foe: bool = False
    fields: frozenset[str] = frozenset()
    unless: re.Pattern[str] | None = None
    document_unless: re.Pattern[str] | None = None

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


@dataclass(frozen=True)
class Lexicon:
    """All rules with their thresholds; `version` is written beside every judgement that is kept."""

    version: str
    relevance: Mapping[str, Any]
    masks: tuple[Rule, ...]
    rules: tuple[Rule, ...]
    stance: Mapping[str, Any]
    stances: Mapping[str, tuple[Rule, ...]]
    kind: Mapping[str, Any]
    kinds: Mapping[str, tuple[Rule, ...]]
    near_kinds: Mapping[str, tuple[Rule, ...]]
    severity: Mapping[str, Any]
    severities: tuple[tuple[int, Mapping[str, Any], Rule], ...]
    near: Rule
    never_passing: Rule

    @classmethod
    def load(cls, folder: Path | None = None) -> "Lexicon":
        """The lexicon of a folder of YAML files; without one, the lexicon as delivered.

        Raises:
            ValueError: a file lacks a key or a pattern cannot be read; the sentence names the row.
        """
        return (
            _delivered() if folder is None else _read({s: folder / f"{s}.yaml" for s in SECTIONS})
        )

    def around_agencies(self) -> tuple[Rule, Rule, Rule]:
        """What stands after and before an agency that acts, and before one only remembered."""
        agency = self.relevance["agency"]
        return _around(agency["acts"]["after"], agency["acts"]["before"], agency["past"]["before"])

    def with_weights(self, weights: Mapping[str, float]) -> "Lexicon":
        """The same lexicon with other weights for some rules of relevance, by rule id."""
        return replace(
            self,
            rules=tuple(replace(r, weight=weights.get(r.id, r.weight)) for r in self.rules),
            masks=tuple(replace(r, weight=weights.get(r.id, r.weight)) for r in self.masks),
        )


@cache
def _delivered() -> Lexicon:
    return _read({section: _DATA / f"{section}.yaml" for section in SECTIONS})


def _read(paths: Mapping[str, Path | Traversable]) -> Lexicon:
    data = {name: yaml.safe_load(nfc(path.read_text("utf-8"))) for name, path in paths.items()}
    words: dict[str, str] = data["words"]["words"]
    relevance, stance, severity = data["relevance"], data["stance"], data["severity"]
    kinds = data["kinds"]
    return Lexicon(
        version=str(data["words"]["version"]),
        relevance=relevance,
        masks=_rules(relevance["masks"], words),
        rules=_rules(relevance["rules"], words),
        stance=stance,
        stances={name: _rules(stance[name], words) for name in ("negative", "positive")},
        kind=kinds,
        kinds={name: _rules(rows, words) for name, rows in kinds["relevant"].items()},
        near_kinds={name: _rules(rows, words) for name, rows in kinds["near"].items()},
        severity=severity,
        severities=tuple((row["level"], row, _rule(row, words)) for row in severity["rules"]),
        never_passing=_rule(
            {"id": "khong-nhac-qua", "patterns": [relevance["passing"]["except"]]}, words
        ),
        near=_rule({"id": "gan-nganh", "patterns": kinds["near_words"]}, words),
    )


@cache
def _around(*patterns: str) -> tuple[Rule, Rule, Rule]:
    after, before, past = (_rule({"id": "quanh-co-quan", "patterns": [p]}, {}) for p in patterns)
    return after, before, past


def _rules(rows: Iterable[Mapping[str, Any]], words: Mapping[str, str]) -> tuple[Rule, ...]:
    return tuple(_rule(row, words) for row in rows)


def _rule(row: Mapping[str, Any], words: Mapping[str, str]) -> Rule:
    patterns = tuple(row["patterns"])
    unless, excuse = row.get("unless"), row.get("document_unless")
    return Rule(
        id=row["id"],
        group=row.get("group", row["id"]),
        reason=row.get("reason", row.get("group", row["id"])),
        weight=float(row.get("weight", 1.0)),
        limit=int(row.get("limit", 3)),
        patterns=patterns,
        marked=compiled(patterns, words, row["id"]),
        folded=compiled(patterns, words, row["id"], folded=True),
        subject=bool(row.get("subject", False)),
        weak=bool(row.get("weak", False)),
        foe=bool(row.get("foe", False)),
        fields=frozenset(row.get("fields", ())),
        unless=compiled([unless], words, row["id"]) if unless else None,
        document_unless=compiled([excuse], words, row["id"]) if excuse else None,
    )


def compiled(
    patterns: Sequence[str], words: Mapping[str, str], name: str = "", *, folded: bool = False
) -> re.Pattern[str]:
    """One pattern for whole words of a lower-case text, its {words} filled in."""
    whole = "|".join(f"(?:{_filled(pattern, words, name)})" for pattern in patterns)
    whole = normalise(whole).replace(_OFFICE_MARK, f"{OFFICE_T}ha").replace(" ", r"\s+")
    try:
        return re.compile(rf"(?<![^\W_])(?:{strip_marks(whole) if folded else whole})(?![^\W_])")
    except re.error as error:
        raise ValueError(f"Mẫu của dòng “{name}” trong từ điển viết sai: {error}.") from error


def _filled(pattern: str, words: Mapping[str, str], name: str) -> str:
    while found := _MACRO.search(pattern):
        if found[1] not in words:
            raise ValueError(f"Dòng “{name}” dùng từ {{{found[1]}}} chưa có trong words.yaml.")
        pattern = pattern.replace(found.group(), words[found[1]])
    return pattern
