"""The right to speak, asked at the moment of speaking: head, permanent spokesperson, or authorised for this case."""

from dataclasses import dataclass
from datetime import datetime

from hoiam.agencies.models import Official
from hoiam.core.errors import InvalidInput
from hoiam.handling.models import Authorisation, Case
from hoiam.handling.queries.speaking import Speaker, law_of, speakers_of
from hoiam.handling.states import SpeakingBasis
from hoiam.kit.vietnamese import VIETNAM, show_datetime, squash

LONGEST_NAME = 150


@dataclass(frozen=True)
class Right:
    """Who spoke and in which right, as a statement keeps it."""

    spokesperson: str
    official: Official | None
    basis: SpeakingBasis
    authorisation: Authorisation | None = None
    outside_reason: str = ""


def right_to_speak(
    case: Case, at: datetime, *, official: Official | None, name: str, outside_reason: str
) -> Right:
    """In which right this person spoke on the case at the moment.

    A name typed is matched to a person who had the right then ("Trịnh Mai Lan, người phát ngôn" is she). A speaker of
    another body (the ministry) is typed with the reason why the statement stands on this case.

    Raises:
        InvalidInput: the person had no right at that moment; the sentence names who had.
    """
    speakers, typed = speakers_of(case, at), squash(name)
    found = _person(speakers, official, typed)
    if found is not None:
        said = typed or f"{found.official}, {found.title or found.basis.label}"
        return Right(said[:LONGEST_NAME], found.official, found.basis, found.authorisation)
    if official is None and typed and outside_reason.strip():
        return Right(
            typed[:LONGEST_NAME], None, SpeakingBasis.OUTSIDE, None, outside_reason.strip()
        )
    if official is None and not typed:
        raise InvalidInput("Ghi người phát ngôn.", "spokesperson")
    raise InvalidInput(_refusal(case, at, official or typed, speakers), "spokesperson")


def _person(speakers: list[Speaker], official: Official | None, typed: str) -> Speaker | None:
    if official is not None:
        return next((each for each in speakers if each.official.pk == official.pk), None)
    name = typed.split(",")[0].strip().casefold()
    alike = [each for each in speakers if each.official.full_name.casefold() == name]
    return alike[0] if len({each.official.pk for each in alike}) == 1 else None


def _refusal(case: Case, at: datetime, who: object, speakers: list[Speaker]) -> str:
    law = law_of(case.agency, at.astimezone(VIETNAM).date())
    source = f" ({law.source})" if law else ""
    told = "; ".join(str(each) for each in speakers)
    may = f"Được phát ngôn lúc đó: {told}." if told else "Lúc đó chưa ghi ai được phát ngôn."
    return (
        f"{who} không có quyền phát ngôn về vụ việc này lúc {show_datetime(at)}{source}. {may} "
        "Nếu người nói thuộc cơ quan khác, hãy ghi rõ lý do."
    )
