"""A paper brought in, as pages show it: the text with every place a value was read from, and where each field came from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from hoiam.kit.vietnamese import show_date
from hoiam.scheme.models import SourcePaper
from hoiam.scheme.states import AssignmentRole, Rhythm, TaskDue

PAGE = 8_000
AROUND = 500
SHORT = 260
# Fields of the head and of tasks under the names the reading has for them.
HEAD_SPANS = {"title": "subject", "starts_on": "subject", "ends_on": "subject"}
FROM_TIME = ("rhythm", "starts_on", "ends_on", "due_on", "due_kind", "per_year")
FROM_UNITS = {"lead_parts": "lead", "coordinating_parts": "coordinating", "units": "who"}


@dataclass(frozen=True)
class Place:
    """Where a value was read: its words, the anchor of its mark, and whether the field follows from those words."""

    words: str
    anchor: str
    follows: bool = False


@dataclass(frozen=True)
class Sourced:
    """One form field with the places it came from; none when a person wrote it or the paper does not say it."""

    field: Any
    places: Sequence[Place]


def spans_of(paper: SourcePaper) -> dict[str, list[int]]:
    """The places of the reading that lie in its text, by path."""
    length = len(paper.text)
    found: Mapping[str, Any] = paper.reading.get("spans") or {}
    return {
        path: [start, end] for path, (start, end) in found.items() if 0 <= start < end <= length
    }


def anchor(path: str) -> str:
    """The id of a place's mark in the page."""
    return "cho-" + path.replace(".", "-")


def window(paper: SourcePaper, begin: int, end: int) -> SafeString:
    """The text from `begin` to `end`, escaped, every value's place marked with its anchor; line breaks stay."""
    spans = spans_of(paper)
    # A whole task or a whole obligation is no value: only what stands in a field is marked.
    marks = sorted((a, b, path) for path, (a, b) in spans.items() if path.count(".") != 1 or path.split(".")[0] not in ("tasks", "obligations"))  # fmt: skip
    pieces, at = [], begin
    for start, stop, path in marks:
        if start < at or stop > end:
            continue
        pieces.append(conditional_escape(paper.text[at:start]))
        pieces.append(format_html('<mark id="{}">{}</mark>', anchor(path), paper.text[start:stop]))
        at = stop
    pieces.append(conditional_escape(paper.text[at:end]))
    return mark_safe("".join(pieces))


def pages_of(paper: SourcePaper) -> list[tuple[int, int]]:
    """The text parted at line ends into pages a browser and a phone can hold."""
    found, begin, text = [], 0, paper.text
    while begin < len(text):
        cut = text.find("\n", begin + PAGE)
        end = len(text) if cut < 0 else min(cut + 1, begin + 2 * PAGE)
        found.append((begin, end))
        begin = end
    return found or [(0, 0)]


def around(paper: SourcePaper, prefix: str) -> tuple[int, int]:
    """The stretch of text that shows every place under a path, with some words before and after."""
    spans = [
        span for path, span in spans_of(paper).items() if path == prefix or path.startswith(f"{prefix}.")
    ]  # fmt: skip
    if not spans:
        return pages_of(paper)[0]
    begin = max(0, min(start for start, _ in spans) - AROUND)
    begin = paper.text.rfind("\n", 0, begin) + 1
    end = min(len(paper.text), max(stop for _, stop in spans) + AROUND)
    return begin, min(end, begin + 2 * PAGE)


def sourced(paper: SourcePaper, form: Any, prefix: str) -> list[Sourced]:
    """The form's fields with where each came from; `prefix` is the row's path in the reading, "" for the head.

    A field in which nothing follows from the words stands without them: it was not read from there.
    """
    return [Sourced(bound, [place for place in _places(paper, bound.name, prefix) if bound.value() or not place.follows]) for bound in form.visible_fields()]  # fmt: skip


def _places(paper: SourcePaper, name: str, prefix: str) -> list[Place]:
    spans = spans_of(paper)
    follows = name in FROM_UNITS or (bool(prefix) and name in FROM_TIME)
    if not prefix:
        said = HEAD_SPANS.get(name, name)
        paths = [path for path in spans if path == said or path.startswith(f"{said}.")]
        follows = name in ("starts_on", "ends_on", "kind")
    else:
        said = FROM_UNITS.get(name, "time" if name in FROM_TIME else name)
        said = "due" if name == "due_kind" and prefix.startswith("obligations") else said
        base = f"{prefix}.{said}"
        paths = [path for path in spans if path == base or path.startswith(f"{base}.")]
    return [Place(_short(paper.text[slice(*spans[path])]), anchor(path), follows) for path in paths]


def _short(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= SHORT else plain[:SHORT].rsplit(" ", 1)[0] + " …"


def demands(rows: Sequence[dict[str, Any]]) -> list[tuple[dict[str, Any], str]]:
    """Each demand of the working copy with its due in words, "trước ngày 15/10/2023"; "" where it has none."""
    return [(row, _due(row["due"], row["due_kind"])) for row in rows]


def _due(day: str, kind: str) -> str:
    if not day:
        return ""
    return f"{TaskDue(kind or TaskDue.ON).label} {show_date(date.fromisoformat(day))}"


def plain_list(items: Sequence[str]) -> SafeString:
    """Texts one under another."""
    return format_html_join("", "<div>{}</div>", ((item,) for item in items))


RHYTHMS = dict(Rhythm.choices)
ROLES = {role.value: str(role.label) for role in AssignmentRole}
