"""Which agencies of the System a paper's words mean: classes by a table, names by the register, others only offered."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from functools import cache
from importlib.resources import files
from typing import Any

from django.db.models import Q, QuerySet

from hoiam.agencies.models import Agency
from hoiam.agencies.queries import agencies_on, answering
from hoiam.agencies.states import Level
from hoiam.kit.lists import yaml_of
from hoiam.kit.vietnamese import fold, nfc, telex

MOST_OFFERS = 4
LEAST_LIKENESS = 0.78
_SYSTEM = re.compile(r"\b(thads|thi hanh an)\b")
_BEFORE = re.compile(r"^(?:cac|moi|toan bo|tat ca(?: cac)?|thu truong(?: cac)?)\s+")


@dataclass(frozen=True)
class AgencyClass:
    """A class of agencies (nhóm cơ quan) as papers call it: every agency of these levels."""

    key: str
    title: str
    levels: tuple[str, ...]
    words: tuple[str, ...]
    source: str
    confidence: str


@dataclass(frozen=True)
class Meant:
    """What one piece of words means in the System.

    `part` is what a task keeps: {"class": key} or {"agency": pk}; None when nothing is certain. `offers` are agencies
    the words may have meant, for a person to choose from. `is_outside`: the words name no agency of the System at all.
    """

    words: str
    part: dict[str, Any] | None = None
    title: str = ""
    offers: tuple[Agency, ...] = ()
    is_outside: bool = False


@cache
def agency_classes() -> Mapping[str, AgencyClass]:
    """Every class by key, in the order of the table."""
    text = (files("hoiam.scheme") / "data" / "agency_classes.yaml").read_text("utf-8")
    return {
        row["key"]: AgencyClass(
            row["key"], row["title"], tuple(row["levels"]), tuple(row["words"]),
            row["source"], row["confidence"],
        )
        for row in yaml_of(nfc(text))
    }  # fmt: skip


def shortened(words: str) -> str:
    """The words as they are compared: no marks, "thi hành án dân sự" as "thads", single spaces, no end marks."""
    plain = re.sub(r"[\s,.;:()]+", " ", fold(nfc(words))).strip()
    return re.sub(r"\bthi hanh an dan su\b|\btha ?ds\b", "thads", plain)


def class_named(words: str) -> AgencyClass | None:
    """The class these words name, or None."""
    plain = _BEFORE.sub("", shortened(words))
    return _classes_by_words().get(plain)


@cache
def _classes_by_words() -> Mapping[str, AgencyClass]:
    return {
        _BEFORE.sub("", shortened(words)): found
        for found in agency_classes().values()
        for words in (*found.words, found.title)
    }


def agencies_of(found: AgencyClass, day: date) -> QuerySet[Agency]:
    """Agencies of the class in force on the day.

    In a house for training the fictional ones alone (and the centre): real agencies get no invented work.
    """
    rows = agencies_on(day).filter(level__in=found.levels)
    if Agency.objects.filter(fictional=True).exists():
        rows = rows.filter(Q(fictional=True) | Q(level=Level.CENTRE))
    return rows


def then_and_now(found: AgencyClass, then: date | None, today: date) -> tuple[int, int]:
    """How many agencies the class had on the paper's day, and how many answer for it today."""
    now = agencies_of(found, today).count()
    return (agencies_of(found, then).count() if then else now), now


