"""Background work of the room."""

from hoiam.newsroom.jobs import articles, social

__all__ = ["articles", "social"]
from hoiam.newsroom.jobs import articles, packages, prints

__all__ = ["articles", "packages", "prints"]
