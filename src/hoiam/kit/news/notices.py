"""Notice mails (Google Alerts and their like): the links and titles inside, nothing about who sent or received them."""

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from functools import lru_cache
from importlib.resources import files
from typing import Any
from urllib.parse import parse_qs, urlsplit

from hoiam.kit.lists import yaml_of
from hoiam.kit.news import sentences
from hoiam.kit.news.addresses import host_of, path_of, url_key
from hoiam.kit.news.discovery import tree_of
from hoiam.kit.news.values import Entry, Feed
from hoiam.kit.vietnamese import fold, nfc, squash

NO_NEWS = "Thư “{subject}” không có liên kết bài nào; hãy mở hộp thư kiểm tra."
UNREADABLE = "Có thư không đọc được nội dung; hãy mở hộp thư kiểm tra."


def read_notice(message: bytes) -> Feed:
    """The entries of one notice mail; their times stay unknown, since a mail's time is not a report's.

    Args:
        message: the mail as the server gave it (RFC 5322).
    """
    try:
        mail = message_from_bytes(message, policy=policy.default)
        subject = squash(nfc(str(mail.get("Subject") or "")))
        found = list(_links(mail))
    except (LookupError, ValueError, AttributeError, TypeError, IndexError):
        # The standard library's reader of headers raises many things on damaged mails.
        return Feed(problems=(UNREADABLE,), lost=1, kind="notice")
    once: dict[str, Entry] = {}
    for address, title in found:
        once.setdefault(url_key(address), _entry(address, title))
    problems = () if once else (NO_NEWS.format(subject=subject[:80] or "không tiêu đề"),)
    return Feed(tuple(once.values()), subject, problems, kind="notice")


def true_address(url: str) -> str:
    """The address a passing-on link leads to.

    >>> true_address("https://www.google.com/url?rct=j&url=https://bao.example/a-1.html&ct=ga")
    'https://bao.example/a-1.html'
    """
    for rule in _data()["passing_on"]:
        if host_of(url) == rule["host"] and path_of(url).startswith(rule["path"]):
            aims = parse_qs(urlsplit(url).query).get(rule["parameter"], [])
            if aims and aims[0].startswith(("https://", "http://")):
                return aims[0]
    return url


def _entry(address: str, title: str) -> Entry:
    return Entry(
        id=address, link=address, title=title, problems=() if title else (sentences.NO_TITLE,)
    )


def _links(mail: EmailMessage) -> Iterator[tuple[str, str]]:
    html = mail.get_body(("html",))
    if html is not None:
        yield from _of_html(html)
        return
    plain = mail.get_body(("plain",))
    if plain is not None:
        yield from _of_text(str(plain.get_content()))


def _of_html(part: MIMEPart) -> Iterator[tuple[str, str]]:
    content = part.get_content()
    for anchor in tree_of(str(content).encode("utf-8", "replace"), "utf-8").css("a[href]"):
        address = true_address((anchor.attributes.get("href") or "").strip())
        title = squash(nfc(anchor.text(separator=" ")))
        if _is_news(address, title):
            yield address, title


def _of_text(text: str) -> Iterator[tuple[str, str]]:
    before = ""
    for line in text.splitlines():
        words = line.strip().strip("<>")
        if words.startswith(("https://", "http://")):
            address = true_address(words.split()[0].rstrip(">"))
            title = squash(nfc(before))
            if _is_news(address, title):
                yield address, title
            before = ""
        elif words:
            before = words


def _is_news(address: str, title: str) -> bool:
    host, data = host_of(address), _data()
    if not address.startswith(("https://", "http://")) or host in data["own_hosts"]:
        return False
    folded = fold(title)
    return len(title) >= data["least_title"] and not any(
        fold(word) in folded for word in data["skipped_words"]
    )


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    source = files("hoiam.kit.news").joinpath("data/notices.yaml").read_text("utf-8")
    data: dict[str, Any] = yaml_of(source)
    return data
