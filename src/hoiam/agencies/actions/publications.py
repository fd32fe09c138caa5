"""Publishing a name: the clock of law that starts with the decision, and ends when the public page was looked at."""

import asyncio
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from hoiam.agencies.models import Agency, Publication, PublicationCheck, Spokesperson
from hoiam.agencies.states import PublicationState
from hoiam.core import authority, blobs, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput, WrongState
from hoiam.core.fetch import Fetched, Fetcher, FetchError
from hoiam.core.warc import write_capture
from hoiam.kit.news import CardCheck, check_card
from hoiam.kit.rulebook import NotInForce, compute

PARTS = ("name", "title", "phone", "email")
LONGEST_ADDRESS = 1000
LONGEST_TEXT = 200


def open_publication(
    agency: Agency,
    *,
    card: Mapping[str, str],
    rule: str,
    started_at: datetime,
    spokesperson: Spokesperson | None = None,
) -> Publication:
    """The duty opened, with its due time by the law of the day it started; no due time where that law sets none."""
    due_at, source = None, ""
    if rule:
        try:
            found = compute(rule, started_at)
        except NotInForce:
            rule = ""
        else:
            due_at, source = found.due, found.source
    return Publication.objects.create(
        agency=agency,
        spokesperson=spokesperson,
        card={name: card.get(name, "") for name in PARTS},
        rule=rule,
        source=source,
        started_at=started_at,
        due_at=due_at,
    )


def check_publication(
    publication: Publication,
    *,
    actor: Actor,
    now: datetime,
    url: str,
    make_fetcher: Callable[[], Fetcher] = Fetcher,
) -> PublicationCheck:
    """The public page read through the one door, with what of the card stands on it; complete, it ends the clock.

    Never call it in a transaction: it waits for the network. A page that cannot be had is a check too, with its fault.

    Raises:
        InvalidInput: no web address.
        WrongState: the duty is over already.
    """
    authority.check(actor, "check_publication", publication)
    url = _address(url)
    refuse_closed(publication)
    try:
        answer = asyncio.run(_get(url, make_fetcher))
    except FetchError as fault:
        return _record(publication, actor=actor, now=now, url=url, fault=str(fault))
    return _judge(publication, answer, actor=actor, now=now)


async def _get(url: str, make_fetcher: Callable[[], Fetcher]) -> Fetched:
    async with make_fetcher() as fetcher:
        return await fetcher.get(url)


def _judge(
    publication: Publication, answer: Fetched, *, actor: Actor, now: datetime
) -> PublicationCheck:
    seen = check_card(answer.body, publication.card, charset=answer.charset)
    about = {"how": "kiểm tra việc công khai người phát ngôn", "who": str(actor)}
    return _record(
        publication,
        actor=actor,
        now=now,
        url=answer.final_url,
        seen=seen,
        blob=blobs.put(write_capture(answer, about=about)).sha256,
        payload=hashlib.sha256(answer.body).hexdigest(),
        at=answer.fetched_at,
    )


@transaction.atomic
def check_own_list(
    publication: Publication, *, actor: Actor, now: datetime, page: bytes, url: str
) -> PublicationCheck:
    """The house's own public list looked at as the public gets it; complete, it ends the clock.

    Args:
        page: the page as it was served just now; kept as it is.

    Raises:
        WrongState: the duty is over already.
    """
    authority.check(actor, "check_publication", publication)
    refuse_closed(publication)
    return _record(
        publication,
        actor=actor,
        now=now,
        url=url,
        seen=check_card(page, publication.card, charset="utf-8"),
        blob=blobs.put(page).sha256,
        payload=hashlib.sha256(page).hexdigest(),
        note="danh sách công khai của hệ thống",
    )


@transaction.atomic
def _record(
    publication: Publication,
    *,
    actor: Actor,
    now: datetime,
    url: str,
    seen: CardCheck | None = None,
    fault: str = "",
    blob: str = "",
    payload: str = "",
    note: str = "",
    at: datetime | None = None,
) -> PublicationCheck:
    publication = locked(publication)
    refuse_closed(publication)
    check = PublicationCheck.objects.create(
        publication=publication,
        at=at or now,
        by=actor.official,
        url=url[:LONGEST_ADDRESS],
        found=[asdict(part) for part in seen.found] if seen else [],
        missing=list(seen.missing) if seen else [],
        fault=fault,
        blob=blob,
        payload_sha256=payload,
        note=note,
    )
    ledger.write(
        publication,
        actor=actor,
        step="check_publication",
        at=now,
        url=check.url,
        missing=check.missing,
        fault=fault,
        blob=blob,
    )
    if seen is not None and seen.is_complete:
        _close(publication, PublicationState.FOUND, check.at, check.url)
    return check


@transaction.atomic
def record_publication(
    publication: Publication,
    *,
    actor: Actor,
    now: datetime,
    published_at: datetime,
    url: str,
    reason: str,
) -> Publication:
    """The publication as an official saw it, where a machine cannot read the page; it ends the clock.

    Raises:
        InvalidInput: no address, no reason, or a moment ahead or before the decision.
        WrongState: the duty is over already.
    """
    publication = locked(publication)
    authority.check(actor, "record_publication", publication)
    refuse_closed(publication)
    url = _address(url)
    if not reason.strip():
        raise InvalidInput(
            "Ghi vì sao xác nhận bằng tay, thí dụ: trang là ảnh quét, máy không đọc được chữ.",
            "reason",
        )
    if not publication.started_at <= published_at <= now:
        raise InvalidInput(
            "Thời điểm đăng phải sau lúc ký quyết định và không ở phía trước. Kiểm tra lại ngày giờ.",
            "published_at",
        )
    publication.reason = reason.strip()
    _close(publication, PublicationState.BY_HAND, published_at, url)
    ledger.write(
        publication,
        actor=actor,
        step="record_publication",
        at=now,
        reason=publication.reason,
        url=url,
        published_at=published_at.isoformat(),
    )
    return publication


def drop_publication(publication: Publication) -> None:
    """The duty no longer applies: the person's time ended before the name was published."""
    if publication.state == PublicationState.OPEN:
        publication.state = PublicationState.DROPPED
        publication.save(update_fields=["state"])


def _close(publication: Publication, state: str, at: datetime, url: str) -> None:
    publication.state, publication.published_at, publication.url = state, at, url
    publication.save(update_fields=["state", "published_at", "url", "reason"])


def locked(publication: Publication) -> Publication:
    """The duty reloaded under lock, so that a stale copy is safe."""
    rows = Publication.objects.system("reload under lock").select_for_update(of=("self",))
    return rows.select_related("agency").get(pk=publication.pk)


def refuse_closed(publication: Publication) -> None:
    """Nothing, when the name still has to be published.

    Raises:
        WrongState: it was published, or need not be any more.
    """
    if publication.state != PublicationState.OPEN:
        said = publication.get_state_display().lower()
        raise WrongState(f"Việc công khai này đã xong ({said}). Tải lại trang để xem.")


def _address(url: str) -> str:
    url = url.strip()
    if not (url.startswith(("https://", "http://")) and len(url) <= LONGEST_ADDRESS):
        raise InvalidInput(
            "Nhập địa chỉ trang công khai, bắt đầu bằng https:// hoặc http://.", "url"
        )
    return url
