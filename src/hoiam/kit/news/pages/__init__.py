"""Article pages: title, sapo, body, author and time from any HTML."""

from hoiam.kit.news.pages.reading import extract

__all__ = ["extract"]
