"""Web addresses: one canonical form, and a key under which the same article is always found."""

import re
from functools import lru_cache
from importlib.resources import files
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

from hoiam.kit.lists import yaml_of

_PORTS = {"http": 80, "https": 443}
_SESSION = re.compile(r";jsessionid=[^/?#]*", re.I)
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_SAFE_PATH = "/:@!$&'()*+,;=-._~%"


def canonical_url(url: str) -> str:
    """The address without trackers, fragment, mobile host, default port and odd spelling.

    An address that is not http or https comes back trimmed and otherwise untouched.

    >>> canonical_url("HTTPS://M.Bao-Song-Thanh.example:443/tin/a-1.html?utm_source=x&id=2#top")
    'https://bao-song-thanh.example/tin/a-1.html?id=2'
    """
    trimmed = url.strip()
    try:
        parts = urlsplit(trimmed)
        port = parts.port
    except ValueError:
        return trimmed
    scheme = parts.scheme.lower()
    if scheme not in _PORTS or not parts.hostname:
        return trimmed
    host = _main_host(_ascii_host(parts.hostname))
    if not host:
        return trimmed
    if port and port != _PORTS[scheme]:
        host = f"{host}:{port}"
    return urlunsplit((scheme, host, _path(parts.path), _query(parts.query), ""))


@lru_cache(maxsize=4096)
def url_key(url: str) -> str:
    """The key of an address: canonical, without scheme, "www." and the order of parameters.

    >>> url_key("http://www.bao.example/a/?b=1&a=2") == url_key("https://bao.example/a?a=2&b=1")
    True
    """
    try:
        parts = urlsplit(canonical_url(url))
    except ValueError:
        return url.strip()
    if not parts.netloc:
        return url.strip()
    host = parts.netloc.removeprefix("www.")
    query = urlencode(sorted(parse_qsl(parts.query, keep_blank_values=True)))
    return host + parts.path.rstrip("/") + (f"?{query}" if query else "")


def host_of(url: str) -> str:
    """The host of an address without "www." and mobile labels; empty when there is none."""
    try:
        host = urlsplit(url.strip()).hostname or ""
    except ValueError:
        return ""
    return _main_host(_ascii_host(host)).removeprefix("www.")


def absolute(url: str, base: str) -> str:
    """The address resolved against a base; empty when it is no address at all."""
    try:
        return urljoin(base, url.strip())
    except ValueError:
        return ""


def path_of(url: str) -> str:
    """The path of an address; empty when it is no address at all."""
    try:
        return urlsplit(url.strip()).path
    except ValueError:
        return ""


def _ascii_host(host: str) -> str:
    lowered = host.lower().rstrip(".")
    if lowered.isascii():
        return lowered
    try:
        return lowered.encode("idna").decode("ascii")
    except UnicodeError:
        return lowered


def _main_host(host: str) -> str:
    label, _, rest = host.partition(".")
    if label == "www" and rest.partition(".")[0] in _data()["mobile_hosts"]:
        label, _, rest = rest.partition(".")
    # "m.example" alone is a site's own name, not a mobile twin.
    return rest if label in _data()["mobile_hosts"] and "." in rest else host


def _path(path: str) -> str:
    cleaned = quote(_ESCAPE.sub(_unescaped, _SESSION.sub("", path)), safe=_SAFE_PATH)
    cleaned = re.sub(r"/{2,}", "/", cleaned)
    stripped = cleaned.rstrip("/")
    for ending in _data()["path_endings"]:
        stripped = stripped.removesuffix(ending)
    return stripped.rstrip("/") or "/"


def _unescaped(found: re.Match[str]) -> str:
    letter = chr(int(found[1], 16))
    return letter if letter in _UNRESERVED else found[0].upper()


def _query(query: str) -> str:
    if not query:
        return ""
    kept = [
        part
        for part in query.split("&")
        if part and not _is_tracking(part.partition("=")[0].lower())
    ]
    return quote("&".join(kept), safe="=&?/:@!$'()*+,;-._~%[]")


def _is_tracking(name: str) -> bool:
    data = _data()
    return name in data["exact"] or name.startswith(data["starts"])


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    source = files("hoiam.kit.news").joinpath("data/addresses.yaml").read_text("utf-8")
    data: dict[str, Any] = yaml_of(source)
    names = data["tracking"]
    data["exact"] = frozenset(name for name in names if not name.endswith("*"))
    data["starts"] = tuple(name[:-1] for name in names if name.endswith("*"))
    data["mobile_hosts"] = frozenset(data["mobile_hosts"])
    return data
