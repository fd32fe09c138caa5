"""Rows for the Django tests, built directly and without surprises: fixed dates, fictional names, nothing random."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hoiam.agencies.models import Agency, Channel, Official, Post, PressAgency
from hoiam.agencies.queries import actor_on
from hoiam.agencies.states import Level, MediaType, Role
from hoiam.core.actor import Actor
from hoiam.handling.models import (
    Case,
    CaseItem,
    CaseMoment,
    Clock,
    Evidence,
    FactRow,
    Paper,
    PaperVersion,
    Party,
)
from hoiam.handling.states import CaseState, ClockState, MomentKind, PaperState
from hoiam.kit.rulebook import BADGE
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.models import Clip, Item, Story, Warning

# Wednesday of a week without holidays, under the law in force since 01/7/2026.
NOW = datetime(2026, 8, 5, 9, 0, tzinfo=VIETNAM)
TODAY = NOW.date()
SINCE = date(2026, 7, 1)


@dataclass(frozen=True)
class Tree:
    """The agencies every test stands on."""

    centre: Agency
    province: Agency
    other: Agency
    region1: Agency
    region2: Agency


def agency(code: str, name: str, level: str, **fields) -> Agency:
    """One agency in force."""
    first = {"full_name": name, "sort_key": code, "symbol": code, "seat": name.split()[-1]}
    return Agency.objects.create(code=code, name=name, level=level, **{**first, **fields})


def tree() -> Tree:
    """The centre, two provinces, and two regional offices of the first."""
    centre = agency("CTHADS", "Cục Quản lý THADS", Level.CENTRE, seat="Hà Nội")
    province = agency(
        "THADSTG",
        "THADS tỉnh Thanh Giang",
        Level.PROVINCE,
        full_name="Thi hành án dân sự tỉnh Thanh Giang",
        province="Thanh Giang",
        seat="Thanh Giang",
    )
    other = agency(
        "THADSLH",
        "THADS tỉnh Lam Hà",
        Level.PROVINCE,
        full_name="Thi hành án dân sự tỉnh Lam Hà",
        province="Lam Hà",
        seat="Lam Hà",
    )
    regions = [
        agency(
            f"TG-KV{n}",
            f"Phòng THADS khu vực {n} - Thanh Giang",
            Level.REGION,
            parent=province,
            province="Thanh Giang",
        )
        for n in (1, 2)
    ]
    return Tree(centre, province, other, *regions)


def official(username: str, place: Agency | None = None, *roles: str, **fields) -> Official:
    """An account with a mail address and these roles at one agency, held since `since`."""
    since = fields.pop("since", SINCE)
    first = {"full_name": f"Người {username}", "email": f"{username}@thads.example"}
    person = Official.objects.create(username=username, **{**first, **fields})
    for role in roles:
        Post.objects.create(official=person, agency=place, role=role, valid_from=since)
    return person


def actor(place: Agency, *roles: str, name: str = "", today: date = TODAY) -> Actor:
    """Somebody who holds the roles at the agency today; called again with the same name, the same person."""
    username = name or f"{place.code}-{'-'.join(roles)}".lower()
    person = Official.objects.filter(username=username).first()
    return actor_on(person or official(username, place, *roles), today)


def head(place: Agency) -> Actor:
    """The head of the agency."""
    return actor(place, Role.HEAD)


def focal_point(place: Agency) -> Actor:
    """The agency's focal point for the press."""
    return actor(place, Role.FOCAL_POINT)


def channel(media_type: str = MediaType.ONLINE, name: str = "Báo Sông Thanh", **fields) -> Channel:
    """A channel and the press agency of the same name."""
    press, _ = PressAgency.objects.get_or_create(name=name, defaults={"fictional": True})
    return Channel.objects.create(
        press_agency=press, name=f"{name} ({media_type})", media_type=media_type, **fields
    )


def item(title: str = "Chuyện một bản án ở bến sông", **fields) -> Item:
    """A report as published two hours before `NOW`."""
    at = fields.pop("at", NOW - timedelta(hours=2))
    number = Item.objects.count() + 1
    first = {
        "url": f"https://songthanh.example/ban-doc/{number}",
        "url_key": f"{number:064d}",
        "section": "Bạn đọc",
        "published_at": at,
        "first_seen_at": at + timedelta(minutes=5),
        "at": at,
    }
    return Item.objects.create(title=title, **{**first, **fields})


def clip(of: Item, by: Official, **fields) -> Clip:
    """What a hand-clipped report has beside."""
    return Clip.objects.create(item=of, clipped_by=by, **fields)


