"""Who may speak in an agency's name, by the law of a day and the agency's level."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from hoiam.kit.vietnamese import show_date

from .errors import NotInForce, UnknownName
from .files import read_yaml
from .rules import BADGE, Source

HEAD, PERMANENT, AUTHORISED = "head", "permanent", "authorised"


@dataclass(frozen=True)
class SpeakingLaw:
    """Which kinds of people may speak for an agency of one level, and where that stands.

    `authorised_roles` are the posts an authorised person must hold; empty means anybody may be authorised.
    """

    kinds: tuple[str, ...]
    authorised_roles: tuple[str, ...]
    source: Source
    valid_from: date
    valid_to: date | None
    confidence: str
    default: str = ""

    @property
    def badge(self) -> str | None:
        """Give back the badge where a product default answers, None where law does."""
        return BADGE if self.default else None


def speaking_law(level: str, day: date) -> SpeakingLaw:
    """Give back who may speak for an agency of this level on a day.

    >>> speaking_law("province", date(2026, 6, 30)).kinds
    ('head', 'authorised')
    >>> speaking_law("province", date(2026, 7, 1)).kinds
    ('head', 'permanent', 'authorised')

    Raises:
        NotInForce: the day lies before the first law of the rulebook.
        UnknownName: nobody speaks for that level (a military office is not ours).
    """
    for valid_from, levels in reversed(_laws()):
        if valid_from <= day:
            if level not in levels:
                raise UnknownName(f"Không có quy định về người phát ngôn cho cấp “{level}”.")
            return levels[level]
    first = show_date(_laws()[0][0])
    raise NotInForce(f"Quy định về người phát ngôn chỉ có từ {first}; chọn ngày từ đó trở đi.")


@cache
def _laws() -> tuple[tuple[date, dict[str, SpeakingLaw]], ...]:
    return tuple(
        (
            valid_from,
            {
                level: SpeakingLaw(
                    kinds=tuple(row["kinds"]),
                    authorised_roles=tuple(row.get("authorised", ())),
                    source=Source(law["source"]["document"], law["source"]["clause"]),
                    valid_from=valid_from,
                    valid_to=law["valid_to"],
                    confidence=row["confidence"],
                    default=row.get("default", ""),
                )
                for level, row in law["levels"].items()
            },
        )
        for valid_from, law in sorted(read_yaml("speakers.yaml").items())
    )
