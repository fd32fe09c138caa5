"""An agency with articles, a list of press partners and two people who write and approve."""

from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO

from django.utils import timezone
from PIL import Image

from hoiam.agencies.models import Reporter
from hoiam.agencies.states import Role
from hoiam.core import blobs
from hoiam.core.jobs import run_due
from hoiam.core.outbox import deliver_due
from hoiam.newsroom import actions
from hoiam.newsroom.actions import lists, packages
from hoiam.newsroom.actions.lists import ListTyped, ReceiverTyped
from hoiam.newsroom.actions.packages import PackageTyped
from hoiam.newsroom.models import PackageDelivery, Section
from tests import factories as make
from tests.factories import NOW

LATER = NOW + timedelta(hours=2)
LEAD = "Sáng 05/8, đoàn công tác của tỉnh xuống từng bến sông giải thích cho bà con cách nhận lại tiền thi hành án."
BODY = "<p>{}</p>"


def story(start: int = 1, length: int = 220) -> str:
    """Plain words in a made-up order: no two runs are alike."""
    names = [
        "bến",
        "sông",
        "đò",
        "chợ",
        "lúa",
        "mùa",
        "nắng",
        "mưa",
        "đất",
        "làng",
        "xóm",
        "cầu",
        "đường",
        "trường",
        "lớp",
        "sách",
        "vở",
        "thuyền",
        "lưới",
        "cá",
    ]
    return " ".join(
        f"{names[(n * 7 + start) % len(names)]} {names[(n * n + start) % len(names)]}{n + start * 1000}"
        for n in range(length // 2)
    )


def picture(color: str = "#264", size: tuple[int, int] = (64, 40)) -> str:
    """The hash of a JPEG in the store."""
    out = BytesIO()
    Image.new("RGB", size, color).save(out, "JPEG")
    return blobs.put(out.getvalue()).sha256


@dataclass
class House:
    """What the tests of packages stand on."""

    tree: object = field(default_factory=make.tree)

    def __post_init__(self):
        self.agency = self.tree.province
        self.writer = make.actor(self.agency, Role.FOCAL_POINT)
        self.editor = make.actor(self.agency, Role.EDITOR)
        self.head = make.head(self.agency)
        self.stranger = make.head(self.tree.other)
        self.section = Section.objects.create(slug="tin", name="Tin tức")
        self.count = 0

    def article(self, now=NOW, **fields):
        """A standing article of the province."""
        self.count += 1
        first = {
            "page_key": f"t:{self.count}", "kind": "article", "title": f"Ra quân bên bến sông {self.count}",
            "lead": LEAD, "body": BODY.format(story(self.count)), "byline": "Lê Thử",
        }  # fmt: skip
        told = actions.Snapshot(
            agency=fields.pop("agency", self.agency),
            section=fields.pop("section", self.section),
            **{**first, **fields},
        )
        return actions.publish_article(told, actor=make.actor(told.agency, Role.EDITOR), now=now)

    def changed(self, article, now=LATER, **fields):
        """The article with another text."""
        told = actions.Snapshot(
            page_key=article.page_key, kind=article.kind, agency=article.agency, section=self.section,
            **{"title": article.title, "lead": article.lead, "body": "<p>Bản mới.</p>", **fields},
        )  # fmt: skip
        return actions.publish_article(told, actor=self.editor, now=now, why="Sửa số liệu")

    def list(self, name="Báo trong tỉnh", **fields):
        """A list with nobody on it."""
        typed = ListTyped(name=name, province="Thanh Giang", **fields)
        return lists.make_list(self.agency, actor=self.writer, now=NOW, typed=typed)

    def receiver(self, press_list, email="ban-doc@songthanh.example", **fields):
        """Somebody on the list."""
        first = {"means": "email", "name": "Báo Sông Thanh", "email": email}
        typed = ReceiverTyped(**{**first, **fields})
        return lists.add_receiver(press_list, actor=self.writer, now=NOW, typed=typed)

    def package(self, *articles, press_list=None, now=NOW, **fields):
        """A draft of these articles to one list with one receiver."""
        if press_list is None:
            press_list = self.list(name=f"Danh sách {self.count}")
            self.receiver(press_list)
        typed = PackageTyped(
            title="Tin tuần đầu tháng Tám", words="Kính gửi quý báo.",
            articles=articles or (self.article(),), lists=(press_list,), **fields,
        )  # fmt: skip
        return packages.compose_package(self.agency, actor=self.writer, now=now, typed=typed)

    def approved(self, *articles, now=NOW, **fields):
        """A package submitted by its writer and approved by the head."""
        made = self.package(*articles, now=now, **fields)
        packages.submit_package(made, actor=self.writer, now=now)
        return packages.approve_package(made, actor=self.head, now=now)

    def sent(self, *articles, now=NOW, **fields):
        """A package that went out: messages handed over and letters sent."""
        made = self.approved(*articles, now=now, **fields)
        self.work(now)
        made.refresh_from_db()
        return made

    def work(self, now):
        """Hand over messages, send letters, follow them."""
        from hoiam.newsroom.jobs.packages import follow_packages

        for _ in range(3):
            deliver_due(now)
        run_due(max(now, timezone.now()))
        follow_packages.func(now)


def sendings(package, **where):
    """The sendings of a package."""
    return list(PackageDelivery.objects.system("test").filter(package=package, **where))


def reporter(**fields):
    """A reporter of the directory."""
    first = {"full_name": "Hà Văn Sóng", "email": "song@songthanh.example", "phone": "0200 000 210"}
    return Reporter.objects.create(**{**first, **fields})
