"""A package as its receiver reads it: each article as it stands now, with its files; and the same as an Atom feed."""

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from hoiam.newsroom.actions.articles import address_of
from hoiam.newsroom.actions.package_letters import (
    absolute,
    feed_address,
    is_standing,
    pictures_of,
    state_words,
)
from hoiam.newsroom.models import (
    Article,
    ArticleNotice,
    ArticlePicture,
    PackageArticle,
    PackageDelivery,
    Receiver,
)
from hoiam.newsroom.queries.packages import contents_of, notices_of
from hoiam.newsroom.states.articles import ArticleState

ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True)
class Piece:
    """One article on the page; of one that was taken down not even the title is shown."""

    article: Article
    number: int
    is_standing: bool
    state: str
    is_newer: bool
    word: str
    pictures: tuple[tuple[ArticlePicture, str, str], ...]

    @property
    def title(self) -> str:
        """How the page names it."""
        gone = self.article.state == ArticleState.TAKEN_DOWN
        return f"Bài số {self.number} đã gỡ" if gone else self.article.title


def pieces_of(delivery: PackageDelivery, now: datetime) -> list[Piece]:
    """The articles of a package in order."""
    return [
        _piece(delivery, number, place, now)
        for number, place in enumerate(contents_of(delivery.package), start=1)
    ]


def _piece(delivery: PackageDelivery, number: int, place: PackageArticle, now: datetime) -> Piece:
    article, standing = place.article, is_standing(place.article, now)
    pictures = tuple(
        (row, name, reverse("portal-package-picture", args=[delivery.token, row.pk]))
        for row, name, _ in (pictures_of(article) if standing else ())
    )
    return Piece(
        article=article,
        number=number,
        is_standing=standing,
        state=state_words(article, now),
        is_newer=standing and article.version > place.sent_version,
        word=reverse("portal-package-word", args=[delivery.token, article.pk]),
        pictures=pictures,
    )


def told_since(
    delivery: PackageDelivery, pieces: Sequence[Piece]
) -> list[tuple[ArticleNotice, str]]:
    """What was told about its articles since, newest first, and how each article is named."""
    numbers = {piece.article.pk: piece.number for piece in pieces}
    return [
        (row, f"Bài số {numbers[row.article_id]}")
        for row in notices_of(delivery.package)
        if row.article_id in numbers
    ]


def atom_of(receiver: Receiver, rows: Sequence[PackageArticle], now: datetime) -> bytes:
    """The receiver's feed (RFC 4287): full texts; an article that came down is told so under its own id."""
    ET.register_namespace("", ATOM)
    feed = ET.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "vi"})
    agency = receiver.press_list.agency
    _put(feed, "title", f"Tin gửi báo chí – {agency.full_name}")
    _put(feed, "id", feed_address(receiver))
    _link(feed, feed_address(receiver), rel="self", type="application/atom+xml")
    moments = [_updated(row, now) for row in rows]
    _put(feed, "updated", max(moments, default=receiver.state_at).isoformat())
    _author(feed, agency.full_name)
    seen: set[int] = set()
    for row in rows:
        if row.article_id not in seen:
            seen.add(row.article_id)
            _entry(feed, row, now)
    return ET.tostring(feed, encoding="utf-8", xml_declaration=True)


def _updated(row: PackageArticle, now: datetime) -> datetime:
    article = row.article
    moments = [row.package.sent_at, article.changed_at, article.corrected_at, article.ended_at]
    return max(moment for moment in [article.published_at, *moments] if moment is not None)


def _entry(feed: ET.Element, row: PackageArticle, now: datetime) -> None:
    article, standing = row.article, is_standing(row.article, now)
    entry = ET.SubElement(feed, f"{{{ATOM}}}entry")
    state = state_words(article, now)
    gone = article.state == ArticleState.TAKEN_DOWN
    _put(entry, "title", "Bài đã gỡ" if gone else article.title)
    # The address may be given to another article after years; the key of the row never is.
    _put(entry, "id", f"{settings.HOIAM_ADDRESS.rstrip('/')}/goi-tin/bai/{article.pk}")
    if not gone:  # the address of a text is made of its title
        _link(entry, address_of(article), rel="alternate")
    _put(entry, "updated", _updated(row, now).isoformat())
    _put(entry, "published", article.published_at.isoformat())
    _author(entry, article.byline or article.agency.full_name)
    if not standing:
        _put(entry, "content", state)
        return
    if article.lead:
        _put(entry, "summary", article.lead)
    note = f"<p><strong>{_escaped(state)}</strong></p>" if state else ""
    lead = f"<p><strong>{_escaped(article.lead)}</strong></p>" if article.lead else ""
    content = _put(entry, "content", note + lead + absolute(article.body))
    content.set("type", "html")


def _put(parent: ET.Element, name: str, text: str) -> ET.Element:
    made = ET.SubElement(parent, f"{{{ATOM}}}{name}")
    made.text = "".join(sign for sign in text if sign in "\n\t" or sign.isprintable())
    return made


def _link(parent: ET.Element, href: str, **more: str) -> None:
    ET.SubElement(parent, f"{{{ATOM}}}link", {"href": href, **more})


def _author(parent: ET.Element, name: str) -> None:
    _put(ET.SubElement(parent, f"{{{ATOM}}}author"), "name", name)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def feed_for_page(request: HttpRequest, delivery: PackageDelivery) -> str:
    """The feed of who holds the page, to be shown there."""
    return request.build_absolute_uri(
        reverse("portal-package-feed", args=[delivery.receiver.token])
    )
