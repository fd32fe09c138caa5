"""The link a guest came by."""

import hashlib

from hoiam.newsroom.models import GuestLink, Submission
from hoiam.newsroom.states.submissions import ReadingState, SubmissionState

_BUSY = (ReadingState.WAITING, ReadingState.READING)


def link_of(secret: str) -> GuestLink | None:
    """The link with this secret, with what it opens; None when there is none."""
    rows = GuestLink.objects.select_related(
        "commission__agency",
        "commission__section",
        "fact_check__agency",
        "fact_check__asked_agency",
    )
    return rows.filter(digest=hashlib.sha256(secret.encode()).hexdigest()).first()


def piece_to_describe(link: GuestLink, *, lock: bool = False) -> Submission | None:
    """The piece of the link's wish whose pictures still want words, read and not yet in an editor's hand; None: none."""
    if link.commission_id is None:
        return None
    rows = Submission.objects.system("who has the link wrote it").filter(
        commission=link.commission_id,
        writer=None,
        state__in=[SubmissionState.SENT, SubmissionState.ACCEPTED],
        page_key="",
    )
    found: Submission | None = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if found is None or found.files.filter(state__in=_BUSY).exists():
        return None
    return found if found.pictures.filter(alt="").exists() else None
