"""Signs of change: each hastens one reading, and a site that dates all anew is not believed."""

from datetime import timedelta

import pytest

from hoiam.kit.news import Entry
from hoiam.monitoring.actions.changes import Known, note_changes
from hoiam.monitoring.models import Item, Recheck, Source
from tests.monitoring.house import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def source():
    return Source.objects.create(name="Báo Sông Thanh", kind="sitemap", url="https://a.example/map")


def known(source, count, title=""):
    """Known reports with the entries that name them again."""
    made = []
    for number in range(count):
        item = Item.objects.create(
            title=f"Tin {number}",
            url=f"https://a.example/{number}",
            url_key=f"k{number}",
            source=source,
            first_seen_at=NOW,
            at=NOW,
            is_relevant=True,
        )
        made.append(Known(Entry(link=f"https://a.example/{number}", title=title), item))
    return made


def noted(source, rows, modified=None, now=LATER):
    return note_changes(rows, source_id=source.pk, modified=modified or {}, now=now)


def test_a_sign_is_told_once_and_again_when_it_grows(source):
    rows = known(source, 2)
    link = rows[0].entry.link
    assert noted(source, rows, {link: NOW + timedelta(minutes=5)}) == 1
    assert noted(source, rows, {link: NOW + timedelta(minutes=5)}) == 0
    assert noted(source, rows, {link: NOW + timedelta(minutes=9)}) == 1
    assert noted(source, rows, {link: NOW}) == 0
    assert noted(source, rows, {link: LATER + timedelta(days=1)}) == 0  # a date ahead tells nothing
    assert Recheck.objects.get().item == rows[0].item


def test_a_site_that_dates_every_page_anew_is_not_believed(source):
    rows = known(source, 30)
    stamp = {one.entry.link: NOW + timedelta(minutes=5) for one in rows}
    assert noted(source, rows, stamp) == 0
    some = dict(list(stamp.items())[:14])
    assert noted(source, rows, some) == 14


def test_another_title_hastens_the_reading_once(source):
    rows = known(source, 1, title="Tít mới")
    assert [noted(source, rows), noted(source, rows, now=LATER + timedelta(hours=1))] == [1, 0]
    assert Recheck.objects.get().due_at == LATER
