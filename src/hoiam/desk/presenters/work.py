"""The work list as the page draws it, and the four figures below it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Value
from django.urls import reverse

from hoiam.core.actor import Actor
from hoiam.desk import components
from hoiam.desk.components import Action
from hoiam.desk.moments import say_day, say_moment
from hoiam.handling.queries import cases_visible_to
from hoiam.handling.queries.work import SOON, WorkList, WorkRow
from hoiam.handling.states import CaseState
from hoiam.kit.vietnamese import VIETNAM, show_date
from hoiam.monitoring.queries import warnings_visible_to
from hoiam.monitoring.states import WarningState

# Of each group as many rows as a person can take in at a glance; the rest is one press away.
MOST_SHOWN = 12
WARNING, CASE = "warning", "case"


@dataclass(frozen=True)
class Group:
    """One group of the page: rows with a count, and a word at the right."""

    key: str
    title: str
    note: str
    rows: tuple[components.WorkRow, ...]
    count: int
    more_url: str = ""


Dated = tuple[date | None, components.WorkRow]


def groups(
    work: WorkList,
    now: datetime,
    dated: Sequence[Dated] = (),
    approving: Sequence[components.WorkRow] = (),
) -> list[Group]:
    """The groups that have rows, in order of need.

    Args:
        dated: rows of other rooms with their last day; those late, of today or of the days ahead stand in their group.
        approving: rows of other rooms that wait for the reader's yes.
    """
    day = now.astimezone(VIETNAM).date()
    today = say_day(day)
    late, now_due, soon = (
        [each for each in dated if each[0] is not None and _near(each[0], day) == near]
        for near in ("late", "today", "soon")
    )
    named = (
        ("late", "Quá hạn", "Làm trước", _merged(work.late, late, now), "desk-cases"),
        ("today", "Đến hạn hôm nay", today, _merged(work.today, now_due, now), "desk-cases"),
        ("soon", "Sắp đến hạn", "Trong 7 ngày tới", _merged(work.soon, soon, now), "desk-cases"),
        ("approve", "Chờ tôi duyệt", "Người soạn không tự duyệt", [*_merged(work.approve, (), now), *approving], "desk-papers"),
        ("fresh", "Mới cảnh báo", "Chưa ai nhận", _merged(work.fresh, (), now), "desk-watch"),
    )  # fmt: skip
    return [
        Group(
            key=key,
            title=title,
            note=note,
            rows=tuple(rows[:MOST_SHOWN]),
            count=len(rows),
            more_url=reverse(page) if len(rows) > MOST_SHOWN else "",
        )
        for key, title, note, rows, page in named
        if rows
    ]


def _near(last: date, today: date) -> str:
    """The group of a last day: late, today, soon; "" when it is further off than the page looks."""
    if last <= today:
        return "late" if last < today else "today"
    return "soon" if last <= today + SOON else ""


def beyond(dated: Sequence[Dated], now: datetime) -> list[components.WorkRow]:
    """The rows whose last day is further off than the groups of the page look, or that have none."""
    day = now.astimezone(VIETNAM).date()
    return [row for last, row in dated if last is None or not _near(last, day)]


def _merged(
    rows: Sequence[WorkRow], dated: Sequence[Dated], now: datetime
) -> list[components.WorkRow]:
    """The rows as they stand, each of another room put before the first that is due after it."""
    found = [(row.due_at and row.due_at.astimezone(VIETNAM).date(), _row(row, now)) for row in rows]
    for last, row in dated:
        after = (at for at, (due, _) in enumerate(found) if due and last and due > last)
        found.insert(next(after, len(found)), (last, row))
    return [row for _, row in found]


def _row(row: WorkRow, now: datetime) -> components.WorkRow:
    url, label = _target(row)
    return components.WorkRow(
        light=row.light,
        second=f"hạn {say_moment(row.due_at, now)}" if row.due_at and row.kind != "paper" else "",
        verb=row.verb,
        title=row.title,
        url=url,
        meta=row.meta,
        law=row.tag if row.is_law else "",
        default="" if row.is_law else row.tag,
        holder=row.holder,
        actions=[Action(label, url, method="get")],
    )


# Rows of the press desk: their page, and what the button says.
PRESS_DESK = {
    "enquiry": ("desk-enquiry", "Mở đề nghị"),
    "content": ("desk-content-request", "Cung cấp"),
    "promise": ("desk-promise", "Ghi đã trả lời"),
    "notice": ("desk-conference", "Mở cuộc họp"),
}


def _target(row: WorkRow) -> tuple[str, str]:
    if row.kind in PRESS_DESK:
        page, label = PRESS_DESK[row.kind]
        return reverse(page, args=[row.pk]), label
    if row.kind == "paper":
        return reverse("desk-paper", args=[row.pk]), "Xem và duyệt"
    if row.kind == "watch":
        return reverse("desk-outlet-watch", args=[row.pk]) + "#de-xuat", "Xem và xác nhận"
    if row.kind == "warning":
        return reverse("desk-watch") + f"?tab=new#w{row.pk}", "Sàng lọc"
    if row.kind == "duty":
        return reverse("desk-duty", args=[row.pk]), "Ghi đã làm"
    part = {"directive": "#chi-dao", "remedy": "#chan-chinh"}.get(row.kind, "")
    return reverse("desk-case", args=[row.case_pk]) + part, "Mở hồ sơ"


@dataclass(frozen=True)
class Kpi:
    """One figure with both its terms and its period."""

    label: str
    value: str
    url: str
    period: str


def kpis(actor: Actor, now: datetime, period: timedelta) -> list[Kpi]:
    """Four figures of the period, each a link to the rows behind it; one query."""
    since = now - period
    words = (
        f"{show_date(since.astimezone(VIETNAM).date())}–{show_date(now.astimezone(VIETNAM).date())}"
    )
    seen = _states(actor, since)
    states = [row[1:] for row in seen if row[0] == WARNING]
    wrong = sum(state == WarningState.DISMISSED for state, _, _ in states)
    settled = [(at, due) for _, at, due in states if at is not None and due is not None]
    in_time = sum(at <= due for at, due in settled)
    cases = [row[1] for row in seen if row[0] == CASE]
    closed = sum(state == CaseState.CLOSED for state in cases)
    watch = reverse("desk-watch")
    return [
        Kpi("Tin đã cảnh báo", f"{len(states)} vụ việc", f"{watch}?tab=all&hours=720", words),
        Kpi("Sàng lọc đúng hạn", f"{in_time} / {len(settled)} tin", f"{watch}?tab=read", words),
        Kpi(
            "Hồ sơ đã đóng",
            f"{closed} / {len(cases)} hồ sơ",
            reverse("desk-cases") + "?tab=closed",
            words,
        ),
        Kpi("Cảnh báo sai", f"{wrong} / {len(states)} tin", f"{watch}?tab=dismissed", words),
    ]


def _states(actor: Actor, since: datetime) -> list[tuple[str, str, Any, Any]]:
    """Kind, state, and of a warning when it was settled and due: warnings and cases of the period."""
    warnings = warnings_visible_to(actor).filter(at__gte=since).order_by()
    cases = cases_visible_to(actor).filter(opened_at__gte=since).order_by()
    rows = warnings.annotate(kind=Value(WARNING)).values_list(
        "kind", "state", "settled_at", "due_at"
    )
    more = cases.annotate(kind=Value(CASE)).values_list("kind", "state", "closed_at", "closed_at")
    return list(rows.union(more, all=True))
