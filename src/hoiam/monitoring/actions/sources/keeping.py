"""Keeping the list of sources: saving one of any kind, pausing it, and every version of how it is read."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction

from hoiam.agencies.queries import channel_of
from hoiam.core import authority, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput
from hoiam.kit.news import ListingRule, bad_selector
from hoiam.monitoring.actions.sources.boxes import mailbox_of
from hoiam.monitoring.models import ReadingRule, Source
from hoiam.monitoring.states import POLLED, SourceKind


@transaction.atomic
def save_source(
    source: Source,
    *,
    actor: Actor | None,
    now: datetime,
    rule: Mapping[str, Any] | None = None,
) -> Source:
    """The source as saved, due at once when its address is new.

    Args:
        source: the row as typed; a mailbox gets its address from the rule, an uploaded list has none.
        rule: how it is read (selectors, mailbox, columns); None leaves what is there, another one is a new version.

    Raises:
        InvalidInput: no name, no usable address, a wrong rule, or the address is already a source.
        NotAllowed: the actor may not keep sources.
    """
    if actor is not None:
        authority.check(actor, "save_source", source)
    source.kind = source.kind or SourceKind.FEED
    if not source.name.strip():
        raise InvalidInput("Nhập tên nguồn.", "name")
    is_new_rule = rule is not None and dict(rule) != source.rule
    source.rule = dict(rule) if rule is not None else source.rule
    _settle_address(source)
    _renew(source, now, is_new_rule)
    source.rule_version += is_new_rule
    source.save()
    if is_new_rule:
        ReadingRule.objects.create(
            source=source,
            version=source.rule_version,
            data=source.rule,
            at=now,
            by=actor.official if actor else None,
        )
    ledger.write(
        source, actor=actor, step="save_source", at=now, url=source.url, rule=source.rule_version
    )
    return source


@transaction.atomic
def pause_source(
    source: Source, *, actor: Actor, now: datetime, paused: bool, reason: str = ""
) -> Source:
    """The source paused or running again; a pause needs a reason, which its page shows."""
    authority.check(actor, "pause_source", source)
    if paused and not reason.strip():
        raise InvalidInput("Ghi lý do tạm dừng nguồn.", "reason")
    source.is_paused = paused
    source.pause_reason = reason.strip()[:300] if paused else ""
    source.paused_at = now if paused else None
    source.due_at = source.due_at if paused or source.kind not in POLLED else now
    source.save(update_fields=["is_paused", "pause_reason", "paused_at", "due_at"])
    ledger.write(source, actor=actor, step="pause_source", at=now, reason=reason, paused=paused)
    return source


@transaction.atomic
def move_source(
    source: Source, url: str, *, kind: str, rule: Mapping[str, Any] | None, now: datetime
) -> bool:
    """Whether the collector moved a source of the starter list to the address its site really has.

    False when that address is a source already, or a person changed the source meanwhile.
    """
    row = Source.objects.select_for_update().get(pk=source.pk)
    if row.url != source.url or Source.objects.filter(url=url).exists():
        return False
    row.url, row.kind = url, kind
    save_source(row, actor=None, now=now, rule=rule)
    return True


def _settle_address(source: Source) -> None:
    if source.kind not in POLLED:
        source.url, source.due_at = "", None
        return
    if source.kind == SourceKind.MAILBOX:
        source.url = mailbox_of(source.rule)[0].url
    else:
        _check_web(source)
    if source.kind == SourceKind.LISTING:
        _check_listing(ListingRule.of(source.rule))
    if Source.objects.filter(url=source.url).exclude(pk=source.pk).exists():
        field = "variable" if source.kind == SourceKind.MAILBOX else "url"
        raise InvalidInput("Địa chỉ này đã có trong danh sách nguồn.", field)


def _check_web(source: Source) -> None:
    try:
        parts = urlsplit(source.url)
        host = parts.hostname
    except ValueError:
        raise InvalidInput("Địa chỉ nguồn viết không đúng.", "url") from None
    if parts.scheme not in {"http", "https"} or not host:
        raise InvalidInput("Địa chỉ nguồn phải bắt đầu bằng https:// hoặc http://.", "url")
    source.channel = source.channel or channel_of(host)


def _check_listing(rule: ListingRule) -> None:
    if not rule.item.strip():
        raise InvalidInput(
            "Nhập bộ chọn khối tin, hoặc bấm Đề xuất quy tắc để hệ thống tìm giúp.", "item"
        )
    bad = bad_selector(rule)
    if bad:
        raise InvalidInput(f"Bộ chọn viết không đúng: {getattr(rule, bad)}", bad)


def _renew(source: Source, now: datetime, is_new_rule: bool) -> None:
    """What another address or another rule answered says nothing of this one: it is read anew, at once."""
    if source.kind not in POLLED:
        return
    before = Source.objects.filter(pk=source.pk).values_list("url", flat=True).first()
    if before is not None and (before != source.url or is_new_rule):
        source.etag = source.modified = source.body_hash = source.problem = ""
        source.due_at, source.failures = now, 0
    source.due_at = source.due_at or now
