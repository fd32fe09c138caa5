"""The signed paper of a report that was sent (bản ký số, bản quét có dấu): kept beside the version it is of, checked when it is signed."""

from datetime import datetime
from typing import Any

from django.db import transaction

from hoiam.core import authority, blobs, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput, WrongState
from hoiam.core.filekinds import LARGEST
from hoiam.handling.actions.signed_files import told_of, trust_roots
from hoiam.kit.papers import PaperError
from hoiam.scheme.models import ReportScan, ReportVersion, UnitReport

PDF = "application/pdf"
KINDS = frozenset({PDF, "image/png", "image/jpeg"})
MOST = 10  # of one version: a scan of many sheets is one PDF


@transaction.atomic
def keep_report_scan(
    report: UnitReport,
    *,
    actor: Actor,
    now: datetime,
    number: int,
    data: bytes,
    name: str,
    kind: str,
) -> ReportScan:
    """The signed PDF or the scan of one version sent; a digital signature is checked against the version's Word file.

    Args:
        number: of the version.
        kind: what the file is by its bytes; the caller has looked.

    Raises:
        InvalidInput: neither PDF nor picture, too large, altered after signing, or kept already.
        NotAllowed: the actor is not of the unit.
        WrongState: no such version was sent.
    """
    rows = UnitReport.objects.system("reload under lock").select_for_update(of=("self",))
    found = rows.select_related("round__owner", "agency").get(pk=report.pk)
    authority.check(actor, "keep_report_scan", found)
    version = found.versions.filter(number=number).first()
    if version is None:
        raise WrongState("Báo cáo chưa gửi nên chưa có bản để kèm bản ký, bản quét.")
    if kind not in KINDS:
        raise InvalidInput("Chọn bản PDF đã ký số, hoặc bản quét PDF, PNG, JPG.", "file")
    if len(data) > LARGEST:
        raise InvalidInput("Tệp lớn hơn 50 MB. Hãy xuất lại bản nhỏ hơn.", "file")
    told = _checked(version, data) if kind == PDF and _claims_signature(data) else {}
    blob = blobs.put(data)
    if version.scans.filter(blob=blob.sha256).exists():
        raise InvalidInput("Tệp này đã có ở bản này rồi.", "file")
    if version.scans.count() >= MOST:
        raise InvalidInput(
            f"Mỗi bản kèm nhiều nhất {MOST} tệp. Ghép các trang quét thành một PDF.", "file"
        )
    kept = ReportScan.objects.create(
        version=version, blob=blob.sha256, name=name[:200], kind=kind, size=blob.size,
        is_signed=bool(told), by=actor.official, at=now, **told,
    )  # fmt: skip
    ledger.write(
        found, actor=actor, step="keep_report_scan", at=now, version=number, blob=blob.sha256,
        signed=kept.is_signed, flagged=kept.is_flagged,
    )  # fmt: skip
    return kept


def _claims_signature(data: bytes) -> bool:
    """Whether a PDF holds a signature at all; a scan of a stamped paper holds none and is no less welcome."""
    return b"/ByteRange" in data


def _checked(version: ReportVersion, data: bytes) -> dict[str, Any]:
    # Loaded when a signed file comes: it brings half a second of libraries.
    from hoiam.kit.papers.signed import inspect_signed  # noqa: PLC0415

    word = blobs.read(version.blob) if version.blob else None
    try:
        return told_of(inspect_signed(data, word=word, roots=trust_roots()))
    except PaperError as error:
        raise InvalidInput(str(error), "file") from error
