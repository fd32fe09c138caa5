"""Who may do what in the room."""

from hoiam.newsroom.policies import articles, submissions

__all__ = ["articles", "submissions"]
