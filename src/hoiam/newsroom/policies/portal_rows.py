"""Who looks after the portal itself: planned outages, feeds of partners."""

from hoiam.agencies.models import Agency
from hoiam.agencies.states import Level, Role
from hoiam.core.actor import Actor
from hoiam.core.authority import policy
from hoiam.newsroom.models import Outage, PartnerFeed

KEEPERS = (Role.EDITOR, Role.CHIEF_OF_OFFICE, Role.HEAD, Role.DEPUTY)


def _at_centre(actor: Actor, *roles: str) -> bool:
    return any(post.level == Level.CENTRE and post.role in roles for post in actor.posts)


def _administers(actor: Actor) -> bool:
    # The portal is one for all: an administrator of a province has no say in it.
    return actor.sees_everything and actor.has_role(Role.ADMINISTRATOR)


@policy(
    Agency,
    "announce_outage",
    refusal="Chỉ quản trị được thông báo tạm ngừng dịch vụ.",
)
def _announce(actor: Actor, agency: Agency) -> bool:
    return _administers(actor)


@policy(Outage, "call_off_outage", refusal="Chỉ quản trị được bỏ thông báo tạm ngừng dịch vụ.")
def _call_off(actor: Actor, outage: Outage) -> bool:
    return _administers(actor)


@policy(
    Agency,
    "add_partner_feed",
    refusal="Chỉ quản trị, biên tập viên, Chánh Văn phòng hoặc lãnh đạo ở trung ương được thêm nguồn tin của đơn vị bạn.",
)
def _add(actor: Actor, agency: Agency) -> bool:
    return _administers(actor) or _at_centre(actor, *KEEPERS)


@policy(
    Agency,
    "save_portal_foot",
    refusal="Chỉ quản trị, biên tập viên, Chánh Văn phòng hoặc lãnh đạo ở trung ương được sửa chân trang của Cổng.",
)
def _foot(actor: Actor, agency: Agency) -> bool:
    return _administers(actor) or _at_centre(actor, *KEEPERS)


@policy(
    PartnerFeed,
    "switch_partner_feed",
    refusal="Chỉ quản trị, biên tập viên, Chánh Văn phòng hoặc lãnh đạo ở trung ương được dừng, mở nguồn tin của đơn vị bạn.",
)
def _switch(actor: Actor, feed: PartnerFeed) -> bool:
    return _administers(actor) or _at_centre(actor, *KEEPERS)