class Register:
    """The register read once for many words: names of the paper's day and of today."""

    def __init__(self, then: date | None, today: date) -> None:
        self.today, self.then = today, then or today
        self._named: dict[str, list[Agency]] = {}
        for agency in Agency.objects.exclude(level=Level.MILITARY).select_related("parent"):
            for name in {shortened(agency.name), shortened(agency.full_name)}:
                self._named.setdefault(name, []).append(agency)

    def meant(self, words: str) -> Meant:
        """What these words mean; a name is taken only when it is in the register just once, marks and Telex slips aside."""
        certain = self.certain(words)
        if certain is not None:
            return certain
        plain, decoded = shortened(words), shortened(telex(words))
        found = self._named_so(plain, decoded)
        if found:
            return Meant(words, offers=tuple(found[:MOST_OFFERS]))
        if not (_SYSTEM.search(plain) or _SYSTEM.search(decoded)):
            return Meant(words, is_outside=True)
        return Meant(words, offers=tuple(self.near(decoded)))

    def certain(self, words: str) -> Meant | None:
        """What these words certainly mean, or None; no likeness is looked for."""
        named = class_named(words)
        if named is not None:
            return Meant(words, {"class": named.key}, named.title)
        found = self._named_so(shortened(words), shortened(telex(words)))
        if len(found) == 1:
            return Meant(words, {"agency": found[0].pk}, found[0].name)
        return None

    def _named_so(self, plain: str, decoded: str) -> list[Agency]:
        return self._answering(self._named.get(plain) or self._named.get(decoded) or [])

    def near(self, plain: str) -> list[Agency]:
        """Agencies with a name like this one, the likest first."""
        likeness = SequenceMatcher(b=plain, autojunk=False)
        scored = []
        for name in self._named:
            likeness.set_seq1(name)
            # The cheap upper bounds first: the register holds thousands of names.
            if (
                likeness.real_quick_ratio() >= LEAST_LIKENESS
                and likeness.quick_ratio() >= LEAST_LIKENESS
            ):
                scored.append((likeness.ratio(), name))
        best = sorted((row for row in scored if row[0] >= LEAST_LIKENESS), reverse=True)
        names = [name for _, name in best[: MOST_OFFERS * 2]]
        found = self._answering([agency for name in names for agency in self._named[name]])
        return found[:MOST_OFFERS]

    def _answering(self, rows: Sequence[Agency]) -> list[Agency]:
        """Those who answer for these today, each once."""
        # A name of the paper's own day goes before the same name of another time (organisation.md §3).
        of_its_time = [agency for agency in rows if _was_there(agency, self.then)]
        found = [answering(agency, self.today) for agency in of_its_time or rows]
        return list({agency.pk: agency for agency in found if agency is not None}.values())


def _was_there(agency: Agency, day: date) -> bool:
    begun = agency.valid_from is None or agency.valid_from <= day
    return begun and (agency.valid_to is None or agency.valid_to >= day)


def pieces(words: str | Iterable[str]) -> list[str]:
    """The words of a paper as single bodies: a list as it is, a text parted at lines and semicolons."""
    parts = re.split(r"[;\n|]", words) if isinstance(words, str) else list(words)
    return [part.strip() for part in parts if part.strip()]


def parts_meant(
    register: Register, lead: str, coordinating: Sequence[str], informed: Sequence[str] = ()
) -> list[dict[str, Any]]:
    """The parts of the System that the words certainly name, as a task keeps them: role with class or agency."""
    found: list[dict[str, Any]] = []
    for role, words in (
        ("lead", pieces(lead)), ("coordinating", pieces(coordinating)), ("informed", pieces(informed)),
    ):  # fmt: skip
        for part in (part for piece in words for part in _certain_parts(register, piece)):
            if {"role": role, **part} not in found:
                found.append({"role": role, **part})
    return found


def _certain_parts(register: Register, piece: str) -> list[dict[str, Any]]:
    """What a piece names as a whole, else the classes it lists between commas ("…, Cục trưởng Cục THADS các tỉnh, thành phố")."""
    whole = register.certain(piece)
    if whole is not None and whole.part is not None:
        return [whole.part]
    words, found, at = piece.split(","), [], 0
    while at < len(words):
        # The longest stretch first: names of classes hold commas themselves.
        ends = range(len(words), at, -1)
        named = next(((e, c) for e in ends if (c := class_named(",".join(words[at:e])))), None)
        if named is not None:
            found.append({"class": named[1].key})
        at = named[0] if named else at + 1
    return found
