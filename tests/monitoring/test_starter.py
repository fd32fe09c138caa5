"""Sources from the starter list: added once, unchecked until the first reading, which finds the true address or says why not."""

import pytest

from hoiam.core.errors import InvalidInput, NotAllowed
from hoiam.core.fetch import RobotsBook
from hoiam.monitoring.actions.starter import add_from_list, taken_keys
from hoiam.monitoring.models import Collection, Source
from tests.core.fetch.loopback import whole
from tests.monitoring.house import NOW, make_actor
from tests.monitoring.newsstand import HTML, play, stand_of_three


@pytest.mark.django_db
def test_ticked_outlets_become_sources_once(desk):
    Source.objects.create(
        name="Có rồi", kind="feed", url="https://vnexpress.net/rss/tin-moi-nhat.rss"
    )
    made = add_from_list(["baocaobang.vn", "vnexpress.net", "baocaobang.vn"], actor=desk, now=NOW)
    assert [(s.name, s.url, s.home_province, s.list_key) for s in made] == [
        ("Báo Cao Bằng", "https://baocaobang.vn/", "Cao Bằng", "baocaobang.vn"),
    ]
    assert (made[0].due_at, made[0].last_tried_at) == (NOW, None)
    assert add_from_list(["baocaobang.vn"], actor=desk, now=NOW) == []
    assert taken_keys() == {"baocaobang.vn", "vnexpress.net"}


@pytest.mark.django_db
def test_a_paper_of_a_merged_province_keeps_its_old_home(desk):
    (made,) = add_from_list(["baokiengiang.vn"], actor=desk, now=NOW)
    assert made.home_province == "Kiên Giang"


@pytest.mark.django_db
def test_nothing_ticked_an_unknown_key_or_the_wrong_person(desk, province):
    for keys in ([], ["khong-co.example"]):
        with pytest.raises(InvalidInput):
            add_from_list(keys, actor=desk, now=NOW)
    with pytest.raises(NotAllowed):
        add_from_list(["moj.gov.vn"], actor=make_actor(province, "editor"), now=NOW)
    assert Source.objects.count() == 0


async def contact(it, **fields):
    """One reading of a source of the list whose address is the stand's front page."""
    given = {"url": f"{it.stand.url}/", "list_key": "khong-trong-danh-sach"} | fields
    await Source.objects.filter(pk=it.source.pk).aupdate(**given)
    return await it.read(RobotsBook(it.out, "HoiAm", it.clock))


@pytest.mark.django_db(transaction=True)
def test_first_contact_finds_where_the_site_has_its_news(province):
    async def story(it):
        stand_of_three(it.stand)
        it.stand.pages["/"] = whole(
            b'<link rel="alternate" type="application/rss+xml" href="/rss">', Content_Type=HTML
        )
        source = await contact(it)
        assert (source.url, source.kept, source.problem) == (f"{it.stand.url}/rss", 3, "")
        told = (await Collection.objects.aget()).problems
        assert told == [
            f"Địa chỉ trong danh sách soạn sẵn không cho tin nào; hệ thống tự tìm thấy {it.stand.url}/rss và đọc từ đó."
        ]

    play(story)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("taken", [False, True])
def test_a_site_that_names_nothing_new_keeps_its_fault(province, taken):
    async def story(it):
        it.stand.pages["/"] = whole(
            "<html><body>Trang chủ</body></html>".encode(), Content_Type=HTML
        )
        if taken:
            stand_of_three(it.stand)
            await Source.objects.filter(pk=it.source.pk).aupdate(url="https://songthanh.example/")
            await Source.objects.acreate(name="Rồi", kind="feed", url=f"{it.stand.url}/rss")
        source = await contact(it)
        assert (source.url, source.failures) == (f"{it.stand.url}/", 1)
        assert source.problem.startswith("Địa chỉ trả về một trang web, không phải nguồn tin RSS")

    play(story)


@pytest.mark.django_db(transaction=True)
def test_a_source_a_person_wrote_is_never_moved(province):
    async def story(it):
        stand_of_three(it.stand)
        it.stand.pages["/"] = whole(
            b'<link rel="alternate" type="application/rss+xml" href="/rss">', Content_Type=HTML
        )
        source = await contact(it, list_key="")
        assert (source.url, source.failures) == (f"{it.stand.url}/", 1)

    play(story)
