"""Feeds, sitemaps, page extraction, near-duplicates, stories, surprise."""

from hoiam.kit.news.addresses import canonical_url, host_of, url_key
from hoiam.kit.news.announced import Announced, announced
from hoiam.kit.news.duplicates import Duplicate, DuplicateIndex
from hoiam.kit.news.feeds import read_feed
from hoiam.kit.news.outlook import Level, Mark, mark_in, risk_level
from hoiam.kit.news.pages import extract
from hoiam.kit.news.records import extract_record, has_losses, read_feed_lines, story_records
from hoiam.kit.news.silence import Silence, silence
from hoiam.kit.news.sitemaps import read_sitemap
from hoiam.kit.news.stories import StoryIndex, StoryItem, StoryLink
from hoiam.kit.news.surprise import Surprise, surprise
from hoiam.kit.news.values import Entry, Feed, Page, Sitemap, SitemapEntry

__all__ = [
    "Announced",
    "Duplicate",
    "DuplicateIndex",
    "Entry",
    "Feed",
    "Level",
    "Mark",
    "Page",
    "Silence",
    "Sitemap",
    "SitemapEntry",
    "StoryIndex",
    "StoryItem",
    "StoryLink",
    "Surprise",
    "announced",
    "canonical_url",
    "extract",
    "extract_record",
    "has_losses",
    "host_of",
    "mark_in",
    "read_feed",
    "read_feed_lines",
    "read_sitemap",
    "risk_level",
    "silence",
    "story_records",
    "surprise",
    "url_key",
]
