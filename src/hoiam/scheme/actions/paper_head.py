"""What every Word file of this room begins and ends with: the agency's head and the name of who signs, as a draft."""

from datetime import date
from typing import Any

from hoiam.agencies.models import Agency, Post
from hoiam.agencies.queries import in_force, superior
from hoiam.agencies.states import Role

BLANK = "……"


def head_of_paper(agency: Agency, today: date) -> dict[str, Any]:
    """The fields of the letterhead and of the signature; number and day are given in the register of outgoing papers."""
    above = superior(agency, today)
    posts = Post.objects.filter(in_force(today), agency=agency, role=Role.HEAD)
    head = posts.select_related("official").order_by("id").first()
    return {
        "draft": True,
        "agency": agency.full_name,
        "parent_agency": above.full_name if above else "Bộ Tư pháp",
        "agency_symbol": agency.symbol or BLANK,
        "place": agency.seat or agency.province or "Hà Nội",
        "signer": head.official.full_name if head else BLANK,
        "signer_title": (head.title or head.get_role_display()) if head else BLANK,
    }
