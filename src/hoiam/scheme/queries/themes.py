"""Themes measured: what was published on each theme, where, by whom, when; a story and its reprints count once."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from hoiam.agencies.states import MediaType
from hoiam.core.actor import Actor
from hoiam.core.scope import ScopedQuerySet
from hoiam.kit.rulebook.defaults import default_number
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.models import Item
from hoiam.monitoring.queries.periods import Period, items_in
from hoiam.monitoring.states import Stance
from hoiam.scheme.models import Contribution, Scheme
from hoiam.scheme.queries.network import contributions_visible_to
from hoiam.scheme.queries.schemes import schemes_visible_to
from hoiam.scheme.states import SchemeState
from hoiam.scheme.states.people import MarkState
from hoiam.scheme.themes import match_themes, suggest_theme

FAVOURABLE = (Stance.POSITIVE, Stance.NEUTRAL)
NO_PLACE, NO_CHANNEL, BY_PRESS = "Không nêu tỉnh", "Nơi khác", "Báo chí tự viết"
LEAST = "MD-124"


def schemes_with_themes(actor: Actor) -> ScopedQuerySet:
    """Schemes in sight that were given out and name themes."""
    rows = schemes_visible_to(actor).exclude(state=SchemeState.DRAFT)
    return rows.filter(themes__isnull=False).distinct()


def fit_items(agency_ids: set[int] | None, period: Period) -> QuerySet[Item]:
    """Items that may count for a theme: about these agencies, not unfavourable."""
    return items_in(agency_ids, period).filter(finding__stance__in=FAVOURABLE)


@dataclass(frozen=True)
class Piece:
    """One thing published, its reprints folded in: theme (None: none, or not known), who says so, where, when."""

    title: str
    theme: int | None
    is_chosen: bool
    words: tuple[str, ...]
    channel: str
    outlet: str
    province: str
    unit: str
    day: date
    item: int | None
    story: int | None
    copies: int = 1

    @property
    def writer(self) -> str:
        """The unit that wrote it, or the press of itself."""
        return self.unit or BY_PRESS

    @property
    def month(self) -> str:
        """MM/YYYY"""
        return f"{self.day:%m/%Y}"


def pieces_of(scheme: Scheme, actor: Actor, period: Period) -> list[Piece]:
    """Everything published in the period that may count, newest first; in a fixed number of queries.

    Stories of the agencies in sight are one piece each, of the place and day of their first report. What a unit wrote is
    folded into the story when the system found it, and a piece of its own otherwise.
    """
    scope = None if actor.sees_everything else set(actor.agency_ids)
    stories = _stories(scheme, scope, period)
    written = _written(actor, period)
    own: list[Piece] = []
    themes = {theme.pk: theme.text for theme in scheme.themes.all()}
    matched = match_themes(themes)
    for row in written:
        story = row.item.story_id if row.item else None
        if story in stories:
            stories[story] = _with_writer(stories[story], row, themes)
        else:
            own.append(_own(row, themes, matched))
    return sorted([*stories.values(), *own], key=lambda piece: piece.day, reverse=True)


def _written(actor: Actor, period: Period) -> QuerySet[Contribution]:
    """What units wrote in the period, in the columns a piece needs: the bodies of reports and articles stay where they are."""
    rows = contributions_visible_to(actor).filter(
        happened_on__gte=period.first, happened_on__lte=period.last
    )
    rows = rows.select_related(None).select_related("agency", "channel", "item")
    return rows.only(
        "title", "theme", "printed_in", "happened_on", "agency__name", "agency__province",
        "channel__media_type", "item__story",
    )  # fmt: skip


def _stories(scheme: Scheme, scope: set[int] | None, period: Period) -> dict[int | None, Piece]:
    """The first report of each story, with how many there are: the database counts, so that one row a story is read."""
    reports = fit_items(scope, period).annotate(
        turn=Window(RowNumber(), partition_by="story", order_by=("at", "pk")),
        copies=Window(Count("pk"), partition_by="story"),
    )
    rows = reports.filter(turn=1).values(
        "pk", "title", "at", "story", "outlet", "channel__name", "channel__media_type",
        "finding__provinces", "copies",
    )  # fmt: skip
    marks = _marks(scheme, scope, period)
    return {row["story"]: _piece(row, marks.get(row["story"])) for row in rows.order_by("at", "pk")}


def _marks(scheme: Scheme, scope: set[int] | None, period: Period) -> dict[int, dict[str, Any]]:
    """The mark of each story that has one: a person's choice on any of its reports, else the first suggestion."""
    said = Q(theme_marks__state=MarkState.CONFIRMED) | Q(theme_marks__theme__isnull=False)
    rows = (
        fit_items(scope, period)
        .filter(said, theme_marks__scheme=scheme)
        .values(
            "pk",
            "story",
            theme=F("theme_marks__theme"),
            state=F("theme_marks__state"),
            reasons=F("theme_marks__reasons"),
        )
    )
    found: dict[int, dict[str, Any]] = {}
    for mark in rows.order_by("at", "pk"):
        story, is_chosen = mark["story"], mark["state"] == MarkState.CONFIRMED
        if story not in found or (is_chosen and found[story]["state"] != MarkState.CONFIRMED):
            found[story] = mark
    return found


