"""Spread, bursts and silence: noticed once, put in words, told to whom they concern; a reprint is no news."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.cache import cache

from hoiam.core import ledger
from hoiam.core.jobs.models import OutgoingMail
from hoiam.core.models import OutboxMessage
from hoiam.core.outbox import deliver_due
from hoiam.monitoring.actions import triage
from hoiam.monitoring.actions.folding import renew
from hoiam.monitoring.actions.signals import note_silences, note_spread, note_surprise
from hoiam.monitoring.jobs.schedules import look_for_bursts, look_for_silence
from hoiam.monitoring.jobs.telling import tell_of_signal
from hoiam.monitoring.models import Item, Signal, Source, Story, Warning
from hoiam.monitoring.queries.notices import open_bursts
from hoiam.monitoring.queries.rhythm import prior_of, rhythm_of, watched_days
from hoiam.monitoring.states import SourceKind
from tests.factories import channel
from tests.monitoring.house import GRAVE, NOW, fresh, make_actor, make_agency, note_past, take
from tests.monitoring.test_telling import addresses, notices

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def signals(kind="spread"):
    return list(Signal.objects.system("a test looks").filter(kind=kind).order_by("pk"))


def copied(number, *, hours=0.0):
    """One more paper that prints the grave report word for word."""
    at = GRAVE.published_at + hours * HOUR
    made = replace(
        GRAVE, url=f"https://bao-{number}.example/1.html", outlet=f"Báo {number}", published_at=at
    )
    return take(made, now=at + HOUR).items[0]


def written(number, story, *, hours=0.0, key=None, **fields):
    """One more paper's own report of a story, as folding put it there."""
    at = GRAVE.published_at + hours * HOUR
    Item.objects.create(
        url_key=f"own-{number if key is None else key}", title=f"Bài riêng của Báo {number}", outlet=f"Báo {number}", at=at,
        first_seen_at=at, story=story, is_relevant=True, **fields,
    )  # fmt: skip
    return note_spread(renew(Story.objects.get(pk=story.pk)), now=at + HOUR)


@pytest.fixture
def told(warning, desk):
    """The first report, told to the desk."""
    deliver_due(NOW)
    return warning


def test_a_second_paper_is_no_spread_and_the_third_is(told):
    assert written(2, told.story, hours=2).signals == ()
    [signal] = written(3, told.story, hours=4).signals
    assert signals() == [signal]
    assert (signal.words, signal.story) == ("3 cơ quan báo chí đã đưa tin", told.story)


def test_the_reason_stands_on_the_warning_and_in_the_diary(told):
    for number in (2, 3):
        written(number, told.story, hours=number)
    row = fresh(told)
    assert row.why == f"{told.why} Lan rộng: 3 cơ quan báo chí đã đưa tin."
    assert ledger.of(told).last().step == "note_spread"


def test_whom_it_concerns_is_told_once_for_each_doubling(told):
    for number in range(2, 8):
        written(number, told.story, hours=number)
        deliver_due(NOW + number * HOUR)
    assert [s.words for s in signals() if "cơ quan báo chí" in s.words] == [
        "3 cơ quan báo chí đã đưa tin",
        "6 cơ quan báo chí đã đưa tin",
    ]
    assert notices(kind="spread").count() == 2
    assert addresses() == ["dau-moi@thanhgiang.example"] * 3


ONLY_COPIES = "3 cơ quan báo chí đã đưa tin, trong đó 2 chỉ đăng lại bài đã có"


def rung():
    """What reached people: notices, messages that wait, letters."""
    deliver_due(NOW + 30 * DAY)
    return (
        list(notices().values_list("kind", flat=True)),
        OutboxMessage.objects.filter(kind="signal_raised").count(),
        OutgoingMail.objects.count(),
    )


def test_reprints_count_by_publisher_own_up_and_wake_nobody(told, desk):
    triage.mark_read(told, actor=desk, now=NOW)
    for number in (2, 3):
        copied(number, hours=number)
    assert [s.words for s in signals()] == [ONLY_COPIES]
    assert fresh(told).state == "read"


def test_what_copies_alone_make_stands_on_the_row_and_rings_nowhere(told):
    for number in range(2, 7):
        copied(number)
    assert [(s.words, s.figures["by_copies"]) for s in signals()] == [
        (ONLY_COPIES, True),
        ("4 bài trong 1 giờ qua, trong đó 3 bài đăng lại", True),
        ("6 cơ quan báo chí đã đưa tin, trong đó 5 chỉ đăng lại bài đã có", True),
    ]
    assert fresh(told).why.startswith(f"{told.why} Lan rộng: {ONLY_COPIES}. Lan rộng: ")
    assert ledger.of(told).filter(step="note_spread").count() == 3
    for signal in signals():
        tell_of_signal(signal.pk, NOW)
    assert rung() == (["raised"], 0, 1)


