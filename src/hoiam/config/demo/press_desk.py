"""The press desk of the demonstration: what the press asked, conferences, briefings, accredited reporters."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from hoiam.agencies.models import Agency, PressAgency
from hoiam.config.demo.playing import Play, Queue
from hoiam.config.demo.reading import read
from hoiam.handling.actions import (
    conference,
    conference_day,
    enquiry,
    enquiry_content,
    enquiry_texts,
)
from hoiam.handling.actions.accreditation import accredit_reporter
from hoiam.handling.actions.briefing import record_briefing
from hoiam.handling.actions.enquiry_intake import receive_enquiry, send_enquiry
from hoiam.handling.models import ContentRequest, Enquiry, PressConference
from hoiam.kit.vietnamese import VIETNAM

PLACE = "thads-thanh-giang"
MOMENTS = frozenset(
    {"at", "received_at", "wished_at", "due_at", "starts_at", "ends_at", "promised_at"}
)
_AHEAD = re.compile(r"\+(\d+)d (\d\d):(\d\d)")
MODULES = (enquiry, enquiry_content, enquiry_texts, conference, conference_day)


class PressDesk:
    """The scripts of the data as events of the demonstration's timeline."""

    def __init__(self, play: Play) -> None:
        self.play, self.clock = play, play.clock
        self.agency: Agency = play.agencies[PLACE]
        self.press = {press.name: press for press in PressAgency.objects.all()}
        self.enquiries: dict[str, Enquiry] = {}
        self.conferences: dict[str, PressConference] = {}

    def schedule(self, queue: Queue) -> None:
        """Every written step as an event."""
        written = read("press_desk.yaml")
        for row in written["accreditations"]:
            self._add(queue, row, self.accredit)
        for row in written["briefings"]:
            self._add(queue, row, self.brief)
        for name, run in (("enquiries", self.ask), ("conferences", self.meet)):
            for thing in written[name]:
                for step in thing["steps"]:
                    self._add(queue, {**step, "thing": thing}, run)

    def _add(
        self, queue: Queue, row: dict[str, Any], run: Callable[[dict[str, Any], datetime], None]
    ) -> None:
        at = self.clock.before(row["when"])
        queue.add(at, lambda then: run(dict(row), then))

    def accredit(self, row: dict[str, Any], at: datetime) -> None:
        """One reporter of the register."""
        accredit_reporter(
            self.agency, press_agency=self.press[row["press"]], full_name=row["full_name"],
            card_number=row["card_number"], area=row["area"], valid_from=self._day(row["from"]),
            confirmed_on=self._day(row["confirmed"]), confirmed_with=row["with"],
            actor=self.play.actor(row["who"], at), now=at,
        )  # fmt: skip

    def brief(self, row: dict[str, Any], at: datetime) -> None:
        """One briefing."""
        record_briefing(
            self.agency, at=self.clock.before(row["at"]), organiser=row["organiser"],
            topics=row["topics"], speaker=row["speaker"], on_own_initiative=row["own"],
            actor=self.play.actor(row["who"], at), now=at,
        )  # fmt: skip

    def ask(self, row: dict[str, Any], at: datetime) -> None:
        """One step of an enquiry."""
        thing, do, who, typed = self._step(row)
        press = self.press.get(thing.get("press", ""))
        if do in ("receive", "send"):
            first = {"press_agency": press, "outlet": thing.get("outlet", ""), **typed, "now": at}
            self.enquiries[thing["key"]] = (
                send_enquiry(self.agency, **first)
                if do == "send"
                else receive_enquiry(self.agency, actor=self.play.actor(who, at), **first)
            )
            return
        subject: Any = self.enquiries[thing["key"]]
        if do == "supply_content":
            subject = ContentRequest.objects.filter(enquiry=subject).latest("pk")
        if do == "ask_unit":
            typed["unit"] = self.play.agencies[typed["unit"]]
        if do == "draft_answer":
            typed["seen"] = 0
        _verb(do)(subject, actor=self.play.actor(who, at), now=at, **typed)

    def meet(self, row: dict[str, Any], at: datetime) -> None:
        """One step of a conference."""
        thing, do, who, typed = self._step(row)
        actor = self.play.actor(who, at)
        if do == "plan":
            made = conference.plan_conference(self.agency, actor=actor, now=at, **typed)
            self.conferences[thing["key"]] = made
            return
        found = PressConference.objects.system("a step of the demonstration").get(
            pk=self.conferences[thing["key"]].pk
        )
        guests = list(found.invitations.all())
        if do == "invite":
            typed = {"press_agencies": [self.press[name] for name in typed["press"]]}
        elif do == "send_invitation":
            typed["guests"] = guests
        elif do == "take_attendance":
            typed["present"] = [guest for guest in guests if guest.outlet in typed["present"]]
        elif do == "write_minutes":
            typed["seen"] = found.version
        if "holder" in typed:
            typed["holder"] = self.play.people[typed["holder"]]
        _verb(do)(found, actor=actor, now=at, **typed)

    def _step(self, row: dict[str, Any]) -> tuple[dict[str, Any], str, str, dict[str, Any]]:
        typed = {k: v for k, v in row.items() if k not in ("thing", "when", "who", "do")}
        for name in MOMENTS & set(typed):
            typed[name] = self._moment(typed[name])
        return row["thing"], row["do"], row["who"], typed

    def _moment(self, written: str) -> datetime:
        ahead = _AHEAD.fullmatch(written)
        if ahead is None:
            return self.clock.before(written)
        day = self.clock.today + timedelta(days=int(ahead[1]))
        return datetime.combine(day, time(int(ahead[2]), int(ahead[3])), tzinfo=VIETNAM)

    def _day(self, written: str) -> date:
        return self.clock.before(f"{written} 00:00").date()


def _verb(name: str) -> Callable[..., Any]:
    return next(getattr(module, name) for module in MODULES if hasattr(module, name))
