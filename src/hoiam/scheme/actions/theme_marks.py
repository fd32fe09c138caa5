"""Themes of published items: suggested from their words by the system, chosen by people; a choice is never suggested over."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from hoiam.core import ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput
from hoiam.kit.rulebook.defaults import default_number
from hoiam.monitoring.models import Item
from hoiam.monitoring.queries.periods import Period
from hoiam.scheme.actions.moving import locked
from hoiam.scheme.models import Scheme, Theme, ThemeMark
from hoiam.scheme.queries.agreements import scope_of_agreement
from hoiam.scheme.queries.themes import fit_items
from hoiam.scheme.states.people import MarkState
from hoiam.scheme.themes import match_themes, suggest_theme, theme_words

LEAST = "MD-124"
AT_ONCE = 500


def suggest_marks(scheme: Scheme, *, period: Period, now: datetime) -> int:
    """How many items of the period were marked for the first time, with the theme their words speak of or with none.

    Items that have a mark are left alone, so that it may run again and beside itself.
    """
    themes = {theme.pk: theme.text for theme in scheme.themes.all()}
    matched = match_themes(themes)
    if not matched:
        return 0
    rows = fit_items(scope_of_agreement(scheme.owner), period).exclude(theme_marks__scheme=scheme)
    fresh = rows.only("pk", "title", "sapo").iterator(chunk_size=AT_ONCE)
    return sum(_keep(scheme, batch, matched, now) for batch in _batches(fresh))


def _batches(rows: Iterable[Item]) -> Iterable[list[Item]]:
    batch: list[Item] = []
    for row in rows:
        batch.append(row)
        if len(batch) == AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def _keep(scheme: Scheme, items: list[Item], matched: dict[int, int], now: datetime) -> int:
    least, version = default_number(LEAST), theme_words().version
    marks = []
    for item in items:
        said = suggest_theme(item.title, item.sapo, least=least)
        theme = matched.get(said.theme) if said.theme is not None else None
        reasons = [reason.as_row() for reason in said.reasons if reason.theme == said.theme]
        marks.append(
            ThemeMark(
                scheme=scheme, item=item, theme_id=theme, reasons=reasons, lexicon=version, at=now
            )
        )
    ThemeMark.objects.bulk_create(marks, ignore_conflicts=True)
    return len(marks)


@transaction.atomic
def choose_theme(
    scheme: Scheme, *, actor: Actor, now: datetime, item: Item, theme: Theme | None
) -> ThemeMark:
    """The item under the theme a person chose (None: none of them); it counts before what the system suggests.

    Raises:
        InvalidInput: the theme is of another scheme.
    """
    scheme = locked(scheme, "choose_theme", actor)
    if theme is not None and theme.scheme_id != scheme.pk:
        raise InvalidInput("Chủ đề này thuộc Đề án, kế hoạch khác.", "theme")
    mark, _ = ThemeMark.objects.update_or_create(
        scheme=scheme,
        item=item,
        defaults={
            "theme": theme,
            "state": MarkState.CONFIRMED,
            "by": actor.official,
            "at": now,
        },
    )
    ledger.write(
        mark, actor=actor, step="choose_theme", at=now, theme=theme.number if theme else None,
        item=item.pk,
    )  # fmt: skip
    return mark
