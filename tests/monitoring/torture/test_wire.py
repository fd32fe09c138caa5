"""What a server can do to the wire: each act costs its own entry at most, is told, and is made good when it can be."""

import pytest

from hoiam.core.fetch import Manners
from hoiam.monitoring.models import Collection, Recheck
from tests.monitoring.newsstand import TEXT, TITLE, article, entry, figures
from tests.monitoring.torture.street import WIRE, patience, play, reread, titled, within

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.fault]
VAGUE = "Một vụ việc kéo dài nhiều năm ở bến Cồn Én"


@pytest.mark.parametrize("act", WIRE)
def test_an_act_at_an_article_costs_that_page_only_and_it_is_asked_for_again(province, act):
    behaves, told, is_asked_again = WIRE[act]

    async def story(it):
        it.stand.three(VAGUE)
        it.stand.acts["/tin-2.html"] = behaves
        async with within(8):
            source = await it.read()
        assert (figures(source), source.failures) == ((3, 2, 3, 1), 0)
        item = await titled(VAGUE)
        assert item.body == ""
        assert len(item.problems) == 1
        assert told in item.problems[0]
        assert await Recheck.objects.filter(item=item).aexists() == is_asked_again
        if is_asked_again:
            # The page comes after all, and names an office its feed did not.
            del it.stand.acts["/tin-2.html"]
            it.stand.pages["/tin-2.html"] = article(VAGUE, TEXT)
            await reread(it)
            item = await titled(VAGUE)
            assert (item.is_relevant, item.body.startswith("Ông Trần Văn Thử")) == (True, True)

    play(story, tired_after=patience(told))


@pytest.mark.parametrize("act", WIRE)
def test_an_act_at_the_feed_is_one_sentence_and_the_next_reading_loses_nothing(province, act):
    behaves, told, _ = WIRE[act]

    async def story(it):
        it.stand.acts["/rss"] = behaves
        async with within(8):
            source = await it.read()
        assert (figures(source), source.failures, source.last_success_at) == ((0, 0, 0, 1), 1, None)
        assert told in source.problem
        assert (await Collection.objects.aget()).failed == 1
        del it.stand.acts["/rss"]
        it.stand.three(TITLE)
        it.stand.pages["/tin-2.html"] = article(TITLE, TEXT)
        source = await it.read()
        assert (figures(source), source.problem, source.failures) == ((3, 3, 3, 1), "", 0)

    play(story, tired_after=patience(told))


def test_a_street_of_bad_neighbours_holds_up_one_reading_no_longer_than_its_slowest(province):
    async def story(it):
        acts = list(WIRE.values())
        for number, (behaves, _, _) in enumerate(acts):
            it.stand.acts[f"/tin-{number}.html"] = behaves
        it.stand.feed(*(entry(n, f"Tin số {n} ở chợ Lam Hải") for n in range(len(acts))))
        async with within(15):
            source = await it.read()
        assert figures(source) == (len(acts), 0, len(acts), len(acts))

    play(story, manners=Manners(user_agent="HoiAm/0.1", pause=0.0, per_host=10))
