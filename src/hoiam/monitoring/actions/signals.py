"""What the house notices by itself: a story that spreads, an agency with unusually many, sources fallen silent."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from hoiam.agencies.models import Agency, Channel
from hoiam.agencies.states import MediaType
from hoiam.core import ledger, outbox
from hoiam.kit.news import Publication, Spread, host_of, spread
from hoiam.monitoring.actions.warn import SETTLED, bring_back
from hoiam.monitoring.defaults import number
from hoiam.monitoring.models import Item, Signal, Source, Story, Warning
from hoiam.monitoring.queries.reprints import firsts_of
from hoiam.monitoring.queries.rhythm import surprise_of
from hoiam.monitoring.states import SignalKind, SourceKind, Stance, WarningState

WHY = "the house notices by itself"
# What stands here is no paper of its own: an aggregator or a post repeats others.
REPEATING = frozenset({MediaType.AGGREGATOR, MediaType.SOCIAL})
# A source of these kinds reads one paper's own pages; a box of alerts or a file brings many papers.
ITS_OWN = frozenset({SourceKind.FEED, SourceKind.SITEMAP, SourceKind.LISTING})


@dataclass(frozen=True)
class Spreading:
    """What was new about a story's spread: the signals, and the read rows that are on the list again."""

    signals: tuple[Signal, ...] = ()
    woken: tuple[Warning, ...] = ()


@transaction.atomic
def note_spread(story: Story, *, now: datetime) -> Spreading:
    """What is new: each way a story spreads is noted once, with its reason put on the story's warnings.

    Desks are told, and rows that were read come back, when papers of their own took it up; copies alone give nobody anything
    new to read, so they stand on the page and ring nowhere. A praising story, and one nothing has to be answered for, may
    spread in peace.
    """
    if story.item_count < 2 or story.severity == 0 or story.stance == Stance.POSITIVE:
        return Spreading()
    if now - story.last_at > timedelta(days=1):
        return Spreading()
    found = spread(_publications(list(_items(story))), now)
    raised = {one: signal for one in found if (signal := _once(story, one, now)) is not None}
    if not raised:
        return Spreading()
    ringing = [signal for one, signal in raised.items() if not one.is_by_copies]
    for signal in ringing:
        outbox.post("signal_raised", signal.pk, at=now)
    words = list(dict.fromkeys(one.words for one in raised))
    woken = _put_on_warnings(story, words, now, wakes=bool(ringing))
    return Spreading(tuple(raised.values()), tuple(woken))


def _items(story: Story) -> Iterable[Item]:
    return story.items.select_related("channel__press_agency", "source").order_by("at", "pk")


def _publications(items: Sequence[Item]) -> list[Publication]:
    """The items as reports of papers; one paper read by two ways is one, when the story knows its channel."""
    known = {name: item.channel for item in items if item.channel for name in _names(item.channel)}
    copies = firsts_of(items)
    found = []
    for item in items:
        names = (item.outlet.casefold(), host_of(item.url))
        channel = item.channel or next((known[name] for name in names if name in known), None)
        found.append(_publication(item, channel, is_copy=item.pk in copies))
    return found


def _names(channel: Channel) -> set[str]:
    names = {channel.press_agency.name.casefold(), channel.name.casefold(), channel.host}
    return names - {""}


def _publication(item: Item, channel: Channel | None, *, is_copy: bool) -> Publication:
    repeats = channel is not None and channel.media_type in REPEATING
    return Publication(
        publisher=channel.press_agency.name if channel else item.outlet,
        at=item.at,
        is_local=None if repeats else _is_local(item, channel),
        is_copy=is_copy or repeats,
        is_day_only=item.is_day_only,
    )


def _is_local(item: Item, channel: Channel | None) -> bool | None:
    """Whether the paper belongs to one province; None where only a box or a file says that it exists.

    A paper is central when the register knows it and gives it no province; what nobody knows is not taken for central.
    """
    source = item.source
    is_at_home = source is not None and source.kind in ITS_OWN and bool(source.home_province)
    if channel is None:
        return True if is_at_home else None
    return bool(channel.press_agency.province_code) or is_at_home


def _once(story: Story, one: Spread, now: datetime) -> Signal | None:
    signal, is_new = Signal.objects.system(WHY).get_or_create(
        key=f"spread:{story.pk}:{one.name}",
        defaults={
            "kind": SignalKind.SPREAD,
            "story": story,
            "words": one.words,
            "figures": {"items": story.item_count, "by_copies": one.is_by_copies},
            "at": now,
            "last_at": now,
            "closed_at": now,
        },
    )
    return signal if is_new else None


def _put_on_warnings(
    story: Story, words: list[str], now: datetime, *, wakes: bool
) -> list[Warning]:
    """Write the reasons on the story's open rows; those that were woken."""
    told, woken = "; ".join(words), []
    rows = Warning.objects.system(WHY).filter(story=story).select_related("story", "agency")
    for warning in rows.exclude(state__in=SETTLED):
        warning.why = f"{warning.why} Lan rộng: {told}.".strip()
        if wakes and warning.severity > 0:
            warning.snoozed_until = None
            if warning.state == WarningState.READ:
                bring_back(warning, now)
                woken.append(warning)
        warning.save()
        ledger.write(warning, actor=None, step="note_spread", at=now, reason=told)
    return woken


@transaction.atomic
def note_surprise(agency: Agency, *, now: datetime) -> Signal | None:
    """The agency's burst when it began or still lasts, else None; a new one is told, one that lasts only grows."""
    found = surprise_of(agency, now)
    row = (
        Signal.objects.system(WHY)
        .select_for_update()
        .filter(kind=SignalKind.SURPRISE, agency=agency, closed_at=None)
        .first()
    )
    figures = {"today": found.count, "per_week": found.usual_per_week, "chance": found.chance}
    if row is None:
        if not found.is_unusual:
            return None
        row = Signal.objects.create(
            kind=SignalKind.SURPRISE,
            key=f"surprise:{agency.pk}:{now.timestamp():.0f}",
            agency=agency,
            words=found.words,
            figures=figures,
            at=now,
            last_at=now,
        )
        outbox.post("signal_raised", row.pk, at=now)
        return row
    return _grown(row, found.is_unusual, found.words, figures, now)


def _grown(
    row: Signal, is_unusual: bool, words: str, figures: dict[str, float], now: datetime
) -> Signal | None:
    """The burst renewed while it lasts; closed, and None, when all was calm long enough."""
    if is_unusual:
        row.words, row.figures, row.last_at = words, figures, max(row.last_at, now)
    elif now - row.last_at > timedelta(days=number("signals", "burst_ends_days")):
        row.closed_at = now
    row.save(update_fields=["words", "figures", "last_at", "closed_at"])
    return row if row.closed_at is None else None


@transaction.atomic
def note_silences(*, now: datetime) -> list[Signal]:
    """The signals of sources that just fell silent; those of sources that speak again, or were paused, are closed."""
    silent = Source.objects.filter(is_paused=False).exclude(silent_since=None)
    standing = Signal.objects.system(WHY).filter(kind=SignalKind.SILENCE, closed_at=None)
    standing.exclude(source__in=silent.values("pk")).update(closed_at=now)
    told = set(standing.values_list("source", flat=True))
    return [
        Signal.objects.create(
            kind=SignalKind.SILENCE,
            key=f"silence:{source.pk}:{source.silent_since.timestamp():.0f}:{now.timestamp():.0f}",
            source=source,
            words=source.name,
            at=now,
            last_at=now,
        )
        for source in silent.order_by("pk")
        if source.pk not in told
    ]
