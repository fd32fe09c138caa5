"""Lists, packages and what was sent: as an actor sees them, as a receiver with their own link sees them, and who never opens."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice

from django.core import signing
from django.db.models import Count, F, Max, OuterRef, Q, Subquery

from hoiam.core.actor import Actor
from hoiam.core.scope import ScopedQuerySet
from hoiam.kit.rulebook.defaults import default_number
from hoiam.kit.vietnamese import VIETNAM, fold
from hoiam.newsroom.models import (
    ArticleNotice,
    DistributionList,
    Package,
    PackageArticle,
    PackageDelivery,
    Receiver,
    Section,
)
from hoiam.newsroom.queries.articles import articles_visible_to, standing
from hoiam.newsroom.states.articles import ArticleKind
from hoiam.newsroom.states.distribution import PackageState, ReceiverState, SendingState

BY_LINK = "who holds the link receives it"
LEAVING = "hoiam.newsroom.leave"
FEED_LENGTH = 60
# A page about a person or a campaign, or what another house wrote, is not ours to give to papers.
NOT_SENT = (ArticleKind.PARTNER, ArticleKind.EXPERT, ArticleKind.CAMPAIGN)
GONE_OUT = (SendingState.SENT, SendingState.OPENED)


def lists_visible_to(actor: Actor) -> ScopedQuerySet:
    """Lists of the actor's agencies and those below."""
    rows = DistributionList.objects.select_related("agency")
    return rows.narrowed() if actor.sees_everything else rows.narrowed(agency__in=actor.agency_ids)


def with_counts(rows: ScopedQuerySet) -> ScopedQuerySet:
    """Lists with how many receive, how many addresses are broken, how many left."""
    return rows.annotate(
        receiving=Count("receivers", filter=Q(receivers__state=ReceiverState.ACTIVE)),
        broken=Count("receivers", filter=Q(receivers__state=ReceiverState.DEAD)),
        gone=Count("receivers", filter=Q(receivers__state=ReceiverState.LEFT)),
    )


def receiver_rows(actor: Actor) -> ScopedQuerySet:
    """Receivers of the lists in sight, those taken off left out."""
    rows = Receiver.objects.select_related("press_list", "press_agency", "reporter")
    rows = rows.exclude(state=ReceiverState.REMOVED)
    if actor.sees_everything:
        return rows.narrowed()
    return rows.narrowed(press_list__agency__in=actor.agency_ids)


def packages_visible_to(actor: Actor) -> ScopedQuerySet:
    """Packages of the actor's agencies and those below."""
    rows = Package.objects.select_related("agency", "drafted_by", "edited_by", "approved_by")
    return rows.narrowed() if actor.sees_everything else rows.narrowed(agency__in=actor.agency_ids)


def with_sendings(rows: ScopedQuerySet) -> ScopedQuerySet:
    """Packages with how many sendings there are, went out, were opened, failed."""
    first = Q(deliveries__notice=None)
    return rows.annotate(
        sendings=Count("deliveries", filter=first, distinct=True),
        gone_out=Count("deliveries", filter=first & Q(deliveries__state__in=GONE_OUT), distinct=True),
        opened=Count("deliveries", filter=first & Q(deliveries__state=SendingState.OPENED), distinct=True),
        failed=Count("deliveries", filter=first & Q(deliveries__state=SendingState.FAILED), distinct=True),
    )  # fmt: skip


def articles_to_send(actor: Actor, now: datetime) -> ScopedQuerySet:
    """Articles of the actor's agencies that stand now and are the house's own to give to papers."""
    return (
        articles_visible_to(actor)
        .filter(pk__in=standing(now).values("pk"))
        .exclude(kind__in=NOT_SENT)
    )


@dataclass(frozen=True)
class Looked:
    """What articles are looked for to send: words with or without marks, section, first and last day."""

    words: str = ""
    section: Section | None = None
    first: date | None = None
    last: date | None = None


def articles_found(actor: Actor, now: datetime, looked: Looked, limit: int) -> list[int]:
    """Keys of the newest articles to send whose title, opening or byline have every word; all when no words are given."""
    rows = articles_to_send(actor, now).order_by("-published_at", "-pk")
    if looked.section is not None:
        rows = rows.filter(section=looked.section)
    if looked.first is not None:
        rows = rows.filter(published_at__gte=_midnight(looked.first))
    if looked.last is not None:
        rows = rows.filter(published_at__lt=_midnight(looked.last + timedelta(days=1)))
    words = fold(looked.words).split()
    if not words:
        return list(rows.values_list("pk", flat=True)[:limit])
    told = rows.values_list("pk", "title", "lead", "byline").iterator(chunk_size=500)
    fits = (pk for pk, *texts in told if _has_all(words, fold(" ".join(texts))))
    return list(islice(fits, limit))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=VIETNAM)


