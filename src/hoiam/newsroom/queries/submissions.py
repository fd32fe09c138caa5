"""Pieces sent in: those an actor may see, those editors took in, and a piece as material for an article."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from django.db.models import Q

from hoiam.agencies.models import Agency
from hoiam.agencies.queries import answering
from hoiam.core.actor import Actor
from hoiam.core.pictures import address
from hoiam.core.scope import ScopedQuerySet
from hoiam.newsroom.models import Section, Submission, SubmissionPicture
from hoiam.newsroom.policies.submissions import EDITORS
from hoiam.newsroom.states.submissions import SubmissionState

UNSEEN = (SubmissionState.DRAFT, SubmissionState.WITHDRAWN)
_IMAGE = re.compile(r'(?:<p>\s*)?<img\b[^>]*\bsrc="/anh/([0-9a-f]{64})[^"]*"[^>]*>(?:\s*</p>)?')


def submissions_visible_to(actor: Actor) -> ScopedQuerySet:
    """The actor's own pieces, and for editors those that were sent by the agencies in sight; a draft is the writer's alone."""
    rows = Submission.objects.select_related("agency", "writer", "section", "article")
    own = Q(writer=actor.pk)
    if not actor.has_role(*EDITORS):
        return rows.filter(own).narrowed()
    sent = ~Q(state__in=UNSEEN) & ~Q(sent_at=None)
    if not actor.sees_everything:
        sent &= Q(agency__in=actor.agency_ids)
    return rows.filter(own | sent).narrowed()


def accepted_submissions(actor: Actor) -> ScopedQuerySet:
    """Pieces in sight that editors took in and that no page of the workbench was made of yet, oldest first."""
    waiting = submissions_visible_to(actor).filter(state=SubmissionState.ACCEPTED, page_key="")
    return waiting.order_by("decided_at", "pk")


def submission_of_page(page_key: str) -> Submission | None:
    """The piece a page of the workbench was made of."""
    rows = Submission.objects.system("a page knows what it was made of")
    found: Submission | None = rows.filter(page_key=page_key).exclude(page_key="").first()
    return found


@dataclass(frozen=True)
class MaterialAuthor:
    """Who wrote: an official's key, or a name alone."""

    name: str
    official_id: int | None = None
    agency_id: int | None = None


@dataclass(frozen=True)
class MaterialPicture:
    """A picture in the store of blobs; `is_placed`: it stands in the text already."""

    blob: str
    kind: str
    width: int
    height: int
    alt: str
    caption: str
    credit: str
    is_placed: bool


@dataclass(frozen=True)
class Material:
    """A piece as editors take it over: `body_html` is safe, each picture in it with its words beside it."""

    title: str
    lead: str
    body_html: str
    pictures: Sequence[MaterialPicture]
    authors: Sequence[MaterialAuthor]
    byline: str
    section: Section | None
    theme: int | None
    agency: Agency


def material_of(submission: Submission, *, today: date | None = None) -> Material:
    """The piece as material for an article.

    Args:
        today: the day it is taken over; a unit dissolved by then gives way to the one that answers for it.
    """
    rows = list(submission.pictures.all())
    placed = set(_IMAGE.findall(submission.body))
    return Material(
        title=submission.title,
        lead=submission.lead,
        body_html=figured(submission.body, rows),
        pictures=[_picture(row, placed) for row in rows],
        authors=_authors(submission),
        byline=submission.byline or submission.writer_name,
        section=submission.section,
        theme=submission.theme,
        agency=(today and answering(submission.agency, today)) or submission.agency,
    )


def _picture(row: SubmissionPicture, placed: set[str]) -> MaterialPicture:
    return MaterialPicture(
        row.blob, row.kind, row.width, row.height, row.alt, row.caption, row.credit,
        is_placed=row.blob in placed,
    )  # fmt: skip


def _authors(submission: Submission) -> list[MaterialAuthor]:
    first = MaterialAuthor(
        submission.byline or submission.writer_name,
        submission.writer_id,
        submission.agency_id if submission.writer_id else None,
    )
    others = [" ".join(name.split()) for name in submission.other_names.split(";")]
    return [first, *(MaterialAuthor(name) for name in others if name)]


def figured(body: str, pictures: Sequence[SubmissionPicture]) -> str:
    """The text with each of its pictures as a figure that has its words; pictures the piece no longer holds are left out."""
    rows = {row.blob: row for row in pictures}
    return _IMAGE.sub(lambda found: _figure(rows.get(found[1])), body)


def _figure(row: SubmissionPicture | None) -> str:
    if row is None:
        return ""
    words = " – ".join(part for part in (row.caption, row.credit and f"Ảnh: {row.credit}") if part)
    under = f"<figcaption>{escape(words)}</figcaption>" if words else ""
    image = (
        f'<img src="{address(row.blob, row.kind)}" alt="{escape(row.alt)}" '
        f'width="{row.width}" height="{row.height}">'
    )
    return f"<figure>{image}{under}</figure>"
