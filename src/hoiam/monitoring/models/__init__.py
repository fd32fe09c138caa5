"""Rows of the monitoring room."""

from hoiam.monitoring.models.comment import Comment
from hoiam.monitoring.models.item import Attribution, Capture, Clip, Finding, Item
from hoiam.monitoring.models.lexicon import LexiconDraft, LexiconTrial, LexiconVersion
from hoiam.monitoring.models.notice import (
    Delivery,
    Escalation,
    Notice,
    NoticeChoice,
    Subscription,
)
from hoiam.monitoring.models.routing import EscalationStep, Route, Routing, UnitLine
from hoiam.monitoring.models.second_net import SecondLook, SecondNet
from hoiam.monitoring.models.signal import Signal
from hoiam.monitoring.models.site_rule import SiteRuleHealth
from hoiam.monitoring.models.snapshot import CapturePlan, Snapshot
from hoiam.monitoring.models.source import Collection, ItemImport, ReadingRule, Source, SourceDay
from hoiam.monitoring.models.story import Digest, Story, Warning
from hoiam.monitoring.models.version import FoldingDecision, Recheck, Version

__all__ = [
    "Attribution",
    "Capture",
    "CapturePlan",
    "Clip",
    "Collection",
    "Comment",
    "Delivery",
    "Digest",
    "Escalation",
    "EscalationStep",
    "Finding",
    "FoldingDecision",
    "Item",
    "ItemImport",
    "LexiconDraft",
    "LexiconTrial",
    "LexiconVersion",
    "Notice",
    "NoticeChoice",
    "ReadingRule",
    "Recheck",
    "Route",
    "Routing",
    "SecondLook",
    "SecondNet",
    "Signal",
    "SiteRuleHealth",
    "Snapshot",
    "Source",
    "SourceDay",
    "Story",
    "Subscription",
    "UnitLine",
    "Version",
    "Warning",
]
