"""A rule of law through time: what it asks, of whom, and which version binds on a day."""

from dataclasses import dataclass, replace
from datetime import date

from hoiam.kit.vietnamese import show_date

from .errors import NotInForce

BADGE = "mặc định sản phẩm – cần cơ quan xác nhận"


@dataclass(frozen=True)
class Source:
    """Where a rule stands: document and clause."""

    document: str
    clause: str

    def __str__(self) -> str:
        """Give back the citation as people write it: "NĐ 244/2026 Đ7.3"."""
        return f"{self.document} {self.clause}".strip()


@dataclass(frozen=True)
class Question:
    """A value the rule must know before it has a time, with the codes and names it accepts."""

    name: str
    title: str
    choices: tuple[tuple[str, tuple[str, ...]], ...]
    default: str | None


@dataclass(frozen=True)
class Answer:
    """The time for one combination of values: a number with its unit, or another rule's time."""

    when: tuple[tuple[str, tuple[str, ...]], ...]
    number: int | None
    unit: str | None
    rule: str | None


@dataclass(frozen=True)
class Extension:
    """An extension the law allows: when, how much at most each time, how many times.

    Without a number the law gives the whole time anew for what the matter turned out to be: it is then counted from the
    start with `values`, and stands open to clocks that were counted with `given`.
    """

    when: str
    number: int | None
    unit: str | None
    times: int
    values: tuple[tuple[str, str], ...] = ()
    given: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class RuleVersion:
    """One rule as it stands from `valid_from` to `valid_to` (None: still in force).

    `number` is None where the unit has none (immediate, next_issue), where the rule asks for a
    value first, or where it is not verified; `yearly_date` is the DD/MM of a before_date rule.
    `carried_by` names the product default that lends its number while it is not verified.
    `confidence` is the grade with its note; `recheck` says the day asked for lies after a change
    of law that still has to be compared with this text. `binds_press` says the duty is an outlet's (or a press
    authority's), which no agency may tighten.
    """

    rule_id: str
    title: str
    group: str
    event: str
    actor: str
    duty: str
    direction: str
    unit: str | None
    number: int | None
    yearly_date: str | None
    sources: tuple[Source, ...]
    valid_from: date
    valid_to: date | None
    confidence: str
    note: str = ""
    questions: tuple[Question, ...] = ()
    answers: tuple[Answer, ...] = ()
    extensions: tuple[Extension, ...] = ()
    cycle: str | None = None
    carried_by: str | None = None
    recheck_from: date | None = None
    recheck: bool = False
    binds_press: bool = False

    @property
    def source(self) -> str:
        """Give back the citation of all sources."""
        return "; ".join(str(source) for source in self.sources)

    @property
    def grade(self) -> str:
        """Give back the grade alone: A, B, C or U."""
        return self.confidence[0]

    @property
    def is_law(self) -> bool:
        """Tell whether a screen may call this law: grade A or B, and no re-check open that day."""
        return self.grade in "AB" and not self.recheck

    @property
    def badge(self) -> str | None:
        """Give back the badge every default must carry, None for a rule of law."""
        return None if self.is_law else BADGE

    @property
    def is_protected(self) -> bool:
        """Tell whether the number is the law's own, which an agency may tighten, never loosen."""
        return self.grade in "AB"

    def binds_on(self, day: date) -> bool:
        """Tell whether this version answers for an event of that day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class Rule:
    """A rule with its versions in order of time and its relatives of the other generation.

    `follows` are the rules that answered before it, `precedes` those that answer after it.
    """

    id: str
    title: str
    group: str
    versions: tuple[RuleVersion, ...]
    follows: tuple[str, ...] = ()
    precedes: tuple[str, ...] = ()

    def at(self, day: date) -> RuleVersion:
        """Give back the version that binds an event of that day (Vietnam civil date).

        Raises:
            NotInForce: nothing of this rule binds that day; the sentence names what did.
        """
        for version in self.versions:
            if version.binds_on(day):
                start = version.recheck_from
                is_due = start is not None and day >= start
                return replace(version, recheck=True) if is_due else version
        raise NotInForce(self._refusal(day))

    def _refusal(self, day: date) -> str:
        first, last = self.versions[0].valid_from, self.versions[-1].valid_to
        span = f"từ {show_date(first)}" + (f" đến {show_date(last)}" if last else "")
        others = self.follows if day < first else self.precedes
        told = f"Quy tắc {self.id} ({self.title}) chỉ áp dụng cho sự kiện {span}"
        if not others:
            return f"{told}; bộ quy tắc chưa có quy tắc nào thay cho ngày {show_date(day)}."
        return f"{told}; với ngày {show_date(day)} hãy dùng {' hoặc '.join(others)}."
