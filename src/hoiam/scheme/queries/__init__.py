"""Reading: statutory indicators and what stands behind them, lateness, reports, explanations."""

from hoiam.scheme.queries.doing import (
    difficulties_visible_to,
    products_visible_to,
    progress_visible_to,
)
from hoiam.scheme.queries.indicators import Indicator, Terms, indicators_of, terms_of, unit_rows
from hoiam.scheme.queries.lateness import UnitLateness, late_clocks_of, lateness_board
from hoiam.scheme.queries.periods import ReportPeriod, report_period, report_period_of
from hoiam.scheme.queries.reports import (
    due_of,
    explanations_visible_to,
    reminders_visible_to,
    report_of,
    reports_below,
    reports_visible_to,
)
from hoiam.scheme.queries.rows import CountedRow, counted_rows
from hoiam.scheme.queries.schemes import (
    asked_in,
    assignments_visible_to,
    schemes_visible_to,
    source_papers_visible_to,
)

__all__ = [
    "CountedRow",
    "Indicator",
    "ReportPeriod",
    "Terms",
    "UnitLateness",
    "asked_in",
    "assignments_visible_to",
    "counted_rows",
    "difficulties_visible_to",
    "due_of",
    "explanations_visible_to",
    "indicators_of",
    "late_clocks_of",
    "lateness_board",
    "products_visible_to",
    "progress_visible_to",
    "reminders_visible_to",
    "report_of",
    "report_period",
    "report_period_of",
    "reports_below",
    "reports_visible_to",
    "schemes_visible_to",
    "source_papers_visible_to",
    "terms_of",
    "unit_rows",
]
