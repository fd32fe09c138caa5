"""Template tags of the desk: lamps, severity, marked words, moments, forms, figures, tiles.

Page writers load them with `{% load desk %}`. A tag given a state nobody defined raises: a lamp that
shows the wrong deadline is worse than a page that fails in a test.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.forms import BaseForm, BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.http import QueryDict
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from hoiam.core.field_errors import under_name
from hoiam.desk import charts, marking, moments
from hoiam.desk.forms.verb_forms import VerbForm
from hoiam.desk.places import say_province
from hoiam.kit.vietnamese import show_number

register = template.Library()

TIMES = {"ok": "trong hạn", "due": "đến hạn", "late": "quá hạn"}
WORKS = {"wait": "chưa xử lý", "run": "đang xử lý", "done": "đã xử lý", "pause": "tạm dừng"}
SEVERITIES = ("Không phải trả lời", "Lưu ý", "Cần xác minh", "Nghiêm trọng")
BARS = ((0, 8, 4), (5, 4, 8), (10, 0, 12))


def _read(thing: Any, name: str, default: Any = "") -> Any:
    if isinstance(thing, Mapping):
        return thing.get(name, default)
    return getattr(thing, name, default)


def _light(light: Any) -> tuple[str, str, str]:
    time, work = str(_read(light, "time")), str(_read(light, "work"))
    if time not in TIMES or work not in WORKS:
        raise ValueError(f"no such lamp: time {time!r}, work {work!r}")
    state = f"{WORKS[work]}, {TIMES[time]}"
    words = str(_read(light, "words")) or state
    return f"ha-lamp is-{time} is-{work}", state, words[:1].upper() + words[1:]


@register.filter
def sent_to(form: Any) -> str:
    """Where the form of a verb is sent: its attribute, as a template would find a field of the name `url` first."""
    return str(form.url)


@register.simple_tag
def lamp(light: Any, second: str = "") -> SafeString:
    """The lamp with its word; `second` (often the due moment) stands on a line beneath."""
    classes, _, words = _light(light)
    shown = format_html('<span class="{}">{}</span>', classes, words)
    if not second:
        return shown
    return format_html('<div class="ha-when">{}<small>{}</small></div>', shown, second)


@register.simple_tag
def lamp_cell(light: Any, days: int | None = None) -> SafeString:
    """The lamp of a table cell: days beneath (−5 is overdue), the state in hidden text."""
    classes, _, words = _light(light)
    shown = "" if days is None else str(days).replace("-", "−")
    return format_html(
        '<span class="{} ha-lamp--cell">{}</span><span class="ha-sr"> {}</span>',
        classes,
        shown,
        words,
    )


@register.simple_tag
def lamp_count(light: Any, count: int) -> SafeString:
    """The lamp with a number in place of the word; the state is in hidden text."""
    classes, state, _ = _light(light)
    return format_html(
        '<span class="{}"><b>{}</b></span><span class="ha-sr"> {}</span>',
        classes,
        show_number(count),
        state,
    )


@register.simple_tag
def severity(level: int) -> SafeString:
    """Severity 0–3 as bars and word; never red, for red means overdue."""
    level = int(level)
    if level not in range(len(SEVERITIES)):
        raise ValueError(f"no such severity: {level}")
    bars = format_html_join(
        "",
        '<rect{} x="{}" y="{}" width="3.5" height="{}" rx=".5"/>',
        (
            (mark_safe(' class="is-on"') if index < level else "", x, y, height)
            for index, (x, y, height) in enumerate(BARS)
        ),
    )
    word = SEVERITIES[level]
    return format_html(
        '<span class="ha-sev"><svg viewBox="0 0 14 12" aria-hidden="true">{}</svg>{}</span>',
        bars,
        format_html("<b>{}</b>", word) if level == 3 else word,
    )


@register.simple_tag
def marked(text: str, spans: Iterable[Any] | None = None, paragraphs: bool = False) -> SafeString:
    """The text, escaped, its spans in <mark>; `paragraphs=True` parts it at blank lines."""
    text = str(text or "")
    marks = marking.read_marks(spans, len(text))
    shown = marking.paragraphs_html if paragraphs else marking.marked_html
    return shown(text, marks)


@register.simple_tag
def excerpt(text: str, spans: Iterable[Any] | None = None, width: int = 200) -> SafeString:
    """A marked excerpt around what was matched, words whole, … only at its edges."""
    return marking.excerpt_html(str(text or ""), spans, width)


@register.filter
def province_today(name: str) -> str:
    """A province, and behind one of before what became of it: "Kiên Giang (nay thuộc An Giang)"."""
    return say_province(name)


@register.filter
def vdate(value: date | None) -> str:
    """05/04/2026"""
    return moments.say_date(value) if value else ""


@register.filter
def vdatetime(value: date | None) -> str:
    """05/04/2026 14:05 · 05/04/2026 (a date without a time)"""
    return moments.say_datetime(value) if value else ""


@register.filter
def vday(value: date | None) -> str:
    """Thứ Năm, 10/09/2026"""
    return moments.say_day(value) if value else ""


@register.filter
def vtime(value: datetime | None) -> str:
    """07:34"""
    return f"{moments.local(value):%H:%M}" if value else ""


@register.filter
def vmoment(value: date | None, now: datetime) -> str:
    """06:52 hôm nay · 21:40 hôm qua · 21:40 08/09 · thứ Tư 09/09 (a date without a time)"""
    return moments.say_moment(value, now) if value else ""


@register.filter
def vnumber(value: Any) -> str:
    """1.234,5"""
    return "" if value is None or value == "" else show_number(value)


@register.simple_tag
def moment(value: date | None, now: datetime) -> SafeString:
    """The same as `vmoment`, as <time> with the full moment on hover."""
    if not value:
        return SafeString("")
    has_time = isinstance(value, datetime)
    full = f"{vtime(value)} {vday(value)}" if has_time else vday(value)
    stamp = moments.local(value).isoformat(timespec="minutes") if has_time else value.isoformat()
    return format_html('<time datetime="{}" title="{}">{}</time>', stamp, full, vmoment(value, now))


@register.simple_tag
def person(who: Any, title: str = "", me: Any = None) -> SafeString:
    """Who holds it: "Tôi" for me, "Chưa ai nhận" for nobody, else the name with the office beneath."""
    if not who:
        return SafeString("Chưa ai nhận")
    if me is not None and who == me:
        return SafeString("Tôi")
    name = _read(who, "name") or str(who)
    beneath = format_html("<small>{}</small>", title) if title else ""
    return format_html('<span class="ha-person">{}{}</span>', name, beneath)


@register.simple_tag
def tag_law(words: str) -> SafeString:
    """A deadline or duty that law sets: outlined."""
    return format_html('<span class="ha-tag ha-tag--law">{}</span>', words)


@register.simple_tag
def tag_default(words: str) -> SafeString:
    """A deadline the product proposes: pale, so that nobody takes it for law."""
    return format_html('<span class="ha-tag">{}</span>', words)


@register.simple_tag
def icon(name: str) -> SafeString:
    """A picture of the sprite `icons.svg`; decorative, so a word stands beside it."""
    return format_html(
        '<svg class="ha-ico" aria-hidden="true"><use href="{}#{}"/></svg>',
        static("desk/icons.svg"),
        name,
    )


@register.filter
def web_address(value: str | None) -> str:
    """The address when it is http or https, else nothing: a link from the press never runs a script."""
    address = str(value or "").strip()
    return address if urlsplit(address).scheme in ("http", "https") else ""


@register.inclusion_tag("desk/parts/steps.html")
def steps(items: Iterable[Any], label: str = "Các bước") -> dict[str, Any]:
    """The step bar: items with label, state (past, now, next) and note."""
    listed = list(items)
    return {"steps": listed, "label": label, "total": len(listed)}


@register.inclusion_tag("desk/parts/timeline.html")
def timeline(entries: Iterable[Any], now: datetime) -> dict[str, Any]:
    """The timeline, newest first as given: entries with at, text, note, is_now."""
    return {"entries": list(entries), "now": now}


@register.inclusion_tag("desk/parts/field.html")
def field(
    bound: BoundField, hint: str = "", label: str = "", placeholder: str | None = None
) -> dict[str, Any]:
    """One form field with label, hint, errors, and the required mark.

    `placeholder` replaces the widget's own; "" takes it away.
    """
    widget = bound.field.widget
    is_group = isinstance(widget, RadioSelect | CheckboxSelectMultiple)
    hint = hint or str(bound.help_text)
    described = [
        f"{bound.auto_id}-{name}"
        for name, is_there in (("hint", hint), ("error", bound.errors))
        if is_there
    ]
    attrs = {"class": f"ha-field {widget.attrs.get('class', '')}".strip()}
    if isinstance(widget, CheckboxInput):
        attrs = {}
    if placeholder is not None:
        attrs["placeholder"] = placeholder
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if bound.errors:
        attrs["aria-invalid"] = "true"
    return {
        "field": bound,
        "control": "" if is_group else bound.as_widget(attrs=attrs),
        "described": " ".join(described),
        "hint": hint,
        "label": label or bound.label,
        "is_group": is_group,
        "is_check": isinstance(widget, CheckboxInput),
        "is_optional": not (bound.field.required or getattr(bound.field, "is_asked", False)),
    }


@register.inclusion_tag("desk/parts/fields.html")
def fields(form: BaseForm) -> dict[str, Any]:
    """Every field of a form, hidden ones included, in the form's order."""
    return {"form": form}


