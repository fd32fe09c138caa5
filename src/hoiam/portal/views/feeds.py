"""Feeds of every channel, sitemaps and what programs may read."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from xml.sax.saxutils import escape

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from hoiam.agencies.models import Agency
from hoiam.newsroom.models import Article
from hoiam.newsroom.queries.sections import shown_sections
from hoiam.newsroom.states.themes import BY_NUMBER, THEMES
from hoiam.portal.addresses import absolute
from hoiam.portal.channels import FORMATS, Channel, of_agency, of_section, of_theme, whole
from hoiam.portal.feeds import HOUSE, MOST, feed_of
from hoiam.portal.lists import light
from hoiam.portal.rim import KEPT, kept, now_of, public, show

MOST_IN_A_MAP, MOST_NEWS = 5_000, 1_000
MOST_MAPS = 50_000  # as many as an index of maps may name
NEWS_DAYS = timedelta(days=2)  # not-law: what search engines take as news
PLAIN_PAGES = (
    "home", "portal-news", "portal-agencies", "portal-themes", "portal-campaigns", "portal-documents",
    "portal-releases", "portal-questions", "portal-spokespersons", "portal-accounts", "portal-enquiry", "portal-letter",
    "portal-schemes", "portal-words", "portal-partners", "portal-figures", "portal-access", "portal-map",
    "portal-feeds", "portal-api",
)  # fmt: skip


@public
@require_safe
def everything(request: HttpRequest, ending: str) -> HttpResponse:
    """The whole portal as a feed."""
    return _feed(request, whole(), ending)


@public
@require_safe
def section(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    """One section as a feed."""
    found = shown_sections().filter(slug=slug).first()
    if found is None:
        raise Http404("no such section")
    return _feed(request, of_section(found), ending)


@public
@require_safe
def agency(request: HttpRequest, code: str, ending: str) -> HttpResponse:
    """One agency, with what stands under it, as a feed."""
    found = Agency.objects.filter(code=code).first()
    if found is None:
        raise Http404("no such agency")
    return _feed(request, of_agency(found), ending)


@public
@require_safe
def theme(request: HttpRequest, number: int, ending: str) -> HttpResponse:
    """One theme as a feed."""
    if number not in BY_NUMBER:
        raise Http404("five themes")
    return _feed(request, of_theme(BY_NUMBER[number]), ending)


def _feed(request: HttpRequest, channel: Channel, ending: str) -> HttpResponse:
    if ending not in FORMATS:
        raise Http404("no such format")
    now = now_of(request)
    text = feed_of(channel, channel.rows(now)[:MOST], ending, now)
    answer = HttpResponse(text, content_type=f"{FORMATS[ending][1]}; charset=utf-8")
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return kept(request, answer, is_fresh=True, shelf=KEPT)


@public
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """What can be followed, and how."""
    channels = [whole(), *map(of_section, shown_sections()), *map(of_theme, THEMES)]
    return show(request, "portal/feeds.html", {"channels": channels})


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The index of sitemaps: plain pages, and articles by the five thousand."""
    pages = 1 + max(0, light(now_of(request)).order_by().count() - 1) // MOST_IN_A_MAP
    names = ["sitemap-trang.xml", *(f"sitemap-bai-{n}.xml" for n in range(1, pages + 1))]
    rows = (f"<sitemap><loc>{escape(absolute(f'/{name}'))}</loc></sitemap>" for name in names)
    return _xml(request, "sitemapindex", rows)


@require_safe
def sitemap_pages(request: HttpRequest) -> HttpResponse:
    """The pages that always stand, sections, themes."""
    paths = [reverse(name) for name in PLAIN_PAGES]
    paths += [channel.path for channel in (*map(of_section, shown_sections()), *map(of_theme, THEMES))]  # fmt: skip
    rows = (f"<url><loc>{escape(absolute(path))}</loc></url>" for path in paths)
    return _xml(request, "urlset", rows)


@public
@require_safe
def sitemap_articles(request: HttpRequest, number: int) -> HttpResponse:
    """Articles with the day each last changed, the oldest in the first map so that maps stay as they are."""
    if not 1 <= number <= MOST_MAPS:
        raise Http404("no such map")
    first = (number - 1) * MOST_IN_A_MAP
    rows = light(now_of(request)).order_by("published_at", "pk").only(*_SEEN)
    found = list(rows.select_related(None)[first : first + MOST_IN_A_MAP])
    if not found and number != 1:
        raise Http404("no such map")
    return _xml(request, "urlset", (_mapped(row) for row in found))


_SEEN = ("pk", "slug", "published_at", "changed_at", "corrected_at")


def _url(row: Article) -> str:
    return escape(absolute(reverse("portal-article", args=[row.slug])))


def _mapped(row: Article) -> str:
    changed: datetime = row.corrected_at or row.changed_at or row.published_at
    return f"<url><loc>{_url(row)}</loc><lastmod>{changed.isoformat(timespec='seconds')}</lastmod></url>"


@require_safe
def sitemap_news(request: HttpRequest) -> HttpResponse:
    """The news of the last two days, for search engines that read news apart."""
    since = now_of(request) - NEWS_DAYS
    rows = light(now_of(request)).filter(published_at__gte=since)[:MOST_NEWS]
    return _xml(request, "urlset", (_news(row) for row in rows))


def _news(row: Article) -> str:
    return (
        f"<url><loc>{_url(row)}</loc><news:news><news:publication><news:name>{escape(HOUSE)}</news:name>"
        "<news:language>vi</news:language></news:publication>"
        f"<news:publication_date>{row.published_at.isoformat(timespec='seconds')}</news:publication_date>"
        f"<news:title>{escape(row.title)}</news:title></news:news></url>"
    )


def _xml(request: HttpRequest, root: str, rows: Iterable[str]) -> HttpResponse:
    spaces = (
        'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    )
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} {spaces}>{"".join(rows)}</{root}>\n'
    answer = HttpResponse(text, content_type="application/xml; charset=utf-8")
    return kept(request, answer, is_fresh=True, shelf=KEPT)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What programs may read: the public pages, and where the maps are."""
    maps = "".join(f"Sitemap: {absolute(path)}\n" for path in ("/sitemap.xml", "/sitemap-tin.xml"))
    text = f"User-agent: *\nDisallow: /desk/\nDisallow: /cms/\nDisallow: /tim/\n{maps}"
    return kept(request, HttpResponse(text, content_type="text/plain; charset=utf-8"))
