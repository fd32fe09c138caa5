"""The link a guest came by."""

import hashlib

from hoiam.newsroom.models import GuestLink


def link_of(secret: str) -> GuestLink | None:
    """The link with this secret, with what it opens; None when there is none."""
    rows = GuestLink.objects.select_related(
        "commission__agency",
        "commission__section",
        "fact_check__agency",
        "fact_check__asked_agency",
    )
    return rows.filter(digest=hashlib.sha256(secret.encode()).hexdigest()).first()
