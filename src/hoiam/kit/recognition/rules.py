"""One row of the lexicon made ready to match, and what it met."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from hoiam.kit.vietnamese import nfc, normalise, strip_marks

from .source import OFFICE_T, Source
from .values import Reason

TEXT, SKELETON = "text", "skeleton"
_MACRO: Final = re.compile(r"\{([a-z_]+)\}")
_OFFICE_MARK: Final = "<THA>"
_ROWS_KEPT: Final = 4096
# Signs of roles stand in the private-use area, so no text can hold them.
_FIRST_SIGN: Final = 0xE010
_LETTERS: Final = 26
_ROLE_MARK: Final = re.compile(r"<([A-Z])>")


@dataclass(frozen=True)
class Rule:
    """One row: what to look for, what a hit weighs, how many hits count.

    `votes`: what a hit speaks for (a stance, a kind), as shares of `weight`.
    `subject`: a hit counts only in a sentence that speaks of enforcement of judgments.
    `weak`: a common word that means little in a text about prisons; `foe`: such a text's own words.
    `fields`: the zones where hits count; empty means all. `unless`: words that silence the sentence;
    `beside`: words that must stand in it; `document_unless`, `document_beside`: the same of the item. `core`: what blame needs, so that mere colour is not blame.
    """

    id: str
    group: str
    reason: str
    weight: float
    limit: int
    marked: re.Pattern[str]
    written: str = ""
    votes: Mapping[str, float] = field(default_factory=dict)
    subject: bool = False
    weak: bool = False
    foe: bool = False
    fields: frozenset[str] = frozenset()
    unless: re.Pattern[str] | None = None
    beside: re.Pattern[str] | None = None
    document_unless: re.Pattern[str] | None = None
    document_beside: re.Pattern[str] | None = None
    core: bool = False
    on: str = TEXT
    level: int = 0
    needs: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()

    def pattern(self, source: Source) -> re.Pattern[str]:
        """The pattern that fits the text: without marks when the text has none."""
        return _compiled(self.written, True, self.on) if source.is_folded else self.marked


@dataclass(frozen=True)
class Role:
    """One part somebody plays in a text (agency, officer, debtor …), written as one sign in a skeleton."""

    sign: str
    marked: re.Pattern[str]
    written: str

    def pattern(self, source: Source) -> re.Pattern[str]:
        """The pattern that fits the text: without marks when the text has none."""
        return _compiled(self.written, True, SKELETON) if source.is_folded else self.marked


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


def role_sign(letter: str) -> str:
    """The sign that stands for a role in a skeleton; patterns write it as its letter in angle brackets."""
    return chr(_FIRST_SIGN + ord(letter) - ord("A"))


def role_letter(sign: str) -> str | None:
    """The letter of the role a sign stands for; None when the word is no sign."""
    place = ord(sign[0]) - _FIRST_SIGN
    return chr(ord("A") + place) if len(sign) == 1 and 0 <= place < _LETTERS else None


def role_of(row: Mapping[str, Any], words: Mapping[str, str]) -> Role:
    """The role of one row of the settings: its letter and the words it is written with."""
    patterns, name = tuple(row["patterns"]), f"vai {row['role']}"
    marked = compiled(patterns, words, name, on=SKELETON)
    return Role(role_sign(row["role"]), marked, whole_of(patterns, words, name))


def rule_of(row: Mapping[str, Any], words: Mapping[str, str]) -> Rule:
    """The rule of one row of the lexicon; its key `on` says whether it reads the plain text or the skeleton.

    Raises:
        ValueError: the row has no id or no pattern, or a pattern cannot be read; the sentence names it.
    """
    name, patterns, on = row.get("id"), tuple(row.get("patterns", ())), row.get("on", TEXT)
    if not name or not patterns or not all(isinstance(p, str) and p.strip() for p in patterns):
        raise ValueError(f"Dòng “{name or '?'}” của từ điển thiếu mã (id) hoặc mẫu (patterns).")

    def one(key: str) -> re.Pattern[str] | None:
        return compiled([row[key]], words, name, on=on) if row.get(key) else None

    return Rule(
        id=name,
        group=row.get("group", name),
        reason=row.get("reason", row.get("group", name)),
        weight=float(row.get("weight", 1.0)),
        limit=int(row.get("limit", 3)),
        votes={key: float(vote) for key, vote in row.get("votes", {}).items()},
        marked=compiled(patterns, words, name, on=on),
        written=whole_of(patterns, words, name),
        subject=bool(row.get("subject", False)),
        weak=bool(row.get("weak", False)),
        foe=bool(row.get("foe", False)),
        fields=frozenset(row.get("fields", ())),
        unless=one("unless"),
        beside=one("beside"),
        document_unless=one("document_unless"),
        document_beside=one("document_beside"),
        # A phrase of plain words, as officials add it, blames by itself unless it says otherwise.
        core=bool(row.get("core", on == TEXT)),
        on=on,
        level=int(row.get("level", 0)),
        needs=frozenset(row.get("needs", ())),
        kinds=frozenset(row.get("kinds", ())),
    )


def compiled(
    patterns: Sequence[str], words: Mapping[str, str], name: str = "", *, on: str = TEXT
) -> re.Pattern[str]:
    """One pattern for whole words of a lower-case text, its {words} filled in."""
    try:
        return _compiled(whole_of(patterns, words, name), False, on)
    except re.error as error:
        raise ValueError(f"Mẫu của dòng “{name}” trong từ điển viết sai: {error}.") from error


def whole_of(patterns: Sequence[str], words: Mapping[str, str], name: str = "") -> str:
    """The patterns as one, their {words} filled in, not yet compiled."""
    return "|".join(f"(?:{_filled(pattern, words, name)})" for pattern in patterns)


@lru_cache(_ROWS_KEPT)
def _compiled(whole: str, folded: bool, on: str) -> re.Pattern[str]:
    whole = normalise(nfc(whole)).replace(_OFFICE_MARK, f"{OFFICE_T}ha")
    whole = strip_marks(whole) if folded else whole
    if on == SKELETON:
        whole = _ROLE_MARK.sub(lambda mark: role_sign(mark[1]), whole)
        return re.compile(rf"(?<!\S)(?:{whole})(?!\S)")
    whole = whole.replace(" ", r"\s+")
    return re.compile(rf"(?<![^\W_])(?:{whole})(?![^\W_])")


def _filled(pattern: str, words: Mapping[str, str], name: str) -> str:
    while found := _MACRO.search(pattern):
        if found[1] not in words:
            raise ValueError(f"Dòng “{name}” dùng từ {{{found[1]}}} chưa có trong words.yaml.")
        pattern = pattern.replace(found.group(), words[found[1]])
    return pattern
