"""The digest of a day: which stories, to whom, once; and the schedules that make it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from hoiam.core import ledger
from hoiam.core.errors import InvalidInput, NotAllowed
from hoiam.core.jobs.models import OutgoingMail
from hoiam.core.outbox import deliver_due
from hoiam.monitoring.actions.digest import make_digest, send_digest
from hoiam.monitoring.actions.digest_letters import digest_text
from hoiam.monitoring.actions.triage import dismiss
from hoiam.monitoring.jobs.schedules import look_for_silence, morning_digests
from hoiam.monitoring.models import Digest, Source, Warning
from hoiam.monitoring.queries import digest_recipients, digests_visible_to
from tests.monitoring.house import ELSEWHERE, GRAVE, NOW, TODAY, make_actor, note_past, take

SLOT = datetime(2026, 8, 6, 0, 30, tzinfo=UTC)  # 07:30 of the morning after
EVENING = replace(
    GRAVE,
    url="https://bao-do-moi.example/4",
    outlet="Báo Đò Mới",
    published_at=GRAVE.published_at + timedelta(hours=2),
)
NIGHT = replace(
    GRAVE, url="https://nang-ha.example/5", title="THADS tỉnh Thanh Giang bị tố làm mất biên lai ở Cồn Én",
    sapo="Chuyện ở bến phà.", body="", published_at=datetime(2026, 8, 5, 17, 30, tzinfo=UTC),
)  # fmt: skip


def entries(digest):
    return [entry for section in digest.content["sections"] for entry in section["entries"]]


def test_a_story_stands_once_with_its_outlets_and_agencies(
    warning, desk, province, top, centre, other
):
    take(EVENING, ELSEWHERE)
    Warning.objects.create(story=warning.story, agency=other, severity=1, why="Thử.", at=NOW)
    mine = make_digest(province, TODAY, actor=desk, now=NOW)
    assert [(e["title"], e["outlets"], e["agency"]) for e in entries(mine)] == [
        (GRAVE.title, ["Báo Sông Thanh", "Báo Đò Mới"], "THADS tỉnh Thanh Giang"),
    ]  # fmt: skip
    whole = make_digest(centre, TODAY, actor=top, now=NOW)
    assert [e["agency"] for e in entries(whole)] == ["THADS tỉnh Thanh Giang; THADS tỉnh Lam Hải"]
    assert ledger.of(whole).last().data == {"count": 1}


def test_a_day_ends_at_midnight_of_viet_nam(province, desk):
    take(GRAVE, NIGHT, now=NOW + timedelta(days=1))
    later = NOW + timedelta(days=1)
    by_day = {
        day: [e["url"] for e in entries(make_digest(province, day, actor=desk, now=later))]
        for day in (date(2026, 8, 4), date(2026, 8, 5), date(2026, 8, 6))
    }
    assert by_day == {
        date(2026, 8, 4): [],
        date(2026, 8, 5): [GRAVE.url],
        date(2026, 8, 6): [NIGHT.url],
    }


def test_what_was_dismissed_is_left_out_and_an_empty_day_says_so(warning, desk, province):
    dismiss(warning, actor=desk, now=NOW, reason="criminal")
    made = make_digest(province, TODAY, actor=desk, now=NOW)
    assert made.content == {"sections": [], "count": 0}
    assert "Trong ngày không có tin, bài liên quan." in digest_text(made)


def test_made_again_it_is_the_same_row(warning, desk, province):
    first = make_digest(province, TODAY, actor=desk, now=NOW)
    assert make_digest(province, TODAY, actor=desk, now=NOW).pk == first.pk
    assert list(digests_visible_to(desk)) == [first]


def test_who_may_and_when(province, desk, stranger):
    with pytest.raises(NotAllowed):
        make_digest(province, TODAY, actor=stranger, now=NOW)
    with pytest.raises(InvalidInput, match="Chưa đến ngày này"):
        make_digest(province, TODAY + timedelta(days=1), actor=desk, now=NOW)
    assert not digests_visible_to(stranger)


def test_it_is_sent_to_desk_and_spokesperson_with_the_word_file(
    warning, desk, province, stranger, top
):
    make_actor(province, "spokesperson", email="phat-ngon@thanhgiang.example")
    make_actor(province, "examiner", email="tham-tra@thanhgiang.example")
    make_actor(province, "deputy")
    assert digest_recipients(province, TODAY).count() == 3
    sent = send_digest(make_digest(province, TODAY, actor=desk, now=NOW), actor=desk, now=NOW)
    deliver_due(NOW)
    deliver_due(NOW)
    mails = OutgoingMail.objects.filter(subject__startswith="Điểm tin")
    assert sorted(mails.values_list("address", flat=True)) == sorted(sent.recipients) == [
        "dau-moi@thanhgiang.example", "phat-ngon@thanhgiang.example",
    ]  # fmt: skip
    assert [name for name, *_ in mails[0].attachments] == ["diem-tin-2026-08-05.docx"]
    assert GRAVE.title in mails[0].text


def test_with_nobody_to_send_to_a_person_is_told(province):
    alone = make_actor(province, "focal_point")
    with pytest.raises(InvalidInput, match="Chưa có ai ở đơn vị này"):
        send_digest(make_digest(province, TODAY, actor=alone, now=NOW), actor=alone, now=NOW)


def test_the_morning_sends_each_desk_the_day_before_once(warning, desk, top, other):
    slot = SLOT.isoformat()
    assert (
        morning_digests.func(now=SLOT, slot=slot) == 2
    )  # the province and the centre; no desk elsewhere
    assert morning_digests.func(now=SLOT + timedelta(minutes=5), slot=slot) == 0
    deliver_due(SLOT)
    rows = Digest.objects.system("count").values_list("agency__code", "day")
    assert sorted(rows) == [("thads-thanh-giang", TODAY), ("tw-thu", TODAY)]
    assert OutgoingMail.objects.filter(subject__startswith="Điểm tin").count() == 2


def test_a_morning_cut_short_goes_on_where_it_was(warning, desk, top, province):
    send_digest(make_digest(province, TODAY, actor=None, now=SLOT), actor=None, now=SLOT)
    assert morning_digests.func(now=SLOT + timedelta(minutes=5), slot=SLOT.isoformat()) == 1


def test_silence_is_found_and_ends(db):
    def source(name, days, **fields):
        row = Source.objects.create(
            name=name, kind="feed", url=f"https://a.example/{name}",
            last_new_at=NOW - timedelta(days=days), **fields,
        )  # fmt: skip
        note_past(row, gave=bool(fields))
        return row

    usual = {"usual_gap_seconds": 3600}
    quiet, once = source("im", 2, **usual), source("một-lần", 9)
    source("mới", 0, **usual), source("dừng", 2, is_paused=True, **usual)
    assert look_for_silence.func(now=NOW) == 2
    assert look_for_silence.func(now=NOW) == 2
    quiet.refresh_from_db(), once.refresh_from_db()
    assert (quiet.silent_since, once.silent_since) == (quiet.last_new_at, once.last_new_at)
    Source.objects.update(last_new_at=NOW)
    assert look_for_silence.func(now=NOW) == 0
    assert not Source.objects.exclude(silent_since=None)
