"""Articles on the portal for tests: one section, one province, made through the room's own action."""

from datetime import timedelta

from django.utils import timezone

from hoiam.agencies.states import Role
from hoiam.newsroom.actions import Picture, Snapshot, publish_article
from hoiam.newsroom.models import Section
from tests import factories as make


class World:
    """Agencies, a section, an editor, and articles of an hour ago."""

    def __init__(self) -> None:
        self.tree = make.tree()
        self.section = Section.objects.create(slug="hoat-dong", name="Tin hoạt động", order=1)
        self.now = timezone.now()
        self.editor = make.actor(self.tree.province, Role.EDITOR, today=timezone.localdate())

    def publish(self, title="Đối thoại ở xã Vạn Điền", *, hours=1, **fields):
        """A standing article."""
        first = {
            "page_key": f"t:{title}", "kind": "article", "lead": "Sáng nay, sáu mươi người đã đến.",
            "body": "<p>Phòng khu vực tổ chức đối thoại.</p>",
        }  # fmt: skip
        place = {"agency": self.tree.province, "section": self.section}
        at = self.now - timedelta(hours=hours)
        return publish_article(Snapshot(**{**place, "title": title, **first, **fields}), actor=None, now=at)  # fmt: skip


def picture(blob="a" * 64, **fields):
    """A picture of a width that has narrower ones."""
    return Picture(**{"blob": blob, "width": 1200, "height": 750, "alt": "Hội trường xã", **fields})
