"""The values page writers hand to the desk's parts: what a row, a step, a figure or an act says.

The parts read names only, so a view may also hand them anything else with the same attributes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Lamp:
    """A deadline light: `time` ok, due or late; `work` wait, run, done or pause; the words beside it."""

    time: str
    work: str
    words: str = ""


@dataclass(frozen=True)
class Action:
    """One act a person may do: a link, or a form that posts.

    `reasons` ((value, label) pairs) makes it ask for one first, in the field `reason_name`.
    `key` is the letter that does it from the keyboard. `style`: "" quiet, "bare", "go" (one a page).
    """

    label: str
    url: str
    method: str = "post"
    key: str = ""
    style: str = ""
    reasons: Sequence[tuple[str, str]] = ()
    reason_name: str = "reason"
    fields: Mapping[str, str] = field(default_factory=dict)
    new_tab: bool = False


@dataclass(frozen=True)
class WorkRow:
    """One thing to do: the verb first, then the story."""

    light: Any
    verb: str
    title: str
    url: str
    second: str = ""
    meta: Sequence[str] = ()
    law: str = ""
    default: str = ""
    holder: str = ""
    actions: Sequence[Action] = ()


@dataclass(frozen=True)
class NewsRow:
    """One story in the press: what was matched, why it was picked, what may be done."""

    light: Any
    severity: int
    title: str
    url: str
    second: str = ""
    title_spans: Sequence[Any] = ()
    text: str = ""
    spans: Sequence[Any] = ()
    original_url: str = ""
    meta: Sequence[str] = ()
    reasons: Sequence[str] = ()
    wrong_url: str = ""
    actions: Sequence[Action] = ()
    more: Sequence[Action] = ()


@dataclass(frozen=True)
class Step:
    """One step of the step bar: `state` is past, now or next."""

    label: str
    state: str = "next"
    note: str = ""


@dataclass(frozen=True)
class Entry:
    """One line of a timeline: when, what, and who or why beneath."""

    at: datetime
    text: str
    note: str = ""
    is_now: bool = False


@dataclass(frozen=True)
class NavItem:
    """One place of the desk. `short` is its word on the phone's dock, `group` the rail's block."""

    url: str
    label: str
    icon: str
    count: int | None = None
    current: bool = False
    short: str = ""
    group: str = "Bàn trực"


@dataclass(frozen=True)
class TileFigure:
    """What one province's tile shows."""

    count: int
    light: Any
    url: str = ""
