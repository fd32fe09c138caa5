"""Who does what in the room, one file a noun; importing them registers every policy."""

from hoiam.scheme.policies import cooperation, reports
from hoiam.scheme.policies.reports import ABOVE, is_above

__all__ = ["ABOVE", "cooperation", "is_above", "reports"]
