"""Watches in sight, what each looks for, where it looks, and which copies of an article are followed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from hoiam.core.actor import Actor
from hoiam.core.scope import ScopedQuerySet
from hoiam.handling.models import OutletLook, OutletWatch, Paper
from hoiam.handling.queries.calendars import calendar_seen
from hoiam.handling.queries.cases import cases_visible_to
from hoiam.handling.states import LookPlace, LookResult, ReplyKind, WatchAim, WatchState
from hoiam.handling.states.watch import AT_REST, ON_THE_WEB, UNMET
from hoiam.kit.news.corrections import Wanted, statements
from hoiam.kit.rulebook import Light, default_number, light
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.models import Item, Version
from hoiam.monitoring.queries.rechecks import TEXTS

TABS = ("open", "waiting", "lacking", "late", "done", "all")
MOST_COPIES = 200
HOUR = timedelta(hours=1)
DAY = 24 * HOUR


def watches_visible_to(actor: Actor) -> ScopedQuerySet:
    """Watches of the cases in the actor's sight."""
    seen = cases_visible_to(actor).values("pk")
    return OutletWatch.objects.narrowed(case__in=seen).select_related(
        "case__agency", "paper", "item", "channel__press_agency"
    )


def watch_list(actor: Actor, *, now: datetime, tab: str = "open") -> ScopedQuerySet:
    """The watches of a tab, what waits for a person first, then what is due first."""
    rows = watches_visible_to(actor)
    chosen = {
        "open": ~Q(state__in=AT_REST) & ~_kept_without_term(),
        "waiting": Q(state=WatchState.WAITING),
        "lacking": Q(state=WatchState.INCOMPLETE) | Q(proposal=ReplyKind.INCOMPLETE),
        "late": Q(state__in=(WatchState.WAITING, WatchState.INCOMPLETE), due_at__lt=now),
        "done": Q(state__in=AT_REST) | _kept_without_term(),
    }.get(tab)
    rows = rows.filter(chosen) if chosen is not None else rows
    last = OutletLook.objects.filter(watch=OuterRef("pk")).order_by("-at", "-id")
    return rows.annotate(
        last_result=Subquery(last.values("result")[:1]),
        last_words=Subquery(last.values("words")[:1]),
        look_count=Count("looks"),
    ).order_by(F("proposed_at").asc(nulls_last=True), F("due_at").asc(nulls_last=True), "-pk")


def _kept_without_term() -> Q:
    return Q(state=WatchState.FOUND, keep_until=None)


def proposals_for(actor: Actor) -> ScopedQuerySet:
    """Watches at the actor's own agencies whose last look suggests something nobody has confirmed."""
    own = [post.agency_id for post in actor.posts]
    rows = watches_visible_to(actor).filter(case__agency__in=own).select_related("case__holder")
    return rows.exclude(proposal="").order_by("proposed_at", "pk")


def watches_of(papers: Iterable[Paper]) -> ScopedQuerySet:
    """Every watch of these papers, the original first; whoever sees the papers sees them."""
    return OutletWatch.objects.narrowed(paper__in=[paper.pk for paper in papers]).select_related(
        "paper", "item", "channel"
    )


def due_watches(now: datetime) -> ScopedQuerySet:
    """Watches whose time to look has come and that nobody holds; fictional outlets have no page to read."""
    free = Q(leased_until=None) | Q(leased_until__lte=now)
    rows = OutletWatch.objects.system("the watch on outlets looks for every agency")
    return (
        rows.filter(free, next_look_at__lte=now)
        .exclude(case__fictional=True)
        .select_related(
            "case__agency", "paper__agency", "paper__item", "item", "channel__press_agency"
        )
        .order_by("next_look_at", "pk")
    )


def wanted_of(watch: OutletWatch) -> Wanted:
    """What the finder looks for, read from the paper as it was sent: a copy owes the same words as the original."""
    paper, fields, item = watch.paper, watch.paper.fields, watch.paper.item
    return Wanted(
        kind="correction" if watch.aim == WatchAim.CORRECTION else "response",
        day=watch.started_at.astimezone(VIETNAM).date(),
        title=str(fields.get("work_title") or (item.title if item else "")),
        section=str(fields.get("section", "")),
        issue=str(fields.get("issue", "")),
        published_on=_published(paper),
        url=watch.item.url if watch.item else "",
        wrong=statements(str(fields.get("wrong", ""))),
        right=statements(str(fields.get("correct", ""))),
        agency=tuple(dict.fromkeys((paper.agency.full_name, paper.agency.name))),
        text=_our_text(paper),
    )


def _published(paper: Paper) -> date | None:
    told = str(paper.fields.get("published_on", ""))[:10]
    if told:
        return date.fromisoformat(told)
    at = paper.item.published_at if paper.item else None
    return at.astimezone(VIETNAM).date() if at else None


