"""Background work of the room."""

from hoiam.newsroom.jobs import articles, social

__all__ = ["articles", "social"]
