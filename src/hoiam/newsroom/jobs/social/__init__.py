"""Background work on official accounts: sending, reading, keys, what follows from an article's moves."""

from hoiam.newsroom.jobs.social import articles, health, keeping, reading, sending

__all__ = ["articles", "health", "keeping", "reading", "sending"]
