"""Links of a home page or a section that may lead to a correction, and the outlet's own section of corrections."""

from urllib.parse import urlsplit

from hoiam.kit.news.addresses import absolute, host_of, path_of, url_key
from hoiam.kit.news.corrections.nearness import nearest, words_of
from hoiam.kit.news.corrections.values import data
from hoiam.kit.news.discovery import tree_of
from hoiam.kit.vietnamese import fold, nfc, slug, squash

MOST = 8
_LONGEST_SECTION = 6


def correction_links(
    html: bytes, *, url: str, title: str = "", charset: str | None = None
) -> tuple[str, ...]:
    """Addresses on this page whose words tell of a correction, an apology or a response, or name our work; each once.

    Args:
        html: the page as it came.
        url: where it came from; only links of the same site are given.
        title: of the work; a link with its words and "cải chính" comes first.
        charset: the charset parameter of the HTTP header.
    """
    found: list[tuple[int, int, str]] = []
    for place, (address, label) in enumerate(_anchors(html, url, charset)):
        signs = may_be_one(label)
        by_path = any(word in path_of(address) for word in data()["paths"])
        ours = bool(title) and bool(
            (near := nearest(title, words_of(label), loose=data()["lines"]["loose"]))
            and near.share >= data()["lines"]["title"]
        )
        if signs or by_path:
            found.append((0 if ours else 1, place, address))
    return _once([address for _, _, address in sorted(found)])[:MOST]


def may_be_one(title: str) -> bool:
    """Whether a title tells of a correction, an apology or a response, so that its page is worth reading.

    >>> may_be_one("Thông tin cải chính, xin lỗi"), may_be_one("Giá rau tăng")
    (True, False)
    """
    folded = fold(title)
    return any(fold(word) in folded for word in data()["anchors"])


def section_guesses(html: bytes, *, url: str, charset: str | None = None) -> tuple[str, ...]:
    """Pages of the site that seem to be its section of corrections, the likeliest first."""
    found = [
        (len(words_of(label)), address)
        for address, label in _anchors(html, url, charset)
        if len(words_of(label)) <= _LONGEST_SECTION
        and (
            any(fold(word) in fold(label) for word in data()["sections"])
            or any(slug(path_of(address)).endswith(word) for word in data()["paths"])
        )
    ]
    return _once([address for _, address in sorted(found)])[:MOST]


def _anchors(html: bytes, url: str, charset: str | None) -> list[tuple[str, str]]:
    """Each link to the same site with its words."""
    anchors = []
    for node in tree_of(html, charset).css("a[href]"):
        address = absolute(node.attributes.get("href") or "", url).partition("#")[0]
        if urlsplit(address).scheme in ("http", "https") and host_of(address) == host_of(url):
            label = squash(nfc(node.text() or node.attributes.get("title") or ""))
            anchors.append((address, label))
    return anchors


def _once(addresses: list[str]) -> tuple[str, ...]:
    return tuple({url_key(address): address for address in reversed(addresses)}.values())[::-1]
