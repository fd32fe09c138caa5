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
from hoiam.handling.queries.lights import clock_light, open_clocks, warning_light, with_waiting
from hoiam.handling.queries.work import WorkList, WorkRow, work_list

__all__ = [
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
    "with_waiting",
    "work_list",
]
