"""Template tags of the public pages: days, moments, pictures, the menu."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import template
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from hoiam.kit.vietnamese import show_date, show_datetime, show_number, show_weekday

register = template.Library()

# name of the address, label; one that is not there is left out, so that areas may come one by one
MENU = (
    ("portal-spokespersons", "Người phát ngôn"),
    ("portal-enquiry", "Hỏi báo chí"),
    ("portal-letter", "Gửi đơn, hỏi pháp luật"),
    ("portal-schemes", "Đề án, kế hoạch"),
)


@dataclass(frozen=True)
class Entry:
    """One word of the menu."""

    url: str
    label: str
    current: bool


@register.simple_tag(takes_context=True)
def menu(context: template.Context) -> list[Entry]:
    """The areas that are there, the one on screen marked."""
    path = str(context.get("path", ""))
    return [
        Entry(url, label, path.startswith(url))
        for name, label in MENU
        if (url := _address(name)) is not None
    ]


def _address(name: str) -> str | None:
    try:
        return reverse(name)
    except NoReverseMatch:
        return None


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


@register.simple_tag
def icon(name: str) -> SafeString:
    """A picture of the house's sprite; decorative, so a word stands beside it."""
    return format_html(
        '<svg class="ha-ico" aria-hidden="true"><use href="{}#{}"/></svg>',
        static("desk/icons.svg"),
        name,
    )
