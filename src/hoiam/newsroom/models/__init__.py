"""What the room keeps."""

from hoiam.newsroom.models.article import (
    Article,
    ArticleAuthor,
    ArticlePicture,
    ArticleVersion,
    Section,
)
from hoiam.newsroom.models.partner_feed import PartnerFeed, PartnerItem
from hoiam.newsroom.models.portal_rows import CountKind, Outage, PortalCount, PortalStamp

__all__ = [
    "Article",
    "ArticleAuthor",
    "ArticlePicture",
    "ArticleVersion",
    "CountKind",
    "Outage",
    "PartnerFeed",
    "PartnerItem",
    "PortalCount",
    "PortalStamp",
    "Section",
]
