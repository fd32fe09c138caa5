"""What the press desk waits for from one person: enquiries, content of units, promised answers, notices to send."""

from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from django.db.models import F, Value

from hoiam.core.actor import Actor
from hoiam.handling.models import Enquiry, PressConference
from hoiam.handling.policies import DESK
from hoiam.handling.queries.calendars import calendar_seen
from hoiam.handling.queries.conference import conferences_visible_to, promises_of
from hoiam.handling.queries.enquiry import (
    content_requests_of,
    due_of,
    enquiries_to_do,
    enquiry_light,
)
from hoiam.handling.states import ConferenceState
from hoiam.kit.rulebook import Light, RulebookError, light
from hoiam.kit.rulebook.press_desk import notice_deadline


@dataclass(frozen=True)
class PressWork:
    """One thing to do; `rule` says by which rule or default it is due."""

    kind: str
    pk: int
    verb: str
    title: str
    light: Light
    due_at: datetime | None
    meta: tuple[str, ...]
    rule: str
    holder: str
    is_mine: bool

    def told(self) -> dict[str, Any]:
        """What a row of the work list takes by name; a default says that it is one."""
        said = {name: getattr(self, name) for name in self.__dataclass_fields__ if name != "rule"}
        return {
            **said,
            "tag": f"{self.rule} · mặc định" if self.rule.startswith("MD") else self.rule,
        }


def press_work(actor: Actor, *, now: datetime, most: int) -> list[PressWork]:
    """The person's rows, at most so many of each kind; three queries."""
    return [
        *(_of_enquiry(row, actor, now) for row in enquiries_to_do(actor)[:most]),
        *(_of_owed(row, now) for row in _owed_words(actor, most)),
        *chain.from_iterable(_of_notice(row, now) for row in _unnotified(actor, now)[:most]),
    ]


def _unnotified(actor: Actor, now: datetime) -> Any:
    """Conferences ahead at an agency whose desk the person is on, whose notice has not gone."""
    desks = [post.agency_id for post in actor.posts if post.role in DESK]
    return (
        conferences_visible_to(actor)
        .filter(agency__in=desks, state=ConferenceState.PLANNED, needs_notice=True)
        .filter(starts_at__gt=now)
        .select_related("agency")
        .order_by("starts_at", "pk")
    )


def _of_enquiry(enquiry: Enquiry, actor: Actor, now: datetime) -> PressWork:
    due, rule = due_of(enquiry)
    holder = "Chưa ai nhận" if enquiry.holder_id is None else "Tôi"
    return PressWork(
        kind="enquiry", pk=enquiry.pk,
        verb="Xác nhận với báo" if enquiry.acknowledged_at is None else "Trả lời báo",
        title=f"{enquiry.outlet}: {' '.join(enquiry.questions.split())[:120]}",
        light=enquiry_light(enquiry, now), due_at=due,
        meta=(enquiry.number, enquiry.agency.name), rule=rule,
        holder=holder, is_mine=enquiry.holder_id == actor.pk,
    )  # fmt: skip


def _owed_words(actor: Actor, most: int) -> list[dict[str, Any]]:
    """What units of the person were asked to supply and what the person promised to answer, in one query."""
    content = content_requests_of(actor).order_by().select_related(None).values(
        row=Value("content"), key=F("pk"), said=F("what"), due=F("due_at"), since=F("asked_at"),
        place=F("unit__name"), beside=Value(""), first=F("enquiry__ordinal"), second=F("enquiry__year"),
    )  # fmt: skip
    promises = promises_of(actor).order_by().select_related(None).values(
        row=Value("promise"), key=F("pk"), said=F("question"), due=F("promised_at"),
        since=F("recorded_at"), place=F("outlet"), beside=F("conference__title"), first=Value(0),
        second=Value(0),
    )  # fmt: skip
    return list(content.union(promises, all=True).order_by("due", "key")[: 2 * most])


def _of_owed(row: dict[str, Any], now: datetime) -> PressWork:
    is_content = row["row"] == "content"
    return PressWork(
        kind=row["row"], pk=row["key"],
        verb="Cung cấp nội dung" if is_content else "Trả lời câu đã hẹn tại họp báo",
        title=row["said"][:120],
        light=light(row["due"], now, "run", unit="working_day", start=row["since"], calendar=calendar_seen()),
        due_at=row["due"],
        meta=(f"ĐN {row['first']}/{row['second']}", row["place"]) if is_content else (row["place"], row["beside"]),
        rule="MD-82" if is_content else "MD-84",
        holder=row["place"] if is_content else "Tôi", is_mine=True,
    )  # fmt: skip


def _of_notice(conference: PressConference, now: datetime) -> list[PressWork]:
    """The notice to send, when its last moment can be told; nothing for a conference no rule of ours reaches."""
    try:
        due = notice_deadline(conference.starts_at)
    except RulebookError:
        return []
    return [
        PressWork(
            kind="notice", pk=conference.pk, verb="Gửi thông báo họp báo", title=conference.title,
            light=light(due.due, now, "wait", unit="hour", start=conference.planned_at),
            due_at=due.due, meta=(conference.agency.name,), rule=due.rule, holder="Bàn trực",
            is_mine=False,
        )
    ]  # fmt: skip
