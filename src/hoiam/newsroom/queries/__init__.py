"""What pages and others ask of the room."""

from hoiam.newsroom.queries.articles import articles_visible_to, standing
from hoiam.newsroom.queries.seals import SOCIAL_PROOF

__all__ = ["SOCIAL_PROOF", "articles_visible_to", "standing"]
from hoiam.newsroom.queries.packages import (
    lists_visible_to,
    packages_visible_to,
    receiver_rows,
)
from hoiam.newsroom.queries.prints import prints_visible_to, public_prints, reach_of

__all__ = [
    "articles_visible_to",
    "lists_visible_to",
    "packages_visible_to",
    "prints_visible_to",
    "public_prints",
    "reach_of",
    "receiver_rows",
    "standing",
]
