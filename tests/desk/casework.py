"""A small fictional province for the case pages: its offices, people, one newspaper report and its warning."""

from datetime import date, timedelta

from django.utils import timezone

from hoiam.agencies.models import Agency, Channel, Official, Post, PressAgency
from hoiam.agencies.queries import actor_on
from hoiam.agencies.states import Level, MediaType, Role
from hoiam.handling import actions
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.models import Attribution, Finding, Item, Story, Warning

SAID = "Gia đình không nhận được thông báo cưỡng chế."


def moment():
    """Now, as the pages will see it; its day is the day of Vietnam."""
    return timezone.localtime()


class Province:
    """THADS tỉnh Thanh Giang with its people; `elsewhere` belongs to another province."""

    def __init__(self):
        self.centre = agency("cuc", "Cục Quản lý THADS", Level.CENTRE)
        self.home = agency(
            "thanh-giang", "THADS tỉnh Thanh Giang", Level.PROVINCE, symbol="THADSTG"
        )
        self.region = agency("khu-vuc-2", "Phòng THADS khu vực 2", Level.REGION, parent=self.home)
        self.other = agency("nam-ha", "THADS tỉnh Nam Khê", Level.PROVINCE)
        self.focal = person("hanh", "Nguyễn Thị Hạnh", self.home, Role.FOCAL_POINT)
        self.head = person("tuong", "Đỗ Quốc Tường", self.home, Role.HEAD, "Trưởng THADS tỉnh")
        self.clerk = person("lan", "Lê Thị Lan", self.home, Role.RECORDS_CLERK)
        self.elsewhere = person("khanh", "Phạm Văn Khánh", self.other, Role.HEAD)
        self.paper = PressAgency.objects.create(name="Báo Sông Thanh")
        self.channel = Channel.objects.create(
            press_agency=self.paper, name="Báo Sông Thanh", media_type=MediaType.ONLINE
        )

    def actor(self, official):
        """The official as the pages know them today."""
        return actor_on(official, moment().astimezone(VIETNAM).date())

    def case(self, number=1):
        """A new case of a new story, opened by the focal point two hours ago."""
        warning = self.warning(number)
        at = moment() - timedelta(hours=2)
        return actions.open_case(warning, actor=self.actor(self.focal), now=at)

    def warning(self, number=1):
        """A warning about a report in Báo Sông Thanh."""
        at = moment() - timedelta(hours=5)
        story = Story.objects.create(
            title=f"Cưỡng chế giao nhà ở Bến Thóc {number}", first_at=at, last_at=at, item_count=1
        )
        item = Item.objects.create(
            url=f"https://songthanh.example/{number}",
            url_key=f"{number:064d}",
            channel=self.channel,
            outlet="Báo Sông Thanh",
            title=story.title,
            section="Bạn đọc",
            sapo=SAID,
            body="Phòng Thi hành án dân sự khu vực 2 cưỡng chế giao nhà lúc sáng sớm.",
            published_at=at,
            first_seen_at=at,
            at=at,
            story=story,
        )
        finding = Finding.objects.create(
            item=item,
            severity=3,
            at=at,
            reasons=[{"field": "text", "start": 40, "end": 58, "text": "cưỡng chế", "weight": 1}],
        )
        Attribution.objects.create(
            finding=finding,
            agency=self.region,
            agency_today=self.region,
            name=self.region.name,
            spans=[{"field": "text", "start": 0, "end": 38}],
        )
        story.lead_item = item
        story.save()
        return Warning.objects.create(
            story=story, agency=self.home, severity=3, why="nêu tên", at=at
        )


def agency(code, name, level, **more):
    """An agency in force now."""
    return Agency.objects.create(
        code=code, name=name, full_name=name, level=level, sort_key=name, seat="Thanh Giang", **more
    )


def person(username, full_name, place, role, title=""):
    """An official who holds one post since the new year."""
    official = Official.objects.create_user(username, full_name=full_name)
    Post.objects.create(
        official=official, agency=place, role=role, title=title, valid_from=date(2026, 1, 1)
    )
    return official
