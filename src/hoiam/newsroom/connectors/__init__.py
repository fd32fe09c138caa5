"""How the house speaks to platforms: one interface, one file a platform. What has no interface is done by hand."""

from hoiam.newsroom.connectors.base import (
    AnswerLost,
    AskedToRest,
    ChannelFault,
    Comment,
    Connector,
    Done,
    Keys,
    MakeFetcher,
    NotOffered,
    NotReached,
    Outgoing,
    OutPicture,
    Place,
    Refused,
    Seen,
    TargetGone,
    TokenRefused,
    same_text,
)
from hoiam.newsroom.connectors.facebook import Facebook
from hoiam.newsroom.connectors.webhook import Webhook
from hoiam.newsroom.connectors.zalo import Zalo

CONNECTORS: dict[str, type[Connector]] = {"facebook": Facebook, "zalo": Zalo, "webhook": Webhook}

__all__ = [
    "CONNECTORS",
    "AnswerLost",
    "AskedToRest",
    "ChannelFault",
    "Comment",
    "Connector",
    "Done",
    "Facebook",
    "Keys",
    "MakeFetcher",
    "NotOffered",
    "NotReached",
    "OutPicture",
    "Outgoing",
    "Place",
    "Refused",
    "Seen",
    "TargetGone",
    "TokenRefused",
    "Webhook",
    "Zalo",
    "same_text",
]
