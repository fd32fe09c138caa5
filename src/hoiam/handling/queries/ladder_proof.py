"""Whether it is proved what an outlet showed once its time had run out: a sealed capture made afterwards."""

from collections.abc import Iterable
from datetime import datetime

from hoiam.core.models import Sealed
from hoiam.handling.models import Case, Evidence, OutletLook, OutletWatch
from hoiam.handling.queries.seals import EVIDENCE
from hoiam.monitoring.models import Snapshot
from hoiam.monitoring.queries.seals import CAPTURE


def is_sealed_after_due(case: Case, watches: Iterable[OutletWatch]) -> bool:
    """Whether a stamped capture of an original report was made after its outlet's time had run out; at most five queries.

    A capture before that time proves nothing of what the outlet left undone, nor does one nobody stamped. What is due
    at once is due from the moment the outlet had the paper. For print and air a file of evidence of the report stands
    in the place of the page.
    """
    due = {watch.pk: watch.due_at or watch.started_at for watch in watches if watch.is_original}
    ends = {watch.item_id: due[watch.pk] for watch in watches if watch.pk in due and watch.item_id}
    if not due:
        return False
    return _is_stamped(CAPTURE.code, {*_looked(due), *_captured(case, ends)}) or _is_stamped(
        EVIDENCE.code, _filed(case, ends)
    )


def _looked(due: dict[int, datetime]) -> set[int]:
    rows = OutletLook.objects.filter(watch__in=due, capture__at__gte=min(due.values()))
    found = rows.values_list("watch", "capture", "capture__at")
    return {capture for watch, capture, at in found if at >= due[watch]}


def _captured(case: Case, ends: dict[int, datetime]) -> set[int]:
    rows = Snapshot.objects.filter(for_case__case=case, item__in=ends).exclude(page=None)
    found = rows.values_list("item", "page", "page__at")
    return {page for item, page, at in found if at >= ends[item]}


def _filed(case: Case, ends: dict[int, datetime]) -> set[int]:
    rows = Evidence.objects.system("who sees the case sees whether it is proved").filter(
        case=case, item__in=ends
    )
    return {pk for pk, item, at in rows.values_list("pk", "item", "added_at") if at >= ends[item]}


def _is_stamped(kind: str, keys: set[int]) -> bool:
    return bool(keys) and Sealed.objects.filter(kind=kind, subject_id__in=keys).exists()
