"""Who keeps the register of accredited reporters."""

from hoiam.agencies.models import Agency
from hoiam.core.actor import Actor
from hoiam.core.authority import policy
from hoiam.handling.models import Accreditation
from hoiam.handling.policies.roles import CLERKS

REFUSAL = (
    "Chỉ đầu mối truyền thông, lãnh đạo hoặc văn thư của đơn vị được sửa danh sách phóng viên."
)


@policy(Agency, "accredit_reporter", refusal=REFUSAL)
def _accredit(actor: Actor, agency: Agency) -> bool:
    return any(actor.has_role(role, agency_id=agency.pk) for role in CLERKS)


@policy(
    Accreditation,
    "confirm_accreditation",
    "end_accreditation",
    refusal=REFUSAL,
)
def _keep(actor: Actor, accreditation: Accreditation) -> bool:
    return any(actor.has_role(role, agency_id=accreditation.agency_id) for role in CLERKS)
