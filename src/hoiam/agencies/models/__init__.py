"""Rows of the agencies room."""

from hoiam.agencies.models.agency import Agency, ImportRun, Succession
from hoiam.agencies.models.official import Official, Post
from hoiam.agencies.models.press import Channel, PressAgency, Reporter

__all__ = [
    "Agency",
    "Channel",
    "ImportRun",
    "Official",
    "Post",
    "PressAgency",
    "Reporter",
    "Succession",
]
