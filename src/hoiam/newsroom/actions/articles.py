"""An article's life on the portal: published, changed, corrected, withdrawn, taken down, or come down at its hour.

Correct, withdraw and take down are three acts. Corrected: the article stands and says what was wrong. Withdrawn: its page
says that it was withdrawn and why. Taken down: its address answers that nothing stands there (410), and its text is kept
for the record alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.text import slugify

from hoiam.agencies.models import Agency
from hoiam.core import authority, ledger, outbox
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput, WrongState
from hoiam.kit.vietnamese import fold, squash
from hoiam.newsroom.actions.stamps import turn_stamp
from hoiam.newsroom.models import Article, ArticleAuthor, ArticlePicture, ArticleVersion, Section
from hoiam.newsroom.states.articles import OPEN_FROM, ArticleKind, ArticleState

SLUG = 120


@dataclass(frozen=True)
class Author:
    """Who wrote: an official's key, or a name alone."""

    name: str
    official_id: int | None = None
    agency_id: int | None = None


@dataclass(frozen=True)
class Picture:
    """A re-encoded picture in the store of blobs, and what it shows."""

    blob: str
    width: int
    height: int
    alt: str
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True)
class Snapshot:
    """What is published, whole; `page_key` is the same for every later text of the same article."""

    page_key: str
    kind: str
    agency: Agency
    section: Section
    title: str
    lead: str = ""
    body: str = ""
    byline: str = ""
    authors: Sequence[Author] = ()
    pictures: Sequence[Picture] = ()
    theme: int | None = None
    campaign: Article | None = None
    source_name: str = ""
    source_url: str = ""
    expires_at: datetime | None = None
    extra: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def publish_article(
    snapshot: Snapshot, *, actor: Actor | None, now: datetime, why: str = "",
    approved_by_id: int | None = None,
) -> Article:  # fmt: skip
    """The article as it now stands: new, or the next version of what stood under this key. The same text twice is one version.

    Args:
        actor: who publishes; None when the hour set beforehand has come.
        why: what changed, for readers of the history.
        approved_by_id: the official who approved the text.

    Raises:
        NotAllowed: the actor may not publish for this agency.
        InvalidInput: no title, a picture without words for it, or it would come down before it goes up.
        WrongState: it was withdrawn or taken down; such a text goes up only as a new article.
    """
    if actor is not None:
        authority.check(actor, "publish_article", snapshot.agency)
    _check(snapshot, now)
    rows = Article.objects.system("one article a key").select_for_update(of=("self",))
    found = rows.filter(page_key=snapshot.page_key).first()
    if found is None:
        return _first(snapshot, actor, now, why, approved_by_id)
    if found.state in {ArticleState.WITHDRAWN, ArticleState.TAKEN_DOWN}:
        raise WrongState("Bài này đã rút hoặc đã gỡ. Hãy soạn thành bài mới rồi đăng.")
    return _next(found, snapshot, actor, now, why, approved_by_id)


def _check(snapshot: Snapshot, now: datetime) -> None:
    if not squash(snapshot.title):
        raise InvalidInput("Ghi tên bài.", "title")
    if snapshot.kind not in ArticleKind.values:
        raise InvalidInput("Chọn loại bài.", "kind")
    if any(not squash(picture.alt) for picture in snapshot.pictures):
        raise InvalidInput("Mỗi ảnh cần một câu nói ảnh cho thấy gì.", "pictures")
    if snapshot.expires_at is not None and snapshot.expires_at <= now:
        raise InvalidInput("Giờ hạ bài đã qua. Đặt giờ hạ ở phía trước.", "expires_at")


def _first(
    snapshot: Snapshot, actor: Actor | None, now: datetime, why: str, approved_by_id: int | None
) -> Article:
    made = Article(page_key=snapshot.page_key, published_at=now, approved_by_id=approved_by_id)
    made.slug = free_slug(snapshot.title)
    _fill(made, snapshot)
    made.save()
    _keep(made, snapshot, actor, now, why)
    ledger.write(made, actor=actor, step="publish_article", at=now, reason=why, version=1)
    turn_stamp()
    outbox.post("article_published", made.pk, at=now)
    return made


def _next(
    article: Article,
    snapshot: Snapshot,
    actor: Actor | None,
    now: datetime,
    why: str,
    approved_by_id: int | None,
) -> Article:
    before = (article.title, article.lead, article.body, article.extra)
    was_standing, beside = article.state == ArticleState.STANDING, _beside(article)
    _fill(article, snapshot)
    article.state = ArticleState.STANDING
    changed = before != (article.title, article.lead, article.body, article.extra)
    if changed:
        article.version += 1
        article.changed_at = now
        article.approved_by_id = approved_by_id
    article.save()
    turn_stamp()
    if changed or not was_standing:
        _keep(article, snapshot, actor, now, why, is_new_text=changed)
        ledger.write(
            article, actor=actor, step="change_article", at=now, reason=why, version=article.version
        )
        outbox.post("article_changed", article.pk, at=now)
    else:
        _people_and_pictures(article, snapshot)
        if beside != _beside(article):
            ledger.write(article, actor=actor, step="note_article", at=now, reason=why)
            outbox.post("article_noted", article.pk, at=now)
    return article


def _beside(article: Article) -> tuple[object, ...]:
    """What others count an article by, beside its text: whose, where, who wrote it, until when."""
    authors = tuple(article.authors.values_list("name", "official", "agency"))
    place = (article.agency_id, article.section_id, article.campaign_id, article.theme)
    return (*place, article.expires_at, authors)