def story(*items: Item, title: str = "Chuyện một bản án ở bến sông") -> Story:
    """A story of these reports, the first of them leading."""
    items = items or (item(title),)
    made = Story.objects.create(
        title=title,
        lead_item=items[0],
        first_at=items[0].at,
        last_at=items[-1].at,
        item_count=len(items),
        outlet_count=len(items),
        severity=2,
    )
    for one in items:
        one.story = made
        one.save(update_fields=["story"])
    return made


def warning(place: Agency | None, of: Story | None = None, **fields) -> Warning:
    """A story put before the agency an hour before `NOW`, to be screened by noon."""
    first = {
        "severity": 2,
        "why": "nêu tên cơ quan",
        "at": NOW - timedelta(hours=1),
        "due_at": NOW + timedelta(hours=3),
    }
    return Warning.objects.create(story=of or story(), agency=place, **{**first, **fields})


def case(place: Agency, state: str = CaseState.RECEIVED, by: Official | None = None, **fields):
    """A case in any state, built directly, with its lead report when a story is given."""
    by = by or Official.objects.filter(username="mo-ho-so").first() or official("mo-ho-so")
    ordinal = Case.objects.system("test").filter(agency=place, year=NOW.year).count() + 1
    first = {
        "year": NOW.year,
        "ordinal": ordinal,
        "title": f"Vụ việc {ordinal}",
        "opened_at": NOW,
        "opened_by": by,
    }
    if state == CaseState.CLOSED:
        first |= {"result": "no_duty", "closed_at": NOW}
    made = Case.objects.create(agency=place, state=state, **{**first, **fields})
    if made.story and made.story.lead_item:
        CaseItem.objects.create(
            case=made, item=made.story.lead_item, is_lead=True, added_at=made.opened_at
        )
    return made


def party(of: Case, place: Agency, role: str, person: Official | None = None) -> Party:
    """A unit's part in a case."""
    return Party.objects.create(case=of, agency=place, role=role, official=person)


def moment(of: Case, at: datetime = NOW, kind: str = MomentKind.RECEIVED) -> CaseMoment:
    """A recorded moment."""
    return CaseMoment.objects.create(
        case=of, kind=kind, at=at, recorded_at=at, recorded_by=of.opened_by
    )


def fact(of: Case, *, right: bool | None = False, truth: str = "Đã thi hành xong ngày 20/6/2026"):
    """A complete row of the facts table."""
    return FactRow.objects.create(
        case=of,
        position=of.facts.count() + 1,
        claim="Bản án hai năm chưa thi hành",
        truth=truth,
        evidence="Biên bản giao tiền",
        is_claim_right=right,
        written_by=of.opened_by,
        written_at=NOW,
    )


def clock(of: Case, rule: str = "MD-03", due_at: datetime | None = None, **fields) -> Clock:
    """A running clock; one of a product default carries the badge."""
    first = {
        "title": f"Việc {rule}",
        "source": "nguồn",
        "confidence": "A",
        "badge": BADGE if rule.startswith("MD-") else "",
        "started_at": NOW - timedelta(days=1),
        "unit": "calendar_day",
        "state": ClockState.RUNNING,
        "holder": of.holder,
    }
    return Clock.objects.create(case=of, rule=rule, due_at=due_at, **{**first, **fields})


def paper(of: Case, state: str = PaperState.DRAFT, by: Official | None = None, **fields) -> Paper:
    """A paper in any state, built directly, with the version of who drafted it."""
    by = by or Official.objects.filter(username="soan-thao").first() or official("soan-thao")
    first = {
        "kind": "response",
        "subject": "phản hồi thông tin",
        "addressee": "Báo Sông Thanh",
        "body": "Nội dung",
        "drafted_at": NOW,
    }
    if state != PaperState.DRAFT:
        first["submitted_at"] = NOW
    if state in {PaperState.SENT, PaperState.DELIVERED}:
        first["sent_at"] = NOW
    made = Paper.objects.create(
        case=of, agency=of.agency, state=state, drafted_by=by, **{**first, **fields}
    )
    PaperVersion.objects.create(paper=made, body=made.body, fields=made.fields, by=by, at=NOW)
    return made


def evidence(of: Case, title: str = "Biên bản", **fields) -> Evidence:
    """A file's row; its bytes are nowhere."""
    first = {
        "file_name": "bien-ban.pdf",
        "content_type": "application/pdf",
        "blob": "a" * 64,
        "size": 9,
    }
    return Evidence.objects.create(
        case=of, title=title, added_by=of.opened_by, added_at=NOW, **{**first, **fields}
    )