def test_papers_of_their_own_ring_though_copies_came_before_them(told):
    for number in (2, 3):
        copied(number, hours=number)
    written(4, told.story, hours=4)
    assert rung() == (["raised"], 0, 1)
    written(5, told.story, hours=5)
    assert [s.words for s in signals()] == [
        ONLY_COPIES,
        "5 cơ quan báo chí đã đưa tin, trong đó 2 chỉ đăng lại bài đã có",
    ]
    assert rung() == (["raised", "spread"], 1, 2)


def test_bare_days_first_read_within_one_hour_are_no_speed(told):
    day = {"published_at": NOW - 9 * HOUR, "published_precision": "day"}
    for number in range(8):
        written(number % 2, told.story, key=number, **day)
    assert not [one for one in signals() if "giờ qua" in one.words]


def test_a_copy_does_not_ring_again_where_papers_of_their_own_rang(told):
    for number in (2, 3):
        written(number, told.story, hours=number)
    before = rung()
    for number in (4, 5, 6):
        copied(number, hours=number)
    assert "6 cơ quan báo chí đã đưa tin, trong đó 3 chỉ đăng lại bài đã có" in fresh(told).why
    assert rung() == before


def test_the_original_that_comes_in_late_rings_nowhere(told):
    copied(2, hours=1)
    copied(3, hours=-5)
    assert [s.words for s in signals()] == [ONLY_COPIES]
    assert Item.objects.get(outlet="Báo 3").duplicate_of is None
    assert rung() == (["raised"], 0, 1)


def test_papers_of_their_own_wake_a_row_that_was_read(told, desk):
    triage.mark_read(told, actor=desk, now=NOW)
    written(2, told.story, hours=2)
    woken = written(3, told.story, hours=3).woken
    row = fresh(told)
    assert (row.state, row.due_at > NOW, woken) == ("new", True, (row,))


@pytest.mark.parametrize("settled", ["dismissed", "cased"])
def test_what_a_person_settled_stays_settled_and_tells_nobody(told, settled):
    Warning.objects.system("set up").filter(pk=told.pk).update(state=settled, dismissal="other")
    for number in (2, 3):
        written(number, told.story, hours=number)
    deliver_due(NOW + 4 * HOUR)
    assert (fresh(told).state, fresh(told).why) == (settled, told.why)
    assert notices(kind="spread").count() == 0


def test_the_leap_to_a_central_paper_is_told(province, desk):
    local = channel(name="Báo Thanh Giang", host="thanhgiang.example")
    local.press_agency.province_code = "99"
    local.press_agency.save()
    central = channel(name="Báo Đò Mới", host="do-moi.example")
    first = take(replace(GRAVE, channel_id=local.pk)).items[0]
    written(2, Story.objects.get(items=first), hours=2, channel=central)
    assert [s.words for s in signals()] == [
        "từ báo địa phương đã lan lên báo trung ương (Báo Đò Mới)"
    ]


def paper(name, province="", media_type="online"):
    """A channel of the register, of a local paper when a province is given."""
    made = channel(media_type, name=name, host=f"bao-{len(name)}.example")
    made.press_agency.province_code = province
    made.press_agency.save()
    return made


@pytest.fixture
def local(province, desk):
    """The story as the paper of the province told it first."""
    item = take(replace(GRAVE, channel_id=paper("Báo Thanh Giang", "99").pk)).items[0]
    deliver_due(NOW)
    return Story.objects.get(items=item)


def test_a_leap_by_a_mere_copy_rings_nowhere(local):
    central = paper("Báo Đò Mới")
    take(replace(GRAVE, url="https://do-moi.example/1", channel_id=central.pk), now=NOW)
    assert [s.words for s in signals()] == [
        "từ báo địa phương đã lan lên báo trung ương (Báo Đò Mới), chỉ đăng lại bài đã có"
    ]
    assert rung() == (["raised"], 0, 1)


def test_one_wire_copy_at_three_papers_rings_for_the_warning_alone(local):
    for number, name in enumerate(("Báo Đò Mới", "Tạp chí Nắng Hạ"), start=1):
        made = paper(name)
        at = GRAVE.published_at + number * HOUR / 2
        take(replace(GRAVE, url=f"https://day.example/{number}", channel_id=made.pk, published_at=at), now=at)  # fmt: skip
    assert len(signals()) == 2
    assert rung() == (["raised"], 0, 1)


