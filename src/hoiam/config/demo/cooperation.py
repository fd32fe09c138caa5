"""Cooperation in the demonstration: an agreement, one that ends soon, a contract; all of them fictional."""

from collections.abc import Callable
from datetime import date, datetime

from hoiam.agencies.actions import SentFile
from hoiam.agencies.models import Agency, Official
from hoiam.config.demo.moments import Now
from hoiam.config.demo.playing import Queue
from hoiam.core.actor import Actor
from hoiam.kit.vietnamese import VIETNAM
from hoiam.scheme.actions import agreement_results as results
from hoiam.scheme.actions import agreements, trainees, training, training_needs, training_plans
from hoiam.scheme.actions.agreements import AgreementTyped
from hoiam.scheme.clauses import sample_clauses
from hoiam.scheme.models import Agreement

SIGNED = SentFile("ban-ky-hu-cau.pdf", b"%PDF-1.4\n% Van ban hu cau, chi de tap huan\n%%EOF\n")
ActorOf = Callable[[str, datetime], Actor]


class CooperationPlay:
    """What the province agreed with its press, as events."""

    def __init__(
        self, clock: Now, agencies: dict[str, Agency], people: dict[str, Official], actor: ActorOf
    ) -> None:
        self.clock, self.actor, self.people = clock, actor, people
        self.region = agencies["phong-thads-kv2-thanh-giang"]
        self.province = agencies["thads-thanh-giang"]

    def schedule(self, queue: Queue) -> None:
        """Every step as an event."""
        before = self.clock.before
        queue.add(before("58d 09:00"), self.regulation)
        queue.add(before("40d 09:00"), self.programme)
        queue.add(before("30d 10:00"), self.contract)
        queue.add(before("2d 15:00"), self.draft)
        queue.add(before("50d 08:30"), self.train)
        queue.add(before("3d 09:20"), self.plan_more)

    def _signed(self, at: datetime, typed: AgreementTyped, number: str, last: int) -> Agreement:
        desk, day = self.actor("dau-moi", at), self._day(at)
        made = agreements.draft_agreement(self.province, actor=desk, now=at, typed=typed)
        return agreements.sign_agreement(
            made, actor=desk, now=at, number=number, signed_on=day, valid_from=day,
            valid_to=self.clock.days_ago(-last), our_signer="Đỗ Quốc Tường",
            their_signers=("Tổng Biên tập",), file=SIGNED,
        )  # fmt: skip

    def _day(self, at: datetime) -> date:
        return at.astimezone(VIETNAM).date()

    def regulation(self, at: datetime) -> None:
        """The agreement with the local paper: seven clauses, a result, a review, a contact."""
        desk = self.actor("dau-moi", at)
        made = self._signed(
            at,
            AgreementTyped(
                kind="regulation",
                title="Quy chế phối hợp giữa Thi hành án dân sự tỉnh Thanh Giang và Báo Sông Thanh",
                parties=("Báo Sông Thanh",),
                media_types=("online", "daily_print"),
                is_core=True,
                clauses=tuple((each.kind, each.text) for each in sample_clauses().clauses),
            ),
            "05/QCPH-THADSTG",
            700,
        )
        agreements.add_contact(
            made, actor=desk, now=at, full_name="Hà Văn Sóng", title="Ban Bạn đọc",
            phone="0200 000 210", email="toasoan@songthanh.example",
        )  # fmt: skip
        results.record_result(
            made.clauses.get(kind="questions"), actor=desk, now=at, happened_on=self._day(at),
            title="Chuyên mục Hỏi – đáp thi hành án, kỳ 1 đến kỳ 3", count=3, paper="31/CV-BST",
        )  # fmt: skip
        results.record_review(
            made, actor=desk, now=at, held_on=self._day(at), place="Trụ sở Báo Sông Thanh",
            conclusions="Hai bên thống nhất mở chuyên mục hằng tuần; giao ban đầu mối mỗi quý.",
        )  # fmt: skip

    def programme(self, at: datetime) -> None:
        """A programme with the broadcaster that ends within the product's days of warning."""
        clauses = (
            ("news", "Chuyên đề Thi hành án và đời sống trên Kênh TG1, phát thanh Thanh Giang"),
            ("information", "Cung cấp lịch các vụ việc lớn, kết quả thi hành án hằng quý"),
        )
        self._signed(
            at,
            AgreementTyped(
                kind="programme",
                title="Chương trình phối hợp tuyên truyền với Đài Truyền hình Thanh Giang",
                parties=("Đài Truyền hình Thanh Giang", "Hội Luật gia tỉnh Thanh Giang"),
                media_types=("television", "radio"),
                clauses=clauses,
            ),
            "12/CTr-THADSTG",
            25,
        )

    def contract(self, at: datetime) -> None:
        """A contract for features, half of it accepted."""
        made = self._signed(
            at,
            AgreementTyped(
                kind="contract",
                title="Hợp đồng thực hiện 06 phóng sự về thi hành án dân sự",
                parties=("Đài Truyền hình Thanh Giang",),
                media_types=("television",),
                value=60_000_000,
            ),
            "03/HĐ-THADSTG",
            150,
        )
        results.record_acceptance(
            made, actor=self.actor("dau-moi", at), now=at, accepted_on=self._day(at),
            delivered="Phóng sự số 1 đến số 3, đã phát sóng", count=3, value=30_000_000,
            accepted_by="Vũ Đình Khoan, Chánh Văn phòng", paper="01/BBNT",
        )  # fmt: skip

    def draft(self, at: datetime) -> None:
        """A draft that waits."""
        typed = AgreementTyped(
            kind="joint_plan",
            title="Kế hoạch liên tịch tuyên truyền ngày truyền thống",
            parties=("Tạp chí Nắng Hạ",),
            clauses=(("news", "Số chuyên đề về thi hành án dân sự"),),
        )
        agreements.draft_agreement(
            self.province, actor=self.actor("dau-moi", at), now=at, typed=typed
        )

    def train(self, at: datetime) -> None:
        """The plan of the year, and a session held with three people."""
        desk, head = self.actor("dau-moi", at), self.actor("truong", at)
        day = self._day(at)
        made = training.plan_training(
            self.province, actor=desk, now=at, title="Kỹ năng phát ngôn, trả lời phỏng vấn",
            starts_on=day, place="Hội trường Thi hành án dân sự tỉnh",
            trainer="Nhà báo Hà Văn Sóng (hư cấu)", for_roles=("spokesperson", "press_officer"),
            content="Quy định về phát ngôn; trả lời thử trước ống kính; rút kinh nghiệm.",
        )  # fmt: skip
        plan = training_plans.make_training_plan(self.province, actor=desk, now=at, year=day.year)
        training_plans.submit_training_plan(plan, actor=desk, now=at)
        plan.refresh_from_db()
        training_plans.approve_training_plan(plan, actor=head, now=at)
        rows = [
            trainees.add_trainee(made, actor=desk, now=at, role=role, official=self.people[who])
            for who, role in (
                ("phat-ngon", "spokesperson"),
                ("dau-moi", "press_officer"),
                ("chanh-vp", "press_officer"),
            )
        ]
        trainees.mark_trainees(
            made,
            actor=desk,
            now=at,
            marks=[
                trainees.Mark(row.pk, row is not rows[2], "" if row is rows[2] else "passed")
                for row in rows
            ],
        )
        training.hold_training(
            made, actor=desk, now=at, outcome="Hai người đạt; một người vắng vì trực."
        )

    def plan_more(self, at: datetime) -> None:
        """A session to come, and what a region asks for."""
        desk = self.actor("dau-moi", at)
        training.plan_training(
            self.province, actor=desk, now=at, title="Viết tin, chụp ảnh cho cộng tác viên",
            starts_on=self.clock.days_ago(-20), for_roles=("contributor",),
        )  # fmt: skip
        training_needs.raise_training_need(
            self.region,
            actor=self.actor("truong-kv2", at),
            now=at,
            topic="Chụp ảnh, quay ngắn tại hiện trường",
            role="contributor",
            people=2,
            why="Hai cộng tác viên mới chưa quen.",
        )
