"""What `hoiam doctor` and the accounts' page say of official accounts that do not work."""

from collections.abc import Iterator
from datetime import datetime

from hoiam.core.health import Finding, health_check
from hoiam.kit.vietnamese import show_date
from hoiam.newsroom.models import SocialAct, SocialChannel
from hoiam.newsroom.queries.social import token_warned_from
from hoiam.newsroom.states.social import ActState

WHY = "the health of every account"


@health_check("social", "Tài khoản chính thức")
def accounts(now: datetime) -> Iterator[Finding]:
    """Keys refused or running out, errors after the last success, acts that failed."""
    for channel in SocialChannel.objects.system(WHY).select_related("account", "agency"):
        yield from _of(channel, now)
    failed = SocialAct.objects.system(WHY).filter(state=ActState.FAILED).count()
    if failed:
        yield Finding(
            f"{failed} việc trên tài khoản chính thức bị hỏng",
            "Mở trang Mạng xã hội, mục Hàng chờ, xem lỗi rồi cho thử lại hoặc ghi đã đăng tay.",
        )


def _of(channel: SocialChannel, now: datetime) -> Iterator[Finding]:
    name = f"{channel} ({channel.agency})"
    if channel.is_paused:
        return
    if channel.token_fault:
        yield Finding(f"{name}: khóa bị từ chối: {channel.token_fault}", "Dán khóa mới ở trang của tài khoản.")  # fmt: skip
        return
    if token_warned_from(channel, now) and channel.token_expires_at is not None:
        day = show_date(channel.token_expires_at)
        yield Finding(f"{name}: khóa hết hạn ngày {day}", "Lấy khóa mới rồi dán ở trang của tài khoản trước ngày đó.")  # fmt: skip
    error, success = channel.last_error_at, channel.last_success_at
    if error is not None and (success is None or success < error):
        yield Finding(f"{name}: lần gần nhất lỗi: {channel.last_error}", "Bấm “Thử khóa” ở trang của tài khoản để xem còn lỗi không.")  # fmt: skip
