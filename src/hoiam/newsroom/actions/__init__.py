"""What is done in the room, one verb a function."""

from hoiam.newsroom.actions.articles import (
    Author,
    Picture,
    Snapshot,
    address_of,
    correct_article,
    expire_article,
    publish_article,
    take_down_article,
    withdraw_article,
)

__all__ = [
    "Author",
    "Picture",
    "Snapshot",
    "address_of",
    "correct_article",
    "expire_article",
    "publish_article",
    "take_down_article",
    "withdraw_article",
]
