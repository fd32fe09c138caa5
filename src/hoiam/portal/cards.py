"""The public list as a page and a machine read it: agencies with the people who speak for them and their accounts."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from hoiam.agencies.models import Agency, OfficialAccount, Spokesperson
from hoiam.agencies.queries import public_accounts, public_spokespersons
from hoiam.agencies.states import Level
from hoiam.handling.models import Authorisation
from hoiam.handling.queries.speaking import public_authorisations
from hoiam.kit.vietnamese import fold, nfc, show_date


@dataclass(frozen=True)
class Card:
    """One person who may speak: who, in what right, where to be reached, until when."""

    name: str
    title: str
    kind: str
    kind_label: str
    phone: str
    email: str
    since: date
    until: date | None = None
    matter: str = ""

    @property
    def phone_link(self) -> str:
        """The number as a telephone dials it."""
        return "".join(c for c in self.phone if c.isdigit() or c == "+")

    @property
    def term(self) -> str:
        """How long: only where it has an end."""
        return f"từ {show_date(self.since)} đến {show_date(self.until)}" if self.until else ""


@dataclass
class Speaking:
    """One agency with its cards and accounts."""

    agency: Agency
    cards: list[Card] = field(default_factory=list)
    accounts: list[OfficialAccount] = field(default_factory=list)


@dataclass(frozen=True)
class Listing:
    """The whole list: the centre, then the provinces in Vietnamese order."""

    groups: tuple[tuple[str, tuple[Speaking, ...]], ...]
    updated_at: datetime | None
    count: int


GROUPS = {
    Level.CENTRE: "Trung ương",
    Level.PROVINCE: "Các tỉnh, thành phố",
    Level.REGION: "Các Phòng khu vực",
}


def listing(day: date, query: str = "") -> Listing:
    """Who may speak today; with words typed, those whose agency, name or office holds each of them, marks or not."""
    people = list(public_spokespersons(day))
    accounts = list(public_accounts(day))
    found: dict[int, Speaking] = {}
    for person in people:
        place = found.setdefault(person.agency_id, Speaking(person.agency))
        place.cards.append(_card(person))
    authorised = list(public_authorisations(day))
    for given in authorised:
        place = found.setdefault(given.agency_id, Speaking(given.agency))
        place.cards.append(_authorised(given))
    for account in accounts:
        place = found.setdefault(account.agency_id, Speaking(account.agency))
        place.accounts.append(account)
    shown = _named(found.values(), query)
    moments = [person.changed_at for person in people] + [each.saved_at for each in accounts]
    moments += [given.signed_at for given in authorised if given.signed_at]
    return Listing(_grouped(shown), max(moments, default=None), sum(len(s.cards) for s in shown))


def _card(person: Spokesperson) -> Card:
    return Card(
        name=person.official.full_name,
        title=person.title,
        kind=person.kind,
        kind_label=str(person.get_kind_display()),
        phone=person.phone,
        email=person.email,
        since=person.valid_from,
        until=person.valid_to,
    )


def _authorised(given: Authorisation) -> Card:
    return Card(
        name=given.official.full_name,
        title=given.title,
        kind="authorised",
        kind_label="Được ủy quyền, một vụ việc",
        phone="",
        email="",
        since=given.from_on,
        until=given.to_on,
        matter=given.matter,
    )


def _named(places: Iterable[Speaking], query: str) -> list[Speaking]:
    words = fold(nfc(query)).split()
    kept = []
    for place in places:
        about = f"{place.agency.name} {place.agency.full_name} {place.agency.province}"
        if all(word in fold(about) for word in words):
            kept.append(place)
            continue
        cards = [
            c for c in place.cards if all(w in fold(f"{about} {c.name} {c.title}") for w in words)
        ]
        if cards:
            kept.append(Speaking(place.agency, cards, place.accounts))
    return kept


def _grouped(places: Iterable[Speaking]) -> tuple[tuple[str, tuple[Speaking, ...]], ...]:
    ordered = sorted(places, key=lambda place: (place.agency.sort_key, place.agency.pk))
    groups = (
        (title, tuple(place for place in ordered if place.agency.level == level))
        for level, title in GROUPS.items()
    )
    return tuple((title, rows) for title, rows in groups if rows)


def as_json(found: Listing, day: date) -> dict[str, Any]:
    """The list for machines; days and moments in ISO 8601."""
    return {
        "day": day.isoformat(),
        "updated": found.updated_at.isoformat() if found.updated_at else None,
        "agencies": [
            {
                "name": place.agency.full_name,
                "level": place.agency.level,
                "province": place.agency.province or None,
                "spokespersons": [_card_json(card) for card in place.cards],
                "accounts": [
                    {
                        "platform": account.platform,
                        "name": account.name,
                        "url": account.url,
                        "since": account.since.isoformat(),
                    }
                    for account in place.accounts
                ],
            }
            for _, rows in found.groups
            for place in rows
        ],
    }


def _card_json(card: Card) -> dict[str, Any]:
    return {
        "name": card.name,
        "title": card.title,
        "kind": card.kind,
        "phone": card.phone or None,
        "email": card.email or None,
        "since": card.since.isoformat(),
        "until": card.until.isoformat() if card.until else None,
        "matter": card.matter or None,
    }
