"""Feeds, sitemaps, page extraction, near-duplicates, stories, reprints, changes, surprise."""

from hoiam.kit.news.addresses import canonical_url, host_of, url_key
from hoiam.kit.news.announced import Announced, announced
from hoiam.kit.news.cards import CardCheck, CardPart, check_card
from hoiam.kit.news.changes import Piece, changed_share, changes, settled
from hoiam.kit.news.decisions import Decisions
from hoiam.kit.news.discovery import (
    Place,
    common_places,
    feed_links,
    feed_pages,
    is_feed_address,
)
from hoiam.kit.news.duplicates import Duplicate, DuplicateIndex
from hoiam.kit.news.faults import is_garbled
from hoiam.kit.news.feeds import read_feed
from hoiam.kit.news.habit import DayHours, Habit, learn_habit, unknown_habit
from hoiam.kit.news.listings import (
    ListingGuess,
    ListingRule,
    bad_selector,
    guess_rule,
    read_listing,
)
from hoiam.kit.news.moments import is_same_day, precision_of
from hoiam.kit.news.notices import read_notice
from hoiam.kit.news.outlook import Level, Mark, mark_in, risk_level
from hoiam.kit.news.pages import extract
from hoiam.kit.news.pages.health import RuleHealth, after_page, switched_on
from hoiam.kit.news.prints import Printed, PrintIndex
from hoiam.kit.news.records import (
    extract_record,
    feed_problems,
    has_losses,
    read_feed_lines,
    story_records,
)
from hoiam.kit.news.reprints import (
    Chain,
    Credit,
    Report,
    Reprint,
    chains,
    credit_of,
    earliest,
    firsts,
)
from hoiam.kit.news.rereading import FirstDoubt, Rereading, Text, first_doubt, reread
from hoiam.kit.news.silence import Silence, silence
from hoiam.kit.news.sitemap_walk import SitemapWalk
from hoiam.kit.news.sitemaps import read_sitemap
from hoiam.kit.news.spread import Publication, Spread, spread
from hoiam.kit.news.stories import StoryIndex, StoryItem, StoryLink
from hoiam.kit.news.surprise import Surprise, group_rate, surprise
from hoiam.kit.news.values import Entry, Feed, Page, Sitemap, SitemapEntry

__all__ = [
    "Announced",
    "CardCheck",
    "CardPart",
    "Chain",
    "Credit",
    "DayHours",
    "Decisions",
    "Duplicate",
    "DuplicateIndex",
    "Entry",
    "Feed",
    "FirstDoubt",
    "Habit",
    "Level",
    "ListingGuess",
    "ListingRule",
    "Mark",
    "Page",
    "Piece",
    "Place",
    "PrintIndex",
    "Printed",
    "Publication",
    "Report",
    "Reprint",
    "Rereading",
    "RuleHealth",
    "Silence",
    "Sitemap",
    "SitemapEntry",
    "SitemapWalk",
    "Spread",
    "StoryIndex",
    "StoryItem",
    "StoryLink",
    "Surprise",
    "Text",
    "after_page",
    "announced",
    "bad_selector",
    "canonical_url",
    "chains",
    "changed_share",
    "changes",
    "check_card",
    "common_places",
    "credit_of",
    "earliest",
    "extract",
    "extract_record",
    "feed_links",
    "feed_pages",
    "feed_problems",
    "first_doubt",
    "firsts",
    "group_rate",
    "guess_rule",
    "has_losses",
    "host_of",
    "is_feed_address",
    "is_garbled",
    "is_same_day",
    "learn_habit",
    "mark_in",
    "precision_of",
    "read_feed",
    "read_feed_lines",
    "read_listing",
    "read_notice",
    "read_sitemap",
    "reread",
    "risk_level",
    "settled",
    "silence",
    "spread",
    "story_records",
    "surprise",
    "switched_on",
    "unknown_habit",
    "url_key",
]
