"""A page made of a piece that was sent in."""

import re
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.html import format_html_join
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.images.models import Image

from hoiam.core import authority, ledger
from hoiam.core.actor import Actor
from hoiam.core.markup import plain
from hoiam.kit.vietnamese import VIETNAM
from hoiam.newsroom.actions import make_page_of
from hoiam.newsroom.models import Submission
from hoiam.newsroom.queries import material_of
from hoiam.newsroom.queries.submissions import Material, MaterialPicture
from hoiam.workbench.actions.branches import branch_for
from hoiam.workbench.models import Branch, NewsPage
from hoiam.workbench.models.blocks import FEATURES

_FIGURE = re.compile(r"(<figure>.*?</figure>)", re.DOTALL)
_BLOB = re.compile(r"/anh/([0-9a-f]{64})")


@transaction.atomic
def write_from_material(submission: Submission, *, actor: Actor, now: datetime) -> NewsPage:
    """The new page, filled with the piece: its text, its pictures in the agency's folder, its writers.

    Raises:
        NotAllowed: the actor writes for another agency.
        WrongState: the piece was not taken in.
        Conflict: another page was made of it.
    """
    material = material_of(submission, today=now.astimezone(VIETNAM).date())
    authority.check(actor, "write_from_material", material.agency)
    branch = branch_for(material.agency)
    page = NewsPage(
        title=material.title[:255],
        lead=material.lead,
        body=_body(material, branch, actor),
        section=material.section,
        theme=material.theme,
        byline=material.byline,
        writers=[person.official_id for person in material.authors if person.official_id],
        other_writers="\n".join(p.name for p in material.authors if not p.official_id),
        material=f"submission:{submission.pk}",
        owner=actor.official,
        live=False,
    )
    branch.add_child(instance=page)
    page.save_revision(user=actor.official)
    make_page_of(submission, page.page_key, now=now)
    ledger.write(page, actor=actor, step="write_from_material", at=now, submission=submission.pk)
    return page


def _body(material: Material, branch: Branch, actor: Actor) -> list[tuple[str, Any]]:
    pictures = {picture.blob: picture for picture in material.pictures}
    blocks: list[tuple[str, Any]] = []
    for part in _FIGURE.split(material.body_html):
        found = _BLOB.search(part) if part.startswith("<figure>") else None
        picture = pictures.get(found[1]) if found else None
        if picture is not None:
            blocks.append(("picture", _picture(picture, branch, actor)))
        elif part.strip() and found is None:
            blocks.append(("text", openable(part)))
    loose = [picture for picture in material.pictures if not picture.is_placed]
    return blocks + [("picture", _picture(one, branch, actor)) for one in loose]


def openable(part: str) -> str:
    """The text as the editor's box can open it: as it is, or its words in plain paragraphs.

    Markup that is safe can still be broken (a row of a list without its list, as pasted halves of a page leave it), and the
    box stops at it with an AssertionError: the page could then never be opened again.
    """
    try:
        ContentstateConverter(features=FEATURES).from_database_format(part)
    except AssertionError:
        return format_html_join("", "<p>{}</p>", ((line,) for line in plain(part).splitlines()))
    return part


def _picture(picture: MaterialPicture, branch: Branch, actor: Actor) -> dict[str, Any]:
    ending = "png" if picture.kind == "image/png" else "jpg"
    image = Image.objects.create(
        title=(picture.caption or picture.alt or "Ảnh trong bài gửi")[:255],
        description=picture.alt[:255],
        file=f"{picture.blob}.{ending}",
        width=picture.width,
        height=picture.height,
        collection=branch.folder,
        uploaded_by_user=actor.official,
    )
    return {
        "picture": image,
        "alt": picture.alt,
        "caption": picture.caption,
        "credit": picture.credit,
    }
