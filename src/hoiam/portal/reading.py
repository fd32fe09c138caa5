"""How one article is drawn: what stands, a corrected, withdrawn or taken down one, and an editor's preview of the same page.

`draw` asks nothing of the request, so that the workbench shows a draft exactly as readers will see it.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from hoiam.core.markup import clean, plain
from hoiam.newsroom.states import ArticleState
from hoiam.newsroom.states.facts import FACTS
from hoiam.newsroom.states.themes import BY_NUMBER, Theme
from hoiam.portal.addresses import absolute

PICTURES = "/anh/"
WIDTHS = (320, 480, 640, 960, 1200)
GONE = frozenset({ArticleState.TAKEN_DOWN, ArticleState.EXPIRED})
PREVIEW_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'self'"
)
# not-law: words a person reads aloud, or in silence, in a minute
WORDS_A_MINUTE = 200
_IN_TEXT = re.compile(r'<img\b[^>]*\bsrc="/anh/([0-9a-f]{64})(?:-\d+)?\.(jpg|png|webp)"[^>]*>')


@dataclass(frozen=True)
class Shot:
    """One picture as a page shows it: where it lies, narrower ones for small screens, what it shows."""

    blob: str
    width: int
    height: int
    alt: str
    caption: str = ""
    credit: str = ""
    at: str = PICTURES
    ending: str = "jpg"

    @property
    def src(self) -> str:
        """The address of the widest."""
        return f"{self.at}{self.blob}.{self.ending}"

    @property
    def small(self) -> str:
        """The address for a card."""
        return self.src if self.width <= WIDTHS[2] else self._narrow(WIDTHS[2])

    @property
    def srcset(self) -> str:
        """Narrower ones and the whole, as the attribute has them."""
        narrower = [f"{self._narrow(w)} {w}w" for w in WIDTHS if w < self.width]
        return ", ".join([*narrower, f"{self.src} {self.width}w"])

    def _narrow(self, width: int) -> str:
        return f"{self.at}{self.blob}-{width}.{self.ending}"


@dataclass(frozen=True)
class Reprint:
    """One paper that printed the article again."""

    outlet: str
    url: str
    at: datetime


@dataclass(frozen=True)
class Frame:
    """What stands beside an article besides its own text: filled by the portal, empty in a preview."""

    related: Sequence[Any] = ()
    members: Sequence[Any] = ()
    reprints: Sequence[Reprint] = ()
    versions: int = 1
    notices: Sequence[Any] = ()
    counts_reads: bool = False


@dataclass(frozen=True)
class Reading:
    """An article as its page shows it."""

    article: Any
    body: SafeString
    cover: Shot | None
    gallery: tuple[Shot, ...]
    theme: Theme | None
    minutes: int
    url: str
    facts: tuple[tuple[str, str], ...] = field(default=())

    @property
    def is_gone(self) -> bool:
        """Whether nothing of its text may be shown any more."""
        return getattr(self.article, "state", ArticleState.STANDING) in GONE

    @property
    def is_withdrawn(self) -> bool:
        """Whether its page says only that it was withdrawn, and why."""
        return getattr(self.article, "state", ArticleState.STANDING) == ArticleState.WITHDRAWN


def draw(
    article: Any, *, is_preview: bool = False, pictures_at: str = PICTURES, frame: Frame | None = None
) -> HttpResponse:  # fmt: skip
    """The page of one article: 200, or 410 when nothing of it may be shown.

    Args:
        article: an `Article`, or anything with its fields (a `Snapshot` of what is to be published): kind, agency, section,
            title, lead, body, pictures. What is missing counts as empty.
        is_preview: an editor looks at it before it stands: the page says so, may be framed by our own pages, is kept by
            nobody, counts nothing.
        pictures_at: where a preview finds its pictures, as the portal shows only those of standing articles.
        frame: what stands beside the text.
    """
    told = reading(article, pictures_at=pictures_at)
    template = "portal/article_gone.html" if told.is_gone else "portal/article.html"
    context = {
        "reading": told,
        "article": article,
        "frame": frame or Frame(),
        "is_preview": is_preview,
        "path": told.url,
        "json_ld": None if is_preview or told.is_gone or told.is_withdrawn else json_ld(told),
        "address": absolute(told.url),
    }
    answer = HttpResponse(render_to_string(template, context), status=410 if told.is_gone else 200)
    return _for_the_editor(answer) if is_preview else answer


def _for_the_editor(answer: HttpResponse) -> HttpResponse:
    answer.headers["Content-Security-Policy"] = PREVIEW_POLICY
    answer.headers["X-Frame-Options"] = "SAMEORIGIN"
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def reading(article: Any, *, pictures_at: str = PICTURES) -> Reading:
    """What the page shows of an article; its markup is cleaned once more, whoever wrote the row."""
    text = clean(getattr(article, "body", "") or "")
    shots = tuple(_shot(row, pictures_at) for row in _rows(getattr(article, "pictures", ())))
    in_text = {found[1] for found in _IN_TEXT.finditer(text)}
    free = [shot for shot in shots if shot.blob not in in_text]
    cover = free[0] if free and shots[0].blob not in in_text else None
    return Reading(
        article=article,
        body=_dressed(text, {shot.blob: shot for shot in shots}, pictures_at),
        cover=cover,
        gallery=tuple(free[1:] if cover else free),
        theme=BY_NUMBER.get(getattr(article, "theme", None) or 0),
        minutes=max(1, round(len(plain(text).split()) / WORDS_A_MINUTE)),
        url=reverse("portal-article", args=[getattr(article, "slug", "") or "xem-truoc"]),
        facts=_facts(getattr(article, "extra", None) or {}),
    )


def _rows(pictures: Any) -> Iterable[Any]:
    return pictures.all() if hasattr(pictures, "all") else pictures


def _shot(row: Any, at: str) -> Shot:
    return Shot(row.blob, row.width, row.height, row.alt, row.caption, row.credit, at)


def _dressed(text: str, shots: dict[str, Shot], at: str) -> SafeString:
    """The text with its pictures given sizes and narrower ones, read only when they come into view."""

    def dressed(found: re.Match[str]) -> str:
        shot = shots.get(found[1])
        alt = re.search(r'\balt="([^"]*)"', found[0])
        words = alt[1] if alt else ""
        if shot is None:
            return f'<img src="{at}{found[1]}.{found[2]}" alt="{words}" loading="lazy" decoding="async">'
        sizes = "(max-width: 760px) 100vw, 720px"
        return (
            f'<img src="{at}{shot.blob}.{found[2]}" srcset="{_srcset(shot, found[2])}" sizes="{sizes}" '
            f'width="{shot.width}" height="{shot.height}" alt="{words}" loading="lazy" decoding="async">'
        )

    # Clean by `core.markup`: tables get a frame that scrolls by itself on a narrow screen.
    framed = _IN_TEXT.sub(dressed, text).replace(
        "<table>", '<div class="ha-scroll" tabindex="0" role="group" aria-label="Bảng"><table>'
    )
    return mark_safe(framed.replace("</table>", "</table></div>"))


def _srcset(shot: Shot, ending: str) -> str:
    return shot.srcset.replace(".jpg", f".{ending}")


def _facts(extra: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((label, str(extra[key])) for key, label in FACTS if extra.get(key))


def json_ld(told: Reading) -> SafeString:
    """schema.org's NewsArticle of the page, safe inside a script element that no browser runs."""
    article = told.article
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title[:110],
        "description": plain(article.lead),
        "inLanguage": "vi",
        "isAccessibleForFree": True,
        "mainEntityOfPage": absolute(told.url),
        "datePublished": _iso(article.published_at),
        "dateModified": _iso(article.corrected_at or article.changed_at or article.published_at),
        "articleSection": article.section.name,
        "author": _authors(article),
        "publisher": {"@type": "GovernmentOrganization", "name": article.agency.full_name},
        "image": [absolute(shot.src) for shot in (told.cover, *told.gallery) if shot],
    }
    if article.correction:
        data["correction"] = article.correction
    text = json.dumps({k: v for k, v in data.items() if v}, ensure_ascii=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return mark_safe(text)


def _authors(article: Any) -> list[dict[str, str]]:
    people = [{"@type": "Person", "name": row.name} for row in _rows(article.authors)]
    return people or [{"@type": "GovernmentOrganization", "name": article.agency.full_name}]


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
