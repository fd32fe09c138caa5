"""The lexicon as its page shows it: rows read out as phrases, and changes in words."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.urls import reverse

from hoiam.kit.lists import yaml_of
from hoiam.kit.recognition import Change, Lexicon
from hoiam.kit.recognition.editing import ADD, OFF, group_of, groups, points_of
from hoiam.kit.recognition.wording import phrases_of
from hoiam.kit.vietnamese import fold, nfc, show_number
from hoiam.monitoring.queries.lexicon import Difference, differences

_NOT_WORD = re.compile(r"[^\w]+")
PHRASES_SHOWN = 6


@cache
def words() -> dict[str, dict[str, Any]]:
    """Names of groups, kinds and {words}, as people read them."""
    book = Path(__file__).parent.parent / "data" / "lexicon_words.yaml"
    return dict(yaml_of(book.read_text(encoding="utf-8")))


@cache
def names() -> dict[str, str]:
    """How {words} and the signs for roles are called for a reader."""
    roles = Lexicon.load().settings.get("roles", ())
    signs = {f"<{role['role']}>": role["name"] for role in roles if "name" in role}
    return {**words()["names"], **signs}


def group_label(key: str) -> str:
    """A group by its name."""
    return words()["groups"].get(key, {}).get("label", key)


def group_choices() -> list[tuple[str, str]]:
    """The groups a phrase may be added to."""
    return [(key, group_label(key)) for key in groups()]


def points(weight: float | None) -> str:
    """A weight with its sign: +2,4, −0,7, 0."""
    if weight is None:
        return ""
    if not round(weight, 2):
        return "0"
    size = round(abs(weight), 2)
    shown = show_number(int(size) if size == int(size) else size)
    return f"+{shown}" if weight > 0 else f"−{shown}"


@dataclass(frozen=True)
class ShownRow:
    """One row of the lexicon: what it means, its phrases, its weight, and who it comes from."""

    id: str
    group: str
    family: str
    says: str
    phrases: tuple[str, ...]
    weight: str
    weight_before: str
    source: str
    why: str
    is_own: bool
    is_off: bool
    is_level: bool
    in_draft: str

    @property
    def url(self) -> str:
        """Where the row is read whole and changed."""
        return reverse("desk-lexicon-row", args=[self.id])

    @property
    def first(self) -> tuple[str, ...]:
        """The phrases a list shows."""
        return self.phrases[:PHRASES_SHOWN]

    @property
    def more(self) -> int:
        """How many phrases a list leaves out."""
        return max(0, len(self.phrases) - PHRASES_SHOWN)


def rows_shown(changes: Iterable[Change], published: Iterable[Change]) -> list[ShownRow]:
    """Every row officials may edit: their own first, then the delivered ones in the order they are read.

    Args:
        changes: those of the draft, or of the version in force when nobody drafts.
        published: those of the version in force, to mark what the draft does.
    """
    kept, before = {c.id: c for c in changes}, {c.id: c for c in published}
    own = [_own(c, before.get(c.id)) for c in kept.values() if c.do == ADD]
    gone = [_own(c, c, gone=True) for c in before.values() if c.do == ADD and c.id not in kept]
    delivered = [
        _delivered(row, kept.get(row["id"]), before.get(row["id"]))
        for row in Lexicon.load().rows
        if group_of(row)
    ]
    return [*own, *gone, *delivered]


def _own(change: Change, before: Change | None, *, gone: bool = False) -> ShownRow:
    group = words()["groups"].get(change.group, {})
    return ShownRow(
        id=change.id,
        group=group_label(change.group),
        family=group.get("family", ""),
        says=change.why,
        phrases=change.phrases,
        weight=_weight(change.weight, change.group),
        weight_before=_before(change, before),
        source=signed(change),
        why=change.why,
        is_own=True,
        is_off=gone,
        is_level=change.group.startswith("severity"),
        in_draft="bỏ trong bản nháp" if gone else _mark(change, before),
    )


def _delivered(row: Any, change: Change | None, before: Change | None) -> ShownRow:
    key = group_of(row)
    changed = change.weight if change is not None and change.weight is not None else None
    weight = points_of(row)
    return ShownRow(
        id=row["id"],
        group=group_label(key),
        family=words()["groups"].get(key, {}).get("family", ""),
        says=row.get("reason") or row.get("group") or row["id"],
        phrases=phrases_of(row["patterns"], names(), Lexicon.load().words),
        weight=_weight(weight if changed is None else changed, key),
        weight_before=_weight(weight, key) if changed is not None else "",
        source=signed(change) if change else "Có sẵn trong sản phẩm",
        why=change.why if change else "",
        is_own=False,
        is_off=change is not None and change.do == OFF,
        is_level=key.startswith("severity"),
        in_draft=_mark(change, before),
    )


def _weight(weight: float | None, group: str) -> str:
    return f"mức {group[-1]}" if group.startswith("severity") else points(weight)


def _before(change: Change, before: Change | None) -> str:
    if before is None or before.weight == change.weight:
        return ""
    return points(before.weight)


def _mark(change: Change | None, before: Change | None) -> str:
    if (change and change.essence) == (before and before.essence):
        return ""
    if change is None:
        return "trả về như sản phẩm trong bản nháp"
    if change.do == OFF:
        return "tắt trong bản nháp"
    return "mới trong bản nháp" if change.do == ADD and before is None else "đổi trong bản nháp"


def signed(change: Change) -> str:
    """Who changed the row, and when."""
    day = f"{change.at[8:10]}/{change.at[5:7]}/{change.at[:4]}" if len(change.at) >= 10 else ""
    return ", ".join(part for part in (change.by, day) if part)


def found_rows(rows: Iterable[ShownRow], query: str, family: str) -> list[ShownRow]:
    """The rows of one family in which the words of the query stand, typed with or without marks."""
    said = [f" {word}" for word in fold(nfc(query)).lower().split()]
    kept = [row for row in rows if _is_of(row, family)]
    return [r for r in kept if any(all(word in part for word in said) for part in _parts(r))]


def _is_of(row: ShownRow, family: str) -> bool:
    if family == "own":
        return row.is_own
    if family == "off":
        return row.is_off
    return family == "all" or row.family == family


def _parts(row: ShownRow) -> list[str]:
    """What a search looks into, piece by piece, so that words of two phrases never make a hit together."""
    pieces = (row.says, row.group, row.why, *row.phrases)
    return [" " + _NOT_WORD.sub(" ", fold(nfc(piece)).lower()) for piece in pieces]


@dataclass(frozen=True)
class ShownChange:
    """One line of a change set: what is done to which row, why and by whom."""

    id: str
    verb: str
    what: str
    group: str
    weight: str
    why: str
    by: str


def changes_shown(pairs: Sequence[Difference]) -> list[ShownChange]:
    """Differences between two sets of changes, in words."""
    names = {row["id"]: row for row in Lexicon.load().rows}
    return [_change(pair, names) for pair in pairs]


def diff_shown(before: Iterable[Change], after: Iterable[Change]) -> list[ShownChange]:
    """What the later set does otherwise than the earlier one."""
    return changes_shown(differences(before, after))


def _change(pair: Difference, names: dict[str, Any]) -> ShownChange:
    change, row = pair.change, names.get(pair.change.id)
    says = ", ".join(f"“{phrase}”" for phrase in change.phrases)
    if not says:
        says = (row or {}).get("reason") or (row or {}).get("group") or change.id
    key = change.group or (group_of(row) if row else "")
    return ShownChange(
        id=change.id,
        verb=_verb(pair),
        what=says,
        group=group_label(key) if key else "dòng này không còn trong sản phẩm",
        weight=_arrow(pair, row, key),
        why=(pair.after or change).why if pair.after else "",
        by=signed(pair.after) if pair.after else "",
    )


def _verb(pair: Difference) -> str:
    before, after = pair.before, pair.after
    if after is None:
        return "Bỏ" if before and before.do == ADD else "Trả về như sản phẩm"
    if after.do == OFF:
        return "Tắt"
    return "Thêm" if after.do == ADD and before is None else "Đổi điểm"


def _arrow(pair: Difference, row: Any, key: str) -> str:
    if key.startswith("severity") or (pair.after is not None and pair.after.do == OFF):
        return ""
    given = points_of(row) if row else None
    old = pair.before.weight if pair.before and pair.before.weight is not None else given
    new = pair.after.weight if pair.after and pair.after.weight is not None else None
    if pair.after is None:
        new = given
    if old is None or old == new:
        return points(new)
    return f"{points(old)} → {points(new)}" if new is not None else points(old)
