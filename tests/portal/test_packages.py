"""The receiver's page, files, feed and the way out: counted when opened, newest state shown, nothing of what was taken down."""

import xml.etree.ElementTree as ET
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from docx import Document

from hoiam.newsroom import actions as articles
from hoiam.newsroom.models import PackageDelivery, Receiver
from hoiam.newsroom.queries.packages import leaving_key
from tests.newsroom.press_house import House, picture, sendings

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def house(db):
    return House()


@pytest.fixture
def now():
    return timezone.now()


def page(token):
    return reverse("portal-package", args=[token])


def reloaded(sending):
    return PackageDelivery.objects.system("test").get(pk=sending.pk)


def test_opening_the_page_is_counted_and_said_so(house, client, now):
    package = house.sent(house.article(now=now), now=now)
    (sending,) = sendings(package)
    assert client.head(page(sending.token)).status_code == 200
    assert reloaded(sending).opens == 0
    answer = client.get(page(sending.token))
    shown = answer.content.decode()
    assert "ghi lại lúc nơi nhận mở gói tin" in shown and "Kính gửi quý báo." in shown
    assert answer["Cache-Control"].startswith("max-age=0") and "no-store" in answer["Cache-Control"]
    assert (answer["X-Robots-Tag"], answer["Referrer-Policy"]) == ("noindex, nofollow", "no-referrer")  # fmt: skip
    assert not answer.cookies
    found = reloaded(sending)
    assert (found.state, found.opens) == ("opened", 1)
    assert Receiver.objects.system("test").get().last_seen_at is not None


def test_word_and_pictures_are_given_and_counted(house, client, now):
    article = house.article(now=now, pictures=[articles.Picture(picture(), 64, 40, "Đò sớm")])
    (sending,) = sendings(house.sent(article, now=now))
    word = client.get(reverse("portal-package-word", args=[sending.token, article.pk]))
    lines = [p.text for p in Document(BytesIO(word.content)).paragraphs]
    assert article.title in lines
    assert word["Content-Disposition"] == f'attachment; filename="{article.slug}.docx"'
    shot = article.pictures.get()
    file = client.get(reverse("portal-package-picture", args=[sending.token, shot.pk]))
    assert file.content[:3] == b"\xff\xd8\xff" and file["X-Content-Type-Options"] == "nosniff"
    assert reloaded(sending).opens == 2
    other = house.article(now=now)
    for name, key in (("portal-package-word", other.pk), ("portal-package-picture", 999)):
        assert client.get(reverse(name, args=[sending.token, key])).status_code == 404


def test_the_page_shows_the_newest_state(house, client, now):
    corrected, gone, kept = (house.article(now=now) for _ in range(3))
    (sending,) = sendings(house.sent(corrected, gone, kept, now=now))
    articles.correct_article(corrected, actor=house.editor, now=now, notice="Số đúng là 12.")
    articles.take_down_article(gone, actor=house.editor, now=now, reason="Có tên người")
    house.changed(kept, now=now, body="<p>Bản mới hơn.</p>")
    house.work(now)
    shown = client.get(page(sending.token)).content.decode()
    assert "Số đúng là 12." in shown and "Bản mới hơn." in shown
    assert "Bài đã sửa sau khi gửi" in shown
    assert gone.title not in shown and "Bài số 2 đã gỡ" in shown and gone.slug not in shown
    word = reverse("portal-package-word", args=[sending.token, gone.pk])
    assert client.get(word).status_code == 404
    newest = client.get(reverse("portal-package-word", args=[sending.token, kept.pk]))
    assert "Bản mới hơn." in [p.text for p in Document(BytesIO(newest.content)).paragraphs]


@pytest.mark.parametrize("name", ["portal-package", "portal-package-feed", "portal-package-leave"])
def test_a_wrong_key_opens_nothing(client, db, name):
    assert client.get(reverse(name, args=["khong-phai"])).status_code == 404


def test_a_package_not_sent_opens_nothing(house, client):
    package = house.package()
    made = PackageDelivery.objects.system("test").create(
        package=package, receiver=Receiver.objects.system("test").get(), token="som", queued_at=package.changed_at,
    )  # fmt: skip
    assert client.get(page(made.token)).status_code == 404


def feed_of(client, receiver):
    answer = client.get(reverse("portal-package-feed", args=[receiver.token]))
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(answer.content)


def test_the_feed_bears_full_texts_and_the_newest_state(house, client, now):
    press_list = house.list()
    receiver = house.receiver(press_list, "", means="feed")
    first = house.article(now=now, body='<p>Bản 1.</p><img src="/anh/x.jpg" alt="a">')
    gone = house.article(now=now)
    (sending,) = sendings(house.sent(first, gone, now=now, press_list=press_list))
    articles.take_down_article(gone, actor=house.editor, now=now, reason="Có tên người")
    feed = feed_of(client, receiver)
    assert [each.tag.removeprefix(ATOM) for each in feed][:5] == ["title", "id", "link", "updated", "author"]  # fmt: skip
    entries = feed.findall(f"{ATOM}entry")
    assert [e.findtext(f"{ATOM}title") for e in entries] == [first.title, "Bài đã gỡ"]
    content = entries[0].find(f"{ATOM}content")
    assert content.get("type") == "html" and "Bản 1." in content.text
    assert 'src="http://' in content.text
    assert gone.slug not in ET.tostring(entries[1], encoding="unicode")
    ids = [e.findtext(f"{ATOM}id") for e in entries]
    assert len(set(ids)) == 2
    assert reloaded(sending).state == "opened"
    feed_of(client, receiver)
    receiver.refresh_from_db()
    assert receiver.fetches == 2


def test_an_empty_feed_is_still_a_feed(house, client):
    receiver = house.receiver(house.list(), "", means="feed")
    feed = feed_of(client, receiver)
    assert feed.findall(f"{ATOM}entry") == [] and feed.findtext(f"{ATOM}updated")


def test_leaving_is_asked_first_and_done_by_the_button(house, client):
    receiver = house.receiver(house.list())
    url = reverse("portal-package-leave", args=[leaving_key(receiver)])
    assert "Bấm nút dưới đây" in client.get(url).content.decode()
    receiver.refresh_from_db()
    assert receiver.state == "active"
    assert "Đã ngừng nhận tin" in client.post(url).content.decode()
    receiver.refresh_from_db()
    assert receiver.state == "left"
    assert "Đã ngừng nhận tin" in client.get(url).content.decode()


def test_a_mail_program_s_press_stops_at_once_without_cookie_or_token(house):
    receiver = house.receiver(house.list())
    url = reverse("portal-package-leave", args=[leaving_key(receiver)])
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(url, {"List-Unsubscribe": "One-Click"}).status_code == 200
    receiver.refresh_from_db()
    assert receiver.state == "left"
    wrong = reverse("portal-package-leave", args=["x:y:z"])
    assert strict.post(wrong, {"List-Unsubscribe": "One-Click"}).status_code == 404


def test_the_page_asks_the_same_number_of_queries_for_one_article_and_for_three(house, client, now, django_assert_num_queries):  # fmt: skip
    one = sendings(house.sent(house.article(now=now), now=now))[0]
    three = sendings(house.sent(*(house.article(now=now) for _ in range(3)), now=now))[0]
    for sending in (one, three):
        with django_assert_num_queries(12):
            client.get(page(sending.token))
