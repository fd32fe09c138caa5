"""Rows of the letters room."""

from hoiam.letters.models.answer import PublishedAnswer

__all__ = ["PublishedAnswer"]
