"""A fictional centre, two provinces and their people, with rows made directly: what the pages of lists are tried on."""

import io
from datetime import datetime, timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from hoiam.agencies.actions import create_official
from hoiam.agencies.models import Agency, Official
from hoiam.handling.models import Case, Clock
from hoiam.kit.vietnamese import VIETNAM, sort_key
from hoiam.monitoring.models import Item, Story, Warning


class SmallWorld:
    """Agencies by name, and rows on demand; `now` is the moment the test began."""

    def __init__(self) -> None:
        self.now = timezone.now()
        self.today = self.now.astimezone(VIETNAM).date()
        self.centre = self.agency("tw", "Cục Quản lý THADS", "centre")
        self.province = self.agency("thads-tg", "THADS tỉnh Thanh Giang", "province", "Thanh Giang")
        self.other = self.agency("thads-lh", "THADS tỉnh Lam Hải", "province", "Lam Hải")
        self.made = 0

    def agency(self, code: str, name: str, level: str, province: str = "", **fields) -> Agency:
        full_name = name.replace("THADS", "Thi hành án dân sự")
        return Agency.objects.create(
            code=code, name=name, full_name=full_name, sort_key=sort_key(name), level=level,
            province=province, **fields,
        )  # fmt: skip

    def person(self, agency: Agency, role: str, **fields) -> Official:
        given = {"username": f"{role}-{agency.code}", "full_name": "Nguyễn Văn Thử"} | fields
        return create_official(
            agency, actor=None, now=self.now - timedelta(days=2), role=role, **given
        )

    def client(self, agency: Agency, role: str) -> Client:
        """A browser where this person is signed in."""
        client = Client()
        client.force_login(self.person(agency, role))
        return client

    def story(
        self, agency: Agency, at: datetime, severity: int = 2, items: int = 1, **fields
    ) -> Warning:
        """A story of some reports at one moment, with its warning."""
        self.made += 1
        title = fields.pop("title", f"Chuyện số {self.made} ở bến sông")
        story = Story.objects.create(title=title, first_at=at, last_at=at, severity=severity)
        for number in range(items):
            self.item(story, at, number, title, **fields)
        return Warning.objects.create(
            story=story, agency=agency, severity=severity, at=at, why="Bài nêu đích danh cơ quan"
        )

    def item(self, story: Story, at: datetime, number: int, title: str, **fields) -> Item:
        defaults = {"outlet": "Báo Sông Thanh", "sapo": "Tóm tắt của bài."}
        return Item.objects.create(
            url_key=f"{story.pk}-{number}-{at.timestamp()}", title=title, first_seen_at=at, at=at,
            story=story, is_relevant=True, **(defaults | fields),
        )  # fmt: skip

    def case(self, agency: Agency, **fields) -> Case:
        """A case opened a day ago."""
        self.made += 1
        return Case.objects.create(
            agency=agency, year=self.today.year, ordinal=self.made,
            title=f"Vụ việc số {self.made}", opened_at=self.now - timedelta(days=1),
            opened_by=self.official_of(agency), **fields,
        )  # fmt: skip

    def official_of(self, agency: Agency) -> Official:
        found = Official.objects.filter(posts__agency=agency).first()
        return found or self.person(agency, "examiner")

    def clock(self, case: Case, due: timedelta, state: str = "run", **fields) -> Clock:
        """A clock of the case, due so long from now."""
        return Clock.objects.create(
            case=case, rule="MD-03", title="Xác minh", source="mặc định", confidence="C",
            started_at=self.now - timedelta(days=5), due_at=self.now + due, state=state,
            unit="calendar_day", **fields,
        )  # fmt: skip


def page(client: Client, url: str, status: int = 200) -> str:
    """The page's text; the first visit warms what a process keeps in memory."""
    answer = client.get(url)
    assert answer.status_code == status
    return answer.content.decode()


def queries_of(client: Client, url: str) -> int:
    """How many queries a page takes once the process is warm."""
    client.get(url)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def sheet(answer):
    """The rows of the first sheet of a spreadsheet that was answered."""
    return list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
