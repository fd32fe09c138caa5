"""Who speaks in the demonstration: appointments, what was published of them, official accounts."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from hoiam.agencies import actions
from hoiam.agencies.actions import SentFile
from hoiam.agencies.models import Agency, Official, Publication
from hoiam.config.demo.moments import Now
from hoiam.core.actor import Actor
from hoiam.kit.vietnamese import VIETNAM

DECISION = b"%PDF-1.4\n% Quyet dinh hu cau, chi de tap huan\n%%EOF\n"
PAGE = "https://thads.thanhgiang.example/nguoi-phat-ngon"


class Queue(Protocol):
    """Where events are put."""

    def add(self, at: datetime, run: Callable[[datetime], None]) -> None:
        """One more event."""


class Speaking:
    """The appointments of the province and of the centre, in the order they were made."""

    def __init__(
        self,
        clock: Now,
        agencies: dict[str, Agency],
        people: dict[str, Official],
        actor: Callable[[str, datetime], Actor],
    ) -> None:
        self.clock, self.people, self.actor = clock, people, actor
        self.province = agencies["thads-thanh-giang"]
        self.centre = agencies.get("tw") or Agency.objects.get(code="tw")

    def schedule(self, queue: Queue) -> None:
        """Every appointment as an event."""
        before = self.clock.before
        queue.add(before("25d 08:30"), self.head)
        queue.add(before("24d 09:10"), self.permanent)
        queue.add(before("24d 10:40"), self.accounts)
        queue.add(before("4h"), self.of_the_centre)

    def head(self, at: datetime) -> None:
        """The head's card."""
        self._appoint(self.province, "truong", "quan-tri", at, kind="head", title="Trưởng Thi hành án dân sự tỉnh", phone="0200 000 118")  # fmt: skip

    def permanent(self, at: datetime) -> None:
        """The permanent spokesperson; found on the public page the same afternoon."""
        made = self._appoint(
            self.province, "phat-ngon", "truong", at, kind="permanent",
            title="Phó Trưởng Thi hành án dân sự tỉnh", phone="0200 000 119",
            decision="118/QĐ-THADSTG", signer="Đỗ Quốc Tường", file=SentFile("qd-118-hu-cau.pdf", DECISION),
        )  # fmt: skip
        seen = at + timedelta(minutes=45)
        actions.record_publication(
            made,
            actor=self.actor("dau-moi", seen),
            now=seen,
            published_at=seen,
            url=PAGE,
            reason="Trang tập huấn không có thật nên máy không đọc được; đã xem tận mắt.",
        )

    def accounts(self, at: datetime) -> None:
        """The pages and accounts the province uses."""
        for platform, name, url in (
            ("website", "Trang thông tin điện tử THADS tỉnh", "https://thads.thanhgiang.example/"),
            ("facebook", "Thi hành án dân sự Thanh Giang", "https://mangxahoi.example/thads-thanh-giang"),
            ("zalo", "Zalo THADS Thanh Giang", "https://zalo.example/thads-thanh-giang"),
        ):  # fmt: skip
            actions.save_account(
                self.province,
                actor=self.actor("dau-moi", at),
                now=at,
                platform=platform,
                name=name,
                url=url,
                since=at.astimezone(VIETNAM).date(),
            )

    def of_the_centre(self, at: datetime) -> None:
        """The head of the centre, just recorded."""
        self._appoint(self.centre, "lanh-dao-cuc", "quan-tri", at, kind="head", title="Lãnh đạo Cục (hư cấu)", phone="024 0000 0000")  # fmt: skip

    def _appoint(
        self, agency: Agency, who: str, recorder: str, at: datetime, **fields: object
    ) -> Publication:
        decided = at - timedelta(minutes=40)
        return actions.appoint_spokesperson(
            agency,
            actor=self.actor(recorder, at),
            now=at,
            official=self.people[who],
            email=f"{who}@thanhgiang.example",
            decided_at=decided,
            valid_from=at.astimezone(VIETNAM).date(),
            **fields,  # type: ignore[arg-type]
        ).publication
