"""Keeping sources of each kind: what is refused, versions of rules, pausing, and how soon each is read again."""

from datetime import timedelta

import pytest

from hoiam.core import ledger
from hoiam.core.errors import InvalidInput, NotAllowed
from hoiam.monitoring.actions.sources import (
    interval,
    is_night,
    mailbox_of,
    note_collection,
    pause_source,
    save_source,
)
from hoiam.monitoring.models import Collection, ReadingRule, Source
from tests.monitoring.house import NOW, make_actor

LISTING = {"item": "div.tin", "link": "a", "title": "", "time": ""}
BOX = {"variable": "HOIAM_MAILBOX_CANH_BAO"}


@pytest.fixture(autouse=True)
def _box(monkeypatch):
    monkeypatch.setenv(
        BOX["variable"],
        "imaps://canh-bao%40thanhgiang.example:khong-lo-ra@IMAP.thanhgiang.example/INBOX",
    )
    monkeypatch.setenv("HOIAM_MAILBOX_HONG", "imap://a:khong-lo-ra@b.example")


def save(desk, rule=None, **fields):
    given = {"name": "Nguồn", "kind": "feed", "url": "https://songthanh.example/rss"} | fields
    return save_source(Source(**given), actor=desk, now=NOW, rule=rule)


def test_each_kind_gets_its_address_and_its_turn(desk):
    made = [
        save(desk),
        save(desk, kind="listing", url="https://songthanh.example/phap-luat", rule=LISTING),
        save(desk, kind="mailbox", url="", rule=BOX),
        save(desk, kind="vendor", url=""),
        save(desk, kind="comments", url=""),
    ]
    assert [(s.url, s.due_at == NOW) for s in made] == [
        ("https://songthanh.example/rss", True),
        ("https://songthanh.example/phap-luat", True),
        ("imaps://canh-bao%40thanhgiang.example@imap.thanhgiang.example:993/INBOX", True),
        ("", False),
        ("", False),
    ]


@pytest.mark.parametrize(
    ("fields", "rule", "field"),
    [
        ({"name": " "}, None, "name"),
        ({"url": "ftp://a.example"}, None, "url"),
        ({"url": "https://[::1"}, None, "url"),
        ({"kind": "listing"}, {}, "item"),
        ({"kind": "listing"}, LISTING | {"time": "[["}, "time"),
        ({"kind": "mailbox"}, {}, "variable"),
        ({"kind": "mailbox"}, {"variable": "HOIAM_SECRET_KEY"}, "variable"),
        ({"kind": "mailbox"}, {"variable": "HOIAM_MAILBOX_x"}, "variable"),
        ({"kind": "mailbox"}, {"variable": "HOIAM_MAILBOX_CHUA_DAT"}, "variable"),
        ({"kind": "mailbox"}, {"variable": "HOIAM_MAILBOX_HONG"}, "variable"),
    ],
)
def test_what_cannot_be_a_source_is_refused_at_its_field(desk, fields, rule, field):
    with pytest.raises(InvalidInput) as caught:
        save(desk, rule=rule, **fields)
    assert caught.value.field == field
    assert "khong-lo-ra" not in str(caught.value)
    assert Source.objects.count() == 0


def test_every_rule_is_a_version_and_a_new_one_is_read_at_once(desk):
    source = save(desk, kind="listing", rule=LISTING)
    source.etag, source.failures, source.due_at = "1", 3, NOW + timedelta(hours=1)
    source.save()
    save_source(source, actor=desk, now=NOW, rule=LISTING)
    assert (source.rule_version, source.etag) == (1, "1")
    save_source(source, actor=desk, now=NOW, rule=LISTING | {"item": "li.tin"})
    source.refresh_from_db()
    assert (source.rule_version, source.etag, source.failures, source.due_at) == (2, "", 0, NOW)
    assert [(r.version, r.data["item"]) for r in ReadingRule.objects.all()] == [
        (2, "li.tin"), (1, "div.tin"),
    ]  # fmt: skip


