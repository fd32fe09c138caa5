"""Rows of the agencies room."""

from hoiam.agencies.models.agency import Agency, ImportRun, Succession
from hoiam.agencies.models.official import Official, Post
from hoiam.agencies.models.press import Channel, PressAgency, Reporter
from hoiam.agencies.models.spokesperson import (
    OfficialAccount,
    Publication,
    PublicationCheck,
    Spokesperson,
)

__all__ = [
    "Agency",
    "Channel",
    "ImportRun",
    "Official",
    "OfficialAccount",
    "Post",
    "PressAgency",
    "Publication",
    "PublicationCheck",
    "Reporter",
    "Spokesperson",
    "Succession",
]