def _has_all(words: list[str], text: str) -> bool:
    return all(word in text for word in words)


def deliveries_of(package: Package) -> ScopedQuerySet:
    """The sendings of a package the caller may see; notices are told apart by `notice`."""
    rows = PackageDelivery.objects.system("of a package the caller was let see")
    return (
        rows.filter(package=package)
        .select_related("receiver__press_list", "notice__article")
        .order_by("receiver__name", "id")
    )


def is_call_due(delivery: PackageDelivery, now: datetime) -> bool:
    """Whether a call is suggested: sent some days ago (MD-152) and never opened."""
    if delivery.state != SendingState.SENT or delivery.sent_at is None or delivery.notice_id:
        return False
    return now - delivery.sent_at >= timedelta(days=default_number("MD-152"))


@dataclass(frozen=True)
class Attention:
    """How one receiver treats what it is sent."""

    receiver: Receiver
    sent: int
    opened: int
    last_sent_at: datetime | None

    @property
    def never_opens(self) -> bool:
        """Sent several packages (MD-153) and opened none."""
        return not self.opened and self.sent >= default_number("MD-153")


def attention(actor: Actor) -> list[Attention]:
    """Every receiver in sight with what was sent and opened, who opens least first."""
    first = Q(deliveries__notice=None)
    rows = (
        receiver_rows(actor)
        .annotate(
            sent=Count("deliveries", filter=first & Q(deliveries__state__in=GONE_OUT)),
            opened=Count("deliveries", filter=first & Q(deliveries__state=SendingState.OPENED)),
            last_sent=Max("deliveries__sent_at", filter=first),
        )
        .filter(sent__gt=0)
        .order_by("opened", "-sent", "name", "pk")
    )
    return [Attention(row, row.sent, row.opened, row.last_sent) for row in rows]


def delivery_by_token(token: str) -> PackageDelivery | None:
    """The sending this link opens, with its package; None when there is none or it has not gone out."""
    rows = PackageDelivery.objects.system(BY_LINK).select_related("package__agency", "receiver")
    return rows.filter(token=token, package__state=PackageState.SENT).first()


def contents_of(package: Package) -> list[PackageArticle]:
    """What went out in a package, in order, with the articles as they stand now."""
    rows = package.contents.filter(sent_version__gt=0).select_related(
        "article__agency", "article__section"
    )
    return list(rows.prefetch_related("article__pictures"))


def notices_of(package: Package) -> list[ArticleNotice]:
    """What was told about its articles since it was sent, newest first."""
    places = package.contents.filter(sent_version__gt=0)
    rows = ArticleNotice.objects.filter(article__in=places.values("article"))
    if package.sent_at is not None:
        rows = rows.filter(at__gte=package.sent_at)
    return list(rows.select_related("article").order_by("-at", "-id"))


def receiver_by_token(token: str) -> Receiver | None:
    """Whose feed this is; None when nobody's, or they receive no more."""
    rows = Receiver.objects.system(BY_LINK).select_related("press_list__agency")
    return rows.filter(token=token, state=ReceiverState.ACTIVE).first()


def feed_of(receiver: Receiver) -> list[PackageArticle]:
    """What was sent to this receiver, newest package first, for the feed; articles as they stand now."""
    sent = PackageDelivery.objects.system(BY_LINK).filter(receiver=receiver, notice=None)
    rows = (
        PackageArticle.objects.filter(package__in=sent.values("package"), sent_version__gt=0)
        .select_related("package", "article__agency", "article__section")
        .prefetch_related("article__pictures")
        .annotate(
            told_at=Subquery(
                ArticleNotice.objects.filter(article=OuterRef("article"))
                .order_by("-at")
                .values("at")[:1]
            )
        )
        .order_by("-package__sent_at", "order", "id")
    )
    return list(rows[:FEED_LENGTH])


def leaving_key(receiver: Receiver) -> str:
    """What a link to stop receiving carries; only we can have made it."""
    return signing.dumps(receiver.pk, salt=LEAVING)


def receiver_by_leaving_key(key: str) -> Receiver | None:
    """Who wants to stop receiving; None when the key is not ours."""
    try:
        pk = signing.loads(key, salt=LEAVING)
    except signing.BadSignature:
        return None
    rows = Receiver.objects.system(BY_LINK).select_related("press_list__agency")
    return rows.filter(pk=pk).first()


def sent_with(article_id: int) -> ScopedQuerySet:
    """First sendings of every package this article went out with; for the notices."""
    return (
        PackageDelivery.objects.system("tell who received it")
        .filter(
            notice=None,
            package__state=PackageState.SENT,
            package__contents__article=article_id,
            package__contents__sent_version__gt=0,
        )
        .exclude(state=SendingState.FAILED)
        .annotate(sent_version=F("package__contents__sent_version"))
        .select_related("receiver", "package")
        .order_by("-package__sent_at", "-pk")
    )
