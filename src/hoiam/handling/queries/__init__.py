"""Reading: cases, their clocks, the work list, figures."""

from hoiam.handling.queries.cases import (
    case_list,
    cases_visible_to,
    papers_visible_to,
    with_first_writer,
)
from hoiam.handling.queries.evidence import (
    captures_of,
    captures_visible_to,
    custody_of,
    dossiers_visible_to,
    evidence_visible_to,
    snapshots_visible_to,
)
from hoiam.handling.queries.figures import (
    late_board,
    lights_table,
    province_lamps,
    statutory_indicators,
)
from hoiam.handling.queries.lights import clock_light, open_clocks, warning_light
from hoiam.handling.queries.seals import DOSSIER, EVIDENCE, PAPER
from hoiam.handling.queries.work import WorkList, WorkRow, work_list

__all__ = [
    "DOSSIER",
    "EVIDENCE",
    "PAPER",
    "WorkList",
    "WorkRow",
    "captures_of",
    "captures_visible_to",
    "case_list",
    "cases_visible_to",
    "clock_light",
    "custody_of",
    "dossiers_visible_to",
    "evidence_visible_to",
    "late_board",
    "lights_table",
    "open_clocks",
    "papers_visible_to",
    "province_lamps",
    "snapshots_visible_to",
    "statutory_indicators",
    "warning_light",
    "with_first_writer",
    "work_list",
]
