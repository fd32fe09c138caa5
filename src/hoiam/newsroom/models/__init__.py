"""What the room keeps."""

from hoiam.newsroom.models.article import (
    Article,
    ArticleAuthor,
    ArticlePicture,
    ArticleVersion,
    Section,
)
from hoiam.newsroom.models.commission import (
    Commission,
)
from hoiam.newsroom.models.distribution import (
    ArticleNotice,
    DistributionList,
    Package,
    PackageArticle,
    PackageDelivery,
    Receiver,
)
from hoiam.newsroom.models.fact_check import (
    FactCheck,
)
from hoiam.newsroom.models.guest_link import (
    GuestLink,
)
from hoiam.newsroom.models.partner_feed import (
    PartnerFeed,
    PartnerItem,
)
from hoiam.newsroom.models.portal_rows import (
    CountKind,
    Outage,
    PortalCount,
    PortalFoot,
    PortalStamp,
)
from hoiam.newsroom.models.prints import (
    PartnerPrint,
    PrintMark,
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
from hoiam.newsroom.models.submission import (
    Submission,
    SubmissionFile,
    SubmissionPicture,
)

__all__ = [
    "Article",
    "ArticleAuthor",
    "ArticleNotice",
    "ArticlePicture",
    "ArticleVersion",
    "ChannelText",
    "Commission",
    "CountKind",
    "DistributionList",
    "FactCheck",
    "GuestLink",
    "Outage",
    "Package",
    "PackageArticle",
    "PackageDelivery",
    "PartnerFeed",
    "PartnerItem",
    "PartnerPrint",
    "PortalCount",
    "PortalFoot",
    "PortalStamp",
    "PrintMark",
    "Receiver",
    "Section",
    "SocialAct",
    "SocialChannel",
    "SocialMessage",
    "SocialPicture",
    "SocialPost",
    "SocialProof",
    "Submission",
    "SubmissionFile",
    "SubmissionPicture",
]
