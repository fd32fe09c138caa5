"""Background work of the room."""

from hoiam.newsroom.jobs import articles, counts, partner_feeds, searching

__all__ = ["articles", "counts", "partner_feeds", "searching"]
