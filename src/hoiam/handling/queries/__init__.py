"""Reading: cases, their clocks, the work list, figures."""

from hoiam.handling.queries.cases import (
    case_list,
    cases_visible_to,
    papers_visible_to,
    with_first_writer,
)
from hoiam.handling.queries.figures import (
    late_board,
    lights_table,
    province_lamps,
    statutory_indicators,
)
from hoiam.handling.queries.lights import clock_light, open_clocks, warning_light
from hoiam.handling.queries.seals import EVIDENCE, PAPER
from hoiam.handling.queries.work import WorkList, WorkRow, work_list

__all__ = [
    "EVIDENCE",
    "PAPER",
    "WorkList",
    "WorkRow",
    "case_list",
    "cases_visible_to",
    "clock_light",
    "late_board",
    "lights_table",
    "open_clocks",
    "papers_visible_to",
    "province_lamps",
    "statutory_indicators",
    "warning_light",
    "with_first_writer",
    "work_list",
]
