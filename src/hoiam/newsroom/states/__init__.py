"""Closed lists of the room and their state tables."""

from hoiam.newsroom.states.articles import (
    ArticleKind,
    ArticleState,
)

__all__ = [
    "ArticleKind",
    "ArticleState",
]
