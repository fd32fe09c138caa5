"""Who lets a unit with one signer approve its own drafts: its superior, never itself."""

from hoiam.agencies.models import Agency
from hoiam.agencies.queries import superior
from hoiam.agencies.states import SIGNING_ROLES, Role
from hoiam.core.actor import Actor
from hoiam.core.authority import policy
from hoiam.handling.models import Case
from hoiam.handling.policies.roles import at_case


@policy(
    Agency,
    "allow_sole_signer",
    "end_sole_signer",
    refusal="Chỉ thủ trưởng, cấp phó hoặc Chánh Văn phòng của cơ quan cấp trên được cho phép ngoại lệ này.",
)
def _allow(actor: Actor, agency: Agency) -> bool:
    above = superior(agency, actor.today)
    deciders = (Role.HEAD, Role.DEPUTY, Role.CHIEF_OF_OFFICE)
    return above is not None and any(actor.has_role(role, agency_id=above.pk) for role in deciders)


@policy(
    Case,
    "except_four_eyes",
    refusal="Chỉ người có quyền ký của cơ quan xử lý hồ sơ được ghi ngoại lệ.",
)
def _except(actor: Actor, case: Case) -> bool:
    return at_case(actor, case, tuple(SIGNING_ROLES))
