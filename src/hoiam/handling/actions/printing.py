"""A paper as PDF: made by LibreOffice where the machine has it, kept beside the data by the hash of its Word file."""

import hashlib
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from hoiam.core.errors import InvalidInput
from hoiam.handling.actions.papers import preview
from hoiam.handling.models import Paper
from hoiam.kit.papers.errors import PaperError
from hoiam.kit.papers.office import to_pdf

MOST_KEPT = 200


def pdf_of(paper: Paper) -> bytes:
    """The paper printed as it stands now; printed once for the same Word file.

    Raises:
        InvalidInput: the form refuses the content, there is no LibreOffice, or it failed; the sentence says what to do.
    """
    word = preview(paper)
    place = Path(settings.HOIAM_DATA) / "office"
    kept = place / "printed" / f"{hashlib.sha256(word).hexdigest()}.pdf"
    if kept.is_file():
        return kept.read_bytes()
    try:
        data = to_pdf({"van-ban": word}, place=place)["van-ban"]
    except PaperError as error:
        raise InvalidInput(str(error)) from error
    kept.parent.mkdir(parents=True, exist_ok=True)
    part = kept.with_suffix(".part")
    part.write_bytes(data)
    part.replace(kept)
    _drop_oldest(kept.parent)
    return data


def _drop_oldest(folder: Path) -> None:
    # A copy that can be made again at any time: only the last ones are worth their room.
    kept = sorted(folder.glob("*.pdf"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in kept[MOST_KEPT:]:
        with suppress(OSError):
            path.unlink()
