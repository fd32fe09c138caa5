"""What the tests of this room begin with: a fictional province, its people, and reports about it."""

from datetime import UTC, date, datetime, timedelta

from hoiam.agencies.actions import create_official
from hoiam.agencies.models import Agency, Succession
from hoiam.agencies.queries import actor_on
from hoiam.kit.vietnamese import sort_key
from hoiam.monitoring.actions.incoming import Incoming
from hoiam.monitoring.actions.intake import take_in
from hoiam.monitoring.models import Item, SourceDay, Warning

NOW = datetime(2026, 8, 5, 2, 0, tzinfo=UTC)  # Wednesday, 09:00 in Viet Nam
TODAY = date(2026, 8, 5)

GRAVE = Incoming(
    title="THADS tỉnh Thanh Giang bị tố chậm chi trả tiền thi hành án",
    url="https://bao-song-thanh.example/cham-tra-tien-1.html",
    sapo="Người được thi hành án ở tỉnh Thanh Giang khiếu nại Thi hành án dân sự tỉnh Thanh Giang.",
    body="Ông Trần Văn Thử nói cơ quan thi hành án dân sự tỉnh Thanh Giang chậm chi trả tiền và đề nghị đính chính.",
    outlet="Báo Sông Thanh",
    published_at=datetime(2026, 8, 5, 1, 0, tzinfo=UTC),
    published_raw="05/08/2026 08:00",
    published_from="feed",
)
QUIET = Incoming(
    title="Cơ quan thi hành án dân sự tổ chức hội thao",
    url="https://bao-do-moi.example/hoi-thao-2.html",
    sapo="Hội thao chào mừng ngày truyền thống của ngành thi hành án dân sự.",
    outlet="Báo Đò Mới",
    published_at=datetime(2026, 8, 5, 1, 30, tzinfo=UTC),
)
ELSEWHERE = Incoming(
    title="Giá rau ở chợ đầu mối Lam Hải tăng nhẹ sau mưa lớn",
    url="https://bao-do-moi.example/gia-rau-3.html",
    sapo="Tiểu thương cho biết lượng rau về chợ giảm vì đường vào chợ bị ngập.",
    outlet="Báo Đò Mới",
    published_at=datetime(2026, 8, 5, 1, 40, tzinfo=UTC),
)


def make_agency(code, name, level, **fields):
    """An agency of the register."""
    full = name.replace("THADS", "Thi hành án dân sự")
    return Agency.objects.create(
        code=code, name=name, full_name=full, sort_key=sort_key(name), level=level, **fields
    )


def follow(old, new, since=date(2025, 7, 1)):
    """A succession."""
    return Succession.objects.create(predecessor=old, successor=new, since=since)


def make_actor(agency, role, **fields):
    """Who acts, as of the tests' day."""
    username = fields.pop("username", f"{role}-{agency.code}"[:60])
    fields.setdefault("full_name", "Nguyễn Văn Thử")
    official = create_official(agency, actor=None, now=NOW, username=username, role=role, **fields)
    return actor_on(official, TODAY)


def take(*reports, now=NOW, **kwargs):
    """What the reports became."""
    return take_in(list(reports), now=now, **kwargs)


def note_past(
    source, *, hours=range(6, 22), weekdays=range(7), past=28, ahead=7, gave=True, today=TODAY
):
    """The ledger of a source read each day around this day, with something in each of these hours until then."""
    for n in range(-past, ahead + 1):
        day = today + timedelta(days=n)
        kept = len(hours) * (gave and n < 0 and day.weekday() in weekdays)
        mask = sum(1 << hour for hour in hours) if kept else 0
        SourceDay.objects.create(source=source, day=day, readings=96, kept=kept, hours=mask)


def warnings_of(item: Item):
    """The rows of the item's story, oldest first."""
    item = Item.objects.get(pk=item.pk)
    rows = Warning.objects.system("a test looks").filter(story=item.story)
    return list(rows.select_related("agency", "story").order_by("pk"))


def fresh(warning):
    """The row as it stands now."""
    return (
        Warning.objects.system("a test looks").select_related("agency", "story").get(pk=warning.pk)
    )
