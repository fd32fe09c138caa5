"""Who may do what in the room."""

from hoiam.newsroom.policies import articles, portal_rows

__all__ = ["articles", "portal_rows"]
