"""What pages and others ask of the room."""

from hoiam.newsroom.queries.articles import articles_visible_to, standing
from hoiam.newsroom.queries.seals import SOCIAL_PROOF

__all__ = ["SOCIAL_PROOF", "articles_visible_to", "standing"]
