"""Sources made from the starter list; their addresses are unchecked, so the first reading decides."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from hoiam.agencies.outlets import StarterOutlet, starter_outlets
from hoiam.core import authority
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput
from hoiam.monitoring.actions.sources import save_source
from hoiam.monitoring.models import Source
from hoiam.monitoring.states import SourceKind


@transaction.atomic
def add_from_list(keys: Iterable[str], *, actor: Actor, now: datetime) -> list[Source]:
    """The new sources of the outlets with these keys; those whose address is already a source are passed over.

    Raises:
        InvalidInput: nothing was ticked, or a key is not in the list.
        NotAllowed: the actor may not keep sources.
    """
    authority.check(actor, "save_source", Source)
    by_key = {outlet.key: outlet for outlet in starter_outlets()}
    wanted = list(dict.fromkeys(keys))
    if not wanted:
        raise InvalidInput("Đánh dấu ít nhất một báo để thêm.", "key")
    if any(key not in by_key for key in wanted):
        raise InvalidInput("Danh sách báo đã đổi. Hãy tải lại trang rồi chọn lại.", "key")
    taken = taken_keys()
    return [_added(by_key[key], actor, now) for key in wanted if key not in taken]


def taken_keys() -> set[str]:
    """Keys of the list's outlets that are already sources, by the address they were added with or read from now."""
    told = set(Source.objects.exclude(list_key="").values_list("list_key", flat=True))
    urls = set(Source.objects.exclude(url="").values_list("url", flat=True))
    return told | {outlet.key for outlet in starter_outlets() if outlet.address in urls}


def _added(outlet: StarterOutlet, actor: Actor, now: datetime) -> Source:
    source = Source(
        name=outlet.name,
        kind=SourceKind.FEED,
        url=outlet.address,
        # The province of before the mergers tells today's; the other way round nobody can tell.
        home_province=outlet.home,
        list_key=outlet.key,
    )
    return save_source(source, actor=actor, now=now)
