"""When a report's page is read again: planned as it comes in, hastened when its feed says something new."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta

from hoiam.core.fetch import Fetched
from hoiam.kit.news import settled
from hoiam.monitoring.models import Item, Recheck, Story
from hoiam.monitoring.queries.lexicon import lexicon_in_use
from hoiam.monitoring.queries.rechecks import due_rechecks, open_matters, rhythm

LOOKED_UP = 500  # addresses asked of the database at once


def plan_recheck(item: Item, *, now: datetime, after: timedelta | None = None) -> None:
    """Nothing; the item's page is read again from now on. Clips without an address and archives are not.

    Args:
        item: the report.
        now: the moment.
        after: how soon the first time; as the rhythm has it when None.
    """
    if not item.url.startswith("http") or item.at < now - rhythm().oldest:
        return
    said = said_hash(item.title)
    due = now + (after or rhythm().steps[0])
    row, is_new = Recheck.objects.get_or_create(
        item=item, defaults={"due_at": due, "feed_said": said}
    )
    if not is_new and row.due_at is None:
        # Read once for want of a page, and found to concern THADS after all.
        row.due_at = due
        row.save(update_fields=["due_at"])


def follow_feed(said: Mapping[str, str], *, now: datetime) -> int:
    """How many known reports are read again at once because their feed now says something else of them.

    Args:
        said: what the feed says by `url_key`: the title, or the title and the time of change.
        now: the moment of the reading.

    The same words hasten a report once, however often the feed is read.
    """
    changed: list[Item] = []
    keys = list(said)
    for start in range(0, len(keys), LOOKED_UP):
        known = Item.objects.filter(url_key__in=keys[start : start + LOOKED_UP])
        known = known.select_related("recheck")
        changed += [item for item in known if _says_new(item, said[item.url_key])]
    for item in changed:
        words = said_hash(said[item.url_key])
        Recheck.objects.update_or_create(item=item, defaults={"due_at": now, "feed_said": words})
    return len(changed)


def said_hash(text: str) -> str:
    """SHA-256 of what a feed says, in settled form."""
    return hashlib.sha256(settled(text).encode()).hexdigest()


def _says_new(item: Item, text: str) -> bool:
    recheck = getattr(item, "recheck", None)
    before = recheck.feed_said if recheck and recheck.feed_said else said_hash(item.title)
    if not text.strip() or said_hash(text) == before:
        return False
    # What concerned others is looked at again only when it now may concern THADS.
    return item.is_relevant or (item.url.startswith("http") and lexicon_in_use().admits(text))


def wake_rechecks(*, now: datetime) -> int:
    """How many pages are read again because their matter was opened anew after the planned readings had ended."""
    return Recheck.objects.filter(open_matters(), due_at=None).update(due_at=now)


def lease_rechecks(*, now: datetime, limit: int) -> list[Recheck]:
    """Due pages, held for this worker: another one passes them over until the lease ends."""
    held = []
    for row in due_rechecks(now)[:limit]:
        taken = Recheck.objects.filter(pk=row.pk, leased_until=row.leased_until, due_at=row.due_at)
        if taken.update(leased_until=now + rhythm().lease):
            held.append(row)
    return held


def note_answer(
    recheck: Recheck, answer: Fetched | None, *, now: datetime, problem: str = ""
) -> None:
    """Nothing; the row says how the last reading went and when the next one is due.

    Args:
        recheck: the row; saved here.
        answer: what came, or None when nothing could be had.
        now: the moment.
        problem: what is unclear, as a sentence; blank when all is well.
    """
    recheck.times, recheck.last_at, recheck.leased_until = recheck.times + 1, now, None
    recheck.problem = problem[:300]
    if answer is not None and answer.status < 400:
        recheck.failures = 0
        # What is not to be believed must come whole again next time, not as "not modified".
        if not answer.not_modified and not problem:
            recheck.etag = (answer.etag or "")[:300]
            recheck.modified = (answer.modified or "")[:100]
    else:
        recheck.failures += 1
    recheck.due_at = _next(recheck, now)
    recheck.save()


def _next(recheck: Recheck, now: datetime) -> datetime | None:
    """The next planned moment; it lies ahead whatever the clock did. None when nobody waits for it any more."""
    beat = rhythm()
    if not recheck.item.is_relevant and _is_settled(recheck):
        return None
    if recheck.failures and recheck.gone_at is None:
        wait = beat.after_fault[min(recheck.failures, len(beat.after_fault)) - 1]
    else:
        seen = recheck.item.first_seen_at
        ahead = [seen + step for step in beat.steps if seen + step > now]
        if ahead:
            return min(ahead[0], now + beat.then * len(beat.steps))
        wait = beat.then
    is_open = Recheck.objects.filter(open_matters(), pk=recheck.pk).exists()
    early = now < recheck.item.first_seen_at + beat.steps[-1]
    return now + wait if is_open or early else None


def _is_settled(recheck: Recheck) -> bool:
    """Whether the last answer leaves nothing to wait for: the page came whole, or is gone."""
    is_whole = not recheck.failures and not recheck.problem
    return is_whole or recheck.gone_at is not None


def case_closed(story: Story) -> None:
    """Nothing; called by the handling room when the last case of a story closes: its pages need no daily reading."""
    Recheck.objects.filter(item__story=story).update(case_closed=True)


def case_reopened(story: Story) -> None:
    """Nothing; called by the handling room when a case of a story is open again."""
    Recheck.objects.filter(item__story=story).update(case_closed=False)
