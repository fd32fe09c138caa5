"""What is published of a page: its pictures made anew, its body cleaned, its people and its own facts.

A preview draws the same snapshot, so that an editor sees what readers will see.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.cache import cache
from django.http import HttpResponse

from hoiam.agencies.models import Agency, Official
from hoiam.agencies.queries import case_agency
from hoiam.core import blobs, markup, pictures
from hoiam.newsroom.actions import Author, Picture, Snapshot
from hoiam.newsroom.models import Article
from hoiam.portal.reading import draw
from hoiam.workbench.shown import PICTURES, sealed_in

# An hour: a picture made anew is the same bytes, so that losing the note costs time alone.  # not-law: cache
REMEMBERED = 3600
_PAGE_LINK = re.compile(r'<a\b[^>]*\blinktype="page"[^>]*\bid="(\d+)"[^>]*>|<a\b[^>]*\bid="(\d+)"[^>]*\blinktype="page"[^>]*>')  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """A picture made anew: where it lies and how large it is."""

    blob: str
    kind: str
    width: int
    height: int


def snapshot_of(page: Any, agency: Agency) -> Snapshot:
    """The page as it would be published.

    Args:
        page: a text, as one of its revisions has it.
        agency: of its branch.

    Raises:
        InvalidInput: a picture cannot be shown; the sentence says what to do.
    """
    people = list(_authors(page))
    return Snapshot(
        page_key=page.page_key,
        kind=page.kind,
        agency=case_agency(agency),
        section=page.section,
        title=page.title,
        lead=page.lead,
        body=body_of(page),
        byline=page.byline or ", ".join(person.name for person in people),
        authors=people,
        pictures=list(_pictures(page)),
        theme=page.theme,
        campaign=page.campaign,
        source_name=page.source_name,
        source_url=page.source_url,
        expires_at=page.down_at,
        extra=page.facts() | _file(page),
    )


def body_of(page: Any) -> str:
    """The body as safe HTML, its pictures at our own addresses, links to pages of ours at their public ones."""
    parts = []
    for block in page.body:
        if block.block_type == "text":
            parts.append(_with_public_links(block.value.source))
        elif block.value.get("picture") is not None:
            parts.append(_figure(block.value))
    return markup.clean("\n".join(parts))


def _with_public_links(source: str) -> str:
    keys = {a or b for a, b in _PAGE_LINK.findall(source)}
    if not keys:
        return source
    rows = Article.objects.system("links lead to what everybody may read")
    found = rows.filter(page_key__in=[f"workbench:{key}" for key in keys])
    slugs = dict(found.values_list("page_key", "slug"))

    def public(link: re.Match[str]) -> str:
        slug = slugs.get(f"workbench:{link[1] or link[2]}")
        return f'<a href="/bai/{slug}/">' if slug else "<a>"

    return _PAGE_LINK.sub(public, source)


def _figure(value: Any) -> str:
    shown = remade(value["picture"])
    words = " ".join(part for part in (value["caption"], _credit(value["credit"])) if part)
    caption = f"<figcaption>{html.escape(words)}</figcaption>" if words else ""
    source = pictures.address(shown.blob, shown.kind)
    return f'<figure><img src="{source}" alt="{html.escape(value["alt"])}">{caption}</figure>'


def _credit(who: str) -> str:
    return f"(Ảnh: {who})" if who else ""


def remade(image: Any, *, is_cover: bool = False) -> Shown:
    """The picture in the store as readers get it; a cover is cut around the point the editor marked.

    Raises:
        InvalidInput: it cannot be shown.
    """
    cut = "fill-1600x900" if is_cover and image.has_focal_point() else ""
    key = f"workbench.picture.{image.file.name}.{cut}.{image.get_focal_point()}"
    key = blobs.sha256_of(key.encode())
    kept = cache.get(key)
    if kept is None or not blobs.exists(kept.blob):
        kept = _made(image, cut)
        cache.set(key, kept, REMEMBERED)
    return kept


def _made(image: Any, cut: str) -> Shown:
    file = image.get_rendition(cut).file if cut else image.file
    with file.open("rb") as opened:
        shown = pictures.remade(opened.read(), image.title)
    return Shown(pictures.keep(shown), shown.kind, shown.width, shown.height)


def _pictures(page: Any) -> Iterator[Picture]:
    if page.cover is not None:
        shown = remade(page.cover, is_cover=True)
        yield Picture(shown.blob, shown.width, shown.height, page.cover_alt)
    for block in page.body:
        if block.block_type == "picture" and block.value.get("picture") is not None:
            shown, value = remade(block.value["picture"]), block.value
            yield Picture(
                shown.blob,
                shown.width,
                shown.height,
                value["alt"],
                value["caption"],
                value["credit"],
            )


def _authors(page: Any) -> Iterator[Author]:
    rows = {one.pk: one for one in Official.objects.filter(pk__in=page.writers or [])}
    for key in page.writers or []:
        if key in rows:
            yield Author(rows[key].full_name, official_id=key)
    for line in page.other_writers.splitlines():
        if line.strip():
            yield Author(line.strip())


def _file(page: Any) -> dict[str, str]:
    file = getattr(page, "file", None)
    if file is None:
        return {}
    name = file.file.name
    return {"file_blob": name.split(".")[0], "file_name": file.filename, "file_title": file.title}


def agency_of(page: Any) -> Agency:
    """The agency of the branch a text stands in."""
    return Agency.objects.get(workbench=page.get_parent())


def last_day(agency: Agency, today: date) -> date | None:
    """The day an agency ended, when it has."""
    return agency.valid_to if agency.valid_to is not None and agency.valid_to < today else None


def preview(page: Any, agency: Agency) -> HttpResponse:
    """The draft as readers will see it; pictures come from the workbench, as readers cannot have them yet."""
    answer = draw(snapshot_of(page, agency), is_preview=True, pictures_at=PICTURES)
    answer.content = sealed_in(answer.content, _made_of(page))
    return answer


def _made_of(page: Any) -> dict[str, int]:
    """Hash of each picture made for the page, and the key of the folder's picture it was made of."""
    blocks = [block.value["picture"] for block in page.body if block.block_type == "picture"]
    made = {remade(image).blob: image.pk for image in blocks if image is not None}
    if page.cover is not None:
        made[remade(page.cover, is_cover=True).blob] = page.cover.pk
    return made
