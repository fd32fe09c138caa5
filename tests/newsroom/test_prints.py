"""Our articles found again in the press: tied by the machine, decided by people, counted only when confirmed."""

from datetime import timedelta

import pytest

from hoiam.agencies.actions.accounts import save_account
from hoiam.core.errors import InvalidInput, NotAllowed, WrongState
from hoiam.core.models import LedgerEntry
from hoiam.monitoring.actions.incoming import lead_hash
from hoiam.newsroom import actions as articles
from hoiam.newsroom.actions import prints
from hoiam.newsroom.actions.finding_prints import look_again, look_at_new_items
from hoiam.newsroom.actions.prints import PrintTyped
from hoiam.newsroom.jobs.prints import find_prints, find_prints_again
from hoiam.newsroom.models import PartnerPrint
from hoiam.newsroom.queries import prints_visible_to, public_prints, reach_of
from hoiam.newsroom.states.distribution import PRINT_TRANSITIONS, PrintState
from tests import factories as make
from tests.factories import NOW
from tests.newsroom.press_house import LATER, LEAD, story

pytestmark = pytest.mark.django_db
OURS = story(1)


@pytest.fixture
def article(house):
    return house.article(title="Ra quân bên bến sông")


def printed(body, title="Ra quân bên bến sông", **fields):
    """A report as a paper printed it two hours after ours."""
    first = {
        "is_relevant": True,
        "sapo": "",
        "outlet": "Báo Sông Thanh",
        "at": LATER,
        "first_seen_at": LATER,
        "published_at": LATER,
    }
    return make.item(title, body=body, **{**first, **fields})


def rows():
    return list(PartnerPrint.objects.system("test").order_by("pk"))


WORDS = OURS.split()


@pytest.mark.parametrize(
    ("label", "body", "title", "of_ours", "of_theirs"),
    [
        ("whole", f"{LEAD}\n{OURS}", "Ra quân bên bến sông", 0.9, 0.9),
        ("shortened", " ".join(WORDS[:90]), "Ra quân bên bến sông", 0.3, 0.8),
        ("headline changed", f"{LEAD}\n{OURS}", "Tỉnh sông nước vào mùa", 0.9, 0.9),
        ("quoted in a longer story", f"{story(9, 500)}\n{OURS}\n{story(8, 400)}", "Bốn mùa trên sông", 0.8, 0.15),
    ],
)  # fmt: skip
def test_a_reprint_is_tied_to_the_original(house, article, label, body, title, of_ours, of_theirs):
    item = printed(body, title)
    assert find_prints.func(LATER) == 1
    (found,) = rows()
    assert (found.article, found.item, found.state, found.found_by) == (article, item, "found", "machine")  # fmt: skip
    assert found.of_ours >= of_ours and found.of_theirs >= of_theirs
    assert (found.printed_at, found.outlet) == (LATER, item.outlet)
    assert ("Báo đặt tiêu đề khác." in found.reasons) == (title != article.title)
    text = f"{item.title}\n{item.sapo}\n{item.body}"
    start, end, shown = found.passages[0]
    assert " ".join(text[start:end].split()).startswith(shown[:40])


@pytest.mark.parametrize(
    ("label", "body", "fields"),
    [
        ("the event in other words", story(7, 300), {}),
        ("two sentences of ours in a long report", f"{story(9, 600)} {' '.join(WORDS[:40])}", {}),
        ("printed before ours", OURS, {"at": NOW - timedelta(hours=1), "published_at": NOW - timedelta(hours=1)}),
        ("our own site", OURS, {"url": "http://127.0.0.1:8000/bai/ra-quan/"}),
        ("a site that is our official account", OURS, {"url": "https://thads-tg.example/tin/1"}),
        ("nothing was collected", "", {"sapo": ""}),
    ],
)  # fmt: skip
def test_what_is_no_reprint_is_not_tied(house, article, settings, label, body, fields):
    settings.HOIAM_ADDRESS = "http://127.0.0.1:8000"
    save_account(
        house.agency, actor=house.head, now=NOW, platform="website", name="Trang tin",
        url="https://thads-tg.example", since=NOW.date(),
    )  # fmt: skip
    printed(body, "Chuyện khác", **fields)
    assert find_prints.func(LATER) == 0
    assert rows() == []


def test_the_same_title_and_lead_are_enough_when_no_text_was_collected(house, article):
    printed("", article.title, sapo=LEAD, lead_hash=lead_hash(article.title, LEAD))
    find_prints.func(LATER)
    (found,) = rows()
    assert found.of_ours is None or found.of_theirs > 0.8
    assert found.state == "found"


def test_a_time_nobody_knows_stays_unknown(house, article):
    printed(OURS, published_at=None)
    find_prints.func(LATER)
    assert rows()[0].printed_at is None


def test_each_item_is_looked_at_once_and_what_comes_late_again(house, article):
    item = printed("")
    assert look_at_new_items(now=LATER) == (1, 0)
    assert look_at_new_items(now=LATER) == (0, 0)
    item.body = OURS
    item.save()
    assert look_again(now=LATER) == 1
    assert look_again(now=LATER) == find_prints_again.func(LATER) == 0


