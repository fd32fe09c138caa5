"""What the room keeps."""

from hoiam.newsroom.models.article import (
    Article,
    ArticleAuthor,
    ArticlePicture,
    ArticleVersion,
    Section,
)

__all__ = ["Article", "ArticleAuthor", "ArticlePicture", "ArticleVersion", "Section"]
