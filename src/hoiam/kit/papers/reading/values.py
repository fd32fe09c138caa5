"""What was read from a paper: every value with the place it came from, so that a person can confirm or mend it."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, order=True)
class Span:
    """Characters `start` to `end` (end not included) of the reading's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words at this place."""
        return text[self.start : self.end]


@dataclass(frozen=True)
class Found(Generic[T]):
    """A value and the place it was read from."""

    value: T
    span: Span


@dataclass(frozen=True)
class Task:
    """A task (nhiệm vụ) of a scheme, programme or plan; `ref` is its number in the paper, "" when it has none."""

    ref: str
    title: Found[str]
    products: tuple[Found[str], ...]
    time: Found[str] | None
    lead: Found[str] | None
    coordinating: tuple[Found[str], ...]
    span: Span


@dataclass(frozen=True)
class Due:
    """When: the words as written, and the day they name with its kind (`on`, `before`, `by`).

    Without a whole day (no year, a rhythm, a number of days) `day` is None and `kind` what the words say: "chậm nhất 05 ngày …" is
    `by`, "trước ngày 15 hằng tháng" `before`; a quarter, a month or a rhythm alone has no kind.
    """

    words: Found[str]
    day: date | None = None
    kind: str | None = None


@dataclass(frozen=True)
class Obligation:
    """What a paper asks of somebody (yêu cầu nêu trong văn bản)."""

    who: Found[str] | None
    what: Found[str]
    due: Due | None = None
    send_to: Found[str] | None = None
    channel: Found[str] | None = None
    sanction: Found[str] | None = None

    @property
    def span(self) -> Span:
        """The place of what is asked."""
        return self.what.span


@dataclass(frozen=True)
class Reading:
    """A paper as it was read; what is not in the text is None or empty.

    `text` is the cleaned text all spans point into; `format` says what the file was (docx, doc, pdf, html, txt);
    `is_machine_read` that a machine read the letters from a picture; `recipients` are those of "Nơi nhận".
    """

    text: str
    format: str
    kind: Found[str] | None = None
    number: Found[str] | None = None
    issued_on: Found[date] | None = None
    place: Found[str] | None = None
    issuer: Found[str] | None = None
    signer: Found[str] | None = None
    signer_title: Found[str] | None = None
    subject: Found[str] | None = None
    addressees: tuple[Found[str], ...] = ()
    recipients: tuple[Found[str], ...] = ()
    legal_bases: tuple[Found[str], ...] = ()
    tasks: tuple[Task, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    themes: tuple[Found[str], ...] = ()
    problems: tuple[str, ...] = field(default=())
    is_machine_read: bool = False

    def as_json(self) -> dict[str, Any]:
        """The reading in the shape of `hoiam read-paper --json`."""
        return {
            "kind": _value(self.kind),
            "number": _value(self.number),
            "issued_on": self.issued_on.value.isoformat() if self.issued_on else None,
            "place": _value(self.place),
            "issuer": _value(self.issuer),
            "signer": _value(self.signer),
            "signer_title": _value(self.signer_title),
            "subject": _value(self.subject),
            "addressees": _values(self.addressees),
            "legal_bases": _values(self.legal_bases),
            "tasks": [_task(task) for task in self.tasks],
            "obligations": [_obligation(each, self.text) for each in self.obligations],
            "themes": _values(self.themes),
            "problems": list(self.problems),
        }


def _value(found: Found[str] | None) -> str | None:
    return found.value if found else None


def _values(found: tuple[Found[str], ...]) -> list[str]:
    return [each.value for each in found]


def _task(task: Task) -> dict[str, Any]:
    return {
        "ref": task.ref,
        "title": task.title.value,
        "products": _values(task.products),
        "time": _value(task.time),
        "lead": _value(task.lead),
        "coordinating": _values(task.coordinating),
    }


def _obligation(each: Obligation, text: str) -> dict[str, Any]:
    due = each.due
    return {
        "who": _value(each.who),
        "what": each.what.value,
        "due": due.day.isoformat() if due and due.day else None,
        "due_kind": due.kind if due else None,
        "when": due.words.value if due else None,
        "send_to": _value(each.send_to),
        "channel": _value(each.channel),
        "sanction": _value(each.sanction),
        "span": {"start": each.span.start, "end": each.span.end, "text": each.span.of(text)},
    }
