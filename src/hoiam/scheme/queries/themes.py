"""Themes measured: what was published on each theme, where, by whom, when; a story and its reprints count once."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import QuerySet

from hoiam.agencies.states import MediaType
from hoiam.core.actor import Actor
from hoiam.core.scope import ScopedQuerySet
from hoiam.kit.rulebook.defaults import default_number
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.models import Item
from hoiam.monitoring.queries.periods import Period, items_in
from hoiam.monitoring.states import Stance
from hoiam.scheme.models import Contribution, Scheme, ThemeMark
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
    written = contributions_visible_to(actor).filter(
        happened_on__gte=period.first, happened_on__lte=period.last
    )
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


def _stories(scheme: Scheme, scope: set[int] | None, period: Period) -> dict[int | None, Piece]:
    rows = fit_items(scope, period).values(
        "pk", "title", "at", "story", "outlet", "channel__name", "channel__media_type",
        "finding__provinces",
    )  # fmt: skip
    grouped: dict[int | None, list[dict[str, Any]]] = defaultdict(list)
    for row in rows.order_by("at", "pk"):
        grouped[row["story"]].append(row)
    marks = _marks(scheme, scope, period)
    return {story: _piece(items, marks) for story, items in grouped.items()}


def _marks(scheme: Scheme, scope: set[int] | None, period: Period) -> dict[int, ThemeMark]:
    rows = ThemeMark.objects.filter(
        scheme=scheme, item__in=fit_items(scope, period).order_by().values("pk")
    )
    return {mark.item_id: mark for mark in rows}


def _piece(items: list[dict[str, Any]], marks: dict[int, ThemeMark]) -> Piece:
    """The story by its first report; a person's choice on any of its reports counts before a suggestion."""
    first = items[0]
    own = [marks[row["pk"]] for row in items if row["pk"] in marks]
    chosen = [mark for mark in own if mark.state == MarkState.CONFIRMED]
    mark = next(iter(chosen or [each for each in own if each.theme_id]), None)
    provinces = first["finding__provinces"] or [NO_PLACE]
    return Piece(
        title=first["title"],
        theme=mark.theme_id if mark else None,
        is_chosen=bool(chosen),
        words=tuple(dict.fromkeys(reason["text"] for reason in mark.reasons)) if mark else (),
        channel=_media(first["channel__media_type"]),
        outlet=first["channel__name"] or first["outlet"],
        province=provinces[0],
        unit="",
        day=first["at"].astimezone(VIETNAM).date(),
        item=mark.item_id if mark else first["pk"],
        story=first["story"],
        copies=len(items),
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
