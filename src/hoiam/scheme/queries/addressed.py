"""Whom a paper is addressed to (kính gửi), as units of the System: what "các đơn vị" in it means."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from hoiam.agencies.models import Agency
from hoiam.scheme.models import ReportRound, SourcePaper
from hoiam.scheme.queries.parts import Units
from hoiam.scheme.queries.units import Register, parts_meant

TO_ROUND = "round"


def addressees_of(paper: SourcePaper) -> list[str]:
    """The bodies the paper is addressed to, in its words; none when the machine read none."""
    return [str(words) for words in paper.reading.get("addressees") or ()]


def addressed_parts(paper: SourcePaper, today: date) -> list[dict[str, Any]]:
    """The units and classes that the addressees name for certain, as a task keeps them; others are left out, never guessed."""
    issued = (paper.confirmed or paper.reading.get("copy") or {}).get("head", {}).get("issued_on")
    register = Register(date.fromisoformat(issued) if issued else None, today)
    return parts_meant(register, ";".join(addressees_of(paper)), [])


def units_named(round_: ReportRound, below: Iterable[Agency], today: date) -> list[Agency]:
    """Of the agencies below the round's owner, those its paper asks for reports; its addressees where the demand names none."""
    if round_.paper is None:
        return []
    rows = round_.paper.confirmed.get("obligations", [])
    parts = [
        part for row in rows if row.get("becomes") == TO_ROUND for part in row.get("units", ())
    ]
    units = Units(round_.owner, today)
    keys = {pk for part in parts or addressed_parts(round_.paper, today) for pk in units.of(part)}
    return [agency for agency in below if agency.pk in keys]
