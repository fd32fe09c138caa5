"""The Vietnamese page benchmark holds: with site rules, and as pages nobody wrote a rule for."""

from datetime import timedelta

import pytest

from benchmarks.vietnamese_extraction import EVERY_RULE, ours
from benchmarks.vietnamese_pages.filling import SETS, samples
from benchmarks.vietnamese_pages.scoring import Answer, plain, score, shares

PAGES = {held: samples(held) for held in SETS}
NEEDED = {
    "table", "photo story", "video page", "live blog", "AMP", "TCVN3", "windows-1258", "no time",
    "paywalled stub", "first of several pages", "day without hour", "relative time",
}  # fmt: skip


@pytest.mark.parametrize("held", SETS)
@pytest.mark.parametrize(
    ("how", "least"),
    [({}, 0.99), ({"without": EVERY_RULE}, 0.96), ({"without": EVERY_RULE, "quick": True}, 0.96)],
    ids=["site", "generic", "fast"],
)
def test_the_words_the_sapo_and_the_minute_are_read(held, how, least):
    read = ours(**how)
    mean = shares(score(read(page), page) for page in PAGES[held])
    assert mean["body"] >= least
    assert mean["title"] == 1
    assert mean["sapo"] >= 0.97
    assert mean["published"] == 1
    assert mean["wrong_time"] == 0


def test_no_page_is_read_badly_by_its_rule():
    read = ours()
    poor = {
        page.name
        for pages in PAGES.values()
        for page in pages
        if score(read(page), page).body < 0.98
    }
    assert poor == set()


@pytest.mark.parametrize("how", [{}, {"without": EVERY_RULE}], ids=["site", "generic"])
def test_the_sapo_is_never_said_twice(how):
    read = ours(**how)
    answers = [read(page) for pages in PAGES.values() for page in pages]
    twice = [one.title for one in answers if one.sapo and plain(one.sapo) in plain(one.body)]
    assert twice == []


def test_the_set_is_wide_enough():
    pages = [page for pages in PAGES.values() for page in pages]
    assert len(pages) >= 60
    assert len({page.family for page in pages}) >= 15
    assert {page.kind for page in pages} >= NEEDED
    assert len({page.name for page in pages}) == len(pages)


def test_the_score_can_fail():
    page = PAGES["development"][0]
    nothing = score(Answer("", "", "", ""), page)
    assert (nothing.body, nothing.sapo, nothing.author, nothing.published) == (
        0,
        False,
        False,
        False,
    )
    assert (nothing.day, nothing.wrong_time) == (False, False)
    assert score(Answer(), page).sapo is None
    wrong = score(Answer(published=page.published + timedelta(hours=1)), page)
    assert (wrong.published, wrong.day, wrong.wrong_time) == (False, True, True)
    assert score(Answer(published=page.published.date()), page).wrong_time is False