def test_a_paper_nobody_knows_is_not_taken_for_central(local):
    box = Source.objects.create(name="Hộp thư", kind=SourceKind.MAILBOX, url="imaps://a.example/i")
    written(2, local, hours=2, source=box)
    written(3, local, hours=2, source=box, channel=paper("Báo Lam Hải", "98"))
    assert [s.words for s in signals()] == ["3 cơ quan báo chí đã đưa tin"]


@pytest.mark.parametrize("media_type", ["aggregator", "social"])
def test_what_repeats_others_is_no_leap(local, media_type):
    written(2, local, hours=2, channel=paper("Trang Gom Tin", media_type=media_type))
    assert signals() == []


@pytest.mark.parametrize(("kind", "leaps"), [(SourceKind.FEED, True), (SourceKind.MAILBOX, False)])
def test_a_source_of_a_province_is_local_when_it_reads_one_papers_own_pages(
    province, desk, kind, leaps
):
    home = Source.objects.create(
        name="Nguồn", kind=kind, url="https://a.example/rss", home_province="Thanh Giang"
    )
    item = take(replace(GRAVE, source_id=home.pk)).items[0]
    written(2, Story.objects.get(items=item), hours=2, channel=paper("Báo Đò Mới"))
    assert bool(signals()) is leaps


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("đò mới", ""),
        ("Đò Mới (online)", ""),
        ("điện tử", "https://www.bao-10.example/bai-1.html"),
    ],
)
def test_one_paper_read_by_two_ways_counts_once(told, name, url):
    written(2, told.story, hours=1, channel=paper("Báo Đò Mới"))
    assert written(name, told.story, hours=2, url=url).signals == ()


def test_praise_and_what_needs_no_answer_spread_in_peace(province, desk):
    for stance, severity in (("positive", 2), ("neutral", 0)):
        made = story(province, NOW - HOUR, severity=severity).story
        Story.objects.filter(pk=made.pk).update(stance=stance)
        for number in range(4):
            written(f"{stance}-{number}", made, hours=number / 10)
    assert signals() == []


def test_an_imported_archive_spreads_unheard(province):
    old = GRAVE.published_at - 60 * DAY
    for number in range(4):
        take(
            replace(
                GRAVE, url=f"https://b{number}.example/", outlet=f"Báo {number}", published_at=old
            )
        )
    assert (signals(), signals("surprise")) == ([], [])


def story(agency, at, severity=2, state="read"):
    """A story before the agency that began at this moment."""
    made = Story.objects.create(title=f"Chuyện {at}", first_at=at, last_at=at, severity=severity)
    return Warning.objects.create(
        story=made, agency=agency, severity=severity, why="x", at=at, state=state,
        dismissal="other" if state == "dismissed" else "",
    )  # fmt: skip


def test_the_rhythm_counts_stories_by_day_and_leaves_out_what_says_nothing(province, other):
    for back in (0.2, 0.9, 1.1, 30.5, 89.9, 91.5):
        story(province, NOW - back * DAY)
    story(province, NOW - DAY / 2, severity=0)
    story(province, NOW - DAY / 2, state="dismissed")
    story(other, NOW - DAY / 2)
    found = rhythm_of(province, NOW)
    assert (found.today, sum(found.past), len(found.past)) == (2, 3, 90)
    assert found.past[-1] == 1  # the day before, nearest last


def test_one_story_at_a_quiet_office_is_no_burst_and_two_are(province, desk):
    story(province, NOW - 2 * HOUR)
    assert note_surprise(province, now=NOW) is None
    story(province, NOW - HOUR)
    burst = note_surprise(province, now=NOW)
    assert burst.words.startswith("thường 0,")
    assert "tin/tuần; 24 giờ qua 2 tin; khả năng ngẫu nhiên 1/" in burst.words


def test_a_house_of_three_days_has_no_ninety_silent_ones(province):
    story(province, NOW - 3.2 * DAY)
    assert (watched_days(NOW), len(rhythm_of(province, NOW).past)) == (3, 3)
    cache.clear()
    story(province, NOW - 400 * DAY)
    assert watched_days(NOW) == 90


