"""Who sends a text for review, who takes it back, who decides."""

from hoiam.agencies.models import Agency
from hoiam.agencies.queries import case_agency
from hoiam.agencies.states import Level
from hoiam.core import authority
from hoiam.core.actor import Actor
from hoiam.core.authority import policy
from hoiam.newsroom.models import Section
from hoiam.newsroom.policies.articles import PUBLISHERS
from hoiam.workbench.models import Review
from hoiam.workbench.rights import may_enter


@policy(
    Agency,
    "send_for_review",
    "write_from_material",
    refusal="Chỉ biên tập viên, đầu mối truyền thông, Chánh Văn phòng hoặc lãnh đạo của đơn vị được soạn và gửi duyệt bài.",
)
def _writes(actor: Actor, agency: Agency) -> bool:
    return may_enter(actor) and actor.sees(agency.pk)


@policy(
    Review,
    "approve_text",
    "return_text",
    refusal="Chỉ biên tập viên, Chánh Văn phòng hoặc lãnh đạo của đơn vị, của trung ương được duyệt bài.",
)
def _decides(actor: Actor, review: Review) -> bool:
    agency = case_agency(review.agency)
    return actor.sees(review.agency_id) and authority.can(actor, "publish_article", agency)


@policy(
    Review, "drop_review", refusal="Chỉ người gửi hoặc người duyệt được thôi lần gửi duyệt này."
)
def _drops(actor: Actor, review: Review) -> bool:
    return actor.sees(review.agency_id) and (
        actor.pk == review.sent_by_id or _decides(actor, review)
    )


@policy(Section, "save_section", refusal="Danh sách chuyên mục do biên tập của trung ương giữ.")
def _keeps_sections(actor: Actor, section: Section) -> bool:
    return any(post.level == Level.CENTRE and post.role in PUBLISHERS for post in actor.posts)
