"""Who follows an outlet, and who goes over its head."""

from hoiam.core.actor import Actor
from hoiam.core.authority import policy
from hoiam.handling.models import OutletWatch
from hoiam.handling.policies.roles import CLERKS, WRITERS, at_case


@policy(
    OutletWatch,
    "look_now",
    "dismiss_proposal",
    "keep_section",
    refusal="Chỉ văn thư, đầu mối truyền thông hoặc lãnh đạo của cơ quan xử lý hồ sơ theo dõi báo.",
)
def _watch(actor: Actor, watch: OutletWatch) -> bool:
    return at_case(actor, watch.case, CLERKS)


@policy(
    OutletWatch,
    "draft_next_round",
    refusal="Chỉ người của cơ quan xử lý hồ sơ được soạn văn bản.",
)
def _draft(actor: Actor, watch: OutletWatch) -> bool:
    return at_case(actor, watch.case, WRITERS)
