"""The weighted lexicon: rows of data, compiled once; as delivered, from a folder, or edited by officials."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final

from hoiam.kit.lists import yaml_of
from hoiam.kit.vietnamese import fold, nfc, normalise

from .gate import is_candidate
from .matcher import PlainMatcher, matcher
from .rules import SKELETON, TEXT, Role, Rule, role_of, rule_of

_DATA: Final = files(__package__) / "data" / "lexicon"
TABLES: Final = ("mask", "relevance", "evidence", "near", "severity")
SECTIONS: Final = ("words", "settings", "roles", *TABLES)
_ON_SKELETON: Final = frozenset({"evidence", "severity"})

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Lexicon:
    """All rows with their thresholds; `version` is written beside every judgement that is kept.

    A row is a mapping with `table` (one of TABLES), `id` (unique), `patterns`, and as it needs them
    `reason`, `group`, `weight`, `limit`, `votes`, `unless`, `fields` …; `on` is "skeleton" when its
    patterns read sentences with signs for roles, else the plain text. `words` are the {words} that
    patterns may use; `settings` are thresholds and factors, and the roles.
    """

    version: str
    rows: tuple[Row, ...]
    words: Mapping[str, str]
    settings: Mapping[str, Any]
    tables: Mapping[str, tuple[Rule, ...]] = field(repr=False)

    @classmethod
    def load(cls, folder: Path | None = None) -> "Lexicon":
        """The lexicon of a folder of YAML files; without one, the lexicon as delivered.

        Raises:
            ValueError: a file lacks a key or a pattern cannot be read; the sentence names the row.
        """
        return (
            _delivered() if folder is None else _read({s: folder / f"{s}.yaml" for s in SECTIONS})
        )

    @classmethod
    def from_rows(
        cls,
        rows: Iterable[Row],
        *,
        version: str,
        words: Mapping[str, str] | None = None,
        settings: Mapping[str, Any] | None = None,
    ) -> "Lexicon":
        """A lexicon of these rows alone; `words` and `settings` as delivered when None.

        Raises:
            ValueError: a row lacks `table`, `id` or `patterns`, an id comes twice, a pattern cannot be
                read; the sentence names the row.

        >>> given = Lexicon.load()
        >>> Lexicon.from_rows(given.rows, version="1").tables == given.tables
        True
        """
        kept = tuple(dict(row) for row in rows)
        words = _delivered().words if words is None else words
        settings = _delivered().settings if settings is None else settings
        return cls(str(version), kept, words, settings, _tables(kept, words))

    def edited(self, changes: Iterable[Row], *, version: str) -> "Lexicon":
        """The same lexicon with some rows changed: a row with a known id replaces the keys it gives, one
        with a new id is added, one with `off: true` is left out.

        Raises:
            ValueError: as `from_rows`.

        >>> Lexicon.load().edited([{"id": "thi-hanh-an", "off": True}], version="2").version
        '2'
        """
        merged: dict[str, Row] = {row["id"]: row for row in self.rows}
        for change in changes:
            name = change.get("id", "")
            merged[name] = {**merged.get(name, {}), **change}
        left = (row for row in merged.values() if not row.get("off"))
        return Lexicon.from_rows(left, version=version, words=self.words, settings=self.settings)

    def with_weights(self, weights: Mapping[str, float]) -> "Lexicon":
        """The same lexicon, of the same version, with other weights for some rows, by their id."""
        known = {row["id"] for row in self.rows}
        changes = [{"id": k, "weight": w} for k, w in weights.items() if k in known]
        return self.edited(changes, version=self.version)

    def changed(self, table: str) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
        """The rules of a table that are not as delivered, and the delivered ones they replace or that are gone."""
        return self._changed[table]

    @cached_property
    def _changed(self) -> Mapping[str, tuple[tuple[Rule, ...], tuple[Rule, ...]]]:
        given = _delivered().tables
        found = {}
        for table in TABLES:
            ours, theirs = ({r.id: r for r in part[table]} for part in (self.tables, given))
            new = tuple(r for r in ours.values() if theirs.get(r.id) != r)
            gone = tuple(r for r in theirs.values() if ours.get(r.id) != r)
            found[table] = (new, gone)
        return found

    def admits(self, text: str) -> bool:
        """Whether a text is worth reading at all: it has a word of the cheap gate, or a trigger of an added row.

        A row may name `triggers`, literal words that open the gate for its patterns.
        """
        if is_candidate(text):
            return True
        marked, folded = self._triggers
        if marked is None or folded is None:
            return False
        low = " ".join(normalise(nfc(text)).lower().split())
        return marked.any_in(low) or (fold(low) == low and folded.any_in(low))

    @cached_property
    def _triggers(self) -> tuple[PlainMatcher | None, PlainMatcher | None]:
        words = [normalise(w).lower() for row in self.rows for w in row.get("triggers", ())]
        if not words:
            return None, None
        return matcher(words), matcher([fold(word) for word in words])

    @cached_property
    def near_words(self) -> Rule:
        """The words that make a text that does not concern the System a near one."""
        return self._setting("|".join(self.settings["kind"]["near_words"]))

    @cached_property
    def never_passing(self) -> Rule:
        """What makes even one mention in passing count."""
        return self._setting(self.settings["relevance"]["passing"]["except"])

    @cached_property
    def still_going_on(self) -> Rule:
        """What joins a sentence of an old year to the present."""
        return self._setting(self.settings["retold"]["unless"])

    @cached_property
    def around_agencies(self) -> tuple[Rule, Rule, Rule]:
        """What stands after and before an agency that acts, and before one only remembered."""
        agency = self.settings["relevance"]["agency"]
        acts, past = agency["acts"], agency["past"]
        return tuple(map(self._setting, (acts["after"], acts["before"], past["before"])))  # type: ignore[return-value]

    @cached_property
    def other_bodies(self) -> Rule | None:
        """The names of other bodies of the State, beside which an agency may be only one of a list."""
        written = self.settings["relevance"]["agency"].get("listed")
        return self._setting(written) if written else None

    @cached_property
    def roles(self) -> tuple[Role, ...]:
        """The parts somebody may play in a sentence, in the order they are read."""
        return tuple(role_of(row, self.words) for row in self.settings["roles"])

    def _setting(self, written: str) -> Rule:
        return rule_of({"id": "settings", "patterns": [written]}, self.words)


@cache
def _delivered() -> Lexicon:
    return _read({section: _DATA / f"{section}.yaml" for section in SECTIONS})


def _read(paths: Mapping[str, Path | Traversable]) -> Lexicon:
    data = {name: yaml_of(nfc(path.read_text("utf-8"))) for name, path in paths.items()}
    rows = tuple(
        {"table": table, "on": SKELETON if table in _ON_SKELETON else TEXT, **row}
        for table in TABLES
        for row in data[table]
    )
    words: dict[str, str] = data["words"]["words"]
    return Lexicon(
        str(data["words"]["version"]),
        rows,
        words,
        {**data["settings"], **data["roles"]},
        _tables(rows, words),
    )


def _tables(rows: Iterable[Row], words: Mapping[str, str]) -> dict[str, tuple[Rule, ...]]:
    made: dict[str, list[Rule]] = {table: [] for table in TABLES}
    seen: set[str] = set()
    for row in rows:
        rule = rule_of(row, words)
        if rule.id in seen:
            raise ValueError(f"Hai dòng của từ điển trùng mã “{rule.id}”; mỗi mã chỉ dùng một lần.")
        if row.get("table") not in made:
            known = ", ".join(TABLES)
            raise ValueError(f"Dòng “{rule.id}” của từ điển phải thuộc một bảng (table): {known}.")
        seen.add(rule.id)
        made[row["table"]].append(rule)
    return {table: tuple(rules) for table, rules in made.items()}
