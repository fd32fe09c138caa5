"""Rows of the scheme room."""

from hoiam.scheme.models.explanation import ExplanationRequest, Reminder
from hoiam.scheme.models.report import IndicatorReport

__all__ = ["ExplanationRequest", "IndicatorReport", "Reminder"]
