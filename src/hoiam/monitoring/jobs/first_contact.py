"""First contact with a source from the starter list: its address was never checked, so the site is asked where its news is."""

from dataclasses import replace

from asgiref.sync import sync_to_async

from hoiam.agencies.outlets import starter_outlets
from hoiam.core.fetch import FetchError
from hoiam.monitoring.actions.discovery import Candidate, places_of
from hoiam.monitoring.actions.readers import Door, Reading, read
from hoiam.monitoring.actions.sources import move_source
from hoiam.monitoring.models import Source
from hoiam.monitoring.states import SourceKind

FOUND = (
    "Địa chỉ trong danh sách soạn sẵn không cho tin nào; hệ thống tự tìm thấy {url} và đọc từ đó."
)
GUESSED = "Trang không có RSS; hệ thống tự đề xuất quy tắc đọc danh sách bài ở {url}. Hãy xem lại quy tắc."


async def read_or_find(source: Source, door: Door) -> tuple[Source, Reading]:
    """What the source gives; one of the starter list that never gave anything is first moved to where its site has news.

    Raises:
        FetchError: it cannot be had, and the site names no other place.
    """
    fault, reading = None, Reading()
    try:
        reading = await read(source, door)
    except FetchError as error:
        fault = error
    is_first = bool(source.list_key) and source.last_success_at is None
    if is_first and not reading.entries and door.robots is not None:
        moved = await _moved_to_its_news(source, door)
        if moved is not None:
            again = await read(moved, door)
            told = (GUESSED if moved.kind == SourceKind.LISTING else FOUND).format(url=moved.url)
            return moved, replace(again, notes=(told, *again.notes))
    if fault is not None:
        raise fault
    return source, reading


async def _moved_to_its_news(source: Source, door: Door) -> Source | None:
    sites = {outlet.key: outlet.site for outlet in starter_outlets()}
    try:
        found = await places_of(sites.get(source.list_key, source.url), door, door.robots)
    except FetchError:
        return None  # the fault of the source's own address is told
    best = next((one for one in found if one.tells_what_is_new), None)
    return await _moved(source, best, door) if best is not None else None


@sync_to_async
def _moved(source: Source, best: Candidate, door: Door) -> Source | None:
    rule = best.rule or None
    if not move_source(source, best.place.url, kind=best.place.kind, rule=rule, now=door.now):
        return None
    return Source.objects.select_related("channel").get(pk=source.pk)
