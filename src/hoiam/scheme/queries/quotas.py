"""Quotas counted: unit × channel × period × count, met by what was found or published and never by what is claimed (scheme-2862.md §6).

Counted are reports that name the unit on the channel, what the unit itself published on the portal and on official accounts, and
products of the same task the house has seen there itself. An address nobody found, a file, an article that names only others count
for nothing. Reprints on the same channel count once.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from hoiam.agencies.models import Agency
from hoiam.agencies.queries import tree
from hoiam.kit.rulebook import add_months, default
from hoiam.kit.vietnamese import VIETNAM, fold, nfc, show_date
from hoiam.monitoring.models import Attribution, Item
from hoiam.monitoring.queries.periods import Period
from hoiam.monitoring.states import Stance
from hoiam.scheme.models import Product, Quota, Task
from hoiam.scheme.queries.proofs import proof_sources, proofs
from hoiam.scheme.states import ProductKind, QuotaPeriod

UNFAVOURABLE = "MD-129"
ONE_DAY = timedelta(days=1)
ANYWHERE = {"", "moi kenh", "cac kenh", "bat ky"}
# What the unit publishes in the house's own places, and the words a paper calls such a place by.
OWN_PLACES = {
    "article": "Cổng/Trang, Cổng, Trang thông tin điện tử, trang tin, chuyên mục của đơn vị, Ngành, Hệ thống THADS, thi hành án dân sự",
    "social_post": "Mạng xã hội, tài khoản, trang chính thức của đơn vị, Ngành, Hệ thống THADS, thi hành án dân sự",
}  # fmt: skip
MONTHS = {QuotaPeriod.MONTH: 1, QuotaPeriod.QUARTER: 3, QuotaPeriod.YEAR: 12}


@dataclass(frozen=True)
class Span:
    """One period of a quota."""

    first: date
    last: date
    words: str


@dataclass(frozen=True)
class Counted:
    """One thing that counts: what, where, when, and how the house knows."""

    title: str
    where: str
    day: date
    url: str
    how: str


@dataclass
class QuotaCount:
    """What one unit has of one quota in one period."""

    quota: Quota
    agency: Agency
    span: Span
    found: list[Counted] = field(default_factory=list)

    @property
    def done(self) -> int:
        """How many count."""
        return len(self.found)

    @property
    def owed(self) -> int:
        """How many are still wanting."""
        return max(0, self.quota.count - self.done)


@dataclass(frozen=True)
class _Piece:
    """A report or product before it is known which quota it counts for."""

    key: str
    twin: str
    task: int | None
    units: frozenset[int]
    names: tuple[str, ...]
    counted: Counted


def span_of(quota: Quota, day: date) -> Span:
    """The period of the quota that holds this day."""
    task = quota.task
    if quota.period == QuotaPeriod.WEEK:
        first = day - timedelta(days=day.weekday())
        last = first + timedelta(days=6)  # not-law: a week ends on Sunday
        return Span(first, last, f"tuần {show_date(first)}–{show_date(last)}")
    if quota.period == QuotaPeriod.WHOLE:
        first = task.starts_on or task.scheme.starts_on or date(day.year, 1, 1)
        last = task.ends_on or task.due_on or task.scheme.ends_on or date(day.year, 12, 31)
        return Span(first, max(first, last), f"cả đợt {show_date(first)}–{show_date(last)}")
    months = MONTHS[QuotaPeriod(quota.period)]
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    words = {1: f"tháng {day.month}/{day.year}", 3: f"quý {(day.month + 2) // 3}/{day.year}"}
    return Span(first, add_months(first, months) - ONE_DAY, words.get(months, f"năm {day.year}"))


def spans_of(quota: Quota, today: date, most: int) -> list[Span]:
    """The period of today and those before it since the task began, newest first."""
    begins = quota.task.starts_on or quota.task.scheme.starts_on
    found = [span_of(quota, today)]
    while len(found) < most and quota.period != QuotaPeriod.WHOLE:
        earlier = span_of(quota, found[-1].first - ONE_DAY)
        if earlier.last < (begins or date(today.year, 1, 1)):
            break
        found.append(earlier)
    return found


def count_quotas(asked: Sequence[tuple[Quota, Agency, Span]]) -> list[QuotaCount]:
    """What each unit has of each quota in each period, in the order asked; a handful of queries whatever their number.

    The caller asks for agencies its actor may see.
    """
    counts = [QuotaCount(*each) for each in asked]
    if not counts:
        return []
    families = {row.agency.pk: _family(row.agency.pk) for row in counts}
    everyone = frozenset[int]().union(*families.values())
    first, last = min(row.span.first for row in counts), max(row.span.last for row in counts)
    tasks = {row.quota.task_id for row in counts}
    pieces = [
        *_reports(everyone, first, last),
        *_published(everyone, first, last),
        *_products(tasks, everyone, first, last),
    ]
    for row in counts:
        row.found = _counting(row, families[row.agency.pk], pieces)
    return counts


def _family(pk: int) -> frozenset[int]:
    """The unit and all it followed; a matter of the past of one's own office is one's own."""
    seen, fresh = {pk}, {pk}
    while fresh:
        fresh = {old for each in fresh for old in tree().predecessors.get(each, ())} - seen
        seen |= fresh
    return frozenset(seen)


def _counting(row: QuotaCount, family: frozenset[int], pieces: Iterable[_Piece]) -> list[Counted]:
    """The pieces that count for this row, newest first, each once."""
    found: dict[str, Counted] = {}
    for piece in pieces:
        if piece.task not in (None, row.quota.task_id) or not piece.units & family:
            continue
        if not row.span.first <= piece.counted.day <= row.span.last:
            continue
        if (
            piece.key in found
            or piece.twin in found
            or not on_channel(row.quota.channel, piece.names)
        ):
            continue
        found[piece.key] = piece.counted
    return sorted(found.values(), key=lambda each: each.day, reverse=True)


def on_channel(channel: str, names: Collection[str]) -> bool:
    """Whether one of the names is the channel of the quota: every word of one of its alternatives stands in it.

    >>> on_channel("Báo Thái Nguyên; Đài PT-TH", ["Báo Thái Nguyên điện tử"])
    True
    >>> on_channel("Báo Thái Nguyên", ["Báo Lào Cai"])
    False
    """
    wanted = [fold(nfc(part)).split() for part in channel.replace(",", ";").split(";")]
    if " ".join(fold(nfc(channel)).split()) in ANYWHERE:
        return True
    told = [fold(nfc(name)).replace(",", " ").split() for name in names if name]
    return any(all(word in name for word in words) for words in wanted if words for name in told)


def _reports(units: frozenset[int], first: date, last: date) -> list[_Piece]:
    """Reports that name one of the units, none that speak against them, first printed first."""
    days = Period(first, last)
    rows = Attribution.objects.filter(
        Q(agency__in=units) | Q(agency_today__in=units),
        finding__item__at__gte=days.start,
        finding__item__at__lt=days.end,
    ).select_related("finding__item__channel__press_agency")
    if default(UNFAVOURABLE).value:
        rows = rows.exclude(finding__stance=Stance.NEGATIVE)
    named: dict[int, set[int]] = {}
    items: dict[int, Item] = {}
    for row in rows.order_by("finding__item__at", "finding__item"):
        item = items.setdefault(row.finding.item_id, row.finding.item)
        named.setdefault(item.pk, set()).update(pk for pk in (row.agency_id, row.agency_today_id) if pk)  # fmt: skip
    return [_report(item, None, frozenset(named[pk]), "hệ thống thu thập") for pk, item in items.items()]  # fmt: skip


def _report(item: Item, task: int | None, units: frozenset[int], how: str) -> _Piece:
    channel = item.channel
    names = (item.outlet, channel.name, channel.press_agency.name) if channel else (item.outlet,)
    day = item.at.astimezone(VIETNAM).date()
    told = Counted(item.title, names[0] or names[-1], day, item.url, how)
    return _Piece(f"i{item.pk}", f"i{item.duplicate_of_id}", task, units, names, told)


def _published(units: frozenset[int], first: date, last: date) -> list[_Piece]:
    """What these units published on the portal and on official accounts: it counts without anybody entering it."""
    return [
        _Piece(
            f"p{row.kind}:{row.pk}", "", None, frozenset({row.agency_id}),
            (OWN_PLACES[row.kind], row.where),
            Counted(row.title, row.where or "Cổng thông tin của đơn vị", row.happened_on, row.address, "đã đăng"),
        )
        for row in proofs(units, Period(first, last), OWN_PLACES)
    ]  # fmt: skip


def _products(
    tasks: Collection[int], units: frozenset[int], first: date, last: date
) -> list[_Piece]:
    """Products of these tasks that the house has seen itself: articles it collected, rows of other rooms."""
    rows = Product.objects.system("counted for agencies the caller may see").filter(
        assignment__task__in=tasks,
        assignment__agency__in=units,
        removed_at=None,
        kind__in=[ProductKind.ITEM, ProductKind.PROOF],
        happened_on__gte=first,
        happened_on__lte=last,
    )
    rows = rows.select_related("assignment", "item__channel__press_agency", "item__finding")
    found = []
    labels = {source.kind: source.label for source in proof_sources()}
    for row in rows.prefetch_related("item__finding__attributions"):
        piece = _product(row, labels)
        if piece is not None:
            found.append(piece)
    return found


def _product(row: Product, labels: dict[str, str]) -> _Piece | None:
    units, task = frozenset({row.assignment.agency_id}), row.assignment.task_id
    if row.item is not None:
        return _report(row.item, task, units, "sản phẩm đã thấy") if _is_ours(row) else None
    label = labels.get(row.proof.partition(":")[0], "")
    if row.happened_on is None or not label:
        return None
    told = Counted(row.title, label, row.happened_on, row.url, "ghi trong hệ thống")
    return _Piece(f"p{row.proof}", "", task, units, (label,), told)


def _is_ours(row: Product) -> bool:
    """Whether the article names the unit, or nobody; one about others only is not the unit's."""
    finding: Any = getattr(row.item, "finding", None)
    named = finding.attributions.all() if finding else ()
    family = _family(row.assignment.agency_id)
    keys = {pk for each in named for pk in (each.agency_id, each.agency_today_id) if pk}
    return not keys or bool(keys & family)


def quotas_of_task(task: Task) -> list[Quota]:
    """The quotas of one task, with what counting asks."""
    rows = Quota.objects.filter(task=task).select_related("agency")
    return [_with(quota, task) for quota in rows]


def _with(quota: Quota, task: Task) -> Quota:
    quota.task = task
    return quota
