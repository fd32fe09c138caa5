"""Means of the demonstration: a plan with its money, pieces and contributors, experts, rewards; all of it fictional."""

from datetime import date, datetime

from hoiam.agencies.models import Agency, Official
from hoiam.config.demo.cooperation import ActorOf
from hoiam.config.demo.moments import Now
from hoiam.config.demo.playing import Queue
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.models import Item
from hoiam.scheme.actions import (
    activate_scheme,
    budgets,
    contributions,
    create_scheme,
    experts,
    rewards,
    spending,
)
from hoiam.scheme.actions.scheme_values import SchemeFields, TaskFields
from hoiam.scheme.models import Scheme, Task

# In the product's own words, after the five themes of QĐ 2862 (III.1).
THEMES = (
    "Chủ trương, chính sách, pháp luật về thi hành án dân sự",
    "Tự nguyện thi hành án, phê phán chây ỳ, trốn tránh nghĩa vụ",
    "Nỗ lực của cơ quan, công chức thi hành án dân sự",
    "Khó khăn, vướng mắc khách quan, cần phối hợp, hỗ trợ",
    "Kinh nghiệm hay, cách làm mới để nhân rộng",
)


class MeansPlay:
    """What the province spends, writes and praises, as events."""

    def __init__(
        self, clock: Now, agencies: dict[str, Agency], people: dict[str, Official], actor: ActorOf
    ) -> None:
        self.clock, self.actor, self.people = clock, actor, people
        self.province = agencies["thads-thanh-giang"]
        self.region = agencies["phong-thads-kv2-thanh-giang"]

    def schedule(self, queue: Queue) -> None:
        """Every step as an event."""
        before = self.clock.before
        queue.add(before("45d 14:00"), self.estimate)
        queue.add(before("12d 09:00"), self.write)
        queue.add(before("4d 10:00"), self.ask_expert)
        queue.add(before("3d 14:00"), self.praise)

    def _day(self, at: datetime) -> date:
        return at.astimezone(VIETNAM).date()

    def estimate(self, at: datetime) -> None:
        """The province's own plan with its money: given to a region, one line spent beyond what was given."""
        desk, day = self.actor("dau-moi", at), self._day(at)
        plan = create_scheme(
            self.province,
            actor=desk,
            now=at,
            fields=SchemeFields(
                kind="plan",
                title="Kế hoạch truyền thông về thi hành án dân sự tỉnh Thanh Giang (hư cấu)",
                short="Kế hoạch truyền thông tỉnh",
                number="21/KH-THADSTG",
                issuer=self.province.full_name,
                starts_on=date(day.year, 1, 1),
                ends_on=date(day.year + 1, 12, 31),
            ),
            themes=THEMES,
            tasks=[
                TaskFields(
                    ref="1.1",
                    title="Mở chuyên mục trên báo, đài của tỉnh",
                    products=("Chuyên mục hằng tuần",),
                    time="Thường xuyên",
                    lead=self.province.name,
                    units=({"agency": self.province.pk, "role": "lead"},),
                )
            ],
        )
        activate_scheme(plan, actor=desk, now=at)
        self.spend(plan, plan.tasks.get(), at)

    def spend(self, plan: Scheme, task: Task, at: datetime) -> None:
        """The estimate of the plan: approved, given, spent."""
        desk, day = self.actor("dau-moi", at), self._day(at)
        made = budgets.make_budget(plan, actor=desk, now=at, year=day.year)
        column, feature = (
            budgets.add_budget_line(made, actor=desk, now=at, **line)
            for line in (
                {"title": "Chuyên mục trên Báo Sông Thanh", "amount": 120_000_000, "task": task},
                {
                    "title": "Tài liệu tập huấn",
                    "amount": 30_000_000,
                    "source": "home",
                    "source_name": "Quỹ hỗ trợ Nắng Hạ (hư cấu)",
                },
            )
        )
        budgets.approve_budget(made, actor=desk, now=at, paper="22/QĐ-THADSTG", approved_on=day)
        for line, place, amount in (
            (column, self.province, 90_000_000),
            (feature, self.region, 10_000_000),
        ):
            spending.allot_money(
                line,
                actor=desk,
                now=at,
                agency=place,
                amount=amount,
                paper="23/TB-THADSTG",
                given_on=day,
            )
        for line, place, amount, what, document in (
            (column, self.province, 45_000_000, "Chuyên mục quý", "CT 014"),
            (feature, self.region, 10_800_000, "In tài liệu", "CT 015"),
        ):
            spending.record_spending(
                line,
                actor=desk,
                now=at,
                agency=place,
                amount=amount,
                spent_on=day,
                what=what,
                document=document,
            )

    def write(self, at: datetime) -> None:
        """Two contributors and three pieces; one of them is an item the system collected."""
        desk, day = self.actor("dau-moi", at), self._day(at)
        writers = [
            contributions.add_contributor(
                self.province, actor=desk, now=at, joined_on=day, **person
            )
            for person in (
                {"official": self.people["phat-ngon"], "pen_names": "Mai Lan"},
                {"full_name": "Lý Văn Bút", "title": "Cán bộ hưu trí (hư cấu)"},
            )
        ]
        told = (
            Item.objects.filter(is_relevant=True, finding__stance="positive", at__lt=at)
            .exclude(url="")
            .order_by("pk")
            .first()
        )
        pieces = [
            (
                "Một cửa ở bến sông: chi trả tiền thi hành án trong ngày",
                "https://songthanh.example/ctv/mot-cua-trong-ngay",
            ),
            (
                "Người cao tuổi nhận đủ tiền thi hành án",
                "https://songthanh.example/ctv/nguoi-cao-tuoi",
            ),
        ]
        pieces += [(told.title, told.url)] if told else []
        for number, (title, url) in enumerate(pieces):
            contributions.enter_contribution(
                self.province,
                actor=desk,
                now=at,
                title=title,
                url=url,
                printed_in="Báo Sông Thanh điện tử",
                happened_on=day,
                contributor=writers[number % 2],
            )

    def ask_expert(self, at: datetime) -> None:
        """One expert who agreed and was invited, one not answered yet."""
        desk, day = self.actor("dau-moi", at), self._day(at)
        made = experts.add_expert(
            self.province,
            actor=desk,
            now=at,
            kind="scientist",
            full_name="Phan Thị Luật (hư cấu)",
            fields="Luật dân sự, thi hành án dân sự",
            title="Tiến sĩ",
            workplace="Viện Nghiên cứu Nắng Hạ (hư cấu)",
        )
        experts.record_consent(
            made,
            actor=desk,
            now=at,
            consent="given",
            consent_on=day,
            consent_how="trả lời thư mời",
            email="chuyengia@nangha.example",
        )
        experts.add_work(
            made,
            actor=desk,
            now=at,
            title="Tự nguyện thi hành án: nhìn từ thực tế",
            happened_on=day,
            printed_in="Tạp chí Nắng Hạ",
            url="https://nangha.example/tu-nguyen-thi-hanh-an",
        )
        experts.invite_expert(
            made,
            actor=desk,
            now=at,
            matter="Nói chuyện tại lớp tập huấn cộng tác viên",
            asked_on=day,
        )
        self.list_another(at)

    def list_another(self, at: datetime) -> None:
        """Somebody not asked yet."""
        desk = self.actor("dau-moi", at)
        experts.add_expert(
            self.province,
            actor=desk,
            now=at,
            kind="former",
            full_name="Trương Đình Hưu (hư cấu)",
            fields="Nghiệp vụ thi hành án",
        )

    def praise(self, at: datetime) -> None:
        """A list of rewards that waits for its review."""
        desk = self.actor("dau-moi", at)
        made = rewards.start_rewards(
            self.province,
            actor=desk,
            now=at,
            title="thành tích truyền thông trong quý",
            form="Giấy khen",
            first=self.clock.days_ago(60),
            last=self._day(at),
            least=1,
            criteria="Bài viết đúng, có tác dụng.",
        )
        rewards.propose_rewards(made, actor=desk, now=at)
