"""Scope inside the workbench: another agency's pages, pictures, files and history are not there, whichever way one asks."""

import pytest
from django.urls import get_resolver
from wagtail.images.models import Image

from hoiam.agencies.states import Role
from hoiam.workbench.gate import ADDRESSES
from hoiam.workbench.models import NewsPage
from hoiam.workbench.open_views import OPEN
from tests import factories as make
from tests.workbench.conftest import drawing, upload, walks

SECRET = "Chuyện riêng của Thanh Giang"


@pytest.fixture
def things(world):
    """One page, one picture, one file of the first province; what a stranger must not find."""
    return {
        "page": world.text(title=SECRET),
        "image": world.image(title=SECRET),
        "file": world.file(title=SECRET),
        "branch": world.own,
    }


ADDRESSED = [
    "/cms/pages/{branch}/",
    "/cms/pages/{branch}/results/",
    "/cms/pages/{branch}/add_subpage/",
    "/cms/pages/add/workbench/newspage/{branch}/",
    "/cms/pages/add/workbench/newspage/{branch}/preview/",
    "/cms/pages/{page}/edit/",
    "/cms/pages/{page}/edit/preview/",
    "/cms/pages/{page}/view_draft/",
    "/cms/pages/{page}/delete/",
    "/cms/pages/{page}/move/",
    "/cms/pages/{page}/move/{branch}/confirm/",
    "/cms/pages/{page}/copy/",
    "/cms/pages/{page}/lock/",
    "/cms/pages/{page}/unlock/",
    "/cms/pages/{page}/history/",
    "/cms/pages/{page}/history/results/",
    "/cms/pages/{page}/revisions/",
    "/cms/pages/{page}/revisions/{revision}/view/",
    "/cms/pages/{page}/revisions/{revision}/revert/",
    "/cms/pages/{page}/revisions/compare/earliest...latest/",
    "/cms/choose-page/{branch}/",
    "/cms/choose-page/chosen-multiple/?id={page}",
    "/cms/bulk/wagtailcore/page/delete/?id={page}",
    "/cms/bulk/wagtailcore/page/move/?id={page}",
    "/cms/bai/{page}/gui-duyet/",
    "/cms/bai/{page}/doi-phong/",
    "/cms/bai/{page}/duyet/",
    "/cms/bai/{page}/thoi-gui/",
    "/cms/bai/{page}/tren-cong/",
    "/cms/bai/{page}/go/",
    "/cms/images/{image}/",
    "/cms/images/{image}/delete/",
    "/cms/images/{image}/preview/max-165x165/",
    "/cms/images/multiple/{image}/",
    "/cms/images/multiple/{image}/delete/",
    "/cms/images/chooser/chosen/{image}/",
    "/cms/images/chooser/chosen-multiple/?id={image}",
    "/cms/bulk/wagtailimages/image/delete/?id={image}",
    "/cms/bulk/wagtailimages/image/add_to_collection/?id={image}",
    "/cms/documents/edit/{file}/",
    "/cms/documents/delete/{file}/",
    "/cms/documents/multiple/{file}/",
    "/cms/documents/multiple/{file}/delete/",
    "/cms/documents/{file}/qd.pdf",
    "/cms/documents/chooser/chosen/{file}/",
    "/cms/documents/chooser/chosen-multiple/?id={file}",
    "/cms/bulk/wagtaildocs/document/delete/?id={file}",
    "/cms/goc/{image_name}",
    "/cms/goc/{file_name}",
    "/cms/editing-sessions/ping/workbench/newspage/{page}/1/",
]
LISTS = [
    "/cms/",
    "/cms/pages/",
    "/cms/pages/search/?q=riêng",
    "/cms/pages/search/results/?q=riêng",
    "/cms/choose-page/",
    "/cms/choose-page/search/?q=riêng",
    "/cms/images/",
    "/cms/images/results/?q=riêng",
    "/cms/images/chooser/",
    "/cms/images/chooser/results/?q=riêng",
    "/cms/documents/",
    "/cms/documents/results/?q=riêng",
    "/cms/documents/chooser/",
    "/cms/documents/chooser/results/?q=riêng",
    "/cms/reports/site-history/",
    "/cms/reports/site-history/results/",
    "/cms/reports/locked/",
    "/cms/reports/aging-pages/",
    "/cms/duyet/",
    "/cms/bai-gui/",
]
CLOSED = [
    "/cms/api/main/pages/",
    "/cms/api/main/images/",
    "/cms/pages/{page}/unpublish/",
    "/cms/pages/{page}/privacy/",
    "/cms/pages/{page}/usage/",
    "/cms/pages/{page}/convert_alias/",
    "/cms/pages/usage/workbench/newspage/",
    "/cms/collections/",
    "/cms/workflows/list/",
    "/cms/reports/workflow/",
    "/cms/reports/page-types-usage/",
    "/cms/tag-autocomplete/?term=a",
    "/cms/login/",
    "/cms/password_reset/",
    "/cms/failwhale/",
    "/cms/images/usage/{image}/",
    "/cms/images/{image}/generate_url/",
    "/cms/bulk/wagtailcore/page/publish/?id={page}",
    "/cms/bulk/wagtailcore/page/unpublish/?id={page}",
    "/cms/users/",
]


