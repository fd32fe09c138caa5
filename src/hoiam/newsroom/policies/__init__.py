"""Who may do what in the room."""

from hoiam.newsroom.policies import articles

__all__ = ["articles"]
