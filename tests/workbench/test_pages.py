"""Pages as editors meet them: they open, in Vietnamese, ask no other house for anything, and take what may be taken."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from lxml import html
from wagtail.documents.models import Document
from wagtail.images.models import Image

from hoiam.core import blobs
from hoiam.core.markup import clean
from hoiam.newsroom.models import Article
from hoiam.workbench.actions import approve_text, send_for_review
from hoiam.workbench.models import KINDS, NewsPage
from hoiam.workbench.shown import seal
from hoiam.workbench.snapshots import body_of, snapshot_of
from tests.factories import NOW
from tests.workbench.conftest import drawing, upload, walks
from tests.workbench.english import english_in

PAGES = [
    "/cms/",
    "/cms/pages/{branch}/",
    "/cms/pages/{branch}/add_subpage/",
    *(f"/cms/pages/add/workbench/{kind._meta.model_name}/{{branch}}/" for kind in KINDS),
    "/cms/pages/{page}/edit/",
    "/cms/pages/{page}/history/",
    "/cms/pages/{page}/view_draft/",
    "/cms/pages/{page}/copy/",
    "/cms/pages/{page}/move/",
    "/cms/pages/{page}/delete/",
    "/cms/pages/{page}/revisions/compare/{first}...{second}/",
    "/cms/pages/{page}/revisions/{first}/view/",
    "/cms/pages/{page}/revisions/{first}/revert/",
    "/cms/pages/search/?q=trao",
    "/cms/pages/search/?q=khongco",
    "/cms/bulk/wagtailcore/page/delete/?id={page}",
    "/cms/bulk/wagtailcore/page/move/?id={page}",
    "/cms/images/",
    "/cms/images/add/",
    "/cms/images/multiple/add/",
    "/cms/images/{image}/",
    "/cms/images/{image}/delete/",
    "/cms/images/chooser/",
    "/cms/bulk/wagtailimages/image/delete/?id={image}",
    "/cms/bulk/wagtailimages/image/add_to_collection/?id={image}",
    "/cms/documents/",
    "/cms/documents/add/",
    "/cms/documents/multiple/add/",
    "/cms/documents/edit/{file}/",
    "/cms/documents/delete/{file}/",
    "/cms/documents/chooser/",
    "/cms/choose-page/",
    "/cms/choose-page/search/?q=trao",
    "/cms/choose-external-link/",
    "/cms/choose-email-link/",
    "/cms/reports/site-history/",
    "/cms/reports/locked/",
    "/cms/reports/aging-pages/",
    "/cms/duyet/",
    "/cms/bai/{page}/gui-duyet/",
    "/cms/bai-gui/",
    "/cms/chuyen-muc/",
    "/cms/jsi18n/",
]
OUTSIDE = re.compile(r"""(?:src|href|action|srcset)=["']?(?:https?:)?//|url\(["']?https?:""")


@pytest.fixture
def keys(world):
    """A page with two revisions, a picture, a file."""
    text = world.text()
    first = text.latest_revision_id
    text.lead = "Chiều 05/8."
    second = text.save_revision(user=world.writer.official).pk
    return {
        "branch": world.own.pk,
        "page": text.pk,
        "first": first,
        "second": second,
        "image": world.image().pk,
        "file": world.file().pk,
    }


@pytest.mark.parametrize("addresses", walks(PAGES))
def test_pages_open_in_vietnamese_and_ask_no_other_house(world, keys, addresses):
    client = world.client(world.editor)
    for address in addresses:
        answer = client.get(address.format(**keys))
        text = answer.content.decode()
        assert answer.status_code == 200, address
        assert english_in(text, answer.headers["Content-Type"]) == [], address
        assert OUTSIDE.findall(text.replace("http://testserver", "")) == [], address
        assert "gravatar" not in text, address
        assert "wagtail.org" not in text, address


def test_the_centre_s_first_list_and_an_empty_branch_say_in_vietnamese_what_to_do(world):
    client = world.client(world.centre)
    for address, words in (
        ("/cms/pages/", world.own.title),
        (f"/cms/pages/{world.other.pk}/", "Chưa có bài nào. Bấm dấu cộng"),
    ):
        answer = client.get(address)
        text = answer.content.decode()
        assert words in text
        assert english_in(text, answer.headers["Content-Type"]) == []


def form_of(world, **fields):
    """What the browser sends of a new text."""
    return {
        "title": "Trao tiền",
        "lead": "Sáng nay.",
        "body-count": "0",
        "section": world.section.pk,
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "1000",
        **fields,
    }


def create(world, **fields):
    return world.client(world.writer).post(
        f"/cms/pages/add/workbench/newspage/{world.own.pk}/", form_of(world, **fields)
    )


def test_a_draft_is_saved_and_published_by_nobody(world):
    answer = create(world, **{"action-publish": "1"})
    page = NewsPage.objects.get(title="Trao tiền")
    assert (answer.status_code, page.live, page.owner_id) == (302, False, world.writer.pk)


def test_a_debtor_named_needs_an_hour_and_what_was_typed_stays(world):
    answer = create(world, names_debtor="on", lead="Ông A phải thi hành")
    text = answer.content.decode()
    assert "đặt giờ hạ bài trước khi lưu" in text
    assert "Ông A phải thi hành" in text
    assert not NewsPage.objects.exists()


def test_an_hour_is_read_the_vietnamese_way(world):
    soon = timezone.localtime() + timedelta(days=30)
    create(world, names_debtor="on", down_at=f"{soon:%d/%m/%Y %H:%M}")
    kept = NewsPage.objects.get().get_latest_revision_as_object().down_at
    assert timezone.localtime(kept).date() == soon.date()


def test_an_hour_that_has_passed_is_refused(world):
    answer = create(world, down_at="01/02/2020 08:00")
    assert "Giờ hạ bài đã qua" in answer.content.decode()


def _running(page):
    """What of a page would run because somebody typed it."""
    parts = html.fromstring(f"<div>{page}</div>").iter()
    parts = [part for part in parts if isinstance(part.tag, str)]
    handlers = [name for part in parts for name in part.attrib if name.startswith("on")]
    links = [part.get("href") for part in parts if "javascript:" in (part.get("href") or "")]
    return (
        handlers
        + links
        + [
            part.get("src")
            for part in parts
            if part.tag == "iframe" and "//" in (part.get("src") or "")
        ]
    )


ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "<a href='javascript:alert(1)'>x</a>",
    "</title><script>alert(1)</script>",
    "<iframe src=https://ngoai.example></iframe>",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_typed_runs(world, attack):
    image = world.image()
    block = {"picture": image, "alt": attack, "caption": attack, "credit": attack}
    text = world.text(
        title=f"Tên {attack}"[:200],
        lead=attack,
        body=[("text", f"<p>{attack}</p>"), ("picture", block)],
    )
    assert body_of(text) == clean(body_of(text))
    assert _running(body_of(text)) == []
    client = world.client(world.editor)
    assert _running(client.get(f"/cms/pages/{text.pk}/view_draft/").content.decode()) == []
    # What an editor sends is never so broken: Wagtail's own field makes it whole.
    text.body = [("picture", block)]
    text.save_revision()
    for address in (f"/cms/pages/{text.pk}/edit/", f"/cms/pages/{world.own.pk}/", "/cms/"):
        shown = client.get(address).content.decode()
        assert "<script>alert(1)" not in shown
        assert _running(shown) == []


def test_a_picture_is_made_anew_and_its_words_stand_beside_it(world):
    client = world.client(world.writer)
    data = {"title": "Trao tiền", "file": upload(), "collection": world.own.folder.pk}
    assert client.post("/cms/images/add/", data).status_code == 302
    image = Image.objects.get()
    block = {"picture": image, "alt": "Trao tiền", "caption": "Ở xã", "credit": "Minh Hạnh"}
    snapshot = snapshot_of(world.text(body=[("picture", block)]), world.tree.province)
    [shown] = snapshot.pictures
    assert (shown.alt, shown.caption, shown.credit) == ("Trao tiền", "Ở xã", "Minh Hạnh")
    assert f'src="/anh/{shown.blob}.jpg" alt="Trao tiền"' in snapshot.body
    assert "<figcaption>Ở xã (Ảnh: Minh Hạnh)</figcaption>" in snapshot.body


def pictures_of(page):
    """Where the preview of a page reads its pictures, as its markup has them."""
    shown = page.make_preview_request(original_request=None, preview_mode="").content.decode()
    return re.findall(r'src="(/cms/anh/[^"]+)"', shown)


def test_a_preview_s_picture_opens_for_whose_folder_it_is_of_and_in_every_process(world):
    image = world.image()
    block = {"picture": image, "alt": "Trao tiền", "caption": "", "credit": ""}
    [inside] = pictures_of(world.text(body=[("text", "<p>Sáng.</p>"), ("picture", block)]))
    [cover] = pictures_of(world.text(cover=image, cover_alt="Trao tiền"))
    # Another web process, or the same one started again, remembers nothing.
    cache.clear()
    for address in (inside, cover):
        seen = world.client(world.editor).get(address)
        assert (seen.status_code, seen.headers["Content-Type"]) == (200, "image/jpeg")
        assert blobs.sha256_of(seen.getvalue()) in address
        assert world.client(world.stranger).get(address).status_code == 404


def test_the_hash_of_evidence_opens_nothing(world):
    evidence = blobs.put(drawing(colour="maroon")).sha256
    typed = world.text(
        cover=world.image(),
        cover_alt="Trao tiền",
        body=[("text", f'<p>/cms/anh/{evidence}.jpg</p><img src="/anh/{evidence}.jpg">')],
    )
    [own, *_] = pictures_of(typed)
    sealed = own.split("/")[3]
    for who in (world.writer, world.centre):
        client = world.client(who)
        assert blobs.sha256_of(client.get(own).getvalue()) in own
        for key in (sealed, seal(evidence, 0), f"{typed.cover_id}.x", "x"):
            assert client.get(f"/cms/anh/{key}/{evidence}.jpg").status_code == 404
        assert not [a for a in pictures_of(typed) if evidence in a and len(a.split("/")) > 4]


def test_a_cover_is_cut_around_its_point(world):
    image = Image.objects.create(
        title="Rộng",
        file=upload(data=drawing(size=(400, 400))),
        collection=world.own.folder,
        focal_point_x=50,
        focal_point_y=50,
        focal_point_width=20,
        focal_point_height=20,
    )
    snapshot = snapshot_of(world.text(cover=image, cover_alt="Hội trường"), world.tree.province)
    assert round(snapshot.pictures[0].width / snapshot.pictures[0].height, 1) == 1.8


REFUSED = [
    ("anh.heic", b"\0\0\0\x18ftypheic" + b"\0" * 64, "ảnh HEIC của iPhone"),
    ("anh.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "anh.svg"),
    ("anh.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 64, "bị hỏng"),
    ("anh.gif", b"GIF89a" + b"\0" * 64, "ảnh"),
]


@pytest.mark.parametrize(("name", "data", "words"), REFUSED)
def test_a_picture_that_cannot_be_shown_is_refused_in_words(world, name, data, words):
    client = world.client(world.writer)
    sent = {"title": "x", "file": upload(name, data), "collection": world.own.folder.pk}
    assert words in client.post("/cms/images/add/", sent).content.decode()
    assert not Image.objects.exists()


def test_a_picture_of_two_hundred_megabytes_is_refused_before_it_is_read(world, monkeypatch):
    monkeypatch.setattr("hoiam.workbench.forms.files.LARGEST_FILE", 100)
    sent = {"title": "x", "file": upload(), "collection": world.own.folder.pk}
    answer = world.client(world.writer).post("/cms/images/add/", sent)
    assert "Hãy thu nhỏ ảnh rồi tải lại" in answer.content.decode()


def test_a_file_is_known_by_its_bytes(world):
    client = world.client(world.writer)
    sent = {"title": "x", "file": upload("qd.pdf", b"MZ" + b"\0" * 64), "collection": world.own.folder.pk}  # fmt: skip
    assert client.post("/cms/documents/add/", sent).status_code == 200
    assert not Document.objects.exists()


def test_the_page_of_a_decision_approves(world):
    review = send_for_review(world.text(), actor=world.writer, now=NOW)
    client = world.client(world.chief)
    shown = client.get(f"/cms/bai/{review.page_id}/duyet/").content.decode()
    assert "Người thadstg-focal_point gửi lúc 05/08/2026 09:00" in shown
    assert client.post(f"/cms/bai/{review.page_id}/duyet/", {"approve": "1"}).status_code == 302
    shown = client.get(f"/cms/bai/{review.page_id}/tren-cong/").content.decode()
    assert [name in shown for name in ("Đính chính", "Rút bài", "Gỡ bài")] == [True] * 3


@pytest.mark.parametrize(
    ("act", "state"), [("dinh-chinh", "standing"), ("rut", "withdrawn"), ("go", "taken_down")]
)
def test_each_of_the_three_acts_asks_for_its_reason(world, act, state):
    review = send_for_review(world.text(), actor=world.writer, now=NOW)
    approve_text(review, actor=world.editor, now=NOW)
    client, url = world.client(world.chief), f"/cms/bai/{review.page_id}/{act}/"
    assert client.post(url, {"words": ""}).status_code == 422
    assert client.post(url, {"words": "Nhầm tên đơn vị"}).status_code == 302
    assert Article.objects.system("test").get().state == state


def test_of_what_was_withdrawn_only_taking_down_is_left(world):
    review = send_for_review(world.text(), actor=world.writer, now=NOW)
    approve_text(review, actor=world.editor, now=NOW)
    client, place = world.client(world.chief), f"/cms/bai/{review.page_id}"
    client.post(f"{place}/rut/", {"words": "Nhầm tên đơn vị"})
    shown = client.get(f"{place}/tren-cong/").content.decode()
    assert [f'href="{place}/{act}/"' in shown for act in ("dinh-chinh", "rut", "go")] == [False, False, True]  # fmt: skip


def test_what_once_stood_is_not_deleted(world):
    review = send_for_review(world.text(), actor=world.writer, now=NOW)
    approve_text(review, actor=world.editor, now=NOW)
    world.client(world.chief).post(f"/cms/pages/{review.page_id}/delete/")
    assert NewsPage.objects.filter(pk=review.page_id).exists()


def test_sections_are_the_centres(world):
    data = {"name": "Từ thực tiễn", "about": "", "order": "2", "is_shown": "on"}
    refused = world.client(world.editor).post("/cms/chuyen-muc/moi/", data, follow=True)
    assert "do biên tập của trung ương giữ" in refused.content.decode()
    assert world.client(world.centre).post("/cms/chuyen-muc/moi/", data).status_code == 302


def test_a_preview_is_the_public_page_with_the_workbench_s_pictures(world):
    page = world.text(cover=world.image(), cover_alt="Trao tiền tại trụ sở")
    shown = page.make_preview_request(original_request=None, preview_mode="").content.decode()
    assert "Trao tiền ở Thanh Giang" in shown and 'class="ha-title"' in shown
    assert 'src="/cms/anh/' in shown and 'src="/anh/' not in shown
