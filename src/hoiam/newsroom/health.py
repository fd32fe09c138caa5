"""The room's check for `hoiam doctor`: the foot of the public pages names who answers for them."""

from collections.abc import Iterator
from datetime import datetime

from hoiam.core.health import Finding, health_check
from hoiam.newsroom.models import Article, PortalFoot


@health_check("portal_foot", "Chân trang Cổng")
def portal_foot(now: datetime) -> Iterator[Finding]:
    """Whether somebody at the centre filled in what a state portal must show, once something is published there."""
    published = Article.objects.system("the house is asked whether it is well")
    if published.exists() and not PortalFoot.objects.exists():
        yield Finding(
            "chưa ghi người chịu trách nhiệm nội dung, địa chỉ, điện thoại, thư điện tử",
            "Biên tập viên, quản trị ở trung ương điền ở bàn trực, trang Cổng thông tin, mục Chân trang.",
        )
