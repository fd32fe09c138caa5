"""Products of a unit's part in a task: files, addresses, articles the house found, rows of other rooms; and taking one back."""

import hashlib
from datetime import date, datetime
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction

from hoiam.core import authority, blobs, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import Conflict, InvalidInput, WrongState
from hoiam.core.filekinds import admitted
from hoiam.kit.news import url_key
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.models import Item
from hoiam.scheme.actions.doing import check_running, locked, tell
from hoiam.scheme.models import Assignment, Product
from hoiam.scheme.queries.proofs import Proof
from hoiam.scheme.states import AssignmentState, ProductKind

LONGEST_URL = 1000


def _opened(row: Assignment, actor: Actor) -> Assignment:
    row = locked(row)
    authority.check(actor, "add_product", row)
    check_running(row)
    if row.state == AssignmentState.EXEMPT:
        raise WrongState("Đơn vị không phải làm việc này nên không nộp sản phẩm.")
    return row


def _kept(product: Product, *, actor: Actor, now: datetime) -> Product:
    """The product written, with both diaries; a thing shown already is refused."""
    product.added_by, product.added_at = actor.official, now
    try:
        with transaction.atomic():
            product.save()
    except IntegrityError as error:
        raise Conflict("Sản phẩm này đã có trong danh sách, không cần nộp lại.") from error
    tell(product.assignment, "add_product", actor=actor, now=now, words=product.title)
    ledger.write(product, actor=actor, step="add_product", at=now, kind=product.kind)
    return product


@transaction.atomic
def add_file(
    row: Assignment,
    *,
    actor: Actor,
    now: datetime,
    title: str,
    file_name: str,
    data: bytes,
    note: str = "",
) -> Product:
    """The file kept under its hash as a product.

    Raises:
        InvalidInput: too large, of a kind that is not taken, not what its name says, or one that may do harm.
        BlobFault: the evidence store cannot be written.
    """
    row = _opened(row, actor)
    name = file_name.strip()[-200:]
    kind = admitted(data, name, office=True)
    made = Product(
        assignment=row,
        kind=ProductKind.FILE,
        title=(title.strip() or name)[:300],
        note=note.strip(),
        file_name=name,
        content_type=kind,
        blob=blobs.put(data).sha256,
        found_at=now,
    )
    return _kept(made, actor=actor, now=now)


@transaction.atomic
def add_link(
    row: Assignment, *, actor: Actor, now: datetime, url: str, title: str = "", note: str = ""
) -> Product:
    """The address as a product; "seen" at once when the house has collected the article, else on the day it is.

    Raises:
        InvalidInput: no address of the web.
        Conflict: it is there already.
    """
    row = _opened(row, actor)
    address = checked_address(url)
    key = key_of(address)
    item = Item.objects.filter(url_key=key).first()
    made = Product(
        assignment=row,
        kind=ProductKind.ITEM if item else ProductKind.LINK,
        title=(title.strip() or (item.title if item else address))[:300],
        note=note.strip(),
        url=address,
        url_key=key,
        item=item,
        happened_on=_day(item.at) if item else None,
        found_at=now if item else None,
    )
    return _kept(made, actor=actor, now=now)


def checked_address(url: str) -> str:
    """The address when it is one of the web.

    Raises:
        InvalidInput: it is not, or it is too long.
    """
    address = url.strip()
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        raise InvalidInput("Ghi địa chỉ đầy đủ của trang, bắt đầu bằng https://", "url")
    if len(address) > LONGEST_URL:
        raise InvalidInput(f"Địa chỉ dài quá {LONGEST_URL} chữ. Chép địa chỉ gốc của bài.", "url")
    return address


def key_of(url: str) -> str:
    """The key under which the house keeps an article of this address."""
    return hashlib.sha256(url_key(url).encode("utf-8", "replace")).hexdigest()


def _day(moment: datetime) -> date:
    return moment.astimezone(VIETNAM).date()


@transaction.atomic
def add_proof(
    row: Assignment, *, actor: Actor, now: datetime, proof: Proof, note: str = ""
) -> Product:
    """Something another room recorded as done, linked as a product.

    Raises:
        InvalidInput: it was done by another unit.
        Conflict: it is there already.
    """
    row = _opened(row, actor)
    if proof.agency_id != row.agency_id and not actor.sees(proof.agency_id):
        raise InvalidInput("Việc này của đơn vị khác, không nộp thay được.", "proof")
    made = Product(
        assignment=row,
        kind=ProductKind.PROOF,
        title=proof.title[:300],
        note=note.strip(),
        url=proof.address,
        proof=f"{proof.kind}:{proof.pk}",
        happened_on=proof.happened_on,
        found_at=now,
    )
    return _kept(made, actor=actor, now=now)


@transaction.atomic
def remove_product(product: Product, *, actor: Actor, now: datetime, reason: str) -> Product:
    """The product taken back; it stays on record with the reason.

    Raises:
        InvalidInput: no reason.
        WrongState: it was taken back before.
    """
    if not reason.strip():
        raise InvalidInput("Ghi lý do rút sản phẩm.", "reason")
    rows = Product.objects.system("reload under lock").select_for_update(of=("self",))
    rows = rows.select_related("assignment__agency__parent", "assignment__task__scheme")
    product = rows.get(pk=product.pk)
    authority.check(actor, "remove_product", product)
    check_running(product.assignment)
    if product.removed_at is not None:
        raise WrongState("Sản phẩm này đã được rút rồi. Tải lại trang.")
    product.removed_by, product.removed_at = actor.official, now
    product.removed_why = reason.strip()
    product.save(update_fields=["removed_by", "removed_at", "removed_why"])
    words = f"{product.title}: {reason.strip()}"
    tell(product.assignment, "remove_product", actor=actor, now=now, words=words)
    ledger.write(product, actor=actor, step="remove_product", at=now, reason=reason.strip())
    return product


@transaction.atomic
def look_for_products(now: datetime) -> int:
    """How many linked addresses were found among collected articles since they were linked."""
    rows = Product.objects.system("the house looks for what was claimed").select_for_update()
    waiting = list(rows.filter(kind=ProductKind.LINK, removed_at=None, item=None))
    found = {
        item.url_key: item
        for item in Item.objects.filter(url_key__in=[row.url_key for row in waiting])
    }
    seen = [row for row in waiting if row.url_key in found]
    for row in seen:
        row.item = found[row.url_key]
        row.kind, row.found_at, row.happened_on = ProductKind.ITEM, now, _day(row.item.at)
        row.save(update_fields=["item", "kind", "found_at", "happened_on"])
        ledger.write(row, actor=None, step="find_product", at=now, item=row.item.pk)
    return len(seen)
