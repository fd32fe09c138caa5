"""Repeated work: mailboxes, clocks after announced days, laws that changed, personal data whose time is over."""

import asyncio
from datetime import datetime

from hoiam.core.errors import HoiAmError
from hoiam.core.fetch import Fetcher, FetchError, Unseen
from hoiam.core.jobs import daily as each_day
from hoiam.core.jobs import every, job
from hoiam.letters.actions.boxes import note_reading, take_mail
from hoiam.letters.actions.clocks import recount_clocks
from hoiam.letters.actions.legal_answers import flag_changed_laws
from hoiam.letters.actions.wiping import wipe_due
from hoiam.letters.jobs.messages import tell_heads_of_standing
from hoiam.letters.models import LetterBox
from hoiam.monitoring.actions.sources import mailbox_of

WHY = "mailboxes are read for every agency"
LEFT = "Còn {left} thư chưa đọc, lượt sau đọc tiếp."


@every(minutes=10)
@job()
def read_letter_boxes(now: datetime) -> int:
    """How many letters the mailboxes gave; a box that cannot be read says why on its page and stops no other."""
    boxes = LetterBox.objects.system(WHY).filter(is_on=True).select_related("agency")
    return sum(read_box(box, now=now) for box in boxes)


def read_box(box: LetterBox, *, now: datetime, fetcher: Fetcher | None = None) -> int:
    """How many letters this box gave; its mails are marked as seen only after they were kept."""
    try:
        unseen, mark = asyncio.run(_unseen(box, fetcher))
        taken = [take_mail(box.agency, letter.data, now=now) for letter in unseen.letters]
        if unseen.letters:
            asyncio.run(mark([letter.uid for letter in unseen.letters], unseen.validity))
    except (FetchError, HoiAmError) as error:
        note_reading(box, now=now, problem=str(error))
        return 0
    note_reading(box, now=now, problem=LEFT.format(left=unseen.left) if unseen.left else "")
    return sum(letter is not None for letter in taken)


async def _unseen(box: LetterBox, fetcher: Fetcher | None) -> tuple[Unseen, object]:
    place, password = mailbox_of({"variable": box.variable})
    door = fetcher or Fetcher()
    mailbox = door.mailbox(place, password)
    return await mailbox.unseen(), mailbox.mark_seen


@each_day("05:30")
@job()
def count_letter_clocks_again(now: datetime) -> int:
    """How many clocks moved because days were announced since they were counted."""
    return recount_clocks(now=now)


@each_day("05:40")
@job()
def look_for_changed_laws(now: datetime) -> int:
    """How many published answers were marked for review."""
    return flag_changed_laws(now=now)


@each_day("07:25")
@job()
def tell_of_standing(now: datetime) -> int:
    """How many agencies have letters or questions that stand open too long; their heads are told once a month."""
    return tell_heads_of_standing(now)


@each_day("03:20")
@job()
def wipe_personal_data(now: datetime) -> int:
    """How many letters and questions lost what names people, for its time is over."""
    return wipe_due(now=now)
