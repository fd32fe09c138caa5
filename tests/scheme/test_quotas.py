"""Quotas: met by what was found or published, on both sides of midnight and of a period's end, never by a claim."""

from datetime import date, datetime, timedelta

import pytest

from hoiam.agencies.models import Succession
from hoiam.agencies.states import Level, Role
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.models import Attribution, Finding
from hoiam.monitoring.queries.periods import month_of
from hoiam.newsroom import actions as newsroom
from hoiam.newsroom.actions import Snapshot
from hoiam.newsroom.models import Section
from hoiam.scheme import actions
from hoiam.scheme.actions.products import key_of
from hoiam.scheme.models import Quota
from hoiam.scheme.queries.proofs import proofs
from hoiam.scheme.queries.quotas import count_quotas, on_channel, span_of, spans_of
from tests import factories as make
from tests import parts
from tests.factories import NOW, TODAY

CHANNEL = "Báo Sông Thanh"


@pytest.fixture
def task(tree):
    return parts.task(parts.scheme(tree.centre))


@pytest.fixture
def row(task, tree):
    return parts.part(task, tree.province)


@pytest.fixture
def quota(task, tree):
    return Quota.objects.create(
        task=task, agency=tree.province, channel=CHANNEL, period="month", count=2
    )


def report(unit, at, outlet=CHANNEL, stance="positive", **fields):
    """A collected report that names the unit."""
    item = make.item(outlet=outlet, at=at, **fields)
    finding = Finding.objects.create(item=item, stance=stance, at=at)
    if unit is not None:
        Attribution.objects.create(finding=finding, agency=unit, agency_today=unit, name=unit.name)
    return item


def counted(quota, unit, day=TODAY):
    [found] = count_quotas([(quota, unit, span_of(quota, day))])
    return found


def moment(day, hour, minute):
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("at", "counts"),
    [
        (moment(date(2026, 7, 31), 23, 59), 0),
        (moment(date(2026, 8, 1), 0, 0), 1),
        (moment(date(2026, 8, 31), 23, 59), 1),
        (moment(date(2026, 9, 1), 0, 0), 0),
    ],
)
def test_both_sides_of_midnight_at_both_ends_of_the_month(tree, quota, at, counts):
    report(tree.province, at)
    assert counted(quota, tree.province).done == counts


@pytest.mark.parametrize(
    ("period", "first", "last", "words"),
    [
        ("week", date(2026, 8, 3), date(2026, 8, 9), "tuần 03/08/2026–09/08/2026"),
        ("month", date(2026, 8, 1), date(2026, 8, 31), "tháng 8/2026"),
        ("quarter", date(2026, 7, 1), date(2026, 9, 30), "quý 3/2026"),
        ("year", date(2026, 1, 1), date(2026, 12, 31), "năm 2026"),
        ("whole", date(2025, 1, 1), date(2027, 12, 31), "cả đợt 01/01/2025–31/12/2027"),
    ],
)
def test_periods(quota, period, first, last, words):
    quota.period = period
    assert (span_of(quota, TODAY).first, span_of(quota, TODAY).last) == (first, last)
    assert span_of(quota, TODAY).words == words


def test_periods_go_back_to_where_the_task_began(quota):
    assert [s.words for s in spans_of(quota, date(2025, 2, 9), 6)] == ["tháng 2/2025", "tháng 1/2025"]  # fmt: skip


def test_another_unit_another_channel_and_an_unfavourable_report_do_not_count(tree, quota):
    report(tree.other, NOW)
    report(tree.province, NOW, outlet="Báo Lam Hà")
    report(tree.province, NOW, stance="negative")
    assert counted(quota, tree.province).done == 0
    report(tree.province, NOW)
    found = counted(quota, tree.province)
    assert (found.done, found.owed, found.found[0].where) == (1, 1, CHANNEL)


def test_a_reprint_on_the_same_channel_counts_once(tree, quota):
    first = report(tree.province, NOW - timedelta(hours=2))
    report(tree.province, NOW, duplicate_of=first)
    assert counted(quota, tree.province).done == 1