def filled(address, things):
    """The address with the keys of the first province's things."""
    keys = {name: thing.pk for name, thing in things.items()}
    keys |= {"revision": things["page"].latest_revision_id}
    keys |= {f"{name}_name": things[name].file.name for name in ("image", "file")}
    return address.format(**keys)


@pytest.mark.parametrize("addresses", walks(ADDRESSED))
def test_what_is_anothers_is_not_there(world, things, addresses):
    client = world.client(world.stranger)
    for url in (filled(address, things) for address in addresses):
        assert client.get(url).status_code == 404, url
        assert client.post(url).status_code == 404, url


@pytest.mark.parametrize("addresses", walks(LISTS))
def test_no_list_names_what_is_anothers(world, things, addresses):
    things["page"].locked = True
    things["page"].locked_by = world.editor.official
    things["page"].save(clean=False)
    client = world.client(world.stranger)
    for address in addresses:
        answer = client.get(address, follow=True)
        assert answer.status_code == 200, address
        assert SECRET not in answer.content.decode(), address


def test_what_the_workbench_does_not_offer_is_not_there_for_anybody(world, things):
    clients = [world.client(who) for who in (world.editor, world.centre)]
    for url in (filled(address, things) for address in CLOSED):
        assert [client.get(url).status_code for client in clients] == [404, 404], url


def test_every_address_a_stranger_might_try_was_tried():
    """A view opened later is put on one of the lists above, with its key, or is named here because it holds none."""
    keyed = [
        str(pattern.pattern)
        for pattern in _patterns(get_resolver(ADDRESSES), "")
        if pattern.lookup in OPEN and ("<" in str(pattern.pattern) or "(?P" in str(pattern.pattern))
    ]
    tried = len({address.split("?")[0] for address in ADDRESSED})
    # Of those with a key: sections are the centre's own list, copies are asked for by their random name, sessions by their owner.
    without = {"workbench-section", "workbench-picture", "workbench-rendition", "workbench-write"}
    assert len(keyed) - len(without) - 1 <= tried


def _patterns(resolver, prefix):
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            space = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from _patterns(pattern, prefix + space)
        else:
            pattern.lookup = prefix + (pattern.name or "")
            yield pattern


def test_the_same_things_are_there_for_their_own_editor(world, things):
    client = world.client(world.editor)
    for address in (
        "/cms/pages/{page}/edit/",
        "/cms/images/{image}/",
        "/cms/documents/edit/{file}/",
    ):
        assert client.get(filled(address, things)).status_code == 200
    assert client.get(filled("/cms/goc/{image_name}", things)).getvalue() == drawing()
    for address in ("/cms/images/", "/cms/documents/", f"/cms/pages/{world.own.pk}/"):
        assert SECRET in client.get(address).content.decode()
    found = client.get("/cms/pages/search/?q=chuyen rieng").content.decode()
    assert SECRET in found


def test_the_centre_sees_all_branches(world, things):
    client = world.client(world.centre)
    assert client.get(filled("/cms/pages/{page}/edit/", things)).status_code == 200
    assert SECRET in client.get("/cms/images/").content.decode()


