"""What pages and others ask of the room."""

from hoiam.newsroom.queries.articles import articles_visible_to, standing

__all__ = ["articles_visible_to", "standing"]
