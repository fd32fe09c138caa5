"""What officials change in the lexicon: rows weighed anew or switched off, phrases of their own in front."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any, Final

from hoiam.kit.vietnamese import nfc, normalise, squash

from .lexicon import Lexicon, Row

WEIGHT, OFF, ADD = "weight", "off", "add"
OWN: Final = "rieng-"
_GAP: Final = re.compile(r"\s*(?:…|\.\.\.|\*)\s*")
_BETWEEN: Final = r"[^.\n]{0,60}"
_SHORTEST: Final = 4
_SHORTEST_PART: Final = 2
_SYLLABLES: Final = re.compile(r"[^\W_]+(?:[-/&][^\W_]+)*")


@dataclass(frozen=True)
class Group:
    """Where a phrase of officials goes: a table, what it speaks for, and the weights it may have."""

    table: str
    least: float
    most: float
    usual: float
    votes: str = ""
    level: int = 0


@cache
def groups() -> Mapping[str, Group]:
    """The groups officials may add phrases to, by key: relevance both ways, stances, kinds, levels of severity."""
    votes = dict.fromkeys(
        vote for row in Lexicon.load().rows if row["table"] == "evidence" for vote in row["votes"]
    )
    return {
        "positive": Group("relevance", 0.1, 10, 2.5),
        "negative": Group("mask", -10, 0, -1.0),
        **{f"evidence:{vote}": Group("evidence", -10, 10, 2.0, votes=vote) for vote in votes},
        **{f"severity:{n}": Group("severity", 1, 1, 1, level=n) for n in (3, 2, 1)},
    }


@dataclass(frozen=True)
class Change:
    """One thing officials changed, with who, when (ISO 8601) and why.

    `weight` is in points of the row's group. `do`: WEIGHT and OFF name a delivered row by `id`; ADD is a row of their own with `group` and `phrases`, where
    “…” stands for some words of the same sentence.
    """

    id: str
    do: str
    group: str = ""
    phrases: tuple[str, ...] = ()
    weight: float | None = None
    why: str = ""
    by: str = ""
    at: str = ""

    def as_json(self) -> dict[str, Any]:
        """The change as plain values, phrases as a list."""
        return {**asdict(self), "phrases": list(self.phrases)}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Change":
        """The change from what `as_json` gave."""
        return cls(**{**kept, "phrases": tuple(kept.get("phrases", ()))})

    @property
    def essence(self) -> tuple[Any, ...]:
        """What makes it another change for recognition: all but who, when and why."""
        return (self.id, self.do, self.group, self.phrases, self.weight)


def own_id(group: str, phrases: Iterable[str]) -> str:
    """The id of a row of officials: the same phrases of the same group are the same row."""
    said = "|".join([group, *sorted(normalise(phrase).lower() for phrase in phrases)])
    return OWN + hashlib.sha256(said.encode()).hexdigest()[:10]


def read_phrases(written: str) -> tuple[str, ...]:
    """The phrases written one a line, in NFC, spaces made single, each once.

    Raises:
        ValueError: none is left, or one is so short that it would stand in every other text; the sentence names it.

    >>> read_phrases("Thợ săn nợ\\n\\nđoàn  cưỡng chế ... bị tạt")
    ('Thợ săn nợ', 'đoàn cưỡng chế … bị tạt')
    """
    lines = [squash(nfc(line)) for line in written.splitlines()]
    found = tuple(dict.fromkeys(_GAP.sub(" … ", line).strip(" …") for line in lines if line))
    if not any(found):
        raise ValueError("Ghi ít nhất một cụm từ, mỗi dòng một cụm.")
    for phrase in found:
        parts = ["".join(_SYLLABLES.findall(part)) for part in phrase.split("…")]
        if min(map(len, parts)) < _SHORTEST_PART or len("".join(parts)) < _SHORTEST:
            raise ValueError(f"Cụm “{phrase}” quá ngắn nên sẽ khớp lung tung. Ghi thêm chữ.")
    return found


def pattern_of(phrase: str) -> str:
    """The pattern of a phrase as people write it; THA in capitals is the office, “…” some words between."""
    parts = [_SYLLABLES.findall(nfc(part)) for part in phrase.split("…")]
    return _BETWEEN.join(" ".join(map(_syllable, part)) for part in parts if part)


def _syllable(word: str) -> str:
    return "<THA>" if word == "THA" else re.escape(word.lower())


def edited(changes: Iterable[Change], *, version: str, given: Lexicon | None = None) -> Lexicon:
    """The delivered lexicon as officials changed it; a change of a row that is no longer delivered does nothing.

    Rows of officials are read before the delivered ones of their table: their phrases are the more special ones, and a
    word counts once.

    Raises:
        ValueError: a phrase cannot be read as a pattern; the sentence names the row.
    """
    given = given or Lexicon.load()
    kept = {change.id: change for change in changes}
    own = [own_row(change) for change in kept.values() if change.do == ADD]
    own.sort(key=lambda row: -max(map(len, row["patterns"])))
    rows: list[Row] = [*own]
    for row in given.rows:
        change = kept.get(row["id"])
        if change is None or change.do == ADD:
            rows.append(row)
        elif change.do == WEIGHT and change.weight is not None:
            rows.append({**row, "weight": change.weight / _vote(row)})
    return Lexicon.from_rows(rows, version=version, words=given.words, settings=given.settings)


def points_of(row: Row) -> float:
    """What one hit of a row weighs for the conclusion of its group, before the place in the text counts."""
    return float(row.get("weight", 1.0)) * _vote(row)


def _vote(row: Row) -> float:
    return float(next(iter(row.get("votes", {}).values()), 1.0))


def own_row(change: Change) -> dict[str, Any]:
    """The row of the lexicon that a change of officials adds."""
    group = groups()[change.group]
    patterns = [pattern_of(phrase) for phrase in change.phrases]
    row: dict[str, Any] = {
        "table": group.table,
        "id": change.id,
        "group": change.why or change.id,
        "reason": change.why or change.id,
        "weight": group.usual if change.weight is None else change.weight,
        "limit": 2,
        "patterns": patterns,
    }
    if group.table == "relevance":
        # Without this the cheap gate would never let a text with these words alone in.
        row["triggers"] = [_longest(phrase) for phrase in change.phrases]
    if group.table == "evidence":
        row |= {"votes": {group.votes: 1}, "subject": True}
    if group.table == "severity":
        row |= {"level": group.level, "needs": []}
    return row


def _longest(phrase: str) -> str:
    return max((squash(part) for part in phrase.split("…")), key=len)


def lost_changes(changes: Iterable[Change], given: Lexicon | None = None) -> tuple[Change, ...]:
    """The changes that change nothing any more because the product no longer delivers their row."""
    known = {row["id"] for row in (given or Lexicon.load()).rows}
    return tuple(c for c in changes if c.do != ADD and c.id not in known)


def group_of(row: Row) -> str:
    """The key of the group a row stands in, delivered or own; blank for rows officials do not edit."""
    table = row["table"]
    if table == "evidence":
        return f"evidence:{next(iter(row['votes']), '')}"
    if table == "severity":
        return f"severity:{row.get('level', 0)}"
    return {"relevance": "positive", "mask": "negative"}.get(table, "")


def digest(lexicon: Lexicon | None = None) -> str:
    """SHA-256 of the rows, words and settings: two equal digests judge alike."""
    lexicon = lexicon or Lexicon.load()
    content = [[dict(row) for row in lexicon.rows], dict(lexicon.words), dict(lexicon.settings)]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
