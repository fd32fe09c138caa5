"""Background work of the room."""

from hoiam.newsroom.jobs import articles, commissions, fact_checks, submissions, words

__all__ = ["articles", "commissions", "fact_checks", "submissions", "words"]