def test_the_ledger_names_the_box_but_holds_no_way_in(desk):
    source = save(desk, kind="mailbox", rule=BOX)
    told = str([vars(entry) for entry in ledger.of(source)])
    assert "imap.thanhgiang.example" in told
    assert "khong-lo-ra" not in told + str(vars(source)) + str(
        [vars(r) for r in ReadingRule.objects.all()]
    )


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (
            "imaps://a:b%3Ac@mail.example:1993/Tin%20bao",
            ("mail.example", 1993, "a", "Tin bao", "b:c"),
        ),
        ("imaps://a:b@mail.example", ("mail.example", 993, "a", "INBOX", "b")),
        ("imaps://a@mail.example", None),
        ("imaps://a:b@/x", None),
        ("imaps://a:b@mail.example:cong", None),
        ("imaps://a:b@mail.example/H%E1%BB%99p", None),
        ("https://a:b@mail.example", None),
        ("mật khẩu", None),
    ],
)
def test_the_variable_alone_says_which_box(monkeypatch, value, found):
    monkeypatch.setenv(BOX["variable"], value)
    if found is None:
        with pytest.raises(InvalidInput, match="phải có dạng imaps://"):
            mailbox_of(BOX)
        return
    place, password = mailbox_of(BOX)
    assert (place.host, place.port, place.user, place.folder, password) == found


def test_a_pause_keeps_its_reason_and_ends_without_one(desk):
    source = save(desk)
    with pytest.raises(InvalidInput):
        pause_source(source, actor=desk, now=NOW, paused=True, reason=" ")
    pause_source(source, actor=desk, now=NOW, paused=True, reason="Báo đổi địa chỉ.")
    source.refresh_from_db()
    assert (source.pause_reason, source.paused_at) == ("Báo đổi địa chỉ.", NOW)
    later = NOW + timedelta(days=3)
    pause_source(source, actor=desk, now=later, paused=False)
    source.refresh_from_db()
    assert (source.pause_reason, source.paused_at, source.due_at) == ("", None, later)


def test_who_may_not(province):
    editor = make_actor(province, "editor")
    with pytest.raises(NotAllowed):
        save(editor)


@pytest.mark.parametrize(
    ("gap", "hour", "seconds"),
    [
        (None, 9, 300),
        (600, 9, 300),
        (20, 9, 60),
        (86_400, 9, 900),
        (600, 22, 300),
        (600, 23, 900),
        (100, 2, 150),
        (20, 4, 60),
        (600, 5, 300),
    ],
)
def test_polling_follows_the_rhythm_and_the_hour(gap, hour, seconds):
    moment = NOW + timedelta(hours=hour - 9)  # the tests' day begins at nine in Viet Nam
    assert interval(Source(usual_gap_seconds=gap), moment) == seconds
    assert is_night(moment) == (hour in {23, 2, 4})


def test_counters_of_a_reading_reach_the_source(desk):
    source = save(desk)
    figures = Collection(seen=9, fetched=8, kept=7, failed=6, lost=5, garbled=4, reprints=3, changed=2)  # fmt: skip
    after = note_collection(source, figures, now=NOW)
    # The same five are still in the feed an hour later, and a sixth; the next day counts anew.
    after = note_collection(after, Collection(lost=6), now=NOW + timedelta(hours=1))
    after = note_collection(after, Collection(lost=2), now=NOW + timedelta(hours=2))
    after = note_collection(after, Collection(lost=1), now=NOW + timedelta(days=1))
    assert [
        after.seen, after.fetched, after.kept, after.failed, after.lost, after.garbled,
        after.reprints, after.changed,
    ] == [9, 8, 7, 6, 7, 4, 3, 2]  # fmt: skip
    assert [day.lost for day in after.days.order_by("day")] == [6, 1]
