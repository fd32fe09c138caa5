"""The signed PDF that comes back: checked, sealed as evidence, its findings kept in words."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction

from hoiam.core import authority, blobs, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput, WrongState
from hoiam.core.filekinds import LARGEST as LARGEST_FILE
from hoiam.handling.actions.papers import locked_paper
from hoiam.handling.models import Evidence, Paper, SignedFile
from hoiam.handling.states import PaperState
from hoiam.kit.papers.errors import PaperError

if TYPE_CHECKING:
    from hoiam.kit.papers.signed import SignedReport

SIGNABLE = frozenset({PaperState.APPROVED, PaperState.SENT, PaperState.DELIVERED})


@transaction.atomic
def keep_signed_file(
    paper: Paper, *, actor: Actor, now: datetime, file_name: str, data: bytes
) -> SignedFile:
    """The signed PDF of an approved paper, checked and sealed; what needs a second look is flagged.

    Raises:
        InvalidInput: no PDF, no signature, altered after signing, too large, or kept already.
        WrongState: the paper has no number yet, or was withdrawn.
    """
    paper = locked_paper(paper)
    authority.check(actor, "keep_signed_file", paper)
    if paper.state not in SIGNABLE:
        raise WrongState("Chỉ nhận bản ký số của văn bản đã duyệt, còn hiệu lực.")
    if len(data) > LARGEST_FILE:
        raise InvalidInput("Tệp lớn hơn 50 MB. Hãy xuất lại bản nhỏ hơn.", "file")
    # Loaded when a file comes back, not at every start of a process: it brings half a second of libraries.
    from hoiam.kit.papers.signed import inspect_signed  # noqa: PLC0415

    try:
        report = inspect_signed(data, word=blobs.read(paper.blob), roots=trust_roots())
    except PaperError as error:
        raise InvalidInput(str(error), "file") from error
    blob = blobs.put(data)
    if paper.signed_files.filter(evidence__blob=blob.sha256).exists():
        raise InvalidInput("Tệp này đã được nhận cho văn bản này rồi.", "file")
    evidence = Evidence.objects.create(
        case=paper.case,
        title=f"Bản ký số văn bản {paper.symbol}"[:250],
        file_name=file_name[:200],
        content_type="application/pdf",
        blob=blob.sha256,
        size=blob.size,
        added_by=actor.official,
        added_at=now,
    )
    kept = SignedFile.objects.create(
        paper=paper, evidence=evidence, by=actor.official, at=now, **told_of(report)
    )
    ledger.write(
        paper.case,
        actor=actor,
        step="keep_signed_file",
        at=now,
        paper=paper.pk,
        blob=blob.sha256,
        flagged=kept.is_flagged,
    )
    return kept


def told_of(report: "SignedReport") -> dict[str, Any]:
    """What was found in a signed file, as the fields of its row keep it."""
    return {
        "is_flagged": report.is_flagged,
        "findings": [
            {"code": each.code, "ok": each.ok, "sentence": each.sentence}
            for each in report.findings
        ],
        "signers": [
            {
                "name": each.name,
                "issuer": each.issuer,
                "serial": each.serial,
                "at": each.at.isoformat() if each.at else "",
                "trust": each.trust,
            }
            for each in report.signers
        ],
    }


def trust_roots() -> Sequence[bytes]:
    """The certificates the house trusts: every file of the folder HOIAM_TRUST_ROOTS; none when it is unset."""
    folder = settings.HOIAM_TRUST_ROOTS
    if not folder or not Path(folder).is_dir():
        return ()
    endings = {".pem", ".crt", ".cer", ".der"}
    return [p.read_bytes() for p in sorted(Path(folder).iterdir()) if p.suffix.lower() in endings]
