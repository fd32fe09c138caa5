"""Receipt numbers and codes nobody guesses."""

import secrets
from datetime import datetime

from django.db.models import Max

from hoiam.agencies.models import Agency
from hoiam.kit.vietnamese import VIETNAM
from hoiam.letters.models import LegalQuestion, ReaderLetter

# Letters and digits nobody mistakes for another when reading a code over the telephone.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
GROUPS, GROUP_SIZE = 4, 4


def next_number(
    model: type[ReaderLetter] | type[LegalQuestion], agency: Agency, at: datetime
) -> dict[str, int]:
    """Year and ordinal the agency's next row takes; its row stays locked, so that two never take the same."""
    Agency.objects.select_for_update(of=("self",), no_key=True).get(pk=agency.pk)
    year = at.astimezone(VIETNAM).year
    rows = model.objects.system("number of the next one").filter(agency=agency, year=year)
    return {"year": year, "ordinal": (rows.aggregate(last=Max("ordinal"))["last"] or 0) + 1}


def new_code() -> str:
    """A code that opens the public page of one letter to who wrote it."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(GROUP_SIZE)) for _ in range(GROUPS))
    return "-".join(groups)