def test_what_came_in_long_ago_is_passed_over(house, article):
    long_ago = NOW - timedelta(days=61)
    printed(OURS, at=long_ago, first_seen_at=long_ago, published_at=long_ago)
    assert look_at_new_items(now=LATER) == (0, 0)


def test_rejected_stays_rejected(house, article):
    printed(OURS)
    find_prints.func(LATER)
    (found,) = rows()
    prints.reject_print(found, actor=house.writer, now=LATER)
    from hoiam.newsroom.models import PrintMark

    PrintMark.objects.update(last_item=0)
    assert find_prints.func(LATER) == find_prints_again.func(LATER) == 0
    assert [row.state for row in rows()] == ["rejected"]


def test_of_two_of_ours_the_one_most_was_taken_from_is_tied(house, article):
    house.article(body=f"<p>{' '.join(WORDS[:100])} {story(5, 100)}</p>")
    printed(OURS)
    find_prints.func(LATER)
    assert [row.article for row in rows()] == [article]


def test_a_changed_text_is_looked_for_as_it_now_stands(house, article):
    printed(story(4))
    find_prints.func(LATER)
    house.changed(article, body=f"<p>{story(4)}</p>", now=NOW)
    assert look_again(now=LATER) == 1


VERBS = {
    "confirm_print": lambda p, h: prints.confirm_print(p, actor=h.writer, now=LATER),
    "reject_print": lambda p, h: prints.reject_print(p, actor=h.writer, now=LATER, reason="Khác"),
    "restore_print": lambda p, h: prints.restore_print(p, actor=h.writer, now=LATER),
}


@pytest.mark.parametrize("verb", PRINT_TRANSITIONS)
@pytest.mark.parametrize("state", PrintState)
def test_verbs_follow_the_table_and_nothing_else(house, article, state, verb):
    printed(OURS)
    find_prints.func(LATER)
    PartnerPrint.objects.system("test").update(state=state)
    (found,) = rows()
    step = PRINT_TRANSITIONS[verb]
    if state in step.sources:
        assert VERBS[verb](found, house).state == step.target
        assert LedgerEntry.objects.last().step == verb
    else:
        with pytest.raises(WrongState, match="Tải lại trang"):
            VERBS[verb](found, house)


def test_who_may_decide_and_who_may_see(house, article):
    printed(OURS)
    find_prints.func(LATER)
    (found,) = rows()
    with pytest.raises(NotAllowed, match="có bài hoặc của trung ương"):
        prints.confirm_print(found, actor=house.stranger, now=LATER)
    assert not prints_visible_to(house.stranger).exists()
    assert list(prints_visible_to(house.writer)) == [found]
    centre = make.head(house.tree.centre)
    assert prints.confirm_print(found, actor=centre, now=LATER).state == "confirmed"
    with pytest.raises(InvalidInput, match="ghi lý do"):
        prints.reject_print(found, actor=centre, now=LATER)


def test_entered_by_hand_it_is_counted_at_once(house, article):
    channel = make.channel()
    made = prints.enter_print(
        article, actor=house.writer, now=LATER,
        typed=PrintTyped(channel=channel, place="số 31, trang 4"),
    )  # fmt: skip
    assert (made.state, made.outlet, made.printed_at) == ("confirmed", str(channel), None)
    refused = [
        ({}, "outlet"),
        ({"outlet": "Báo Đò Mới"}, "url"),
        ({"outlet": "Báo Đò Mới", "place": "trang 1", "printed_at": LATER + timedelta(1)}, "printed_at"),
        ({"outlet": "Báo Đò Mới", "place": "trang 1", "printed_at": NOW - timedelta(1)}, "printed_at"),
    ]  # fmt: skip
    for typed, field in refused:
        with pytest.raises(InvalidInput) as error:
            prints.enter_print(article, actor=house.writer, now=LATER, typed=PrintTyped(**typed))
        assert error.value.field == field
    url = {"outlet": "Báo Đò Mới", "url": "https://domoi.example/1"}
    prints.enter_print(article, actor=house.writer, now=LATER, typed=PrintTyped(**url))
    with pytest.raises(InvalidInput, match="đã có"):
        prints.enter_print(article, actor=house.writer, now=LATER, typed=PrintTyped(**url))


def test_reach_counts_what_was_confirmed_and_tells_what_waits(house, article):
    house.sent(article)
    printed(OURS, outlet="Báo Sông Thanh")
    printed(f"{OURS} thêm.", outlet="Báo Đò Mới")
    find_prints.func(LATER)
    prints.confirm_print(rows()[0], actor=house.writer, now=LATER)
    reach = reach_of(article)
    assert (reach.outlets, reach.waiting, reach.sent, reach.opened) == (("Báo Sông Thanh",), 1, 1, 0)  # fmt: skip
    assert reach.first_at == LATER
    assert [row.outlet for row in public_prints([article.pk])] == ["Báo Sông Thanh"]


def test_a_text_that_was_taken_down_is_still_looked_for(house, article):
    articles.take_down_article(article, actor=house.editor, now=NOW, reason="Có tên người")
    printed(OURS)
    assert find_prints.func(LATER) == 1
