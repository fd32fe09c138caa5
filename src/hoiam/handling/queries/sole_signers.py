"""Whether an agency's one signer may approve what the same person drafted."""

from hoiam.agencies.models import Agency
from hoiam.handling.models import SoleSignerPermit
from hoiam.kit.rulebook import default

FOR_ALL = "MD-55"


def permit_of(agency: Agency) -> SoleSignerPermit | None:
    """The permit in force, with who gave it; None without."""
    rows = SoleSignerPermit.objects.filter(agency=agency, ended_at=None)
    return rows.select_related("allowed_by").first()


def is_permitted(agency: Agency) -> bool:
    """Whether the superior lets this agency, or the house lets all (MD-55, off)."""
    return bool(default(FOR_ALL).value) or permit_of(agency) is not None