def test_a_claim_counts_when_the_house_has_found_it_there_and_not_before(tree, quota, row, head):
    url = "https://songthanh.example/moi.html"
    actions.add_link(row, actor=head, now=NOW, url=url, title="Bài tự kê")
    assert counted(quota, tree.province).done == 0
    report(None, NOW, url=url, url_key=key_of(url))
    actions.look_for_products(NOW)
    found = counted(quota, tree.province)
    assert [each.how for each in found.found] == ["sản phẩm đã thấy"]
    actions.remove_product(row.products.get(), actor=head, now=NOW, reason="Nhầm")
    assert counted(quota, tree.province).done == 0


def test_a_link_to_another_site_or_about_another_unit_or_a_file_counts_for_nothing(
    tree, quota, row, head
):
    elsewhere = report(None, NOW, outlet="Trang khác", url="https://khac.example/a.html", url_key=key_of("https://khac.example/a.html"))  # fmt: skip
    others = report(tree.other, NOW, url="https://songthanh.example/b.html", url_key=key_of("https://songthanh.example/b.html"))  # fmt: skip
    for item in (elsewhere, others):
        made = actions.add_link(row, actor=head, now=NOW, url=item.url)
        assert made.found_at == NOW
    actions.add_file(row, actor=head, now=NOW, title="", file_name="bai.pdf", data=b"%PDF-1.4 a")
    assert counted(quota, tree.province).done == 0


@pytest.mark.parametrize(
    ("channel", "done"),
    [("Trang thông tin điện tử", 1), ("Trang Tổng cục; Trang của đơn vị", 1), ("mọi kênh", 1), ("Báo Sông Thanh", 0), ("Facebook", 0)],
)  # fmt: skip
def test_what_the_unit_publishes_on_the_portal_counts_by_itself_and_once(tree, task, row, channel, done):  # fmt: skip
    section = Section.objects.create(slug="tin", name="Tin tức")
    snapshot = Snapshot("t:1", "article", tree.province, section, "Vận động ở bến sông")
    article = newsroom.publish_article(
        snapshot, actor=make.actor(tree.province, Role.EDITOR), now=NOW
    )
    quota = Quota.objects.create(task=task, channel=channel, period="month", count=1)
    [proof] = proofs({tree.province.pk}, month_of(TODAY), ["article"])
    actions.add_proof(row, actor=make.head(tree.province), now=NOW, proof=proof)
    assert proof.pk == article.pk
    assert (counted(quota, tree.province).done, counted(quota, tree.other).done) == (done, 0)


def test_found_and_linked_is_one_article(tree, quota, row, head):
    item = report(tree.province, NOW, url="https://songthanh.example/c.html", url_key=key_of("https://songthanh.example/c.html"))  # fmt: skip
    actions.add_link(row, actor=head, now=NOW, url=item.url)
    assert counted(quota, tree.province).done == 1


def test_a_unit_that_merged_brings_its_articles_along_and_keeps_its_own_count(tree, task):
    old = make.agency("CU", "Chi cục cũ", Level.DISTRICT, valid_to=date(2026, 6, 30))
    Succession.objects.create(predecessor=old, successor=tree.region1, since=date(2026, 7, 1))
    report(old, moment(date(2026, 5, 2), 9, 0))
    report(tree.region1, moment(date(2026, 8, 2), 9, 0))
    quota = Quota.objects.create(task=task, channel="", period="year", count=2)
    assert counted(quota, tree.region1).done == 2
    assert counted(quota, old).done == 1


@pytest.mark.parametrize(
    ("channel", "names", "fits"),
    [
        ("Báo Thái Nguyên, Đài PT-TH Thái Nguyên", ["báo thái nguyên điện tử"], True),
        ("Trang Tổng cục", ["Trang thông tin điện tử Tổng cục THADS"], True),
        ("mọi kênh", ["Báo Nào Đó"], True),
        ("Báo Thái Nguyên", ["Báo Thái Bình"], False),
        ("Báo Thái Nguyên", [""], False),
    ],
)
def test_channels_are_known_by_their_words(channel, names, fits):
    assert on_channel(channel, names) is fits
