"""Who speaks in the demonstration: appointments, what was published of them, official accounts."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from hoiam.agencies import actions
from hoiam.agencies.actions import SentFile
from hoiam.agencies.models import Agency, Official, Publication
from hoiam.config.demo.moments import Now
from hoiam.core.actor import Actor
from hoiam.handling.actions import authorisations, breaches, duties, supply
from hoiam.handling.models import Case, Duty
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


class SpokenFor:
    """What follows on the cases: an authorisation, periodic duties, a plan of supply, a breach that was handled."""

    def __init__(self, speaking: Speaking) -> None:
        self.speaking, self.clock, self.actor = speaking, speaking.clock, speaking.actor

    def schedule(self, queue: Queue) -> None:
        """Every step as an event."""
        before = self.clock.before
        queue.add(before("33d 00:20"), lambda at: raise_and_settle(self, at))
        queue.add(before("1d 00:20"), self.raise_again)
        queue.add(before("20d 09:00"), self.plan)
        queue.add(before("6d 10:00"), self.breach)
        queue.add(before("3h"), self.authorise)

    def raise_again(self, at: datetime) -> None:
        """What this month owes."""
        duties.raise_duties(actor=None, now=at)

    def authorise(self, at: datetime) -> None:
        """The deputy speaks on the newest open case for some days; another paper waits for the head."""
        rows = Case.objects.system("a step of the demonstration").filter(
            agency=self.speaking.province
        )
        cases = list(rows.exclude(state="closed").order_by("-opened_at")[:2])
        today = at.astimezone(VIETNAM).date()
        for case, who, title, last in zip(
            cases,
            ("pho", "chanh-vp"),
            ("Phó Trưởng Thi hành án dân sự tỉnh", "Chánh Văn phòng"),
            (self.clock.days_ago(-1), self.clock.days_ago(-6)),
            strict=False,
        ):
            made = authorisations.draft_authorisation(
                case,
                actor=self.actor("dau-moi", at),
                now=at,
                official=self.speaking.people[who],
                title=title,
                matter=f"vụ việc {case.title}",
                from_on=today,
                to_on=last,
                is_listed=True,
            )
            if who == "pho":
                authorisations.sign_authorisation(
                    made, actor=self.actor("truong", at), now=at, number="07/GUQ-THADSTG"
                )

    def plan(self, at: datetime) -> None:
        """The plan of this quarter, approved, one thing done."""
        desk, head = self.actor("dau-moi", at), self.actor("truong", at)
        day = self.clock.today
        made = supply.make_plan(
            self.speaking.province,
            actor=desk,
            now=at,
            year=day.year,
            quarter=(day.month + 2) // 3,
        )
        rows = [
            supply.Planned(topic, form, who, self.clock.days_ago(ago), product)
            for topic, form, who, ago, product in (
                ("Kết quả thi hành án dân sự từ đầu năm", "written", "Trịnh Mai Lan", 12, "Thông cáo báo chí"),
                ("Quy trình bán đấu giá tài sản thi hành án", "portal", "Văn phòng", 2, "Bài hỏi – đáp trên trang"),
                ("Chi trả tiền thi hành án cho người cao tuổi", "briefing", "Đỗ Quốc Tường", -14, "Phát biểu tại giao ban báo chí"),
            )
        ]  # fmt: skip
        supply.write_plan(made, actor=desk, now=at, rows=rows, version=1)
        supply.submit_plan(made, actor=desk, now=at)
        supply.approve_plan(made, actor=head, now=at)
        supply.mark_supplied(
            made.rows.order_by("position")[0], actor=desk, now=at,
            done_on=at.astimezone(VIETNAM).date(), given="TCBC 05, đăng trên trang của tỉnh",
        )  # fmt: skip

    def breach(self, at: datetime) -> None:
        """A statement that came late, handled; and one that waits."""
        head = self.actor("truong", at)
        made = breaches.record_breach(
            self.speaking.province, actor=head, now=at, kind="late", happened_on=self.clock.days_ago(9),
            text="Thông tin ban đầu đưa ra sau hạn 24 giờ vì chờ ý kiến nhiều phòng.",
            found_by="Văn phòng, khi đối chiếu đồng hồ hạn", basis="NĐ 244/2026 Điều 7 khoản 3, Điều 8",
        )  # fmt: skip
        breaches.handle_breach(
            made, actor=head, now=at, handling="reminded", handled_on=self.clock.days_ago(6),
            result="Rút kinh nghiệm tại giao ban; giao Văn phòng dự thảo thông tin ban đầu trong 6 giờ.",
        )  # fmt: skip
        breaches.record_breach(
            self.speaking.province, actor=head, now=at, kind="inconsistent", happened_on=self.clock.days_ago(7),
            text="Giờ bắt đầu việc cưỡng chế nêu khác nhau giữa thông cáo và trả lời phỏng vấn.",
            found_by="Báo Sông Thanh hỏi lại", basis="NĐ 244/2026 Điều 8; Quy chế phát ngôn",
        )  # fmt: skip


def raise_and_settle(spoken: SpokenFor, at: datetime) -> None:
    """Last month's duties, those of the province done."""
    duties.raise_duties(actor=None, now=at)
    rows = Duty.objects.system("a step of the demonstration")
    then = at + timedelta(hours=33)
    for duty in rows.filter(agency=spoken.speaking.province, rule="MD-76"):
        duties.settle_duty(
            duty, actor=spoken.actor("dau-moi", then), now=then, done_at=then,
            given="Đã đăng 4 tin, cập nhật lịch tiếp công dân", url="https://thads.thanhgiang.example/tin",
        )  # fmt: skip
