"""Reasons of a judgement as a finding keeps them."""

from typing import Any

from hoiam.kit.recognition import Reason


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