@register.inclusion_tag("desk/parts/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """What must be put right, on top of the form, each line linked to its field."""
    problems = [("", message) for message in form.non_field_errors()]
    for bound in form:
        problems += [
            (_anchor(bound), under_name(str(bound.label), message)) for message in bound.errors
        ]
    return {"problems": problems}


@register.inclusion_tag("desk/parts/refused.html", takes_context=True)
def refused(context: template.Context) -> dict[str, Any]:
    """The refusal of a verb whose form is no longer on its page, as when somebody else was first; else nothing."""
    form, shown = context.get("form"), context.get("forms")
    if not isinstance(form, VerbForm) or shown is None or any(each is form for each in shown):
        return {"sentences": []}
    return {"sentences": [each for errors in form.errors.values() for each in errors]}


def _anchor(bound: BoundField) -> str:
    is_group = isinstance(bound.field.widget, RadioSelect | CheckboxSelectMultiple)
    return f"{bound.auto_id}_0" if is_group else bound.auto_id


@register.inclusion_tag("desk/parts/pager.html", takes_context=True)
def pager(context: template.Context, page: Any, name: str = "page") -> dict[str, Any]:
    """Previous and next of a Django page, the current filters kept."""
    request = context.get("request")
    query = request.GET.copy() if request else QueryDict(mutable=True)
    links = {}
    for side, is_there, number in (
        ("previous", page.has_previous(), page.number - 1),
        ("next", page.has_next(), page.number + 1),
    ):
        query[name] = number
        links[side] = f"?{query.urlencode()}" if is_there else ""
    return {"page": page, "total": show_number(page.paginator.count), **links}


@register.inclusion_tag("desk/parts/empty.html")
def empty(title: str, text: str = "", url: str = "", label: str = "") -> dict[str, Any]:
    """An empty list: what that means, and what to do next."""
    return {"title": title, "text": text, "url": url, "label": label}


@register.inclusion_tag("desk/parts/kpi.html")
def kpi(label: str, value: Any, url: str = "", period: str = "") -> dict[str, Any]:
    """A figure with both its terms ("11 / 12 vụ", "9 giờ 40 phút") and its period, linked to its rows."""
    return {"label": label, "figure": _figure(str(value)), "url": url, "period": period}


def _figure(words: str) -> SafeString:
    head, slash, tail = words.partition(" / ")
    parts = [
        format_html("{}", part) if re.match(r"\d", part) else format_html("<small>{}</small>", part)
        for part in re.split(r"(\d[\d.,]*)", head)
        if part
    ]
    if slash:
        parts.append(format_html("<small> / {}</small>", tail))
    return format_html_join("", "{}", ((part,) for part in parts))


@register.inclusion_tag("desk/parts/tiles.html")
def tile_grid(figures: Mapping[str, Any], unit: str = "hồ sơ") -> dict[str, Any]:
    """The 34 provinces as equal tiles: `figures` by province code, each with count, light, url."""
    shown = [(tile, figures.get(tile.code)) for tile in charts.tiles()]
    return {"tiles": shown, "unit": unit}