def _our_text(paper: Paper) -> str:
    """Our words as the outlet has to carry them; the letter around them is not asked for unless a person rewrote it."""
    told = str(paper.fields.get("response", ""))
    return told if told and not paper.is_body_edited else paper.body


@dataclass(frozen=True)
class Addresses:
    """Where a watch looks; blank where there is nothing to read."""

    article: str
    section: str
    found: str

    @property
    def has_any(self) -> bool:
        """Whether a program can look at all."""
        return bool(self.article or self.section or self.found)


def addresses_of(watch: OutletWatch) -> Addresses:
    """The article, the section kept for the channel or the home page of its site, and where it was found."""
    on_web = watch.media_type in ON_THE_WEB
    article = watch.item.url if watch.item and on_web and watch.item.url.startswith("http") else ""
    kept = watch.channel.correction_url if watch.channel else ""
    return Addresses(article, kept or _home(article), watch.found_url)


def _home(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/" if parts.netloc else ""


def copies_of(item: Item) -> QuerySet[Item]:
    """The other copies of one article: reprints of it or of what it reprints, and aggregators in its story."""
    root = item.duplicate_of_id or item.pk
    family = Q(pk=root) | Q(duplicate_of=root) | Q(duplicate_of__duplicate_of=root)
    family |= Q(duplicate_of=item.pk)
    if item.story_id:
        family |= Q(story=item.story_id, channel__media_type="aggregator")
    rows = Item.objects.filter(family).exclude(pk=item.pk)
    return rows.select_related("channel__press_agency").order_by("at", "pk")[:MOST_COPIES]


def new_items_of(watch: OutletWatch) -> list[Item]:
    """What the collector brought in of this outlet since the last look, or since it received the paper; newest first."""
    if watch.channel is None:
        return []
    ours = Q(channel=watch.channel) | Q(channel__press_agency=watch.channel.press_agency_id)
    rows = Item.objects.filter(ours, first_seen_at__gte=watch.started_at)
    if watch.looked_at is not None:
        rows = rows.filter(first_seen_at__gt=watch.looked_at)
    return list(
        rows.exclude(pk=watch.item_id).select_related("capture").order_by("-at")[:MOST_COPIES]
    )


def texts_around(watch: OutletWatch) -> tuple[Version | None, Version | None]:
    """The article as it stood when the outlet received our paper, and as it was last read; None when it never changed."""
    if watch.item is None:
        return None, None
    texts = [v for v in watch.item.versions.order_by("number") if v.kind in TEXTS]
    before = [v for v in texts if v.at <= watch.started_at] or texts[:1]
    if not texts or texts[-1].pk == before[-1].pk:
        return None, None
    return before[-1], texts[-1]


def seen_before(watch: OutletWatch) -> set[str]:
    """Pages that were seen to be something else, so that a round spends its looks on what is new or may be mended."""
    rows = watch.looks.filter(result=LookResult.NONE, place=LookPlace.PAGE)
    return set(rows.values_list("url", flat=True))


def watch_light(watch: OutletWatch, now: datetime) -> Light:
    """The light of a watch: the outlet's own time; a duty "at once" shows the hours and is never late by itself (MD-33)."""
    if watch.state in AT_REST or watch.state == WatchState.FOUND:
        return Light("ok", "done", str(watch.get_state_display()).lower())
    if not watch.rule and watch.due_at is None:
        hours = int((now - watch.started_at) / HOUR)
        words = f"{hours} giờ" if hours < 72 else f"{hours // 24} ngày"
        return Light("ok", "run", f"không có số hạn · đã qua {words}")
    return light(
        watch.due_at,
        now,
        "run",
        unit=watch.unit or None,
        start=watch.started_at,
        calendar=calendar_seen(),
    )


def next_look(watch: OutletWatch, now: datetime) -> datetime | None:
    """When to look again: dense at first, then slower, until the keeping period ends (MD-32, MD-70…MD-73)."""
    if watch.state in AT_REST or not addresses_of(watch).has_any:
        return None
    if watch.state == WatchState.FOUND:
        if watch.keep_until is None or watch.keep_until <= now:
            return None
        return min(now + HOUR * default_number("MD-72"), watch.keep_until)
    if now >= watch.started_at + DAY * default_number("MD-73"):
        return None
    dense = now < watch.started_at + HOUR * default_number("MD-71")
    return now + HOUR * default_number("MD-70" if dense else "MD-72")


def may_go_on(watch: OutletWatch) -> bool:
    """Whether a second round or a rung higher is the next thing: the outlet did not do what was asked."""
    return watch.state in UNMET
