"""Site rules: what they read is counted a host, one that finds nothing is off there, and people switch it on again."""

from datetime import timedelta

import pytest

from hoiam.agencies.states import Role
from hoiam.core.errors import NotAllowed
from hoiam.core.models import LedgerEntry
from hoiam.kit.news import Page, extract
from hoiam.monitoring.actions.site_rules import note_page, switch_on_rule
from hoiam.monitoring.models import SiteRuleHealth
from hoiam.monitoring.queries import rules_off, rules_off_by_host
from tests.monitoring.house import NOW, make_actor

URL = "https://bao-do-moi.example/tin-1.htm"
READ = Page(url=URL, rule="vccorp@2")
MISSED = Page(url=URL, rules_missed=("vccorp@2",))

pytestmark = pytest.mark.django_db


def test_pages_are_counted_for_each_rule_and_host():
    note_page(READ, now=NOW)
    note_page(MISSED, now=NOW)
    note_page(Page(url="https://khac.example/a", rules_missed=("vccorp@2", "epi@2")), now=NOW)
    note_page(Page(url=URL), now=NOW)
    rows = SiteRuleHealth.objects.values_list("rule", "host", "version", "recent")
    assert set(rows) == {
        ("vccorp", "bao-do-moi.example", 2, "+-"),
        ("vccorp", "khac.example", 2, "-"),
        ("epi", "khac.example", 2, "-"),
    }


def test_a_rule_that_finds_nothing_is_off_on_that_host_alone():
    moments = [NOW + timedelta(minutes=n) for n in range(4)]
    off = [note_page(MISSED, now=moment) for moment in moments]
    note_page(Page(url="https://khac.example/a", rule="vccorp@2"), now=NOW)
    assert [len(rows) for rows in off] == [0, 0, 0, 1]
    assert rules_off_by_host() == {"bao-do-moi.example": frozenset({"vccorp"})}
    row = rules_off().get()
    assert (row.why, row.off_since, row.last_missed_url) == (
        "4 trang đầu tiên đều đọc ra rỗng",
        moments[-1],
        URL,
    )
    entry = LedgerEntry.objects.get(step="switch_off_rule")
    assert (entry.reason, entry.subject_id, entry.data["url"]) == (row.why, row.pk, URL)


def test_a_rule_is_switched_on_again_by_who_keeps_sources(province):
    for _ in range(4):
        note_page(MISSED, now=NOW)
    row = rules_off().get()
    with pytest.raises(NotAllowed):
        switch_on_rule(row, actor=make_actor(province, Role.EDITOR), now=NOW)
    switch_on_rule(row, actor=make_actor(province, Role.FOCAL_POINT), now=NOW)
    row.refresh_from_db()
    assert (row.off_since, row.why, row.recent) == (None, "", "")
    assert rules_off_by_host() == {}
    entry = LedgerEntry.objects.get(step="switch_on_rule")
    assert entry.data["was_off_for"] == "4 trang đầu tiên đều đọc ra rỗng"


def test_a_page_whose_rule_finds_nothing_names_the_rule():
    words = "Chấp hành viên đọc quyết định, kiểm đếm từng hạng mục rồi mời hai bên ký biên bản bàn giao nhà."
    body = "".join(f"<p>{words}</p>" for _ in range(4))
    page = extract(
        f'<html><body><h1>Tin</h1><h2 data-role="sapo"></h2><main>{body}</main></body></html>',
        url=URL,
    )
    assert (page.rule, page.rules_missed) == ("", ("vccorp@2",))
    assert page.body == "\n\n".join([words] * 4)