def test_a_page_is_not_made_moved_or_copied_into_anothers_branch(world, things):
    client = world.client(world.stranger)
    mine = world.text(world.other, by=world.stranger, title="Bài Lam Hà")
    client.post(f"/cms/pages/{mine.pk}/move/{world.own.pk}/confirm/")
    data = {"new_title": "x", "new_slug": "x", "new_parent_page": world.own.pk}
    client.post(f"/cms/pages/{mine.pk}/copy/", data)
    assert NewsPage.objects.child_of(world.own).count() == 1


def test_a_picture_is_not_put_into_anothers_folder(world, things):
    client = world.client(world.stranger)
    data = {"title": "lạ", "file": upload(), "collection": world.own.folder.pk}
    client.post("/cms/images/add/", data)
    mine = world.image(world.other, "của tôi", colour="red")
    bulk = f"/cms/bulk/wagtailimages/image/add_to_collection/?id={mine.pk}"
    client.post(bulk, {"collection": world.own.folder.pk})
    assert Image.objects.filter(collection=world.own.folder).count() == 1


def test_a_bulk_action_on_all_takes_only_what_is_in_scope(world, things):
    client = world.client(world.stranger)
    client.post("/cms/bulk/wagtailimages/image/delete/?id=all", follow=True)
    client.post(f"/cms/bulk/wagtailcore/page/delete/?id=all&childOf={world.own.pk}", follow=True)
    assert type(things["image"]).objects.filter(pk=things["image"].pk).exists()
    assert NewsPage.objects.filter(pk=things["page"].pk).exists()


def test_a_key_that_is_no_number_is_not_there(world):
    client = world.client(world.editor)
    for address in (
        "/cms/bulk/wagtailimages/image/delete/?id=all&childOf=",
        "/cms/images/chooser/chosen/x/",
    ):
        assert client.get(address).status_code == 404


def test_history_of_the_house_is_ones_own(world, things):
    world.client(world.editor).post(f"/cms/pages/{things['page'].pk}/lock/")
    own = world.client(world.editor).get("/cms/reports/site-history/").content.decode()
    other = world.client(world.stranger).get("/cms/reports/site-history/").content.decode()
    assert SECRET in own
    assert SECRET not in other


@pytest.mark.parametrize(
    "role", [Role.CONTRIBUTOR, Role.RECORDS_CLERK, Role.EXAMINER, Role.ADMINISTRATOR]
)
def test_who_has_no_part_in_editing_is_told_so(world, role):
    answer = world.client(make.actor(world.tree.province, role)).get("/cms/")
    assert answer.status_code == 403
    assert "Bàn biên tập không mở cho vai trò của bạn" in answer.content.decode()


def test_who_is_not_signed_in_signs_in_at_the_desk(world, client):
    answer = client.get("/cms/images/")
    assert answer.headers["Location"] == "/desk/account/login/?next=/cms/images/"


def test_the_desk_never_reads_wagtails_addresses(world):
    answer = world.client(world.editor).get("/desk/account/password/change/")
    assert answer.status_code == 200
    assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]
    assert not hasattr(answer.wsgi_request, "urlconf")


@pytest.mark.parametrize("address", ["/cms/", "/cms/images/", "/cms/documents/"])
def test_pictures_and_files_both_stand_in_the_menu_of_every_page(world, address):
    """Wagtail keeps on the person what it found for pictures; it must not stand for files too."""
    page = world.client(world.writer).get(address).content.decode()
    for place in ("/cms/images/", "/cms/documents/", "/desk/"):
        assert f'"{place}"' in page


def test_the_first_page_says_what_waits(world):
    world.text()
    page = world.client(world.writer).get("/cms/").content.decode()
    assert "<b>0</b>bài chờ duyệt" in page
    assert 'href="/cms/bai-gui/"' in page


def test_the_rail_of_the_desk_leads_here_whoever_may_come_in(world):
    clerk = make.actor(world.tree.province, Role.RECORDS_CLERK)
    assert 'href="/cms/"' in world.client(world.writer).get("/desk/writing/").content.decode()
    assert 'href="/cms/"' not in world.client(clerk).get("/desk/writing/").content.decode()
