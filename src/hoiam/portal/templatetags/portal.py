"""Template tags of the public pages: days, moments, pictures, the menu."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django import template
from django.db.models import Subquery
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from hoiam.agencies.models import Agency
from hoiam.agencies.queries import agencies_on
from hoiam.agencies.states import Level
from hoiam.core import field_errors
from hoiam.core.markup import clean, plain
from hoiam.kit.vietnamese import VIETNAM, show_date, show_datetime, show_number, show_weekday
from hoiam.newsroom.models import Outage, PortalFoot
from hoiam.newsroom.queries.outages import outages_told
from hoiam.newsroom.queries.sections import filled_sections
from hoiam.newsroom.states import ArticleKind
from hoiam.portal.addresses import absolute as address_of

register = template.Library()

# name of the address, label, whether it stands in the line beside the sections; the others under "Tất cả"
PLACES = (
    ("portal-releases", "Thông cáo báo chí", True),
    ("portal-documents", "Văn bản", True),
    ("portal-questions", "Hỏi đáp pháp luật", True),
    ("portal-spokespersons", "Người phát ngôn", True),
    ("portal-letter", "Gửi đơn, hỏi pháp luật", False),
    ("portal-enquiry", "Hỏi báo chí", False),
    ("portal-campaigns", "Đợt truyền thông", False),
    ("portal-agencies", "Tin theo tỉnh, đơn vị", False),
    ("portal-themes", "Năm chủ đề trọng tâm", False),
    ("portal-schemes", "Đề án, kế hoạch", False),
    ("portal-map", "Sơ đồ trang", False),
)
# how many sections the line has room for beside the places
IN_LINE = 3


@dataclass(frozen=True)
class Entry:
    """One word of the menu."""

    url: str
    label: str
    current: bool


@dataclass(frozen=True)
class Menu:
    """One line for what is sought most, and everything."""

    line: list[Entry]
    sections: list[Entry]
    places: list[Entry]


@register.simple_tag(takes_context=True)
def menu(context: template.Context) -> Menu:
    """The first page, the sections that hold something, what stands beside them; the one on screen marked.

    A section with the name of a place (Văn bản) is left to the place, which has its search and its own order.
    """
    path = str(context.get("path", ""))
    named = {label for _, label, _ in PLACES}
    filled = filled_sections(context.get("now") or timezone.now())
    sections = [
        _entry(path, reverse("portal-section", args=[section.slug]), section.name)
        for section in filled
        if section.name not in named
    ]
    places = [(_entry(path, reverse(name), label), in_line) for name, label, in_line in PLACES]
    first = Entry(reverse("home"), "Trang đầu", path == reverse("home"))
    line = [first, *sections[:IN_LINE], *(entry for entry, in_line in places if in_line)]
    return Menu(line, sections, [entry for entry, _ in places])


def _entry(path: str, url: str, label: str) -> Entry:
    return Entry(url, label, path.startswith(url))


FOOT = ("responsible", "title", "address", "phone", "email")


@register.simple_tag
def owner() -> Agency | None:
    """The agency whose portal this is, and as `told_…` what the centre filled in for the foot of the page; one query."""
    foot = PortalFoot.objects.filter(pk=1)
    told = {f"told_{name}": Subquery(foot.values(name)[:1]) for name in FOOT}
    centre = agencies_on(timezone.localdate()).filter(level=Level.CENTRE)
    return centre.annotate(**told).first()


@register.simple_tag
def notices(now: datetime | None) -> list[Outage]:
    """Planned outages that readers are told of now."""
    return list(outages_told(now or timezone.now()))


@register.filter
def kindword(kind: str) -> str:
    """What a kind of article is called."""
    return str(ArticleKind(kind).label) if kind in ArticleKind.values else ""


@register.filter
def words(text: str, longest: int) -> str:
    """The text without markup, cut at a word."""
    line = " ".join(plain(str(text)).split())
    if len(line) <= longest:
        return line
    return f"{line[:longest].rsplit(' ', 1)[0]}…"


@register.filter
def under_name(message: str, label: str) -> str:
    """The message after the name of its field, or alone when it names the field itself."""
    return field_errors.under_name(str(label), str(message))


@register.filter
def iso(value: datetime | None) -> str:
    """2026-04-05T14:05:00+07:00"""
    return value.astimezone(VIETNAM).isoformat(timespec="seconds") if value else ""


@register.filter
def absolute(path: str) -> str:
    """The address with the house in front."""
    return address_of(path)


@register.filter
def httponly(url: str) -> str:
    """The address when it is one of the web or a path of ours; nothing otherwise."""
    return url if url.startswith(("https://", "http://", "/")) else ""


@register.filter
def vwhen(value: datetime | None) -> str:
    """Thứ Năm, 10/09/2026, 08:50"""
    if not value:
        return ""
    local = value.astimezone(VIETNAM)
    return f"{vday(local.date())}, {local:%H:%M}"


@register.filter
def vdate(value: date | None) -> str:
    """05/04/2026"""
    return show_date(value) if value else ""


@register.filter
def vdatetime(value: datetime | None) -> str:
    """05/04/2026 14:05"""
    return show_datetime(value) if value else ""


@register.filter
def vday(value: date | None) -> str:
    """Thứ Năm, 10/09/2026"""
    if not value:
        return ""
    weekday = show_weekday(value)
    return f"{weekday[:1].upper()}{weekday[1:]}, {show_date(value)}"


@register.filter
def vnumber(value: Any) -> str:
    """1.234,5"""
    return "" if value is None or value == "" else show_number(value)


@register.filter
def cleaned(html: str) -> SafeString:
    """The text with only what an article may hold."""
    return mark_safe(clean(html))


@register.filter
def queryparts(query: str, topic: str = "") -> SafeString:
    """What was asked for, in front of a page's number in an address."""
    asked = {key: value for key, value in (("q", query), ("nhom", topic)) if value}
    return mark_safe(f"{urlencode(asked)}&amp;" if asked else "")


@register.simple_tag
def icon(name: str) -> SafeString:
    """A picture of the house's sprite; decorative, so a word stands beside it."""
    return format_html(
        '<svg class="ha-ico" aria-hidden="true"><use href="{}#{}"/></svg>',
        static("desk/icons.svg"),
        name,
    )
