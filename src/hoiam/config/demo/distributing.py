"""What the demonstration's province sends to its press, and what the press printed again; all of it fictional."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from hoiam.agencies.models import Agency, PressAgency
from hoiam.config.demo.moments import Now
from hoiam.config.demo.playing import Queue
from hoiam.config.demo.reading import read, reports
from hoiam.core.actor import Actor
from hoiam.newsroom.actions import Snapshot, correct_article, publish_article
from hoiam.newsroom.actions import package_sending as sending
from hoiam.newsroom.actions.article_notices import tell_holders
from hoiam.newsroom.actions.finding_prints import look_at_new_items
from hoiam.newsroom.actions.lists import ListTyped, ReceiverTyped, add_receiver, make_list
from hoiam.newsroom.actions.packages import (
    PackageTyped,
    approve_package,
    compose_package,
    release_package,
    submit_package,
)
from hoiam.newsroom.actions.prints import PrintTyped, confirm_print, enter_print, reject_print
from hoiam.newsroom.models import (
    Article,
    DistributionList,
    Package,
    PackageDelivery,
    PartnerPrint,
    Section,
)

ActorOf = Callable[[str, datetime], Actor]
WHY = "demonstration data is lived through by the system"


class DistributionPlay:
    """Articles, lists, packages and reprints of the province, as events."""

    def __init__(self, clock: Now, agencies: dict[str, Agency], actor: ActorOf) -> None:
        self.clock, self.actor = clock, actor
        self.province = agencies["thads-thanh-giang"]
        self.lists: list[DistributionList] = []
        self.articles: dict[str, Article] = {}

    def schedule(self, queue: Queue) -> None:
        """Every step as an event."""
        before = self.clock.before
        stories = {report.key: report for report in reports()}
        for row in read("distribution.yaml")["articles"]:
            told = stories[row["key"]]
            queue.add(
                before(told.at) - timedelta(minutes=row["before"]),
                lambda at, row=row, told=told: self.publish(at, row, told),
            )
        queue.add(before("58d 10:00"), self.make_lists)
        queue.add(before("47d 09:00"), lambda at: self.send(at, "phien-giao-dich-mot-cua"))
        queue.add(before("5w 07:00"), lambda at: self.send(at, "lua-dao-mao-danh"))
        queue.add(before("4w 10:00"), self.correct)
        queue.add(before("90m"), lambda at: self.send(at, "so-ket-thang"))
        queue.add(before("60m"), self.wait)
        queue.add(before("30m"), self.find)

    def publish(self, at: datetime, row: dict[str, Any], told: Any) -> None:
        """One article of the province, before the press wrote of it."""
        section = Section.objects.get(slug="hoat-dong")
        body = "".join(f"<p>{part}</p>" for part in self.clock.told(told.body).split("\n\n"))
        self.articles[row["key"]] = publish_article(
            Snapshot(
                page_key=f"demo:{row['key']}", kind="article", agency=self.province,
                section=section, title=row["title"], lead=self.clock.told(told.sapo), body=body,
                byline="Văn phòng Thi hành án dân sự tỉnh",
            ),
            actor=self.actor("chanh-vp", at),
            now=at,
        )  # fmt: skip

    def make_lists(self, at: datetime) -> None:
        """Two lists with their receivers."""
        desk = self.actor("dau-moi", at)
        for row in read("distribution.yaml")["lists"]:
            typed = {key: row[key] for key in ("name", "beat", "province", "about") if key in row}
            made = make_list(self.province, actor=desk, now=at, typed=ListTyped(**typed))
            for each in row["receivers"]:
                told = dict(each)
                press = PressAgency.objects.filter(name=told.pop("press", "")).first()
                typed = ReceiverTyped(press_agency=press, **told)
                add_receiver(made, actor=desk, now=at, typed=typed)
            self.lists.append(made)

    def _package(self, at: datetime, key: str, **fields: Any) -> Package:
        article = self.articles[key]
        typed = PackageTyped(
            title=article.title, words="Kính gửi quý báo, đài. Mời sử dụng tin dưới đây.",
            articles=[article], lists=self.lists, **fields,
        )  # fmt: skip
        return compose_package(self.province, actor=self.actor("dau-moi", at), now=at, typed=typed)

    def _approved(self, at: datetime, key: str, **fields: Any) -> Package:
        made = self._package(at, key, **fields)
        submit_package(made, actor=self.actor("dau-moi", at), now=at)
        return approve_package(made, actor=self.actor("chanh-vp", at), now=at)

    def send(self, at: datetime, key: str) -> None:
        """A package that went out: some open it, one never does, one address is broken."""
        made = release_package(self._approved(at, key), now=at)
        for row in PackageDelivery.objects.system(WHY).filter(package=made, notice=None):
            self._went(row, at)

    def _went(self, row: PackageDelivery, at: datetime) -> None:
        name = row.receiver.name
        if name == "Phòng tin Phố Bến":
            fault = f"Máy chủ thư không nhận địa chỉ {row.receiver.email}. Hãy sửa địa chỉ."
            sending.settle_push(row, sending.Tried(550, fault, True), now=at, most_tries=1)
            sending.bury_address(row.receiver, fault, now=at)
            return
        sending.settle_push(row, sending.Tried(200), now=at, most_tries=1)
        if name != "Báo Người Thanh Giang":
            opened = at + timedelta(minutes=12 + 7 * (row.pk % 5))
            if opened <= self.clock.now:
                sending.note_opened(row, now=opened)

    def correct(self, at: datetime) -> None:
        """A number was wrong: who received it is told."""
        article = correct_article(
            self.articles["lua-dao-mao-danh"], actor=self.actor("chanh-vp", at), now=at,
            notice="Bài ghi “sáu phản ánh”, số đúng là bảy phản ánh.",
        )  # fmt: skip
        tell_holders(article, "article_corrected", now=at)
        for row in PackageDelivery.objects.system(WHY).filter(notice__article=article):
            sending.settle_push(row, sending.Tried(200), now=at, most_tries=1)

    def wait(self, at: datetime) -> None:
        """One package waits for approval, one for its hour, one is being written."""
        submit_package(
            self._package(at, "lua-dao-mao-danh"), actor=self.actor("dau-moi", at), now=at
        )
        held = self.clock.now + timedelta(hours=20)
        self._approved(at, "so-ket-thang", embargo_until=held)
        self._package(at, "phien-giao-dich-mot-cua")

    def find(self, at: datetime) -> None:
        """The machine finds reprints; some are confirmed, one is not, one is entered by hand."""
        look_at_new_items(now=at, limit=10_000)
        desk = self.actor("dau-moi", at)
        found = list(PartnerPrint.objects.system(WHY).order_by("printed_at", "pk"))
        for row in found[:3]:
            confirm_print(row, actor=desk, now=at)
        for row in found[3:4]:
            reject_print(row, actor=desk, now=at, reason="Báo viết lại từ cuộc họp, không lấy bài.")
        enter_print(
            self.articles["lua-dao-mao-danh"], actor=desk, now=at,
            typed=PrintTyped(outlet="Báo Sông Thanh (báo in)", place="trang 4, số ra hôm sau"),
        )  # fmt: skip