def _fill(article: Article, snapshot: Snapshot) -> None:
    article.kind, article.agency, article.section = (
        snapshot.kind,
        snapshot.agency,
        snapshot.section,
    )
    article.title, article.lead = squash(snapshot.title)[:300], snapshot.lead.strip()
    article.body, article.byline = snapshot.body, squash(snapshot.byline)[:300]
    article.theme, article.campaign = snapshot.theme, snapshot.campaign
    article.source_name = squash(snapshot.source_name)[:200]
    article.source_url, article.expires_at = snapshot.source_url, snapshot.expires_at
    article.extra = dict(snapshot.extra)


def _keep(
    article: Article,
    snapshot: Snapshot,
    actor: Actor | None,
    now: datetime,
    why: str,
    *,
    is_new_text: bool = True,
) -> None:
    _people_and_pictures(article, snapshot)
    if is_new_text:
        ArticleVersion.objects.create(
            article=article,
            number=article.version,
            title=article.title,
            lead=article.lead,
            body=article.body,
            at=now,
            by=actor.official if actor is not None else None,
            why=squash(why)[:300],
        )


def _people_and_pictures(article: Article, snapshot: Snapshot) -> None:
    article.authors.all().delete()
    article.pictures.all().delete()
    ArticleAuthor.objects.bulk_create(
        ArticleAuthor(
            article=article,
            order=order,
            name=squash(author.name)[:120],
            official_id=author.official_id,
            agency_id=author.agency_id,
        )
        for order, author in enumerate(snapshot.authors)
    )
    ArticlePicture.objects.bulk_create(
        ArticlePicture(
            article=article,
            order=order,
            blob=picture.blob,
            width=picture.width,
            height=picture.height,
            alt=squash(picture.alt)[:300],
            caption=squash(picture.caption)[:500],
            credit=squash(picture.credit)[:120],
        )
        for order, picture in enumerate(snapshot.pictures)
    )


def free_slug(title: str) -> str:
    """An address made of the title without marks that no article has yet."""
    stem = slugify(fold(title))[:SLUG].strip("-") or "bai"
    rows = Article.objects.system("addresses are taken by every agency's articles")
    taken = set(rows.filter(slug__startswith=stem).values_list("slug", flat=True))
    if stem not in taken:
        return stem
    number = 2
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"


@transaction.atomic
def correct_article(article: Article, *, actor: Actor, now: datetime, notice: str) -> Article:
    """The article, still standing, with the words that say what was wrong and what is right.

    Raises:
        NotAllowed: the actor may not.
        InvalidInput: no words.
        WrongState: it does not stand.
    """
    article = _open(article, "correct_article", actor)
    if not squash(notice):
        raise InvalidInput("Ghi điều đã đăng sai và điều đúng.", "notice")
    article.correction, article.corrected_at = notice.strip(), now
    article.save(update_fields=["correction", "corrected_at"])
    return _told(article, "correct_article", "article_corrected", actor, now, notice)


@transaction.atomic
def withdraw_article(article: Article, *, actor: Actor, now: datetime, reason: str) -> Article:
    """The article withdrawn: its page says so and why.

    Raises:
        NotAllowed: the actor may not.
        InvalidInput: no reason.
        WrongState: it does not stand.
    """
    return _ended(article, ArticleState.WITHDRAWN, "withdraw_article", actor, now, reason)


@transaction.atomic
def take_down_article(article: Article, *, actor: Actor, now: datetime, reason: str) -> Article:
    """The article taken down, also when it was withdrawn before: nothing of it is shown any more, not even its title.

    Raises:
        NotAllowed: the actor may not.
        InvalidInput: no reason.
        WrongState: it is down already.
    """
    return _ended(article, ArticleState.TAKEN_DOWN, "take_down_article", actor, now, reason)


def _ended(
    article: Article, state: ArticleState, verb: str, actor: Actor, now: datetime, reason: str
) -> Article:
    article = _open(article, verb, actor)
    if not squash(reason):
        raise InvalidInput("Ghi lý do.", "reason")
    article.state, article.ended_at, article.ended_reason = state, now, reason.strip()
    article.save(update_fields=["state", "ended_at", "ended_reason"])
    message = {ArticleState.WITHDRAWN: "article_withdrawn"}.get(state, "article_taken_down")
    return _told(article, verb, message, actor, now, reason)


@transaction.atomic
def expire_article(article: Article, *, now: datetime) -> Article | None:
    """The article marked as come down at its hour; None when it already was, or its hour was moved."""
    rows = Article.objects.system("its hour has come").select_for_update(of=("self",))
    article = rows.get(pk=article.pk)
    is_due = article.expires_at is not None and article.expires_at <= now
    if article.state != ArticleState.STANDING or not is_due:
        return None
    article.state, article.ended_at = ArticleState.EXPIRED, article.expires_at
    article.save(update_fields=["state", "ended_at"])
    return _told(article, "expire_article", "article_expired", None, now, "")


def _open(article: Article, verb: str, actor: Actor) -> Article:
    rows = Article.objects.system("reload under lock").select_for_update(of=("self",))
    found = rows.select_related("agency").get(pk=article.pk)
    authority.check(actor, verb, found)
    if found.state not in OPEN_FROM[verb]:
        state = str(found.get_state_display()).lower()
        raise WrongState(f"Bài này {state}. Tải lại trang để xem ai vừa xử lý.")
    return found


def _told(
    article: Article, step: str, message: str, actor: Actor | None, now: datetime, reason: str
) -> Article:
    ledger.write(article, actor=actor, step=step, at=now, reason=reason)
    turn_stamp()
    outbox.post(message, article.pk, at=now)
    return article


def address_of(article: Article) -> str:
    """Where the public reads it, with the house's own address in front."""
    return f"{settings.HOIAM_ADDRESS.rstrip('/')}/bai/{article.slug}/"
