"""Reasons of a judgement: as a finding keeps them, and in one sentence."""

from typing import Any

from hoiam.kit.recognition import Reason, telling
from hoiam.monitoring.models import Finding


def reasons_json(reasons: tuple[Reason, ...]) -> list[dict[str, Any]]:
    """Reasons as they are kept in a column."""
    return [
        {
            "rule": r.rule,
            "field": r.span.field,
            "start": r.span.start,
            "end": r.span.end,
            "text": r.text,
            "weight": r.weight,
        }
        for r in reasons
    ]


def why_told(finding: Finding) -> str:
    """The strongest telling reasons in one sentence, the office named first; "" when there is none (a clip, an old finding)."""
    told = telling(finding.reasons)
    quoted = ", ".join(f"“{words}”" for words in told.words)
    names = _named(finding) if told.names_agency else ""
    parts = [f"nêu đích danh {names}" if names else "", f"có cụm từ {quoted}" if quoted else ""]
    said = "; ".join(part for part in parts if part)
    return f"Bài {said}." if said else ""


def _named(finding: Finding) -> str:
    """The offices the report names, as they are called today."""
    rows = finding.attributions.all()
    names = [row.agency_today.name if row.agency_today else row.name for row in rows]
    return ", ".join(dict.fromkeys(names))
