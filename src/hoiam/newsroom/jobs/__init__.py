"""Background work of the room."""

from hoiam.newsroom.jobs import articles, packages

__all__ = ["articles", "packages"]
