"""The lexicon in force, its versions, the open draft, and how two sets of changes differ."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import QuerySet

from hoiam.kit.recognition import Change, Lexicon
from hoiam.kit.recognition.editing import edited
from hoiam.monitoring.models import LexiconDraft, LexiconTrial, LexiconVersion
from hoiam.monitoring.models.lexicon import read_changes

KEPT = 6


def lexicon_in_use() -> Lexicon:
    """The delivered lexicon with the changes of the version in force; one query, built once a version."""
    row = LexiconVersion.objects.values_list("number", "changes").order_by("-number").first()
    return lexicon_of(*row) if row else Lexicon.load()


def lexicon_of(number: int, changes: list[dict[str, object]]) -> Lexicon:
    """The lexicon of one version; its name says the product's version and the number."""
    name = version_name(number)
    return _built(name, json.dumps(changes, ensure_ascii=False, sort_keys=True))


def version_name(number: int) -> str:
    """What stands beside a judgement: `2026.2` as delivered, `2026.2+3` for version 3 upon it."""
    delivered = Lexicon.load().version
    return f"{delivered}+{number}" if number else delivered


@lru_cache(maxsize=KEPT)
def _built(name: str, written: str) -> Lexicon:
    return edited(read_changes(json.loads(written)), version=name)


def versions() -> QuerySet[LexiconVersion]:
    """Every published version, newest first."""
    return LexiconVersion.objects.select_related("by")


def version_in_force() -> LexiconVersion | None:
    """The newest version; None when the lexicon is as delivered."""
    return versions().first()


def changes_of(number: int) -> tuple[Change, ...]:
    """The changes of one version; none for 0, the lexicon as delivered."""
    row = LexiconVersion.objects.filter(number=number).first()
    return read_changes(row.changes) if row else ()


def open_draft() -> LexiconDraft | None:
    """The draft the centre is working on."""
    return LexiconDraft.objects.filter(is_open=True).select_related("by").first()


def last_trial(draft: LexiconDraft) -> LexiconTrial | None:
    """The newest dry run of a draft."""
    return draft.trials.select_related("by").first()


@dataclass(frozen=True)
class Difference:
    """One row judged otherwise by two sets of changes; None where a set says nothing of it."""

    before: Change | None
    after: Change | None

    @property
    def change(self) -> Change:
        """The change that names the row."""
        found = self.after or self.before
        assert found is not None
        return found


def differences(before: Iterable[Change], after: Iterable[Change]) -> list[Difference]:
    """The rows on which two sets of changes differ, in the order of the later, then of the earlier one."""
    old, new = {c.id: c for c in before}, {c.id: c for c in after}
    pairs = [(old.get(key), new.get(key)) for key in dict.fromkeys([*new, *old])]
    return [Difference(a, b) for a, b in pairs if (a and a.essence) != (b and b.essence)]


def lexicon_named(name: str) -> Lexicon | None:
    """The lexicon a judgement names as its version; None when a person or something else judged."""
    delivered, plus, number = name.partition("+")
    if plus and number.isdecimal():
        row = LexiconVersion.objects.filter(number=int(number)).first()
        return lexicon_of(row.number, row.changes) if row else None
    return Lexicon.load() if delivered[:1].isdecimal() else None
