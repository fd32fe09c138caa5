"""Official accounts: posts, acts, messages and channels an actor may see; what is due, open, failing."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import Q

from hoiam.core.actor import Actor
from hoiam.core.scope import ScopedQuerySet
from hoiam.kit.rulebook import default_number
from hoiam.kit.vietnamese import VIETNAM
from hoiam.newsroom.models import (
    SocialAct,
    SocialChannel,
    SocialMessage,
    SocialPost,
    SocialProof,
)
from hoiam.newsroom.social_limits import composed, faults, limits_of
from hoiam.newsroom.states.articles import ArticleState
from hoiam.newsroom.states.social import (
    OPEN_ACTS,
    OPEN_MESSAGES,
    ActKind,
    ActState,
    ConnectorKind,
    Standing,
)

WHY = "what is due on every agency's accounts"


def _narrowed(rows: ScopedQuerySet, actor: Actor, field: str = "agency") -> ScopedQuerySet:
    if actor.sees_everything:
        return rows.narrowed()
    return rows.narrowed(**{f"{field}__in": actor.agency_ids})


def channels_visible_to(actor: Actor) -> ScopedQuerySet:
    """Connected accounts of the agencies the actor sees."""
    return _narrowed(SocialChannel.objects.select_related("account", "agency"), actor)


def posts_visible_to(actor: Actor) -> ScopedQuerySet:
    """Posts of the agencies the actor sees, the newest first."""
    rows = SocialPost.objects.select_related("agency", "article", "drafted_by", "approved_by")
    return _narrowed(rows, actor)


def acts_visible_to(actor: Actor) -> ScopedQuerySet:
    """Everything done or to be done on accounts of the agencies the actor sees."""
    rows = SocialAct.objects.select_related("channel__account", "agency", "post", "message")
    return _narrowed(rows, actor)


def messages_visible_to(actor: Actor) -> ScopedQuerySet:
    """What readers wrote on accounts of the agencies the actor sees."""
    rows = SocialMessage.objects.select_related("channel__account", "agency", "taken_by")
    return _narrowed(rows, actor)


def proofs_of_acts_visible_to(actor: Actor) -> ScopedQuerySet:
    """Proofs of acts on accounts of the agencies the actor sees."""
    return _narrowed(SocialProof.objects.select_related("act"), actor, "act__agency")


def channels_in_use(agency_ids: frozenset[int] | set[int], day: date) -> ScopedQuerySet:
    """Connected accounts of these agencies that are still announced on the day: those a post may go to."""
    rows = SocialChannel.objects.system("accounts a post of these agencies may go to")
    announced = Q(account__until=None) | Q(account__until__gte=day)
    rows = rows.filter(announced, agency__in=agency_ids)
    return rows.select_related("account", "agency")


def queue_of(actor: Actor) -> ScopedQuerySet:
    """What is still to be done or has failed, the most urgent first."""
    return acts_visible_to(actor).filter(state__in=OPEN_ACTS).order_by("due_at", "id")


def archive_of(actor: Actor) -> ScopedQuerySet:
    """What was posted, the newest first."""
    rows = acts_visible_to(actor).filter(kind=ActKind.POST, state=ActState.DONE)
    return rows.order_by("-done_at", "-id")


def open_messages_of(actor: Actor) -> ScopedQuerySet:
    """What readers wrote and nobody has settled."""
    return messages_visible_to(actor).filter(state__in=OPEN_MESSAGES)


def acts_of_days(actor: Actor, first: date, days: int) -> ScopedQuerySet:
    """Postings due or done on these days, in their order: the calendar."""
    start = datetime(first.year, first.month, first.day, tzinfo=VIETNAM)
    rows = acts_visible_to(actor).filter(kind=ActKind.POST).exclude(state=ActState.CANCELLED)
    return rows.filter(due_at__gte=start, due_at__lt=start + timedelta(days)).order_by("due_at")


def public_posts(account_id: int, now: datetime) -> ScopedQuerySet:
    """What the account posted and still shows, the newest first; a post of an article that came down is left out."""
    rows = SocialAct.objects.system("posted in public: everybody may read it")
    rows = rows.filter(channel__account=account_id, kind=ActKind.POST, state=ActState.DONE)
    no_article = Q(post__article=None)
    stands = Q(post__article__state=ArticleState.STANDING) & (
        Q(post__article__expires_at=None) | Q(post__article__expires_at__gt=now)
    )
    rows = rows.filter(no_article | stands).exclude(standing=Standing.GONE)
    return rows.select_related("post").order_by("-done_at", "-id")


def due_acts(now: datetime, stale: datetime) -> ScopedQuerySet:
    """Acts whose time has come, and those a killed worker left half done."""
    rows = SocialAct.objects.system(WHY)
    waiting = Q(state__in=[ActState.WAITING, ActState.UNSURE], due_at__lte=now)
    left = Q(state=ActState.SENDING, started_at__lte=stale)
    return rows.filter(waiting | left).order_by("due_at", "id")


def standing_acts(now: datetime, days: int) -> ScopedQuerySet:
    """Posts of so many days that should still stand on pages we can read."""
    rows = SocialAct.objects.system("look whether what was posted still stands")
    rows = rows.filter(kind=ActKind.POST, state=ActState.DONE, channel__is_paused=False)
    read = [ConnectorKind.FACEBOOK, ConnectorKind.ZALO]
    rows = rows.filter(done_at__gte=now - timedelta(days), channel__kind__in=read)
    return rows.exclude(external_id="").select_related("channel").order_by("seen_at", "id")


def faults_of(post: SocialPost) -> list[str]:
    """What of the post goes over the limits of the accounts it is meant for."""
    pictures = post.pictures.count()
    return [
        fault
        for row in post.texts.select_related("channel__account")
        for fault in _faults(post, row.text, row.channel.account.platform, pictures)
    ]


def _faults(post: SocialPost, own: str, platform: str, pictures: int) -> Iterator[str]:
    limits = limits_of(platform)
    text = own or post.text
    made = composed(post.title, text, post.link, post.hashtags, pictures, limits)
    return faults(made, limits)


def token_warned_from(channel: SocialChannel, now: datetime) -> bool:
    """Whether the key runs out within the days of MD-158 and no other renews it."""
    if channel.token_expires_at is None or channel.app_id:
        return False
    return channel.token_expires_at - now <= timedelta(default_number("MD-158"))
