"""Who may do what in the room."""

from hoiam.newsroom.policies import articles, social

__all__ = ["articles", "social"]
from hoiam.newsroom.policies import articles, distribution

__all__ = ["articles", "distribution"]
from hoiam.newsroom.policies import articles, submissions

__all__ = ["articles", "submissions"]
from hoiam.newsroom.policies import articles, portal_rows

__all__ = ["articles", "portal_rows"]
