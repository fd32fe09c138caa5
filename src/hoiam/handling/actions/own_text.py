"""Text written by hand beside what the machine would write now: nothing is lost, parts are taken by choice."""

import hashlib
from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from hoiam.core.actor import Actor
from hoiam.core.errors import Conflict, InvalidInput
from hoiam.handling.actions.papers import edit_paper, locked_paper
from hoiam.handling.models import Paper
from hoiam.kit.papers import draft_text
from hoiam.kit.papers.compare import Part, compare, take


def machine_text(paper: Paper) -> str:
    """What the machine would write from the fields as they are now."""
    return draft_text(paper.kind, {**paper.fields, "draft": True})


def differences(paper: Paper) -> tuple[Part, ...]:
    """The hand-written text beside the machine's; empty when nobody wrote by hand or both say the same."""
    if not paper.is_body_edited:
        return ()
    parts = compare(paper.body, machine_text(paper))
    return parts if any(part.differs for part in parts) else ()


def seal_of(paper: Paper) -> str:
    """What a page saw of both texts: taking parts by number is refused when either has changed since."""
    both = f"{paper.body}\x1e{machine_text(paper)}"
    return hashlib.sha256(both.encode()).hexdigest()[:16]


@transaction.atomic
def take_wording(
    paper: Paper, *, actor: Actor, now: datetime, parts: Collection[int], seen: str
) -> Paper:
    """The draft with the machine's wording in the chosen parts; the text before stays among its versions.

    Raises:
        InvalidInput: nothing was chosen.
        Conflict: the text or the fields changed since the page was read.
    """
    if not parts:
        raise InvalidInput("Chọn ít nhất một phần muốn lấy.", "parts")
    paper = locked_paper(paper)
    if seen != seal_of(paper):
        raise Conflict("Văn bản vừa được sửa. Xem lại hai bản rồi chọn lại phần muốn lấy.")
    text = take(paper.body, machine_text(paper), parts)
    return edit_paper(paper, actor=actor, now=now, fields={}, body=text)
