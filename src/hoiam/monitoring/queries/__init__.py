"""Reading: the triage list, stories, sources, digests, figures."""

from hoiam.monitoring.queries.digest import (
    digest_entries,
    digest_recipients,
    digests_visible_to,
)
from hoiam.monitoring.queries.figures import items_by_day, province_counts
from hoiam.monitoring.queries.rechecks import due_rechecks, latest_text, versions_of
from hoiam.monitoring.queries.seals import CAPTURE
from hoiam.monitoring.queries.site_rules import rules_off, rules_off_by_host
from hoiam.monitoring.queries.sources import (
    Rhythm,
    comments_by_post,
    health_counts,
    health_of,
    latest_imports,
    rhythms,
    silent_sources,
    source_days,
    sources_listed,
)
from hoiam.monitoring.queries.spreading import Spreading, spreading_stories
from hoiam.monitoring.queries.stories import (
    items_of,
    merged_into,
    root_of,
    stories_visible_to,
    story_counts,
    story_with_spread,
)
from hoiam.monitoring.queries.warnings import (
    TAB_STATES,
    counts_by_tab,
    triage_list,
    warnings_visible_to,
    with_what_a_row_shows,
)

__all__ = [
    "CAPTURE",
    "TAB_STATES",
    "Rhythm",
    "Spreading",
    "comments_by_post",
    "counts_by_tab",
    "digest_entries",
    "digest_recipients",
    "digests_visible_to",
    "due_rechecks",
    "health_counts",
    "health_of",
    "items_by_day",
    "items_of",
    "latest_imports",
    "latest_text",
    "merged_into",
    "province_counts",
    "rhythms",
    "root_of",
    "rules_off",
    "rules_off_by_host",
    "silent_sources",
    "source_days",
    "sources_listed",
    "spreading_stories",
    "stories_visible_to",
    "story_counts",
    "story_with_spread",
    "triage_list",
    "versions_of",
    "warnings_visible_to",
    "with_what_a_row_shows",
]