def _piece(first: dict[str, Any], mark: dict[str, Any] | None) -> Piece:
    """The story by its first report, with the mark that counts for it."""
    provinces = first["finding__provinces"] or [NO_PLACE]
    return Piece(
        title=first["title"],
        theme=mark["theme"] if mark else None,
        is_chosen=mark is not None and mark["state"] == MarkState.CONFIRMED,
        words=tuple(dict.fromkeys(reason["text"] for reason in mark["reasons"])) if mark else (),
        channel=_media(first["channel__media_type"]),
        outlet=first["channel__name"] or first["outlet"],
        province=provinces[0],
        unit="",
        day=first["at"].astimezone(VIETNAM).date(),
        item=mark["pk"] if mark else first["pk"],
        story=first["story"],
        copies=first["copies"],
    )


def _media(code: str | None) -> str:
    return str(MediaType(code).label) if code else NO_CHANNEL


def _with_writer(piece: Piece, row: Contribution, themes: Collection[int]) -> Piece:
    """The story that a unit wrote: its name, and the theme it chose unless somebody chose for the story."""
    unit = row.agency.name
    if row.theme_id in themes and not piece.is_chosen:
        return replace(piece, unit=unit, theme=row.theme_id, is_chosen=True, words=())
    return replace(piece, unit=unit)


def _own(row: Contribution, themes: Collection[int], matched: dict[int, int]) -> Piece:
    chosen = row.theme_id in themes
    said = suggest_theme(row.title, least=default_number(LEAST))
    suggested = matched.get(said.theme) if said.theme is not None else None
    words = [reason.text for reason in said.reasons if reason.theme == said.theme]
    return Piece(
        title=row.title,
        theme=row.theme_id if chosen else suggested,
        is_chosen=chosen,
        words=() if chosen else tuple(dict.fromkeys(words)),
        channel=_media(row.channel.media_type if row.channel else None),
        outlet=row.printed_in,
        province=row.agency.province or NO_PLACE,
        unit=row.agency.name,
        day=row.happened_on,
        item=None,
        story=None,
    )


@dataclass(frozen=True)
class CrossTable:
    """Pieces of each theme by one thing: columns by weight, a row a theme (None last)."""

    columns: tuple[str, ...]
    rows: tuple[tuple[int | None, tuple[int, ...]], ...]


def cross(pieces: Iterable[Piece], by: str, themes: Collection[int], most: int = 8) -> CrossTable:
    """Pieces of each theme by `channel`, `province` or `month`; months in order, others by weight, the tail together."""
    counted: Counter[tuple[int | None, str]] = Counter()
    for piece in pieces:
        counted[(piece.theme, getattr(piece, by))] += 1
    weights: Counter[str] = Counter()
    for (_, name), count in counted.items():
        weights[name] += count
    names = [name for name, _ in weights.most_common()]
    if by == "month":
        names = sorted(names, key=lambda name: name[3:] + name[:2])
    kept, rest = names[:most], names[most:]
    rows = []
    for theme in (*themes, None):
        row = [counted[(theme, name)] for name in kept]
        if rest:
            row.append(sum(counted[(theme, name)] for name in rest))
        rows.append((theme, tuple(row)))
    columns = (*kept, f"{len(rest)} nơi khác") if rest else tuple(kept)
    return CrossTable(columns, tuple(rows))
