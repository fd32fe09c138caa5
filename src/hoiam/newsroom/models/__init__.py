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
from hoiam.newsroom.models.distribution import (
    ArticleNotice,
    DistributionList,
    Package,
    PackageArticle,
    PackageDelivery,
    Receiver,
)
from hoiam.newsroom.models.prints import PartnerPrint, PrintMark

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
    "ArticleNotice",
    "ArticlePicture",
    "ArticleVersion",
    "DistributionList",
    "Package",
    "PackageArticle",
    "PackageDelivery",
    "PartnerPrint",
    "PrintMark",
    "Receiver",
    "Section",
]
