"""Watches opened when an outlet receives a paper: one for the article and one for each copy of it (NĐ 237/2026 Đ19.3.c)."""

from collections.abc import Sequence
from datetime import date, datetime

from hoiam.agencies.models import Channel
from hoiam.agencies.states import MediaType
from hoiam.handling.models import Clock, OutletWatch, Paper
from hoiam.handling.queries.outlet_watch import addresses_of, copies_of, next_look
from hoiam.handling.states import WatchAim
from hoiam.kit.rulebook import CorrectionPlace, NotInForce, RulebookError, correction_place, rule
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.models import Item

AIMS = {
    "response": WatchAim.RESPONSE,
    "correction_demand": WatchAim.CORRECTION,
    "conclusion_notice": WatchAim.CORRECTION,
    "answer": WatchAim.ANSWER,
    "measures_notice": WatchAim.ANSWER,
}
LONG_PERIOD = 30  # days between two issues, by the name of the media type (NĐ 237/2026 Đ19.3)
# What the law asks of a place that only reprints holds for corrections; a response binds the paper that published.
FREE_COPY = "Luật không nêu hạn cho nơi đăng lại; chỉ theo dõi."
VOLUNTARY = (
    "Công văn của cơ quan tự nó không buộc báo cải chính; theo dõi báo tự cải chính hoặc trả lời."
)
TO_THE_SENDER = "Báo thông báo cho người gửi hoặc đăng, phát văn bản trả lời."


def media_of(channel: Channel | None) -> str:
    """The media type the law speaks of: a page on a social network is a content channel, which is press (Luật 126 Đ30)."""
    media = channel.media_type if channel else MediaType.ONLINE
    if media == MediaType.SOCIAL:
        return str(MediaType.NETWORK_CHANNEL.value)
    if media == MediaType.MAGAZINE and channel and (channel.period_days or 0) > LONG_PERIOD:
        return "magazine_over_30"
    return str(MediaType(media).value)


def place_on(media: str, at: datetime) -> CorrectionPlace | None:
    """Where and how a correction must stand by the law of that day; None when that law is silent."""
    try:
        return correction_place(media, at.astimezone(VIETNAM).date())
    except RulebookError:
        return None


def in_force(base: str, day: date) -> str:
    """The id of the rule, or of its predecessor ("TL-07h"), that was in force on the day; blank when none was."""
    for name in (base, f"{base}h") if base else ():
        try:
            return rule(name).at(day).rule_id
        except NotInForce:
            continue
    return ""


def open_watches(paper: Paper, at: datetime, clocks: Sequence[Clock]) -> list[OutletWatch]:
    """The watches of a paper its outlet received at this moment: the article's, then one for each copy."""
    aim = AIMS.get(paper.kind)
    if aim is None:
        return []
    made = [_original(paper, aim, at, clocks)]
    if aim != WatchAim.ANSWER and paper.item is not None:
        made += [_copy(paper, copy, aim, at) for copy in copies_of(paper.item)]
    return made


def follow_new_copies(watch: OutletWatch, now: datetime) -> list[OutletWatch]:
    """Watches for copies that came in after the paper was received."""
    if not watch.is_original or watch.item is None or watch.aim == WatchAim.ANSWER:
        return []
    known = set(watch.paper.watches.values_list("item", flat=True))
    fresh = [item for item in copies_of(watch.item) if item.pk not in known]
    return [
        _copy(watch.paper, item, WatchAim(watch.aim), max(now, watch.started_at)) for item in fresh
    ]


def _original(paper: Paper, aim: WatchAim, at: datetime, clocks: Sequence[Clock]) -> OutletWatch:
    media = media_of(paper.channel)
    place = place_on(media, at) if aim != WatchAim.ANSWER else None
    clock = next((c for c in clocks if not c.rule.startswith("TL-07")), None)
    how = place.how if place else TO_THE_SENDER
    if paper.kind == "correction_demand":
        how = f"{how[:1].upper()}{how[1:]}. {VOLUNTARY}"
    return _put(
        OutletWatch(
            paper=paper,
            item=paper.item,
            channel=paper.channel,
            outlet=_outlet(paper.channel, paper.item),
            media_type=paper.channel.media_type if paper.channel else MediaType.ONLINE,
            aim=aim,
            rule=clock.rule if clock else "",
            source=clock.source if clock else str(place.source) if place else "",
            badge=clock.badge if clock else "",
            unit=clock.unit if clock else "",
            due_at=clock.due_at if clock else None,
            where=place.where if place else "",
            how=how,
        ),
        at,
    )


def _copy(paper: Paper, item: Item, aim: WatchAim, at: datetime) -> OutletWatch:
    place = place_on(MediaType.AGGREGATOR, at)
    is_bound = aim == WatchAim.CORRECTION and place is not None
    return _put(
        OutletWatch(
            paper=paper,
            item=item,
            channel=item.channel,
            outlet=_outlet(item.channel, item),
            media_type=item.channel.media_type if item.channel else MediaType.AGGREGATOR,
            is_original=False,
            aim=aim,
            source=str(place.source) if is_bound and place else "",
            where=place.where if place else "",
            how=place.how if is_bound and place else FREE_COPY,
        ),
        at,
    )


def _put(watch: OutletWatch, at: datetime) -> OutletWatch:
    watch.case = watch.paper.case
    watch.started_at = watch.state_at = at
    # The first look is due at once: it seals the page as it stood when the outlet received the paper.
    watch.next_look_at = at if addresses_of(watch).has_any and next_look(watch, at) else None
    watch.save()
    return watch


def _outlet(channel: Channel | None, item: Item | None) -> str:
    if channel is not None:
        return channel.name
    return (item.outlet if item else "") or "Báo chưa rõ tên"
