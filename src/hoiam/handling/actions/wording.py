"""An agency's own wording of its papers: openings, closings, standard sentences, recipients; every version is kept."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from hoiam.agencies.models import Agency
from hoiam.core import authority, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput
from hoiam.handling.models import PaperTemplate
from hoiam.kit.papers import PaperError, kind, unknown_slots
from hoiam.kit.vietnamese import squash

LONGEST = 4000


def wording_of(agency: Agency | int, code: str) -> PaperTemplate | None:
    """The agency's own wording of this kind as it holds now; None when it has none or was reset."""
    newest = (
        PaperTemplate.objects.system("the wording of the agency that writes")
        .filter(agency=agency, kind=code)
        .order_by("-version")
        .first()
    )
    return newest if newest is not None and not newest.is_reset else None


@transaction.atomic
def save_wording(
    agency: Agency,
    code: str,
    *,
    actor: Actor,
    now: datetime,
    reason: str,
    opening: str = "",
    closing: str = "",
    sentences: Sequence[str] = (),
    recipients: Sequence[str] = (),
    unit_symbol: str = "",
) -> PaperTemplate:
    """A new version of the agency's own wording; papers already drafted keep theirs.

    Raises:
        InvalidInput: no reason, a text too long, or a {name} this kind of paper does not know.
    """
    _check(code, opening=opening, closing=closing)
    for sentence in sentences:
        _check(code, sentences=sentence)
    return _add(
        agency,
        code,
        actor=actor,
        now=now,
        reason=reason,
        opening=opening.strip(),
        closing=closing.strip(),
        sentences=[squash(line) for line in sentences if line.strip()],
        recipients=[squash(line) for line in recipients if line.strip()],
        unit_symbol=squash(unit_symbol)[:40],
    )


@transaction.atomic
def reset_wording(
    agency: Agency, code: str, *, actor: Actor, now: datetime, reason: str
) -> PaperTemplate:
    """The agency back at the house's wording; its own versions stay to be read.

    Raises:
        InvalidInput: no reason.
    """
    return _add(agency, code, actor=actor, now=now, reason=reason, is_reset=True)


def _check(code: str, **texts: str) -> None:
    for name, text in texts.items():
        if len(text) > LONGEST:
            raise InvalidInput(f"Câu dài quá {LONGEST} ký tự. Hãy rút gọn.", name)
        if strange := unknown_slots(code, text):
            named = ", ".join(f"{{{each}}}" for each in strange)
            raise InvalidInput(
                f"Loại văn bản này không có mục {named}. Chỉ dùng các mục liệt kê bên cạnh.", name
            )


def _add(
    agency: Agency, code: str, *, actor: Actor, now: datetime, reason: str, **words: object
) -> PaperTemplate:
    authority.check(actor, "save_wording", agency)
    try:
        kind(code)
    except PaperError as error:
        raise InvalidInput(str(error), "kind") from error
    if not reason.strip():
        raise InvalidInput("Ghi lý do sửa mẫu.", "reason")
    Agency.objects.select_for_update().get(pk=agency.pk)  # two who save at once take turns
    rows = PaperTemplate.objects.system("count versions").filter(agency=agency, kind=code)
    newest = rows.order_by("-version").first()
    made = PaperTemplate.objects.create(
        agency=agency,
        kind=code,
        version=(newest.version if newest else 0) + 1,
        reason=reason.strip(),
        by=actor.official,
        at=now,
        **words,
    )
    ledger.write(made, actor=actor, step="save_wording", at=now, reason=reason.strip(), kind=code)
    return made
