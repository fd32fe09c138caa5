"""Handing a case over (nhiệm vụ 2.4.3): one zip with an index, files, hashes, stamps and certificates, checked anywhere."""

import hashlib
import json
import tempfile
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO, Any

from asn1crypto import pem
from django.conf import settings
from django.db import transaction
from django.db.models import Model

from hoiam.core import authority, blobs, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput
from hoiam.core.models import Stamp
from hoiam.core.stamps import local, outside, sealing
from hoiam.handling.actions.dossier_parts import (
    Index,
    Part,
    Wish,
    index_of,
    parts_of,
    seals_of,
)
from hoiam.handling.actions.evidence import Tampered
from hoiam.handling.models import Case, Dossier
from hoiam.handling.queries import DOSSIER
from hoiam.kit.papers import write
from hoiam.kit.vietnamese import VIETNAM, show_datetime

_STEP = 1024 * 1024
README = """CÁCH KIỂM TRA BỘ HỒ SƠ NÀY

Không cần mạng, không cần phần mềm của cơ quan gửi; cần sha256sum và openssl (có sẵn trên Linux, macOS; trên Windows có trong Git).

1. Từng tệp còn nguyên:            sha256sum -c SHA256SUMS
2. SHA256SUMS có từ lúc xuất:      openssl ts -verify -data SHA256SUMS -in SHA256SUMS.tsr -token_in -CAfile chung-thu/noi-bo.pem
3. Một tệp đã được niêm phong từ trước: tìm mã băm của tệp trong dau-thoi-gian/bang-ke-N.txt, rồi
                                   openssl ts -verify -data dau-thoi-gian/bang-ke-N.txt -in dau-thoi-gian/dau-N.tsr -token_in -CAfile chung-thu/noi-bo.pem
   (dấu của dịch vụ bên ngoài thì dùng -CAfile chung-thu/ben-ngoai.pem)
4. Giờ trong dấu:                  openssl ts -reply -in dau-thoi-gian/dau-N.tsr -token_in -text

Hoặc, nơi có Hồi Âm:               hoiam verify TỆP.zip

Dấu “nội bộ” do máy của cơ quan đóng: chứng minh thứ tự và tính toàn vẹn trong cơ quan, không thay dấu thời gian của tổ chức được cấp
phép. Chứng thư gốc nội bộ có dấu vân tay SHA-256 dưới đây; hãy hỏi cơ quan gửi để đối chiếu.
"""


@dataclass
class _Zip:
    """The zip being written, and the hash of each of its files."""

    archive: zipfile.ZipFile
    sums: dict[str, str] = field(default_factory=dict)

    def put(self, path: str, data: bytes) -> None:
        """A file of our own."""
        self.copy(path, [data])

    def copy(self, path: str, pieces: Iterable[bytes]) -> str:
        """A file in pieces, never held whole; gives back its hash."""
        digest = hashlib.sha256()
        with self.archive.open(path, "w", force_zip64=True) as out:
            for piece in pieces:
                digest.update(piece)
                out.write(piece)
        self.sums[path] = digest.hexdigest()
        return self.sums[path]


def export_dossier(case: Case, *, actor: Actor, now: datetime, wish: Wish) -> Dossier:
    """The dossier as it was handed over, kept and stamped; each file's custody log names who exported it, for whom and why.

    The zip is written before the transaction begins: it may take long, and nobody waits for it.

    Raises:
        NotAllowed: the actor may not hand this case over.
        InvalidInput: it is not said to whom or why.
        NoSuchBlob, Tampered: a file is gone or altered; a dossier with a hole is not made.
        BlobFault: the evidence store cannot be written.
    """
    authority.check(actor, "export_dossier", case)
    _check(wish)
    with tempfile.TemporaryFile(dir=settings.HOIAM_DATA) as file:
        exported = _write(file, case, wish, actor=actor, now=now)
        blob = blobs.put_file(file)
    return _keep(case, wish, blob, exported, actor=actor, now=now)


def _check(wish: Wish) -> None:
    if not wish.recipient.strip():
        raise InvalidInput("Ghi cơ quan nhận hồ sơ.", "recipient")
    if not wish.reason.strip():
        raise InvalidInput("Ghi căn cứ hoặc mục đích giao hồ sơ.", "reason")


def _write(file: IO[bytes], case: Case, wish: Wish, *, actor: Actor, now: datetime) -> list[Part]:
    sealing.make_authority(now)
    sealing.seal_waiting(now)
    index, exported = index_of(case, wish, actor=actor, now=now), list[Part]()
    stamps: dict[int, Stamp] = {}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        out = _Zip(archive)
        for part in parts_of(case, wish, index):
            exported.append(part)
            index.files.append(_put(out, part, stamps))
        for stamp in stamps.values():
            out.copy(f"dau-thoi-gian/bang-ke-{stamp.pk}.txt", _kept(stamp.listing))
            out.copy(f"dau-thoi-gian/dau-{stamp.pk}.tsr", _kept(stamp.token))
        _put_front(out, case, wish, index, exported, now)
        _put_sums(out, now)
    return exported


