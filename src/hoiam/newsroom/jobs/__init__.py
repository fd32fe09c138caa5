"""Background work of the room."""

from hoiam.newsroom.jobs import articles, social

__all__ = ["articles", "social"]
from hoiam.newsroom.jobs import articles, packages, prints

__all__ = ["articles", "packages", "prints"]
from hoiam.newsroom.jobs import articles, commissions, fact_checks, submissions, words

__all__ = ["articles", "commissions", "fact_checks", "submissions", "words"]
from hoiam.newsroom.jobs import articles, counts, partner_feeds, searching

__all__ = ["articles", "counts", "partner_feeds", "searching"]
