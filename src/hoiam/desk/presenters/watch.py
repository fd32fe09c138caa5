"""A warning as a row of the triage list, with the words that were matched."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse

from hoiam.core import authority
from hoiam.core.actor import Actor
from hoiam.desk.components import Action, NewsRow
from hoiam.desk.moments import say_moment
from hoiam.handling.queries import warning_light
from hoiam.kit.vietnamese import show_number
from hoiam.monitoring.models import Attribution, Finding, Item, Warning
from hoiam.monitoring.states import TRANSITIONS, DismissalReason, WarningState

Span = tuple[int, int, str]


def spans_of(
    finding: Finding | None, field: str, attributions: Iterable[Attribution] | None = None
) -> list[Span]:
    """The matched stretches of one field: agencies as *who*, reasons as *what*.

    `attributions`: those of the finding where they were read already.
    """
    if finding is None:
        return []
    named = finding.attributions.all() if attributions is None else attributions
    who = [
        (span["start"], span["end"], "who")
        for attribution in named
        for span in attribution.spans
        if span["field"] == field
    ]
    what = [
        (reason["start"], reason["end"], "what")
        for reason in finding.reasons
        if reason["field"] == field
    ]
    return who + what


def finding_of(item: Item | None) -> Finding | None:
    """What recognition found in the item, or None."""
    return getattr(item, "finding", None) if item is not None else None


def excerpt_source(item: Item | None) -> tuple[str, list[Span]]:
    """The field worth an excerpt: the body when words matched there, else the sapo."""
    if item is None:
        return "", []
    finding = finding_of(item)
    in_sapo, in_body = spans_of(finding, "sapo"), spans_of(finding, "text")
    if in_sapo or not item.body:
        return item.sapo, in_sapo
    return item.body, in_body


def reasons_of(finding: Finding | None, warning: Warning | None = None) -> list[str]:
    """Why the story was picked, in words: agencies with how sure we are, then the phrases with their weight."""
    if finding is None:
        return []
    told = agency_reasons(finding)
    seen = set()
    for reason in sorted(finding.reasons, key=lambda r: -abs(r["weight"])):
        # A word like "đã" says nothing to a reader, though the grammar leans on it.
        if len(reason["text"]) > 3 and reason["text"].lower() not in seen:
            seen.add(reason["text"].lower())
            told.append(f"“{reason['text']}” ({_signed(reason['weight'])})")
    told.append(f"Điểm liên quan {show_number(round(finding.relevance, 2))}")
    return told[:9]


def agency_reasons(finding: Finding | None) -> list[str]:
    """The agencies a finding names, with who answers today and how sure we are."""
    rows = finding.attributions.all() if finding is not None else ()
    return [_agency_reason(attribution) for attribution in rows]


def _agency_reason(attribution: Any) -> str:
    sure = f"chắc {round(attribution.confidence * 100)} %"
    today = attribution.agency_today
    if today is not None and today.name != attribution.name:
        return f"{attribution.name} → nay là {today.name} ({sure})"
    return f"{attribution.name} ({sure})"


def _signed(weight: float) -> str:
    shown = show_number(round(abs(weight), 2))
    return f"+{shown}" if weight >= 0 else f"−{shown}"


def news_row(warning: Warning, actor: Actor, now: datetime) -> NewsRow:
    """One row of the triage list, with at most two visible acts and the others behind their keys."""
    item = warning.story.lead_item
    finding = finding_of(item)
    text, spans = excerpt_source(item)
    return NewsRow(
        light=warning_light(warning, now),
        second=_second(warning, now),
        severity=warning.severity,
        title=warning.story.title,
        title_spans=spans_of(finding, "title"),
        url=reverse("desk-story", args=[warning.story_id]) + f"?w={warning.pk}",
        text=text,
        spans=spans,
        original_url=item.url if item else "",
        meta=_meta(warning, item, now),
        reasons=reasons_of(finding, warning),
        wrong_url=reverse("desk-story", args=[warning.story_id]) + f"?w={warning.pk}#doan-sai",
        actions=acts(warning, actor),
        more=more_acts(warning, actor),
    )


def _second(warning: Warning, now: datetime) -> str:
    if warning.agency_id is None and warning.state == WarningState.NEW:
        return "cần người quyết"
    if warning.holder is not None and warning.state == WarningState.TAKEN:
        return f"{warning.holder} nhận"
    if warning.due_at is not None and warning.state in {WarningState.NEW, WarningState.TAKEN}:
        return f"hạn {say_moment(warning.due_at, now)}"
    return ""


def _meta(warning: Warning, item: Item | None, now: datetime) -> list[str]:
    story = warning.story
    told = [str(warning.agency or "Chưa gán đơn vị")]
    if item is not None:
        seen = say_moment(item.shown_at, now) + (
            "" if item.published_at else " (lúc hệ thống thấy)"
        )
        told.append(", ".join(part for part in (item.outlet, seen) if part))
    others = max(0, story.item_count - 1)
    told.append(f"{others} bài khác" if others else "chưa có báo đăng lại")
    return told


def acts(warning: Warning, actor: Actor) -> list[Action]:
    """What this person may do with the row now; the first two stand in the row, all have their key."""
    state = warning.state

    def can(step: str, verb: str) -> bool:
        return state in TRANSITIONS[step].sources and authority.can(actor, verb, warning)

    def url(name: str) -> str:
        return reverse(f"desk-warning-{name}", args=[warning.pk])

    def act(verb: str) -> str:
        return reverse("desk-warning-act", args=[warning.pk, verb])

    found: list[Action] = []
    if state == WarningState.CASED:
        return found
    if state == WarningState.NEW and can("take", "take"):
        found.append(Action("Nhận", act("take"), key="n"))
    elif can("enter_case", "enter_case") and warning.agency_id is not None:
        found.append(Action("Mở hồ sơ", url("case"), method="get"))
    if warning.severity == 0 and can("mark_read", "mark_read"):
        found.append(Action("Đã đọc", act("read"), style="bare"))
    if can("dismiss", "dismiss"):
        found.append(
            Action(
                "Không liên quan",
                act("dismiss"),
                key="x",
                style="bare",
                reasons=[
                    (r.value, str(r.label)) for r in DismissalReason if r != DismissalReason.OTHER
                ],
            )
        )
    if can("restore", "restore") and state != WarningState.TAKEN:
        found.append(Action("Hoàn tác", act("restore"), style="bare"))
    return found


def more_acts(warning: Warning, actor: Actor) -> list[Action]:
    """The acts that stand in the row's menu: hand over, duplicate, later, case."""
    if warning.state not in {WarningState.NEW, WarningState.TAKEN}:
        return []
    if not authority.can(actor, "assign_warning", warning):
        return []
    names = [("Chuyển", "assign", "c"), ("Trùng", "duplicate", "t"), ("Hẹn lại", "snooze", "h")]
    found = [
        Action(
            label,
            reverse(f"desk-warning-{name}", args=[warning.pk]),
            method="get",
            key=key,
            style="bare",
        )
        for label, name, key in names
    ]
    if warning.agency_id is not None and warning.state == WarningState.NEW:
        found.append(
            Action(
                "Mở hồ sơ",
                reverse("desk-warning-case", args=[warning.pk]),
                method="get",
                style="bare",
            )
        )
    return found
