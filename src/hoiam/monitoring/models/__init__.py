"""Rows of the monitoring room."""

from hoiam.monitoring.models.item import Attribution, Capture, Clip, Finding, Item
from hoiam.monitoring.models.source import Collection, ItemImport, Source
from hoiam.monitoring.models.story import Digest, Story, Warning
from hoiam.monitoring.models.version import FoldingDecision, Recheck, Version

__all__ = [
    "Attribution",
    "Capture",
    "Clip",
    "Collection",
    "Digest",
    "Finding",
    "FoldingDecision",
    "Item",
    "ItemImport",
    "Recheck",
    "Source",
    "Story",
    "Version",
    "Warning",
]
