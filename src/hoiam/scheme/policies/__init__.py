"""Who does what in the room, one file a noun; importing them registers every policy."""

from hoiam.scheme.policies import cooperation, doing, reports, rounds, schemes
from hoiam.scheme.policies.reports import ABOVE, is_above
from hoiam.scheme.policies.schemes import giving_agency

__all__ = [
    "ABOVE",
    "cooperation",
    "doing",
    "giving_agency",
    "is_above",
    "reports",
    "rounds",
    "schemes",
]
