"""The triage list (Theo dõi): warnings in the actor's scope."""

from datetime import datetime
from typing import Any

from django.db.models import Count, F, Prefetch, Q

from hoiam.core.actor import Actor
from hoiam.core.scope import ScopedQuerySet
from hoiam.monitoring.models import Attribution, Warning
from hoiam.monitoring.states import WarningState as S

# Tabs of the page and the states behind each.
TAB_STATES = {
    "open": (S.NEW, S.TAKEN),
    "new": (S.NEW,),
    "taken": (S.TAKEN,),
    "read": (S.READ, S.CASED),
    "dismissed": (S.DISMISSED, S.DUPLICATE),
    "all": tuple(S),
}


def warnings_visible_to(actor: Actor) -> ScopedQuerySet:
    """Warnings of the actor's agencies; the centre sees all, also those of no agency yet."""
    if actor.sees_everything:
        return Warning.objects.narrowed()
    return Warning.objects.narrowed(agency__in=actor.agency_ids)


def counts_by_tab(actor: Actor, now: datetime) -> dict[str, int]:
    """How many warnings stand under each tab; snoozed ones are left out of the open tabs until their time."""
    awake = Q(snoozed_until=None) | Q(snoozed_until__lte=now)
    rows = (
        warnings_visible_to(actor)
        .values("state")
        .annotate(awake=Count("pk", filter=awake), every=Count("pk"))
        .order_by()
    )
    found = {row["state"]: row for row in rows}
    return {
        tab: sum(
            found[state]["awake" if tab in {"open", "new", "taken"} else "every"]
            for state in states
            if state in found
        )
        for tab, states in TAB_STATES.items()
    }


def triage_list(
    actor: Actor,
    *,
    now: datetime,
    tab: str = "open",
    agency: int | None = None,
    severity: int | None = None,
    stance: str = "",
    since: datetime | None = None,
) -> ScopedQuerySet:
    """The rows of one tab: what is due first stands first; where nothing is due the newest first.

    Args:
        tab: a key of `TAB_STATES`.
        agency: only this agency's rows.
        severity: only this severity, 0–3.
        stance: only stories of this stance.
        since: only rows raised since this moment.
    """
    states = TAB_STATES.get(tab, TAB_STATES["open"])
    rows = warnings_visible_to(actor).filter(state__in=states)
    if tab in {"open", "new", "taken"}:
        rows = rows.filter(Q(snoozed_until=None) | Q(snoozed_until__lte=now))
        rows = rows.order_by(F("due_at").asc(nulls_last=True), "-at", "-pk")
    else:
        # Rows are numbered as they are raised, so this is newest first, and needs no sorting of all there are.
        rows = rows.order_by("-pk")
    chosen = {
        "agency": agency,
        "severity": severity,
        "story__stance": stance or None,
        "at__gte": since,
    }
    return rows.filter(**{name: value for name, value in chosen.items() if value is not None})


class Page(ScopedQuerySet):
    """Rows whose slices are chosen among bare rows: sorting 20,000 rows joined to their texts costs ten times as much."""

    def __getitem__(self, key: int | slice) -> Any:
        """As Django's; a slice is the page joined to all that a row shows, in the same order."""
        if not isinstance(key, slice) or self._result_cache is not None or self.query.is_sliced:
            return super().__getitem__(key)
        self._check()
        bare = self.select_related(None).prefetch_related(None).values("pk")
        chosen = Warning.objects.narrowed(pk__in=super(Page, bare).__getitem__(key))
        return _joined(chosen.order_by(*self.query.order_by))


def with_what_a_row_shows(rows: ScopedQuerySet) -> ScopedQuerySet:
    """The same rows with all a list row draws, in two queries whatever their number."""
    page = Page(rows.model, query=rows.query.chain(), using=rows._db, hints=rows._hints)
    page._open = rows._open
    return _joined(page)


def _joined(rows: ScopedQuerySet) -> ScopedQuerySet:
    return rows.select_related(
        "agency", "holder", "story__lead_item__finding", "story__lead_item__channel"
    ).prefetch_related(
        Prefetch(
            "story__lead_item__finding__attributions",
            Attribution.objects.select_related("agency_today").order_by("id"),
        )
    )
