"""Feeds: RSS, RDF, Atom and JSON Feed to entries that never lie about their time."""

from hoiam.kit.news.feeds.reading import read_feed

__all__ = ["read_feed"]
