"""Reading: cases, their clocks, the work list, figures."""

from hoiam.handling.queries.beside import Beside, beside
from hoiam.handling.queries.cases import (
    case_list,
    cases_visible_to,
    fresh_count,
    fresh_items,
    papers_visible_to,
    version_count,
    with_first_writer,
)
from hoiam.handling.queries.directives import (
    directive_light,
    directives_since,
    open_directives,
    open_remedies,
    remedy_light,
)
from hoiam.handling.queries.evidence import (
    captures_of,
    captures_visible_to,
    custody_of,
    dossiers_visible_to,
    evidence_visible_to,
    snapshots_visible_to,
)
from hoiam.handling.queries.figures import late_board, lights_table, province_lamps
from hoiam.handling.queries.lights import clock_light, open_clocks, warning_light, with_waiting
from hoiam.handling.queries.seals import DOSSIER, EVIDENCE, PAPER
from hoiam.handling.queries.work import WorkList, WorkRow, work_list

__all__ = [
    "DOSSIER",
    "EVIDENCE",
    "PAPER",
    "Beside",
    "WorkList",
    "WorkRow",
    "beside",
    "captures_of",
    "captures_visible_to",
    "case_list",
    "cases_visible_to",
    "clock_light",
    "custody_of",
    "directive_light",
    "directives_since",
    "dossiers_visible_to",
    "evidence_visible_to",
    "fresh_count",
    "fresh_items",
    "late_board",
    "lights_table",
    "open_clocks",
    "open_directives",
    "open_remedies",
    "papers_visible_to",
    "province_lamps",
    "remedy_light",
    "snapshots_visible_to",
    "version_count",
    "warning_light",
    "with_first_writer",
    "with_waiting",
    "work_list",
]
