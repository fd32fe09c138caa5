"""Rows of the monitoring room."""

from hoiam.monitoring.models.item import Attribution, Capture, Clip, Finding, Item
from hoiam.monitoring.models.notice import (
    Delivery,
    Escalation,
    Notice,
    NoticeChoice,
    Subscription,
)
from hoiam.monitoring.models.routing import EscalationStep, Route, Routing, UnitLine
from hoiam.monitoring.models.signal import Signal
from hoiam.monitoring.models.source import Collection, ItemImport, Source
from hoiam.monitoring.models.story import Digest, Story, Warning

__all__ = [
    "Attribution",
    "Capture",
    "Clip",
    "Collection",
    "Delivery",
    "Digest",
    "Escalation",
    "EscalationStep",
    "Finding",
    "Item",
    "ItemImport",
    "Notice",
    "NoticeChoice",
    "Route",
    "Routing",
    "Signal",
    "Source",
    "Story",
    "Subscription",
    "UnitLine",
    "Warning",
]
