"""What this room seals: evidence files, approved papers, dossiers handed over."""

from typing import Any

from hoiam.core.scope import ScopedQuerySet
from hoiam.core.stamps.kinds import Kind, moment, register
from hoiam.handling.models import Dossier, Evidence, Paper

# Which case a thing belongs to is no fact of it: cases are merged, split and handed over.
STANDING = ("item_id", "medium", "outlet", "issue", "page", "programme")
WHY = "every sealed thing is stamped and checked"


def _evidence(file: Evidence) -> dict[str, Any]:
    return {
        "blob": file.blob,
        "file_name": file.file_name,
        "content_type": file.content_type,
        "size": file.size,
        "by": file.added_by_id,
        "at": moment(file.added_at),
        **{name: getattr(file, name) for name in STANDING if getattr(file, name)},
        **({"aired_at": moment(file.aired_at)} if file.aired_at else {}),
    }


def _paper(paper: Paper) -> dict[str, Any]:
    return {
        "blob": paper.blob,
        "kind": paper.kind,
        "symbol": paper.symbol,
        "issued_on": moment(paper.issued_on),
        "approved_by": paper.approved_by_id,
        "approved_at": moment(paper.approved_at),
    }


def _approved() -> ScopedQuerySet:
    return Paper.objects.system(WHY).exclude(blob="")


EVIDENCE = register(
    Kind(
        code="evidence",
        label="Chứng cứ",
        rows=lambda: Evidence.objects.system(WHY),
        facts=_evidence,
        name=lambda file: file.title,
    )
)
PAPER = register(
    Kind(
        code="paper",
        label="Văn bản",
        rows=_approved,
        facts=_paper,
        name=lambda paper: paper.symbol or paper.subject,
    )
)


def _dossier(dossier: Dossier) -> dict[str, Any]:
    return {
        "blob": dossier.blob,
        "by": dossier.made_by_id,
        "at": moment(dossier.made_at),
        "recipient": dossier.recipient,
        "reason": dossier.reason,
        "size": dossier.size,
        "files": dossier.files,
    }


DOSSIER = register(
    Kind(
        code="dossier",
        label="Bộ hồ sơ đã xuất",
        rows=lambda: Dossier.objects.system(WHY),
        facts=_dossier,
        name=lambda dossier: dossier.recipient,
    )
)
