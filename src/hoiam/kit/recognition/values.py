"""The values that travel: what is read, what is found in it, and why."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Span:
    """A place in a field as it was given: `text[start:end]` are the words meant."""

    field: str
    start: int
    end: int


@dataclass(frozen=True)
class Reason:
    """One rule that spoke, with the words (`text`) it spoke about and what it weighed."""

    rule: str
    span: Span
    text: str
    weight: float


@dataclass(frozen=True)
class AgencyFact:
    """One agency under one name for one stretch of time; `valid_to` is its last day."""

    code: str
    name: str
    full_name: str
    level: str
    province: str | None
    valid_from: date | None
    valid_to: date | None
    predecessors: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()
    district: str | None = None
    kind: str | None = None
    ours: bool = True

    def is_valid(self, day: date) -> bool:
        """Whether the agency bears this name on that day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


@dataclass(frozen=True)
class FoundAgency:
    """An agency named in a text; `name` as of the text's date, `today` who answers for it now."""

    name: str
    code: str | None
    level: str
    province: str | None
    today: str | None
    today_code: str | None
    confidence: float
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Document:
    """An item of the press to be judged; `published_on` None when the day is not known."""

    title: str = ""
    sapo: str = ""
    text: str = ""
    outlet: str = ""
    home_province: str | None = None
    published_on: date | None = None

    def fields(self) -> tuple[tuple[str, str], ...]:
        """The three fields of text by name, in reading order."""
        return (("title", self.title), ("sapo", self.sapo), ("text", self.text))


@dataclass(frozen=True)
class Judgement:
    """What was recognised; `relevance` 0..1, `severity` 0..3, every decision with its reasons.

    `mentions` holds every agency named; `agencies` is empty when the text only names one in passing.
    """

    relevant: bool
    relevance: float
    agencies: tuple[FoundAgency, ...] = ()
    provinces: tuple[str, ...] = ()
    stance: str | None = None
    kind: str = "unrelated"
    severity: int = 0
    reasons: tuple[Reason, ...] = ()
    mentions: tuple[FoundAgency, ...] = field(default=(), repr=False)
