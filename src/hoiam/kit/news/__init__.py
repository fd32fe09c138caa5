"""Feeds, sitemaps, page extraction, near-duplicates, stories, reprints, changes, surprise."""

from hoiam.kit.news.addresses import canonical_url, host_of, url_key
from hoiam.kit.news.changes import Piece, changed_share, changes, settled
from hoiam.kit.news.decisions import Decisions
from hoiam.kit.news.duplicates import Duplicate, DuplicateIndex
from hoiam.kit.news.feeds import read_feed
from hoiam.kit.news.pages import extract
from hoiam.kit.news.records import extract_record, has_losses, read_feed_lines, story_records
from hoiam.kit.news.reprints import Chain, Credit, Report, Reprint, chains, credit_of
from hoiam.kit.news.rereading import Rereading, Text, reread
from hoiam.kit.news.silence import Silence, silence
from hoiam.kit.news.sitemaps import read_sitemap
from hoiam.kit.news.stories import StoryIndex, StoryItem, StoryLink
from hoiam.kit.news.surprise import Surprise, surprise
from hoiam.kit.news.values import Entry, Feed, Page, Sitemap, SitemapEntry

__all__ = [
    "Chain",
    "Credit",
    "Decisions",
    "Duplicate",
    "DuplicateIndex",
    "Entry",
    "Feed",
    "Page",
    "Piece",
    "Report",
    "Reprint",
    "Rereading",
    "Silence",
    "Sitemap",
    "SitemapEntry",
    "StoryIndex",
    "StoryItem",
    "StoryLink",
    "Surprise",
    "Text",
    "canonical_url",
    "chains",
    "changed_share",
    "changes",
    "credit_of",
    "extract",
    "extract_record",
    "has_losses",
    "host_of",
    "read_feed",
    "read_feed_lines",
    "read_sitemap",
    "reread",
    "settled",
    "silence",
    "story_records",
    "surprise",
    "url_key",
]
