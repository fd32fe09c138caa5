"""Rows of the monitoring room."""

from hoiam.monitoring.models.change import MaybeChanged
from hoiam.monitoring.models.comment import Comment
from hoiam.monitoring.models.item import Attribution, Capture, Clip, Finding, Item
from hoiam.monitoring.models.source import Collection, ItemImport, SiteRule, Source, SourceDay
from hoiam.monitoring.models.story import Digest, Story, Warning

__all__ = [
    "Attribution",
    "Capture",
    "Clip",
    "Collection",
    "Comment",
    "Digest",
    "Finding",
    "Item",
    "ItemImport",
    "MaybeChanged",
    "SiteRule",
    "Source",
    "SourceDay",
    "Story",
    "Warning",
]