def _put(out: _Zip, part: Part, stamps: dict[int, Stamp]) -> dict[str, Any]:
    told: dict[str, Any] = {"path": part.path, "title": part.title}
    if part.kind is None:
        out.put(part.path, part.data or b"")
        return {**told, "sha256": out.sums[part.path]}
    found = out.copy(part.path, _kept(part.blob))
    if found != part.blob:
        raise Tampered(
            f"“{part.title}” không còn như lúc niêm phong nên không xuất hồ sơ. "
            "Hãy khôi phục tệp từ bản sao lưu rồi xuất lại."
        )
    seals = seals_of(part)
    stamps.update({seal.stamp_id: seal.stamp for seal in seals})
    return {
        **told,
        "sha256": found,
        "kind": part.kind.code,
        "id": part.row.pk,
        "seals": [
            {
                "stamp": seal.stamp_id,
                "authority": seal.stamp.authority,
                "gen_time": seal.stamp.gen_time.isoformat(),
                "facts": seal.facts,
            }
            for seal in seals
        ],
    }


def _kept(sha256: str) -> Iterable[bytes]:
    with blobs.open_blob(sha256) as file:
        while step := file.read(_STEP):
            yield step


def _put_front(
    out: _Zip, case: Case, wish: Wish, index: Index, parts: list[Part], now: datetime
) -> None:
    roots = local.roots(sealing.folder())
    out.put("chung-thu/noi-bo.pem", _pem(roots))
    if settings.HOIAM_TSA_ROOTS:
        out.put("chung-thu/ben-ngoai.pem", _pem(outside.roots()))
    prints = "\n".join(hashlib.sha256(root.dump()).hexdigest() for root in roots)
    out.put("HUONG-DAN-KIEM-TRA.txt", f"{README}\n{prints}\n".encode())
    whole = {**index.about, "files": index.files, "withheld": index.withheld}
    out.put("ho-so.json", json.dumps(whole, ensure_ascii=False, indent=1).encode())
    out.put("DANH-MUC.docx", _list(case, wish, index, parts, now))


def _list(case: Case, wish: Wish, index: Index, parts: list[Part], now: datetime) -> bytes:
    rows = [
        {
            "title": part.title,
            "day": show_datetime(part.at) if part.at else "",
            "place": part.path,
        }
        for part in parts
    ]
    return write(
        "dossier_list",
        {
            "agency": case.agency.full_name,
            "parent_agency": case.agency.parent.full_name if case.agency.parent else "",
            "place": case.agency.seat or case.agency.province or "……",
            "issued_on": now.astimezone(VIETNAM).date().isoformat(),
            "case_number": case.number,
            "matter": case.title,
            "recipient": wish.recipient.strip(),
            "reason": wish.reason.strip(),
            "rows": rows,
            "withheld": [f"{w['why']} (SHA-256 {w['sha256']})" for w in index.withheld],
        },
    )


def _put_sums(out: _Zip, now: datetime) -> None:
    sums = "".join(f"{sha256}  {path}\n" for path, sha256 in sorted(out.sums.items())).encode()
    out.put("SHA256SUMS", sums)
    house = local.load(sealing.folder())
    out.put("SHA256SUMS.tsr", house.stamp(blobs.sha256_of(sums), now=now))


def _pem(certificates: Iterable[Any]) -> bytes:
    return b"".join(pem.armor("CERTIFICATE", each.dump()) for each in certificates)


@transaction.atomic
def _keep(
    case: Case, wish: Wish, blob: blobs.Blob, parts: list[Part], *, actor: Actor, now: datetime
) -> Dossier:
    made = Dossier.objects.create(
        case=case,
        made_by=actor.official,
        made_at=now,
        recipient=wish.recipient.strip()[:250],
        reason=wish.reason.strip(),
        names_denouncer=wish.names_denouncer,
        blob=blob.sha256,
        size=blob.size,
        files=len(parts),
    )
    why = f"giao {made.recipient}: {made.reason}"[:500]
    things: list[Model] = [case, made, *(part.row for part in parts if part.kind is not None)]
    for thing in things:
        ledger.write(
            thing,
            actor=actor,
            step="export_dossier",
            at=now,
            reason=why,
            dossier=made.pk,
            sha256=blob.sha256,
        )
    sealing.seal([(DOSSIER, made)], now=now)
    return made


@transaction.atomic
def take_dossier(dossier: Dossier, *, actor: Actor, now: datetime, why: str) -> Dossier:
    """The dossier, to be saved again; the custody log says by whom and why.

    Raises:
        NotAllowed: the actor may not.
        InvalidInput: it is not said why.
        Tampered: the zip is no longer what was handed over.
    """
    authority.check(actor, "take_dossier", dossier)
    if not why.strip():
        raise InvalidInput("Ghi mục đích lấy lại bộ hồ sơ.", "why")
    if not blobs.verify(dossier.blob):
        raise Tampered("Bộ hồ sơ trong kho không còn như lúc giao. Hãy khôi phục từ bản sao lưu.")
    ledger.write(
        dossier, actor=actor, step="take_out", at=now, reason=why.strip(), sha256=dossier.blob
    )
    return dossier
