"""Where a site keeps its feeds: what its pages say, and the places papers commonly use."""

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from hoiam.kit.lists import yaml_of
from hoiam.kit.news.addresses import absolute, host_of, path_of
from hoiam.kit.news.encoding import decode
from hoiam.kit.news.halves import halves_joined
from hoiam.kit.news.limits import within_caps
from hoiam.kit.vietnamese import fold, nfc, squash

# Links of one page that are looked at; a front page has a thousand, and half a million took 7 s.
_MOST_ANCHORS = 20_000
FEED, SITEMAP, LISTING = "feed", "sitemap", "listing"


@dataclass(frozen=True)
class Place:
    """An address that may give entries: of which kind, under what label, and where it was found.

    ``found`` is "itself", "link" (the page's head says so), "anchor" (a link on a page), "robots" or "common".
    """

    url: str
    kind: str
    label: str = ""
    found: str = "link"


def feed_links(html: bytes, *, url: str, charset: str | None = None) -> tuple[Place, ...]:
    """The feeds a page names, those of its head first; each address once.

    Args:
        html: the page as it came.
        url: where it came from; relative links are resolved against it.
        charset: the charset parameter of the HTTP header.
    """
    tree = tree_of(html, charset)
    places = [*_of_head(tree, url), *_of_body(tree, url)]
    once = {place.url: place for place in reversed(places)}
    ordered = dict.fromkeys(place.url for place in places)
    return tuple(once[address] for address in ordered)[: _data()["most_links"]]


def feed_pages(html: bytes, *, url: str, charset: str | None = None) -> tuple[str, ...]:
    """The pages of the same site that seem to list its feeds ("/rss", "RSS"), each once."""
    found = []
    for anchor in tree_of(html, charset).css("a[href]")[:_MOST_ANCHORS]:
        address = _address(anchor, url)
        words = f"{path_of(address)} {squash(anchor.text())}".lower()
        if not address or is_feed_address(address) or host_of(address) != host_of(url):
            continue
        if any(word in _words(words) for word in _data()["page_words"]):
            found.append(address)
    return tuple(dict.fromkeys(found))


def common_places(url: str) -> tuple[Place, ...]:
    """The addresses papers commonly use for feeds and sitemaps, at this site's root; none was tried."""
    parts = urlsplit(url)
    root = f"{parts.scheme}://{parts.netloc}"
    feeds = [Place(root + path, FEED, found="common") for path in _data()["common"]]
    maps = [Place(root + path, SITEMAP, found="common") for path in _data()["sitemaps"]]
    return (*feeds, *maps)


def is_feed_address(url: str) -> bool:
    """Whether the address alone looks like a feed's.

    >>> is_feed_address("https://bao.example/rss/phap-luat.rss"), is_feed_address("https://bao.example/rss-la-gi.html")
    (True, False)
    """
    return path_of(url).lower().rstrip("/").endswith(tuple(_data()["feed_endings"]))


def tree_of(html: bytes, charset: str | None) -> LexborHTMLParser:
    """The page as a tree, cut where it is too large, too deep or too full of tags to be honest."""
    return tree_and_caps(html, charset)[0]


def tree_and_caps(html: bytes, charset: str | None) -> tuple[LexborHTMLParser, list[str]]:
    """The page as a tree, and a sentence for each cap that cut it."""
    text = decode(html, charset=charset, html=True).text.replace("\x00", "")
    text, met = within_caps(halves_joined(text))
    return LexborHTMLParser(text), met


def _of_head(tree: LexborHTMLParser, url: str) -> list[Place]:
    places = []
    for node in tree.css("link[rel~='alternate' i][href]"):
        kind = (node.attributes.get("type") or "").partition(";")[0].strip().lower()
        address = _address(node, url)
        if kind in _data()["types"] and address:
            label = squash(nfc(node.attributes.get("title") or ""))
            places.append(Place(address, FEED, label, "link"))
    return places


def _of_body(tree: LexborHTMLParser, url: str) -> list[Place]:
    return [
        Place(address, FEED, squash(nfc(anchor.text()))[:80], "anchor")
        for anchor in tree.css("a[href]")[:_MOST_ANCHORS]
        if (address := _address(anchor, url))
        and is_feed_address(address)
        and host_of(address) == host_of(url)
    ]


def _address(node: LexborNode, url: str) -> str:
    address = absolute(node.attributes.get("href") or "", url).partition("#")[0]
    return address if address.startswith(("https://", "http://")) else ""


def _words(text: str) -> list[str]:
    return fold(text).replace("/", " ").replace(".", " ").replace("-", " ").split()


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    source = files("hoiam.kit.news").joinpath("data/discovery.yaml").read_text("utf-8")
    data: dict[str, Any] = yaml_of(source)
    return data
