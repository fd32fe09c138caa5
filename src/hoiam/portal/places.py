"""Which place of the portal a reader means, and whether a browser on a page of ours sent it."""

import re
from datetime import datetime
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, resolve

from hoiam.newsroom.queries import standing

_MACHINE = re.compile(r"bot|crawl|spider|slurp|preview|fetch|monitor|curl|wget|python|java/|go-http|headless", re.I)  # fmt: skip


def is_ours(request: HttpRequest) -> bool:
    """Whether a page of ours sent it: browsers say where from, and no other page can say ours."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(origin).netloc == request.get_host()


def is_machine(request: HttpRequest) -> bool:
    """Whether the asker calls itself a program, or nothing at all."""
    agent = request.headers.get("User-Agent", "")
    return not agent or _MACHINE.search(agent) is not None


def place_of(path: str, now: datetime) -> str | None:
    """The name under which a place is counted: an article that stands, or a page's name; None for what is neither."""
    if path.startswith("article:"):
        stands = standing(now).filter(pk=int(path.removeprefix("article:"))).exists()
        return path if stands else None
    try:
        found = resolve(urlsplit(path).path)
    except Resolver404:
        return None
    name = found.url_name or ""
    if name == "portal-article":
        article = standing(now).filter(slug=found.kwargs["slug"]).only("pk").first()
        return f"article:{article.pk}" if article is not None else None
    return name if name == "home" or name.startswith("portal-") else None
