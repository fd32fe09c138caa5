"""Taking reports in: once each, whole or flagged, with reasons that can be replayed; warnings before the right agency."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from hoiam.agencies.actions import load_register
from hoiam.core import ledger, search
from hoiam.core.jobs.models import OutgoingMail
from hoiam.core.models import OutboxMessage
from hoiam.core.outbox import deliver_due
from hoiam.kit.recognition import register
from hoiam.monitoring.actions.intake import take_each
from hoiam.monitoring.models import Attribution, Item, Warning
from hoiam.monitoring.states import WarningState
from tests.monitoring.house import (
    ELSEWHERE,
    GRAVE,
    NOW,
    QUIET,
    follow,
    fresh,
    make_actor,
    make_agency,
    take,
    warnings_of,
)

URL = GRAVE.url


def later(minutes=30, **changes):
    """Another report of the grave story."""
    changes.setdefault("url", "https://bao-do-moi.example/cham-tra-tien-9.html")
    return replace(
        GRAVE, outlet="Báo Đò Mới", published_at=GRAVE.published_at + timedelta(minutes=minutes), **changes
    )  # fmt: skip


@pytest.mark.parametrize(
    "again",
    [
        URL,
        URL + "?utm_source=zalo&fbclid=abc#binh-luan",
        URL.replace("https://", "http://www."),
        URL.replace("https://", "https://m."),
    ],
)
def test_one_address_is_one_item(province, again):
    take(GRAVE)
    done = take(replace(GRAVE, url=again, title="Tiêu đề đã sửa"))
    assert (len(done.items), done.known, Item.objects.count()) == (0, 1, 1)


def test_the_same_report_twice_in_one_batch(province):
    done = take(GRAVE, replace(GRAVE, url=URL + "?utm_medium=rss"))
    assert (len(done.items), done.known) == (1, 1)


def test_an_exact_reprint_points_to_the_first_and_warns_no_more(province):
    first = take(GRAVE).items[0]
    done = take(later())
    assert done.items[0].duplicate_of_id == first.pk
    assert done.warnings == []
    assert warnings_of(first)[0].story.outlet_count == 2
    # A title alone is too little to call two reports one.
    short = [replace(QUIET, title="Tin vắn", sapo="", url=f"https://a.example/{n}") for n in (1, 2)]
    assert [i.duplicate_of_id for i in take(*short).items] == [None, None]


def test_a_bad_report_costs_only_itself(province):
    bad = replace(ELSEWHERE, source_id=2**70)  # no database holds such a number
    other = replace(ELSEWHERE, url="https://bao-do-moi.example/gia-rau-4.html")
    done = take_each([GRAVE, bad, other], now=NOW)
    assert [item.url for item in done.items] == [GRAVE.url, other.url]
    assert [incoming for incoming, _ in done.faults] == [bad]
    assert "Không lưu được tin này" in done.faults[0][1]
    assert [w.agency for w in done.warnings] == [province]


@pytest.mark.parametrize(
    ("published", "has_problem"),
    [
        (None, False),
        (datetime(2099, 1, 1, tzinfo=UTC), True),
        (datetime(1, 1, 1, tzinfo=UTC), True),
        (datetime(2026, 8, 5), True),
    ],
)
def test_an_unknown_or_impossible_time_stays_unknown(province, published, has_problem):
    seen = datetime(2026, 8, 4, 3, 0, tzinfo=UTC)
    item = take(replace(GRAVE, published_at=published, first_seen_at=seen)).items[0]
    item.refresh_from_db()
    assert (item.published_at, item.at, item.published_from) == (None, seen, "")
    assert item.published_raw == GRAVE.published_raw
    assert bool(item.problems) == has_problem


def test_a_clock_a_little_ahead_is_believed(province):
    ahead = NOW + timedelta(hours=3)
    assert take(replace(GRAVE, published_at=ahead)).items[0].published_at == ahead


def test_wrong_charsets_are_repaired_or_flagged(province):
    doubled = GRAVE.title.encode().decode("latin-1")
    item = take(replace(GRAVE, title=doubled)).items[0]
    assert item.title == GRAVE.title
    lost = take(
        replace(QUIET, sapo="C\ufffd quan thi h\ufffdnh \ufffdn d\ufffdn s\ufffd t\ufffd ch\ufffdc")
    ).items[0]
    assert lost.problems


def test_control_signs_go_and_hard_spaces_part_words(province):
    item = take(
        replace(GRAVE, title="THADS\xa0tỉnh\x00 Thanh\u200b Giang\ud800 bị tố", author="A\x00B\nC", url=URL + "\ud800")
    ).items[0]  # fmt: skip
    item.refresh_from_db()
    assert item.title == "THADS tỉnh Thanh Giang bị tố"
    assert item.author == "AB C"


def test_over_long_fields_are_cut_and_a_cut_address_is_told(province):
    long = replace(
        GRAVE, url=URL + "?a=" + "x" * 1500, outlet="O" * 500, author="A" * 500, section="S" * 500,
        published_raw="5" * 500, published_from="p" * 50, title="THADS tỉnh Thanh Giang " + "dài " * 2000,
    )  # fmt: skip
    item = take(long).items[0]
    item.refresh_from_db()
    sizes = [len(t) for t in (item.url, item.outlet, item.author, item.section, item.published_raw)]
    assert sizes == [1000, 200, 200, 120, 120]
    assert any("quá 1.000 ký tự" in problem for problem in item.problems)


def test_reasons_and_mentions_stand_in_the_stored_text(province):
    item = take(
        replace(GRAVE, title="  THADS\xa0tỉnh Thanh Giang\r\nbị tố chậm chi trả tiền  ")
    ).items[0]
    finding = Item.objects.get(pk=item.pk).finding
    texts = {"title": item.title, "sapo": item.sapo, "text": item.body}
    assert finding.reasons
    for reason in finding.reasons:
        assert texts[reason["field"]][reason["start"] : reason["end"]] == reason["text"]
    spans = [span for row in finding.attributions.all() for span in row.spans]
    assert {texts[s["field"]][s["start"] : s["end"]] for s in spans} >= {"THADS tỉnh Thanh Giang"}


def test_the_fictional_province_is_warned_with_why_and_when(province):
    warning = take(GRAVE).warnings[0]
    assert (warning.agency, warning.severity, warning.state) == (province, 2, WarningState.NEW)
    assert warning.why.startswith("Bài nêu đích danh ") and "“" in warning.why
    assert warning.due_rule == "MD-01"
    assert warning.due_at == datetime(
        2026, 8, 5, 7, 30, tzinfo=UTC
    )  # 09:00 + 3 h + 1 h after lunch
    assert warning.due_steps


def test_the_clock_runs_in_working_hours_only(province):
    evening = datetime(2026, 8, 7, 13, 0, tzinfo=UTC)  # Friday 20:00
    warning = take(GRAVE, now=evening).warnings[0]
    monday = warning.due_at.astimezone(UTC)
    assert monday.date() == date(2026, 8, 10)


def test_nothing_to_answer_has_no_clock_and_no_mail(province, desk):
    mild = replace(
        GRAVE, title="THADS tỉnh Thanh Giang tổ chức hội thao", sapo="Hội thao vui.", body=""
    )
    warning = take(mild).warnings[0]
    deliver_due(NOW)
    assert (warning.severity, warning.due_at, OutgoingMail.objects.count()) == (0, None, 0)


def test_old_names_lead_to_the_office_of_today(centre):
    load_register(register())
    old = replace(
        GRAVE, title="Chi cục THADS huyện Vị Thủy bị tố chậm chi trả", published_at=datetime(2024, 3, 1, tzinfo=UTC),
        sapo="Người dân tỉnh Hậu Giang khiếu nại Chi cục Thi hành án dân sự huyện Vị Thủy.", body="",
    )  # fmt: skip
    row = Attribution.objects.get(finding__item=take(old).items[0])
    assert (row.agency.code, row.agency_today.code) == (
        "chi-cuc-vi-thuy-hau-giang",
        "thads-can-tho",
    )
    # Once the centre imported its list of Phòng, the narrower office answers.
    parent = row.agency_today
    phong = make_agency(
        "phong-kv-9-can-tho",
        "Phòng THADS khu vực 9 - Cần Thơ",
        "region",
        province="Cần Thơ",
        parent=parent,
    )
    follow(row.agency, phong)
    again = take(
        replace(old, url="https://bao-do-moi.example/vi-thuy-2", title=old.title + " lần hai")
    ).items[0]
    assert Attribution.objects.get(finding__item=again).agency_today == phong


def test_an_old_province_alone_leads_to_the_one_of_today(centre):
    load_register(register())
    only = replace(
        GRAVE, title="Chậm thi hành án dân sự ở Hậu Giang", published_at=datetime(2024, 3, 1, tzinfo=UTC),
        sapo="Nhiều bản án dân sự tại tỉnh Hậu Giang chưa được thi hành.", body="",
    )  # fmt: skip
    assert [w.agency.code for w in take(only).warnings] == ["thads-can-tho"]


def test_an_imported_office_is_found_by_name(region):
    named = replace(
        GRAVE, title="Phòng THADS khu vực 1 - Thanh Giang bị tố chậm trả tiền", body="",
        sapo="Người dân khiếu nại Phòng THADS khu vực 1, tỉnh Thanh Giang.",
    )  # fmt: skip
    assert region in [w.agency for w in take(named).warnings]


def test_nobody_named_is_for_the_centre(province, desk, top):
    report = replace(
        QUIET, title="Cơ quan thi hành án dân sự bị tố chậm trả tiền", sapo="Người dân khiếu nại."
    )
    warnings = take(report).warnings
    deliver_due(NOW)
    assert [w.agency for w in warnings] == [None]
    assert list(OutgoingMail.objects.values_list("address", flat=True)) == ["dau-moi@tw.example"]


def test_what_concerns_others_is_kept_without_a_warning(province):
    item = take(ELSEWHERE).items[0]
    assert (item.is_relevant, item.story_id, Warning.objects.system("count").count()) == (
        False,
        None,
        0,
    )
    assert [hit.key for hit in search.find("cho dau moi", kinds=["item"], scope={"press"})] == [
        str(item.pk)
    ]


def unnamed():
    """A later report of the same event that names no agency."""
    return later(title="Người dân chờ tiền thi hành án: cơ quan thi hành án dân sự bị tố chậm chi trả", body=GRAVE.body.replace("tỉnh Thanh Giang ", ""), sapo="Ông Trần Văn Thử nói chậm chi trả tiền và đề nghị đính chính.")  # fmt: skip


def into_story(item, story):
    Item.objects.filter(pk=item.pk).update(story=story)


def test_later_reports_warn_no_second_time(province):
    first = take(GRAVE).items[0]
    done = take(
        later(title=GRAVE.title + " nhiều tháng"), later(60, url="https://nang-ha.example/3")
    )
    assert done.warnings == []
    assert len(warnings_of(first)) == 1


def test_a_report_that_names_nobody_adds_no_row_of_nobody(warning):
    item = take(unnamed(), now=NOW + timedelta(hours=1)).items[0]
    item.refresh_from_db()
    assert item.story_id == warning.story_id
    assert [w.agency for w in warnings_of(item)] == [warning.agency]


def test_the_first_report_that_names_the_agency_settles_nobodys_row(province):
    first = take(replace(unnamed(), published_at=GRAVE.published_at)).items[0]
    second = take(replace(later(5), url=URL)).items[0]
    first.refresh_from_db(), second.refresh_from_db()
    assert first.story_id == second.story_id
    assert [(w.agency, w.state) for w in warnings_of(first)] == [
        (None, WarningState.READ), (province, WarningState.NEW),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("state", "after"),
    [
        ("new", "new"),
        ("taken", "taken"),
        ("read", "new"),
        ("dismissed", "dismissed"),
        ("cased", "cased"),
    ],
)
def test_a_graver_report_wakes_what_was_read(warning, desk, state, after):
    rows = Warning.objects.system("set up").filter(pk=warning.pk)
    rows.update(
        state=state,
        severity=0,
        due_at=None,
        dismissal="other",
        snoozed_until=NOW + timedelta(days=1),
    )
    hour = NOW + timedelta(hours=1)
    raised = take(later(), now=hour).warnings
    row = fresh(warning)
    assert (row.state, row.severity) == (after, 2)
    assert [w.pk for w in raised] == ([warning.pk] if state == "read" else [])
    if after in {"new", "taken"}:
        assert row.due_at > hour and row.snoozed_until is None


def test_a_growing_clock_is_not_moved(warning):
    due = warning.due_at
    Warning.objects.system("set up").filter(pk=warning.pk).update(severity=1)
    take(later(), now=NOW + timedelta(hours=2))
    assert (fresh(warning).severity, fresh(warning).due_at) == (2, due)


def test_search_without_marks_finds_the_row_by_any_of_its_reports(warning, desk):
    scope = {f"agency:{warning.agency_id}"}
    assert [h.key for h in search.find("dinh chinh", kinds=["warning"], scope=scope)] == [
        str(warning.pk)
    ]
    take(later(body=GRAVE.body + " Sự việc kéo dài ở bến phà Cồn Én."))
    assert [h.key for h in search.find("con en", kinds=["warning"], scope=scope)] == [
        str(warning.pk)
    ]
    assert search.find("dinh chinh", kinds=["warning"], scope={"agency:0"}) == []


def test_diary_and_message_stand_beside_the_row(warning):
    assert [(e.step, e.actor_name, e.data["severity"]) for e in ledger.of(warning)] == [
        ("raise_warning", "Hệ thống", 2)
    ]
    assert list(OutboxMessage.objects.values_list("kind", "subject_id")) == [
        ("warning_raised", warning.pk)
    ]


def test_the_desk_is_told_once_for_each_severity(warning, desk, stranger, top):
    deliver_due(NOW)
    OutboxMessage.objects.update(done_at=None)
    deliver_due(NOW)
    mails = list(OutgoingMail.objects.values_list("address", "subject"))
    assert mails == [("dau-moi@thanhgiang.example", f"[Cần xác minh] {GRAVE.title}")]


def test_the_superior_is_told_of_the_gravest(warning, desk, top):
    Warning.objects.system("set up").filter(pk=warning.pk).update(severity=3)
    deliver_due(NOW)
    told = sorted(OutgoingMail.objects.values_list("address", flat=True))
    assert told == ["dau-moi@thanhgiang.example", "dau-moi@tw.example"]


def test_a_regional_offices_province_is_told_too(region, desk):
    make_actor(region, "head", email="kv1@thanhgiang.example")
    named = replace(
        GRAVE, title="Phòng THADS khu vực 1 - Thanh Giang bị tố chậm trả tiền", sapo="", body=""
    )
    rows = [w.agency for w in take(named).warnings]
    deliver_due(NOW)
    assert rows == [region]
    told = set(OutgoingMail.objects.values_list("address", flat=True))
    assert told == {"dau-moi@thanhgiang.example", "kv1@thanhgiang.example"}
