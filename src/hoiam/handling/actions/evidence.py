"""Evidence (chứng cứ): files taken in and sealed at once, and taken out with a line in the custody log."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model

from hoiam.core import authority, blobs, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import HoiAmError, InvalidInput, NotAllowed
from hoiam.core.filekinds import admitted
from hoiam.core.stamps.sealing import seal
from hoiam.handling.actions.moving import locked_open, past
from hoiam.handling.models import Case, Evidence
from hoiam.handling.queries import EVIDENCE, captures_visible_to
from hoiam.monitoring.models import Capture, Item
from hoiam.monitoring.states import Medium

ON_AIR = frozenset({Medium.RADIO, Medium.TELEVISION})


class Tampered(HoiAmError):
    """The bytes in the store are not those that were sealed: they are shown to nobody as evidence."""


@dataclass(frozen=True)
class Standing:
    """Where in a paper or a programme a clipped file stood."""

    medium: str
    outlet: str
    issue: str = ""
    page: str = ""
    programme: str = ""
    aired_at: datetime | None = None
    item: Item | None = None


@transaction.atomic
def add_evidence(
    case: Case,
    *,
    actor: Actor,
    now: datetime,
    title: str,
    file_name: str,
    data: bytes,
    names_denouncer: bool = False,
) -> Evidence:
    """The file kept under its hash as evidence of the case, sealed and stamped at once.

    Raises:
        InvalidInput: too large, of a kind that is not taken, or one that may do harm.
        BlobFault: the evidence store cannot be written.
    """
    told = {"names_denouncer": names_denouncer}
    return _keep(case, actor, now, title=title, file_name=file_name, data=data, told=told)


@transaction.atomic
def add_clip(
    case: Case,
    *,
    actor: Actor,
    now: datetime,
    title: str,
    file_name: str,
    data: bytes,
    standing: Standing,
) -> Evidence:
    """A scan or recording of a report in print or on air, with where it stood (NĐ 237/2026 Đ21.3).

    Raises:
        InvalidInput: issue and page, or programme and air time, are missing; or the file as in `add_evidence`.
        BlobFault: the evidence store cannot be written.
    """
    _check_standing(case, standing, now)
    told = {
        "medium": standing.medium,
        "outlet": standing.outlet.strip()[:200],
        "issue": standing.issue.strip()[:60],
        "page": standing.page.strip()[:30],
        "programme": standing.programme.strip()[:150],
        "aired_at": standing.aired_at,
        "item": standing.item,
    }
    return _keep(case, actor, now, title=title, file_name=file_name, data=data, told=told)


def _check_standing(case: Case, standing: Standing, now: datetime) -> None:
    if standing.medium not in Medium.values:
        raise InvalidInput("Chọn loại hình: báo in, phát thanh hoặc truyền hình.", "medium")
    if not standing.outlet.strip():
        raise InvalidInput("Ghi tên báo, đài.", "outlet")
    if standing.item is not None and not case.case_items.filter(item=standing.item).exists():
        raise InvalidInput("Bài đã chọn không thuộc hồ sơ này. Tải lại trang rồi chọn lại.", "item")
    if standing.medium == Medium.PRINT and not (standing.issue.strip() and standing.page.strip()):
        field = "page" if standing.issue.strip() else "issue"
        raise InvalidInput("Với báo in phải ghi số báo và trang.", field)
    if standing.medium in ON_AIR:
        if not standing.programme.strip() or standing.aired_at is None:
            field = "aired_at" if standing.programme.strip() else "programme"
            raise InvalidInput(
                "Với phát thanh, truyền hình phải ghi chương trình và giờ phát sóng.", field
            )
        past(standing.aired_at, now, "aired_at", "Giờ phát sóng")


def _keep(
    case: Case,
    actor: Actor,
    now: datetime,
    *,
    title: str,
    file_name: str,
    data: bytes,
    told: dict[str, Any],
) -> Evidence:
    case = locked_open(case, "add_evidence", actor)
    kind = admitted(data, file_name, office=True)
    blob = blobs.put(data)
    kept = Evidence.objects.create(
        case=case,
        title=(title.strip() or file_name)[:250],
        file_name=file_name[:200],
        content_type=kind,
        blob=blob.sha256,
        size=blob.size,
        added_by=actor.official,
        added_at=now,
        **told,
    )
    what = {"file": file_name[:200], "sha256": blob.sha256}
    ledger.write(case, actor=actor, step="add_evidence", at=now, **what)
    ledger.write(kept, actor=actor, step="receive", at=now, **what)
    seal([(EVIDENCE, kept)], now=now)
    return kept


@transaction.atomic
def take_evidence(file: Evidence, *, actor: Actor, now: datetime, why: str) -> bytes:
    """The bytes of an evidence file, once they were found unaltered; the custody log says who took them and why.

    Raises:
        NotAllowed: the case is not the actor's.
        InvalidInput: it is not said why.
        NoSuchBlob: the file is gone from the store.
        Tampered: the bytes are not those that were sealed.
    """
    authority.check(actor, "take_evidence", file)
    return _taken(file, file.blob, actor, now, why)


@transaction.atomic
def take_capture(capture: Capture, *, actor: Actor, now: datetime, why: str) -> bytes:
    """The bytes of a capture in the actor's sight; otherwise as `take_evidence`."""
    authority.check(actor, "take_capture", capture)
    if not captures_visible_to(actor).filter(pk=capture.pk).exists():
        raise NotAllowed("Bản chụp này không thuộc vụ việc hay hồ sơ nào của đơn vị bạn.")
    return _taken(capture, capture.blob, actor, now, why)


def _taken(thing: Model, sha256: str, actor: Actor, now: datetime, why: str) -> bytes:
    if not why.strip():
        raise InvalidInput("Ghi mục đích lấy tệp: sổ giao nhận chứng cứ cần biết vì sao.", "why")
    data = untouched(sha256)
    ledger.write(
        thing, actor=actor, step="take_out", at=now, reason=why.strip()[:500], sha256=sha256
    )
    return data


def untouched(sha256: str) -> bytes:
    """The bytes kept under this hash, when they still have it.

    Raises:
        NoSuchBlob: they are gone.
        Tampered: they were altered.
    """
    data = blobs.read(sha256)
    found = hashlib.sha256(data).hexdigest()
    if found != sha256:
        raise Tampered(
            f"Tệp trong kho không còn khớp mã SHA-256 đã niêm phong (niêm phong {sha256[:12]}…, bây giờ {found[:12]}…) "
            "nên không được dùng làm chứng cứ. Hãy báo người quản trị khôi phục kho từ bản sao lưu."
        )
    return data
