"""Who follows an outlet, and who goes over its head."""

from hoiam.core.actor import Actor
from hoiam.core.authority import policy
from hoiam.handling.models import Case, OutletWatch
from hoiam.handling.policies.roles import CLERKS, DECIDERS, WRITERS, at_case


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


@policy(
    Case,
    "begin_rung",
    refusal="Leo thang do thủ trưởng hoặc người được giao quyết định. Hãy trình lãnh đạo.",
)
def _climb(actor: Actor, case: Case) -> bool:
    return at_case(actor, case, DECIDERS)


@policy(
    Case,
    "record_rung",
    refusal="Chỉ văn thư, đầu mối truyền thông hoặc lãnh đạo của cơ quan xử lý hồ sơ được ghi việc leo thang.",
)
def _rung(actor: Actor, case: Case) -> bool:
    return at_case(actor, case, CLERKS)
