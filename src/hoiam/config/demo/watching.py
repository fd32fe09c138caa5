"""What the watch on outlets saw in the demonstration: looks at pages that do not exist, as they would have been noted."""

from datetime import datetime, timedelta

from hoiam.handling.models import OutletLook, OutletWatch
from hoiam.handling.states import LookPlace, LookResult, ReplyKind, WatchState

WHY = "the demonstration shows what the watch saw"
SOON = timedelta(hours=3)
NOTHING = "Không có nội dung phản hồi của cơ quan trong văn bản này (giống 4 %)."
PARTLY = "Có tên cơ quan, tên tác phẩm, ngày đăng; mới đăng 41 % nội dung phản hồi của cơ quan."
BROKEN = "Lần xem này hỏng, chưa kết luận được gì: trang trả lời mã 503."


def look_around(now: datetime) -> int:
    """How many looks were noted; one watch that waits gets a suggestion nobody has confirmed yet."""
    rows = OutletWatch.objects.system(WHY).filter(case__fictional=True)
    watches = list(rows.exclude(next_look_at=None).select_related("item", "channel"))
    for watch in watches:
        _round(watch, now)
    _suggest([w for w in watches if w.state == WatchState.INCOMPLETE] or watches, now)
    return OutletLook.objects.count()


def _round(watch: OutletWatch, now: datetime) -> None:
    span = now - watch.started_at
    home = f"https://{watch.channel.host}/" if watch.channel and watch.channel.host else ""
    for share, result, words in (
        (0.1, LookResult.NONE, NOTHING),
        (0.4, LookResult.FAILED, BROKEN),
        (0.7, LookResult.NONE, NOTHING),
    ):
        at = watch.started_at + span * share
        _look(watch, at, LookPlace.ARTICLE, watch.item.url if watch.item else "", result, words)
        if home:
            _look(watch, at, LookPlace.SECTION, home, LookResult.NONE, NOTHING)
    watch.looked_at, watch.next_look_at = watch.started_at + span * 0.9, now + SOON
    watch.save(update_fields=["looked_at", "next_look_at"])


def _suggest(watches: list[OutletWatch], now: datetime) -> None:
    if not watches:
        return
    watch = watches[-1]
    at = max(watch.started_at, now - SOON)
    look = _look(watch, at, LookPlace.PAGE, watch.found_url, LookResult.PARTIAL, PARTLY)
    watch.proposal, watch.proposal_words = ReplyKind.INCOMPLETE, PARTLY
    watch.proposed_at, watch.proposal_look, watch.looked_at = at, look, at
    watch.save()


def _look(
    watch: OutletWatch, at: datetime, place: str, url: str, result: str, words: str
) -> OutletLook:
    return OutletLook.objects.create(
        watch=watch, at=at, place=place, url=url, result=result, words=words
    )
