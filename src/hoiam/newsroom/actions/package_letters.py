"""What goes out: the letter with its Word files and pictures, the JSON of a push; each article as it stands now.

A letter is composed when it is queued and again when one of its articles came down before it was sent, so that a text that
was withdrawn does not go out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from hoiam.core import blobs
from hoiam.core.filekinds import MIB, content_type_of
from hoiam.core.mail import Attachment
from hoiam.core.markup import plain
from hoiam.kit.papers import PressArticle, PressPicture, write_article
from hoiam.kit.rulebook.defaults import default_number
from hoiam.kit.vietnamese import VIETNAM, show_date, show_datetime, show_number
from hoiam.newsroom.actions.articles import address_of
from hoiam.newsroom.models import (
    Article,
    ArticleNotice,
    ArticlePicture,
    PackageDelivery,
    Receiver,
)
from hoiam.newsroom.queries.packages import contents_of, leaving_key
from hoiam.newsroom.states.articles import ArticleState

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OPENING = (
    "Trang này cho chúng tôi biết nơi nhận đã mở gói tin. Thư không gài ảnh hay mã theo dõi: nếu chỉ đọc thư, "
    "chúng tôi không biết."
)
_RULE = "-" * 60


@dataclass(frozen=True)
class Letter:
    """One letter: subject, text, and what is attached."""

    subject: str
    text: str
    attachments: tuple[Attachment, ...] = ()


def is_standing(article: Article, now: datetime) -> bool:
    """Whether everybody may read it at this moment."""
    over = article.expires_at is not None and article.expires_at <= now
    return article.state == ArticleState.STANDING and not over


def state_words(article: Article, now: datetime) -> str:
    """What a receiver must know of an article that no longer stands, or stands corrected; blank when it stands unchanged."""
    if article.state == ArticleState.TAKEN_DOWN:
        return "Bài này đã gỡ. Đề nghị không đăng; đã đăng thì gỡ xuống."
    if article.state == ArticleState.WITHDRAWN:
        return f"Bài này đã rút: {article.ended_reason} Đề nghị không đăng; đã đăng thì rút."
    if not is_standing(article, now):
        return "Bài này đã hết thời hạn đăng. Đề nghị không đăng mới."
    if article.correction and article.corrected_at is not None:
        return f"Đính chính lúc {show_datetime(article.corrected_at)}: {article.correction}"
    return ""


def word_of(article: Article, now: datetime) -> bytes:
    """The Word file of an article as it stands now."""
    published = article.published_at.astimezone(VIETNAM).date()
    state = state_words(article, now)
    pictures = [
        PressPicture(name, picture.caption or picture.alt, picture.credit)
        for picture, name, _ in pictures_of(article)
    ]
    return write_article(
        PressArticle(
            title=article.title,
            lead=article.lead,
            body=article.body,
            byline=article.byline,
            agency=article.agency.full_name,
            day=published,
            notes=(state,) if state else (),
            sources=(
                f"{article.agency.full_name} cung cấp, ngày {show_date(published)}.",
                f"Bản trên cổng: {address_of(article)}",
            ),
            pictures=pictures,
        )
    )


def pictures_of(article: Article) -> Iterator[tuple[ArticlePicture, str, str]]:
    """Each picture that lies in the store, with the name and kind of its file."""
    for number, picture in enumerate(article.pictures.all(), start=1):
        if not blobs.exists(picture.blob):
            continue
        with blobs.open_blob(picture.blob) as file:
            kind = content_type_of(file.read(16)) or "application/octet-stream"
        ending = {"image/png": "png", "image/webp": "webp"}.get(kind, "jpg")
        yield picture, f"{article.slug[:60]}-anh-{number}.{ending}", kind


def letter_of(delivery: PackageDelivery, *, now: datetime) -> Letter:
    """The letter of one sending: the package, or what became of an article of it."""
    if delivery.notice is not None:
        return _notice_letter(delivery, delivery.notice)
    package = delivery.package
    articles = [place.article for place in contents_of(package)]
    files, left = _attached(articles, package.with_pictures, now)
    blocks = [_block(number, article, now) for number, article in enumerate(articles, start=1)]
    parts = [package.words, *blocks, _about_files(files, left), _foot(delivery)]
    text = f"\n\n{_RULE}\n\n".join(part for part in parts if part)
    return Letter(f"{package.title} – {package.agency.full_name}", text, files)


def _block(number: int, article: Article, now: datetime) -> str:
    state = state_words(article, now)
    if not is_standing(article, now):
        named = "" if article.state == ArticleState.TAKEN_DOWN else f" {article.title}"
        return f"{number}.{named}\n{state}"
    captions = [f"Ảnh: {p.caption or p.alt}" for p in article.pictures.all()]
    lines = [
        f"{number}. {article.title.upper()}", state, article.lead, plain(article.body),
        article.byline, *captions, f"Bản trên cổng: {address_of(article)}",
    ]  # fmt: skip
    return "\n\n".join(line for line in lines if line)


def _attached(
    articles: list[Article], with_pictures: bool, now: datetime
) -> tuple[tuple[Attachment, ...], int]:
    """The Word files, then pictures as long as the letter stays small enough (MD-150); how many pictures were left out."""
    files: list[Attachment] = []
    room = default_number("MD-150") * MIB
    standing = [article for article in articles if is_standing(article, now)]
    for article in standing:
        kept = blobs.put(word_of(article, now))
        room -= kept.size
        files.append((f"{article.slug[:60]}.docx", WORD, kept.sha256))
    left = 0
    for picture, name, kind in (row for each in standing for row in pictures_of(each)):
        size = blobs.size_of(picture.blob)
        if not with_pictures or size > room:
            left += 1
            continue
        room -= size
        files.append((name, kind, picture.blob))
    return tuple(files), left


def _about_files(files: tuple[Attachment, ...], left: int) -> str:
    told = f"Kèm thư này: {show_number(len(files))} tệp (Word, ảnh)." if files else ""
    more = f" {show_number(left)} ảnh tải ở trang của gói tin vì thư đã đủ nặng." if left else ""
    return (told + more).strip()


def _foot(delivery: PackageDelivery) -> str:
    lines = [
        f"Tải Word, ảnh và xem bản mới nhất: {page_of(delivery)}",
        OPENING,
        f"Ngừng nhận: {leaving_address(delivery.receiver)}",
    ]
    return "\n".join(lines)


def _notice_letter(delivery: PackageDelivery, notice: ArticleNotice) -> Letter:
    article, package = notice.article, delivery.package
    sent = show_datetime(package.sent_at) if package.sent_at else ""
    lines = [
        f"Bài “{article.title}” đã gửi trong gói tin “{package.title}” lúc {sent}.",
        f"{notice.get_kind_display()} lúc {show_datetime(notice.at)}: {notice.words}",
        ASKED[notice.kind],
        f"Xem bản mới nhất: {page_of(delivery)}",
        "Thư này gửi một lần cho mọi nơi đã nhận bài, kể cả nơi đã ngừng nhận tin.",
    ]
    subject = f"{notice.get_kind_display()}: {article.title[:150]} – {package.agency.full_name}"
    return Letter(subject, "\n\n".join(line for line in lines if line))


ASKED = {
    "changed": "Nếu chưa đăng, đề nghị dùng bản mới. Nếu đã đăng, đề nghị sửa theo.",
    "corrected": "Đề nghị đăng lời đính chính này nếu đã đăng bài.",
    "withdrawn": "Đề nghị không đăng; đã đăng thì rút.",
    "taken_down": "Đề nghị không đăng; đã đăng thì gỡ xuống.",
    "expired": "Đề nghị không đăng mới; đã đăng thì hạ bài nếu trong bài có tên người.",
}


def payload_of(delivery: PackageDelivery, *, now: datetime) -> tuple[str, dict[str, Any]]:
    """Kind and content of a push: the whole package, or what became of one article."""
    package = delivery.package
    head = {"package": package.title, "agency": package.agency.full_name, "page": page_of(delivery)}
    if delivery.notice is not None:
        notice = delivery.notice
        told = {"words": notice.words, "at": notice.at.isoformat(), "ask": ASKED[notice.kind]}
        entry = article_json(notice.article, now)
        return f"article_{notice.kind}", {**head, "notice": told, "articles": [entry]}
    entries = [article_json(place.article, now) for place in contents_of(package)]
    return "package", {**head, "words": package.words, "articles": entries}


def article_json(article: Article, now: datetime) -> dict[str, Any]:
    """One article for machines; of one that no longer stands only where it stood and what is asked."""
    told = {
        "address": address_of(article),
        "state": article.state if is_standing(article, now) else _ended(article),
        "state_words": state_words(article, now),
        "version": article.version,
    }
    if not is_standing(article, now):
        return told
    house = settings.HOIAM_ADDRESS.rstrip("/")
    return {
        **told,
        "title": article.title,
        "lead": article.lead,
        "html": absolute(article.body),
        "text": plain(article.body),
        "byline": article.byline,
        "section": article.section.name,
        "published": article.published_at.isoformat(),
        "pictures": [
            {"url": f"{house}/anh/{p.blob}.jpg", "alt": p.alt, "caption": p.caption, "credit": p.credit}
            for p in article.pictures.all()
        ],
    }  # fmt: skip


def _ended(article: Article) -> str:
    standing = article.state == ArticleState.STANDING
    return str(ArticleState.EXPIRED if standing else article.state)


def absolute(html: str) -> str:
    """The text with its pictures' addresses made whole: it is read in another house."""
    house = settings.HOIAM_ADDRESS.rstrip("/")
    return html.replace('src="/anh/', f'src="{house}/anh/')


def page_of(delivery: PackageDelivery) -> str:
    """The receiver's own page of a package."""
    return _whole("portal-package", delivery.token)


def leaving_address(receiver: Receiver) -> str:
    """Where a receiver stops receiving."""
    return _whole("portal-package-leave", leaving_key(receiver))


def feed_address(receiver: Receiver) -> str:
    """The receiver's own feed."""
    return _whole("portal-package-feed", receiver.token)


def _whole(name: str, key: str) -> str:
    return settings.HOIAM_ADDRESS.rstrip("/") + reverse(name, args=[key])
