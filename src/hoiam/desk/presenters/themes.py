"""Themes measured as their page draws them: periods by name, totals with bars, tables with short heads."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from hoiam.desk import charts
from hoiam.kit.vietnamese import show_number
from hoiam.monitoring.queries.periods import Period, month_of
from hoiam.scheme.models import Theme
from hoiam.scheme.queries.themes import Piece, cross

MONTHS_OF_QUARTER = 3
ROMAN = ("I", "II", "III", "IV")


def period_named(name: str, today: date) -> tuple[str, Period]:
    """The period of a name (`2026-q3`, `2026-08`, `2026`), the running quarter for any other word."""
    for known, period in periods_offered(today):
        if known == name:
            return known, period
    return periods_offered(today)[0]


def periods_offered(today: date) -> list[tuple[str, Period]]:
    """The running quarter and the three before it, this month and the last, this year and the last."""
    quarters, day = [], today
    for _ in range(4):
        quarter = _quarter_of(day)
        number = (quarter.first.month + 2) // MONTHS_OF_QUARTER
        quarters.append((f"{quarter.first.year}-q{number}", quarter))
        day = Period(quarter.first, quarter.first).before.first
    months = [month_of(today), month_of(Period(month_of(today).first, today).before.last)]
    years = [Period(date(y, 1, 1), date(y, 12, 31)) for y in (today.year, today.year - 1)]
    return [
        *quarters,
        *((f"{each.first:%Y-%m}", each) for each in months),
        *((f"{each.first.year}", each) for each in years),
    ]


def period_words(name: str) -> str:
    """The name of a period as people say it: “Quý IV/2026”, “Tháng 11/2026”, “Năm 2026”."""
    year, _, part = name.partition("-")
    if part.startswith("q"):
        return f"Quý {ROMAN[int(part[1:]) - 1]}/{year}"
    return f"Tháng {part}/{year}" if part else f"Năm {year}"


def _quarter_of(day: date) -> Period:
    first = date(day.year, (day.month - 1) // MONTHS_OF_QUARTER * MONTHS_OF_QUARTER + 1, 1)
    last = date(day.year, first.month + MONTHS_OF_QUARTER - 1, 1)
    return Period(first, month_of(last).last)


@dataclass(frozen=True)
class Total:
    """One theme with its figure and bar; `chosen` of the pieces were confirmed by people."""

    theme: Theme
    count: int
    chosen: int
    bar: SafeString


def totals(pieces: Sequence[Piece], themes: Sequence[Theme]) -> list[Total]:
    """Pieces of each theme, in the order of the scheme."""
    counts = Counter(piece.theme for piece in pieces)
    chosen = Counter(piece.theme for piece in pieces if piece.is_chosen)
    top = max((counts[theme.pk] for theme in themes), default=0)
    return [
        Total(
            theme,
            counts[theme.pk],
            chosen[theme.pk],
            charts.share_bar(
                counts[theme.pk], top, label=f"Chủ đề {theme.number}: {show_number(counts[theme.pk])} tin, bài"
            ),
        )
        for theme in themes
    ]  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """A table by theme: the heads of its columns, a row a theme by number."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]


def table_of(pieces: Sequence[Piece], by: str, themes: Sequence[Theme]) -> Shown:
    """Pieces of each theme by channel, province or month."""
    table = cross(pieces, by, [theme.pk for theme in themes], most=12 if by == "month" else 6)
    names = {theme.pk: f"Chủ đề {theme.number}" for theme in themes}
    return Shown(
        table.columns,
        tuple((names.get(theme or 0, "Chưa rõ, ngoài chủ đề"), row) for theme, row in table.rows),
    )
