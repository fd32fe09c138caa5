"""The starter list of outlets: whom they serve and where they probably are. No address was checked when it was written."""

import csv
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

from hoiam.kit.vietnamese import fold, nfc, squash

# Words for people, in the order pages show them.
SCOPES = {
    "central": "Báo trung ương",
    "legal": "Báo, tạp chí pháp luật",
    "local": "Báo địa phương",
    "radio_tv": "Phát thanh, truyền hình",
    "magazine": "Tạp chí",
    "aggregator": "Trang tổng hợp",
    "portal": "Cổng thông tin cơ quan nhà nước",
}

# Everybody writes under these hosts: the name of an account is no proof of a press agency.
SOCIAL_HOSTS = frozenset(
    {
        *("facebook.com", "fb.com", "fb.watch", "youtube.com", "youtu.be", "tiktok.com", "zalo.me"),
        *("x.com", "twitter.com", "instagram.com", "threads.net", "threads.com", "t.me"),
        *("telegram.me", "linkedin.com", "blogspot.com", "wordpress.com"),
    }
)


@dataclass(frozen=True)
class StarterOutlet:
    """One row of `data/outlets.csv`; empty where nobody was sure. `checked` is "no" until a person proved the address."""

    key: str
    name: str
    press_agency: str
    scope: str
    province: str
    former_province: str
    site: str
    site_confidence: str
    feed: str
    feed_confidence: str
    owner: str
    checked: str

    @property
    def address(self) -> str:
        """Where the first reading tries: the feed when one is supposed, else the site."""
        return self.feed or self.site

    @property
    def home(self) -> str:
        """The province the outlet is at home in: that of before the mergers, which tells today's as well."""
        return self.former_province or self.province

    @property
    def confidence(self) -> str:
        """How sure the address is: B well known, C may have moved, U a guess."""
        return self.feed_confidence or self.site_confidence


@cache
def starter_outlets() -> tuple[StarterOutlet, ...]:
    """The whole list in the file's order."""
    text = files("hoiam.agencies").joinpath("data/outlets.csv").read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    names = [one.name for one in fields(StarterOutlet)]
    return tuple(
        StarterOutlet(**{name: row[name] for name in names}) for row in csv.DictReader(lines)
    )


def home_of(url: str, name: str = "") -> str:
    """The home province of the outlet of a page, by its address, else by the outlet's name; empty when it is not in the list.

    >>> home_of("https://m.baokiengiang.vn/a-1.html"), home_of("", "Báo Bắc Giang"), home_of("https://vnexpress.net/a")
    ('Kiên Giang', 'Bắc Giang', '')
    """
    by_host = _homes_by_host()
    found = next((by_host[host] for host in hosts_of(url) if host in by_host), "")
    return found or _homes_by_name().get(outlet_key(press_name(url, name)), "")


def press_name(url: str, name: str) -> str:
    """The outlet's name as far as it tells of a press agency: empty where everybody may write under any name.

    >>> press_name("https://m.facebook.com/abc", "Báo Bắc Giang"), press_name("", "Báo Bắc Giang")
    ('', 'Báo Bắc Giang')
    """
    return name if SOCIAL_HOSTS.isdisjoint(hosts_of(url)) else ""


def hosts_of(url: str) -> tuple[str, ...]:
    """The host of an address and the hosts above it, the nearest first: a channel is at home under any of them."""
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname or ""
    except ValueError:
        return ()
    labels = host.split(".") if host else []
    return tuple(".".join(labels[i:]) for i in range(max(len(labels) - 1, bool(labels))))


def outlet_key(name: str) -> str:
    """What an outlet's name is compared by: without marks, capitals and needless spaces."""
    return fold(squash(nfc(name)))


@cache
def _homes_by_host() -> dict[str, str]:
    return {outlet.key: outlet.home for outlet in starter_outlets()}


@cache
def _homes_by_name() -> dict[str, str]:
    """Homes by the names of outlets and their press agencies; a name two provinces share tells nothing."""
    homes: dict[str, set[str]] = {}
    for outlet in starter_outlets():
        for name in {outlet.name, outlet.press_agency} - {""}:
            homes.setdefault(outlet_key(name), set()).add(outlet.home)
    return {name: found.pop() for name, found in homes.items() if len(found) == 1}
