"""Who publishes, corrects, withdraws and takes down."""

from hoiam.agencies.models import Agency
from hoiam.agencies.states import Level, Role
from hoiam.core.actor import Actor
from hoiam.core.authority import policy
from hoiam.newsroom.models import Article

PUBLISHERS = (Role.EDITOR, Role.CHIEF_OF_OFFICE, Role.HEAD, Role.DEPUTY)
# Who writes for the portal in the workbench; the focal point does and never decides.
WRITERS = (*PUBLISHERS, Role.FOCAL_POINT)


def _publishes_for(actor: Actor, agency_id: int) -> bool:
    own = any(actor.has_role(role, agency_id=agency_id) for role in PUBLISHERS)
    at_centre = any(post.level == Level.CENTRE and post.role in PUBLISHERS for post in actor.posts)
    return own or at_centre


@policy(
    Agency,
    "publish_article",
    refusal="Chỉ biên tập viên, Chánh Văn phòng hoặc lãnh đạo của đơn vị, của trung ương được đăng bài.",
)
def _publish(actor: Actor, agency: Agency) -> bool:
    return _publishes_for(actor, agency.pk)


@policy(
    Article,
    "correct_article",
    "withdraw_article",
    "take_down_article",
    refusal="Chỉ biên tập viên, Chánh Văn phòng hoặc lãnh đạo của đơn vị, của trung ương được đính chính, rút, gỡ bài.",
)
def _end(actor: Actor, article: Article) -> bool:
    return _publishes_for(actor, article.agency_id)
