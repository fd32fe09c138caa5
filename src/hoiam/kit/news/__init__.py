"""Feeds, sitemaps, page extraction, near-duplicates, stories, surprise."""

from hoiam.kit.news.addresses import canonical_url, host_of, url_key
from hoiam.kit.news.duplicates import Duplicate, DuplicateIndex
from hoiam.kit.news.feeds import read_feed
from hoiam.kit.news.pages import extract
from hoiam.kit.news.records import extract_record, has_losses, read_feed_lines, story_records
from hoiam.kit.news.silence import Silence, silence
from hoiam.kit.news.sitemaps import read_sitemap
from hoiam.kit.news.spread import Publication, Spread, spread
from hoiam.kit.news.stories import StoryIndex, StoryItem, StoryLink
from hoiam.kit.news.surprise import Surprise, group_rate, surprise
from hoiam.kit.news.values import Entry, Feed, Page, Sitemap, SitemapEntry

__all__ = [
    "Duplicate",
    "DuplicateIndex",
    "Entry",
    "Feed",
    "Page",
    "Publication",
    "Silence",
    "Sitemap",
    "SitemapEntry",
    "Spread",
    "StoryIndex",
    "StoryItem",
    "StoryLink",
    "Surprise",
    "canonical_url",
    "extract",
    "extract_record",
    "group_rate",
    "has_losses",
    "host_of",
    "read_feed",
    "read_feed_lines",
    "read_sitemap",
    "silence",
    "spread",
    "story_records",
    "surprise",
    "url_key",
]
