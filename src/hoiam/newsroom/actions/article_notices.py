"""Telling everybody who received an article what became of it: once for each act, in the act's own words."""

import secrets
from datetime import datetime

from django.db import transaction

from hoiam.core import outbox
from hoiam.newsroom.actions.package_sending import STILL_TOLD, compose_again
from hoiam.newsroom.actions.packages import DUE
from hoiam.newsroom.models import Article, ArticleNotice, PackageDelivery
from hoiam.newsroom.queries.packages import sent_with
from hoiam.newsroom.states.distribution import NoticeKind

WHY = "tell who received it"
K = NoticeKind
KINDS = {
    "article_changed": K.CHANGED,
    "article_corrected": K.CORRECTED,
    "article_withdrawn": K.WITHDRAWN,
    "article_taken_down": K.TAKEN_DOWN,
    "article_expired": K.EXPIRED,
}


@transaction.atomic
def tell_holders(article: Article, message: str, *, now: datetime) -> int:
    """How many are told now; 0 when nobody received it or all were told of this act before."""
    kind = KINDS.get(message)
    act = _act(article, kind) if kind is not None else None
    if kind is None or act is None:
        return 0
    at, mark, words = act
    holders = [row for row in sent_with(article.pk) if _holds_old(row, article, kind, at)]
    if not holders:
        return 0
    for row in holders:
        compose_again(row, now=now)
    notice, _ = ArticleNotice.objects.get_or_create(
        article=article, kind=kind, mark=mark, defaults={"words": words, "at": at}
    )
    return sum(_told(notice, row, now) for row in _once(holders))


def _act(article: Article, kind: NoticeKind) -> tuple[datetime, str, str] | None:
    """When the act was, what marks it, its words; None when a later act undid it."""
    if kind == K.CHANGED:
        why = article.versions.order_by("number").values_list("why", flat=True).last()
        at = article.changed_at
        return (at, f"v{article.version}", why or "Nội dung đã thay đổi.") if at else None
    if kind == K.CORRECTED:
        at = article.corrected_at
        return (at, at.isoformat(), article.correction) if at else None
    at = article.ended_at
    if at is None or article.state != kind:
        return None
    return at, at.isoformat(), article.ended_reason or "Bài đã hết thời hạn đăng trên cổng."


def _holds_old(row: PackageDelivery, article: Article, kind: NoticeKind, at: datetime) -> bool:
    if row.receiver.state not in STILL_TOLD:
        return False
    if kind == K.CHANGED:
        return row.sent_version < article.version
    return row.package.sent_at is not None and row.package.sent_at <= at


def _once(holders: list[PackageDelivery]) -> list[PackageDelivery]:
    """One sending an address, the newest: an article may have gone out in two packages."""
    return list({row.receiver.address: row for row in reversed(holders)}.values())


def _told(notice: ArticleNotice, row: PackageDelivery, now: datetime) -> int:
    delivery, is_new = PackageDelivery.objects.system(WHY).get_or_create(
        notice=notice,
        receiver=row.receiver,
        defaults={
            "package": row.package,
            "token": secrets.token_urlsafe(24),
            "queued_at": now,
        },
    )
    if is_new:
        outbox.post(DUE, delivery.pk, at=now)
    return int(is_new)
