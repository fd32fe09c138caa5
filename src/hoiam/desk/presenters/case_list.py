"""The list of cases: tabs with their counts, filters, one page of rows."""

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Prefetch
from django.http import QueryDict

from hoiam.agencies.models import Agency
from hoiam.core.actor import Actor
from hoiam.desk.presenters.cases import CaseRow, case_row
from hoiam.desk.templatetags.desk import SEVERITIES
from hoiam.desk.typed import number_in
from hoiam.handling.models import Clock, Directive
from hoiam.handling.queries import case_list, cases_visible_to
from hoiam.handling.states import STAGE_OF, CaseState, ClockState, Stage

PER_PAGE = 50
TABS = (("open", "Đang xử lý"), ("closed", "Đã đóng"), ("all", "Tất cả"))


class CaseList:
    """The cases one person asked for; everything shown is counted from one grouped reading."""

    def __init__(self, actor: Actor, now: datetime, asked: Mapping[str, Any]) -> None:
        self.actor, self.now = actor, now
        tab = asked.get("tab", "open")
        self.tab = tab if tab in dict(TABS) else "open"
        self.agency = number_in(asked.get("agency"))
        self.severity = number_in(asked.get("severity"))
        stage = asked.get("stage", "")
        self.stage = stage if stage in Stage.values else ""
        self._page = asked.get("page")

    @property
    def is_narrowed(self) -> bool:
        """Whether any filter is set."""
        return self.agency is not None or self.severity is not None or bool(self.stage)

    @cached_property
    def groups(self) -> list[dict[str, Any]]:
        """How many cases of each agency, state and severity the actor sees."""
        rows = cases_visible_to(self.actor).order_by()
        return list(rows.values("agency", "state", "severity").annotate(n=Count("pk")))

    @property
    def tabs(self) -> list[tuple[str, str, int, str]]:
        """Each tab: key, label, how many cases under the present filters, its address."""
        return [(key, label, self._count(key), self._address(key)) for key, label in TABS]

    @property
    def agencies(self) -> list[tuple[int, str]]:
        """The agencies that have cases, in Vietnamese order."""
        # Named apart: with the names beside them the groups could not be counted from the index alone.
        found = {group["agency"] for group in self.groups}
        rows = Agency.objects.filter(pk__in=found).order_by("sort_key", "pk")
        return list(rows.values_list("pk", "name"))

    @property
    def severities(self) -> list[tuple[int, str]]:
        """Severities from the gravest down."""
        return list(enumerate(SEVERITIES))[::-1]

    @property
    def stages(self) -> list[tuple[str, str]]:
        """The stages a case may stand at; "Trình" is told by papers, so it is no filter here."""
        return [(s.value, str(s.label)) for s in Stage if s in set(STAGE_OF.values())]

    @cached_property
    def page(self) -> Page:
        """One page of cases."""
        pages = Paginator(self._rows(), PER_PAGE)
        pages.count = self._count(self.tab)  # counted already: the list is not counted again
        return pages.get_page(self._page)

    @property
    def rows(self) -> list[CaseRow]:
        """The page's cases as rows."""
        return [case_row(case, self.now) for case in self.page.object_list]

    def _rows(self) -> Any:
        rows = case_list(self.actor, tab=self.tab, agency=self.agency)
        if self.severity is not None:
            rows = rows.filter(severity=self.severity)
        if self.stage:
            rows = rows.filter(state__in=_states(self.stage))
        clocks = Clock.objects.exclude(state__in=[ClockState.DONE, ClockState.CANCELLED])
        return rows.prefetch_related(None).prefetch_related(
            Prefetch("clocks", clocks, to_attr="open_clocks"),
            Prefetch(
                "directives",
                Directive.objects.filter(answered_at=None).order_by("due_at"),
                to_attr="open_directives",
            ),
        )

    def _count(self, tab: str) -> int:
        return sum(g["n"] for g in self.groups if self._is_asked(g) and _is_in(tab, g["state"]))

    def _is_asked(self, group: dict[str, Any]) -> bool:
        return (
            (self.agency is None or group["agency"] == self.agency)
            and (self.severity is None or group["severity"] == self.severity)
            and (not self.stage or group["state"] in _states(self.stage))
        )

    def _address(self, tab: str) -> str:
        query = QueryDict(mutable=True)
        given = {"tab": tab, "agency": self.agency, "severity": self.severity, "stage": self.stage}
        query.update({k: str(v) for k, v in given.items() if v not in (None, "")})
        return f"?{query.urlencode()}"


def _states(stage: str) -> set[str]:
    return {state.value for state, its in STAGE_OF.items() if its == stage}


def _is_in(tab: str, state: str) -> bool:
    return tab == "all" or (tab == "closed") == (state == CaseState.CLOSED)
