"""Who may do what in the room."""

from hoiam.newsroom.policies import articles, distribution, portal_rows, social, submissions

__all__ = ["articles", "distribution", "portal_rows", "social", "submissions"]
