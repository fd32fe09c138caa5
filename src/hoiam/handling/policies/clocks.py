"""Who gives more time, stops and starts a clock."""

from hoiam.core.actor import Actor
from hoiam.core.authority import policy
from hoiam.handling.models import Clock
from hoiam.handling.policies.roles import DECIDERS, at_case


@policy(
    Clock,
    "extend_clock",
    "pause_clock",
    "resume_clock",
    refusal="Gia hạn, tạm dừng đồng hồ do thủ trưởng hoặc người được giao quyết định.",
)
def _clock(actor: Actor, clock: Clock) -> bool:
    return at_case(actor, clock.case, DECIDERS)
