"""The list of sections, and those every new house begins with."""

from datetime import datetime
from importlib.resources import files

import yaml
from django.db import transaction
from django.utils.text import slugify

from hoiam.core import authority, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput
from hoiam.kit.vietnamese import fold, squash
from hoiam.newsroom.models import Section


@transaction.atomic
def save_section(
    section: Section | None,
    *,
    name: str,
    about: str,
    order: int,
    is_shown: bool,
    actor: Actor,
    now: datetime,
) -> Section:
    """The section, new or changed; its address stays what it was, for readers' links.

    Raises:
        NotAllowed: the actor is not of the centre.
        InvalidInput: another one has this name.
    """
    authority.check(actor, "save_section", Section)
    name = squash(name)
    if Section.objects.filter(name__iexact=name).exclude(pk=section and section.pk).exists():
        raise InvalidInput("Đã có chuyên mục tên này. Hãy đặt tên khác.", "name")
    made = section or Section(slug=_free_slug(name))
    made.name, made.about, made.order, made.is_shown = name, squash(about), order, is_shown
    made.save()
    ledger.write(made, actor=actor, step="save_section", at=now, name=name)
    return made


def _free_slug(name: str) -> str:
    stem = slugify(fold(name))[:70] or "chuyen-muc"
    taken = set(Section.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(
        slug for n in range(1, len(taken) + 2) if (slug := f"{stem}-{n}" if n > 1 else stem) not in taken
    )  # fmt: skip


def load_sections() -> int:
    """How many of the sections every house begins with were added; those renamed or hidden since stay as they are."""
    rows = yaml.safe_load((files("hoiam.workbench") / "data" / "sections.yaml").read_text("utf-8"))
    made = [
        Section.objects.get_or_create(
            slug=row["slug"], defaults={"name": row["name"], "about": row["about"], "order": order}
        )[1]
        for order, row in enumerate(rows, start=1)
    ]
    return sum(made)