def test_a_burst_is_told_once_and_grows_in_silence(province, desk):
    for number in range(2):
        story(province, NOW - number * HOUR)
    note_surprise(province, now=NOW)
    story(province, NOW)
    again = note_surprise(province, now=NOW + HOUR)
    deliver_due(NOW + HOUR)
    assert (len(signals("surprise")), again.figures["today"]) == (1, 3)
    assert list(notices().values_list("kind", "title")) == [
        ("surprise", "THADS tỉnh Thanh Giang: nhiều tin bất thường")
    ]
    mail = OutgoingMail.objects.get()
    assert "24 giờ qua 3 tin" in mail.text


def test_a_burst_ends_after_calm_and_the_next_is_told_anew(province, desk):
    for number in range(3):
        story(province, NOW - number * HOUR)
    first = note_surprise(province, now=NOW)
    assert look_for_bursts(NOW + DAY) == 1  # a day of calm is not yet the end
    assert look_for_bursts(NOW + 3 * DAY) == 0
    first.refresh_from_db()
    assert first.closed_at == NOW + 3 * DAY
    later = NOW + 40 * DAY
    for number in range(4):
        story(province, later - number * HOUR)
    assert look_for_bursts(later) == 1
    assert len(signals("surprise")) == 2


def test_intake_asks_at_once(province, desk):
    # Yesterday's story and the one that comes in now.
    story(province, NOW - 2 * HOUR)
    take(GRAVE)
    assert [s.agency for s in signals("surprise")] == [province]


def test_a_quiet_office_leans_on_its_province_and_that_on_the_nation(province, region, other):
    quiet = prior_of(region, NOW)
    assert prior_of(province, NOW) == prior_of(other, NOW)
    cache.clear()
    for back in range(2, 60):
        story(province, NOW - back * DAY)
    assert prior_of(region, NOW) > prior_of(other, NOW) > quiet


def test_a_burst_is_seen_by_its_agency_and_the_centre_only(province, other, desk, stranger, top):
    for number in range(3):
        story(province, NOW - number * HOUR)
    note_surprise(province, now=NOW)
    assert [open_bursts(who).count() for who in (desk, stranger, top)] == [1, 0, 1]


def silent(name, hours=50, **fields):
    """A source that gave something every hour of the day and then nothing."""
    source = Source.objects.create(
        name=name, kind=SourceKind.FEED, url=f"https://{name.lower()}.example/rss",
        last_new_at=NOW - hours * HOUR, usual_gap_seconds=3600, **fields,
    )  # fmt: skip
    note_past(source)
    return source


def test_sources_fallen_silent_are_told_to_the_administrators_in_one_notice(province, centre, desk):
    keeper = make_actor(centre, "administrator", email="qt@tw.example")
    make_actor(province, "administrator", email="qt@tg.example")
    silent("Alpha"), silent("Beta"), silent("Gamma", is_paused=True), silent("Delta", hours=1)
    assert look_for_silence(NOW) == 2
    look_for_silence(NOW + HOUR)
    [notice] = notices()
    assert (notice.official, notice.title) == (keeper.official, "2 nguồn im lặng: Alpha, Beta")
    assert notice.text.splitlines()[1] == (
        "Alpha: Không có tin mới từ 03/08/2026 07:00, đã qua 34 giờ lẽ ra có tin "
        "(thường có tin 06-21 giờ). Hãy mở nguồn và kiểm tra địa chỉ."
    )
    assert addresses() == ["qt@tw.example"]


def test_a_source_that_speaks_again_may_fall_silent_again(centre):
    make_actor(centre, "administrator")
    source = silent("Alpha")
    look_for_silence(NOW)
    Source.objects.update(last_new_at=NOW)
    look_for_silence(NOW + HOUR)
    assert signals("silence")[0].closed_at == NOW + HOUR
    look_for_silence(NOW + 50 * HOUR)
    assert [s.source for s in signals("silence")] == [source, source]
    assert notices().count() == 2


def test_a_new_silence_beside_an_old_one_tells_only_the_new(centre):
    make_actor(centre, "administrator")
    silent("Alpha")
    look_for_silence(NOW)
    silent("Beta")
    look_for_silence(NOW + HOUR)
    assert list(notices().values_list("title", flat=True)) == [
        "1 nguồn im lặng: Alpha",
        "1 nguồn im lặng: Beta",
    ]
    assert note_silences(now=NOW + HOUR) == []


def test_where_the_centre_has_no_administrator_the_units_are_told(province):
    make_agency("xa", "THADS tỉnh Xa", "province", province="Xa")
    keeper = make_actor(province, "administrator")
    silent("Alpha")
    look_for_silence(NOW)
    assert [n.official for n in notices()] == [keeper.official]
