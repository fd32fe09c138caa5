"""What the room keeps."""

from hoiam.newsroom.models.article import (
    Article,
    ArticleAuthor,
    ArticlePicture,
    ArticleVersion,
    Section,
)
from hoiam.newsroom.models.social import (
    ChannelText,
    SocialAct,
    SocialChannel,
    SocialMessage,
    SocialPicture,
    SocialPost,
    SocialProof,
)

__all__ = [
    "Article",
    "ArticleAuthor",
    "ArticlePicture",
    "ArticleVersion",
    "ChannelText",
    "Section",
    "SocialAct",
    "SocialChannel",
    "SocialMessage",
    "SocialPicture",
    "SocialPost",
    "SocialProof",
]
