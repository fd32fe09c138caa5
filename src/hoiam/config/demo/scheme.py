"""The scheme of the demonstration: seven more fictional provinces, and a scheme given to all units of the story."""

import re
from datetime import date, datetime
from typing import Any, Protocol

from django.core.cache import cache

from hoiam.agencies.actions import create_official
from hoiam.agencies.models import Agency, Official
from hoiam.agencies.queries import TREE_KEY
from hoiam.agencies.states import Level, Role
from hoiam.config.demo.moments import Now
from hoiam.config.demo.playing import Queue
from hoiam.config.demo.reading import read
from hoiam.core.actor import Actor
from hoiam.kit.vietnamese import show_date, slug, sort_key
from hoiam.scheme.actions import (
    activate_scheme,
    add_quota,
    add_source_paper,
    create_scheme,
    derive_yearly_plan,
)
from hoiam.scheme.actions.scheme_values import QuotaFields, SchemeFields, TaskFields
from hoiam.scheme.models import Scheme
from hoiam.scheme.queries.timing import timing_of
from hoiam.scheme.queries.units import Register, parts_meant

_DAYS = re.compile(r"\[\[([+-]\d+)d\]\]")
SINCE = date(2025, 7, 1)
PROVINCE = "thads-thanh-giang"
WHY = "a step of the demonstration"


class Acting(Protocol):
    """Who acts at a moment."""

    def __call__(self, username: str, at: datetime, /) -> Actor:
        """The person with the posts of that day."""


def make_other_provinces(start: datetime) -> dict[str, Official]:
    """The focal points of seven fictional provinces more, whom the story only meets in the scheme."""
    written, made = read("scheme.yaml"), {}
    centre = Agency.objects.filter(code="tw").first()
    # Hashed for the first people already: one password for all.
    secret = Official.objects.exclude(password="").values_list("password", flat=True)[0]
    for name in written["provinces"]:
        kind = "TP." if name == "Nam Bến" else "tỉnh"
        full = "thành phố" if name == "Nam Bến" else "tỉnh"
        agency = Agency.objects.create(
            code=f"thads-{slug(name)}",
            name=f"THADS {kind} {name}",
            full_name=f"Thi hành án dân sự {full} {name}",
            sort_key=sort_key(f"THADS {kind} {name}"),
            level=Level.PROVINCE,
            province=name,
            parent=centre,
            valid_from=SINCE,
            seat=name,
            symbol=f"THADS{''.join(word[0] for word in slug(name).split('-')).upper()}",
            fictional=True,
        )
        username = f"dau-moi-{slug(name)}"
        made[username] = create_official(
            agency,
            actor=None,
            now=start,
            username=username,
            full_name=written["focal_points"][name],
            role=Role.FOCAL_POINT,
            title="Chuyên viên Văn phòng",
            email=f"{username}@thads.example",
        )
    Official.objects.filter(username__in=made).update(password=secret)
    cache.delete(TREE_KEY)
    return {one.username: one for one in Official.objects.filter(username__in=made)}


class SchemePlay:
    """The scheme written by the centre and given out."""

    def __init__(self, clock: Now, actor: Acting) -> None:
        self.clock, self.actor = clock, actor
        self.year = clock.days_ago(90).year

    def schedule(self, queue: Queue) -> None:
        """The scheme given out, a province's plan of the year under it, and a paper that waits to be confirmed."""
        written = read("scheme.yaml")
        for name, run in (("scheme", self.give), ("plan", self.plan), ("paper", self.bring_in)):
            queue.add(self.clock.before(written[name]["when"]), run)

    def plan(self, at: datetime) -> None:
        """The province's draft, with a quota of its own."""
        row = read("scheme.yaml")["plan"]
        actor = self.actor(row["who"], at)
        province = Agency.objects.get(code=PROVINCE)
        parent = Scheme.objects.system(WHY).get(kind="scheme")
        made = derive_yearly_plan(parent, actor=actor, now=at, owner=province, year=self.year)
        quota = {name: value for name, value in row["quota"].items() if name != "ref"}
        task = made.tasks.get(ref=row["quota"]["ref"])
        add_quota(task, actor=actor, now=at, fields=QuotaFields(**quota))

    def bring_in(self, at: datetime) -> None:
        """A dispatch, read and not confirmed yet."""
        row = read("scheme.yaml")["paper"]
        add_source_paper(
            Agency.objects.get(code=PROVINCE),
            actor=self.actor(row["who"], at),
            now=at,
            data=self._told(row["text"]).encode(),
            file_name=row["file_name"],
        )

    def give(self, at: datetime) -> None:
        """The scheme with its tasks, given to every unit of the story."""
        row = read("scheme.yaml")["scheme"]
        actor = self.actor(row["who"], at)
        register = Register(None, actor.today)
        made = create_scheme(
            Agency.objects.get(code="tw"),
            actor=actor,
            now=at,
            fields=SchemeFields(
                title=self._told(row["title"]),
                short=self._told(row["short"]),
                number=row["number"],
                issued_on=actor.today,
                issuer=row["issuer"],
                signer=row["signer"],
                starts_on=date(self.year, 1, 1),
                ends_on=date(self.year + 2, 12, 31),
            ),
            themes=row["themes"],
            tasks=[self._task(task, register) for task in row["tasks"]],
            quotas=[(t["ref"], QuotaFields(**t["quota"])) for t in row["tasks"] if "quota" in t],
        )
        activate_scheme(made, actor=actor, now=at)

    def _task(self, row: dict[str, Any], register: Register) -> TaskFields:
        time = self._told(row["time"])
        timing = timing_of(time)
        coordinating, informed = row.get("coordinating", []), row.get("informed", [])
        return TaskFields(
            ref=row["ref"],
            group=row["group"],
            title=row["title"],
            products=tuple(row["products"]),
            time=time,
            lead=row["lead"],
            coordinating=tuple(coordinating),
            informed=tuple(informed),
            units=tuple(parts_meant(register, row["lead"], coordinating, informed)),
            theme=row.get("theme"),
            **vars(timing),
        )

    def _told(self, text: str) -> str:
        years = text.replace("{Y}", str(self.year)).replace("{Y2}", str(self.year + 2))
        return _DAYS.sub(lambda found: show_date(self.clock.days_ago(-int(found[1]))), years)
