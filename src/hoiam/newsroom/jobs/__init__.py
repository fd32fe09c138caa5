"""Background work of the room."""

from hoiam.newsroom.jobs import (
    articles,
    commissions,
    counts,
    fact_checks,
    legal_answers,
    packages,
    partner_feeds,
    prints,
    searching,
    social,
    submissions,
    words,
)

__all__ = [
    "articles",
    "commissions",
    "counts",
    "fact_checks",
    "legal_answers",
    "packages",
    "partner_feeds",
    "prints",
    "searching",
    "social",
    "submissions",
    "words",
]
