"""The register of spokespersons as the page draws it: tabs, rows with the light of their publication."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import NoReverseMatch, reverse

from hoiam.agencies.models import Publication, Spokesperson
from hoiam.agencies.states import PublicationState
from hoiam.kit.rulebook import Light, light
from hoiam.kit.vietnamese import show_date

TABS = (
    ("desk-spokespersons", "Danh sách"),
    ("desk-authorisations", "Ủy quyền"),
    ("desk-duties", "Việc định kỳ"),
    ("desk-supply-plans", "Kế hoạch"),
    ("desk-breaches", "Vi phạm quy trình"),
)
PARTS = {
    "name": "họ tên",
    "title": "chức vụ",
    "phone": "số điện thoại",
    "email": "thư điện tử công vụ",
}


@dataclass(frozen=True)
class Tab:
    """One tab of the area."""

    url: str
    label: str
    current: bool


def tabs(current: str, hidden: frozenset[str] = frozenset()) -> list[Tab]:
    """The tabs of the area that are there and open to the reader."""
    found = []
    for name, label in TABS:
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        if name not in hidden:
            found.append(Tab(url, label, name == current))
    return found


def publication_light(publication: Publication, now: datetime) -> Light:
    """Colour is time, shape is work: open until the public page was looked at."""
    if publication.state == PublicationState.DROPPED:
        return Light("ok", "done", "không còn phải công khai")
    if publication.state == PublicationState.OPEN:
        if publication.due_at is None:
            return Light("ok", "wait", "chưa kiểm tra trang công khai")
        return light(publication.due_at, now, "wait", unit="hour", start=publication.started_at)
    if publication.due_at is None:
        return Light("ok", "done", "đã công khai")
    done = publication.published_at
    return light(publication.due_at, now, "done", unit="hour", done_at=done)


@dataclass(frozen=True)
class Row:
    """One appointment on the list."""

    person: Spokesperson
    light: Light
    term: str
    is_over: bool


def row(person: Spokesperson, today: date, now: datetime) -> Row:
    """The appointment with its term and the light of its publication."""
    over = person.valid_to is not None and person.valid_to < today
    return Row(person, publication_light(person.publication, now), term(person), over)


def term(person: Spokesperson) -> str:
    """From when to when."""
    since = f"từ {show_date(person.valid_from)}"
    return f"{since} đến {show_date(person.valid_to)}" if person.valid_to else since


def missing_words(missing: list[str]) -> str:
    """What was not found on a page, in words."""
    return ", ".join(PARTS.get(name, name) for name in missing)
