"""Products of a part: seen by the house or only claimed, once, of kinds that are taken, taken back with a reason."""

from datetime import timedelta

import pytest

from hoiam.core import ledger
from hoiam.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from hoiam.scheme import actions
from hoiam.scheme.actions.products import key_of
from hoiam.scheme.queries.proofs import Proof
from tests import factories as make
from tests import parts
from tests.factories import NOW, TODAY

URL = "https://trang-thu.example/bai-1.html"


def test_an_article_the_house_has_is_seen_at_once_by_any_spelling_of_its_address(row, head):
    item = make.item("Bài đã thu thập", url=URL, url_key=key_of(URL))
    made = actions.add_link(row, actor=head, now=NOW, url=f"{URL}?utm_source=zalo#cuoi")
    assert (made.item, made.kind, made.found_at, made.title) == (item, "item", NOW, item.title)


def test_an_address_nobody_collected_waits_until_it_is(row, head):
    made = actions.add_link(row, actor=head, now=NOW, url=URL, title="Bài tự kê")
    assert (made.kind, made.found_at) == ("link", None)
    assert actions.look_for_products(NOW) == 0
    make.item(url="https://trang-khac.example/bai-1.html", url_key=key_of("https://trang-khac.example/bai-1.html"))  # fmt: skip
    assert actions.look_for_products(NOW) == 0
    make.item(url=URL, url_key=key_of(URL))
    later = NOW + timedelta(hours=5)
    assert actions.look_for_products(later) == 1
    made.refresh_from_db()
    assert (made.kind, made.found_at) == ("item", later)
    assert ledger.of(made).last().step == "find_product"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "bài trên báo", "ftp://a.example/b", "https://", "http://[", ""])  # fmt: skip
def test_what_is_no_address_of_the_web_is_refused(row, head, url):
    with pytest.raises(InvalidInput, match="https://"):
        actions.add_link(row, actor=head, now=NOW, url=url)


def test_the_same_article_is_shown_once(row, head, focal):
    actions.add_link(row, actor=head, now=NOW, url=URL)
    with pytest.raises(Conflict, match="đã có"):
        actions.add_link(row, actor=focal, now=NOW, url="http://www.trang-thu.example/bai-1.html")
    assert row.products.count() == 1


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("ke-hoach.pdf", b"MZ\x90\x00 day la chuong trinh"),
        ("anh.png", b"\x89PNG\r\n\x1a\n<script>alert(1)</script>"),
        ("bang.xlsx", b"PK\x03\x04 khong phai bang"),
        ("trong.pdf", b""),
    ],
)
def test_a_file_that_lies_is_refused_and_nothing_is_kept(row, head, name, data):
    with pytest.raises(InvalidInput):
        actions.add_file(row, actor=head, now=NOW, title="", file_name=name, data=data)
    assert not row.products.exists()


def test_what_another_room_recorded_is_linked_once_and_only_ones_own(tree, row, head):
    own = Proof("conference", 7, tree.province.pk, "Họp báo quý II", TODAY, "/desk/conferences/7/")
    made = actions.add_proof(row, actor=head, now=NOW, proof=own)
    assert (made.proof, made.happened_on) == ("conference:7", TODAY)
    with pytest.raises(Conflict):
        actions.add_proof(row, actor=head, now=NOW, proof=own)
    other = Proof("conference", 8, tree.other.pk, "Họp báo", TODAY, "/desk/conferences/8/")
    with pytest.raises(InvalidInput, match="đơn vị khác"):
        actions.add_proof(row, actor=head, now=NOW, proof=other)


def test_taken_back_with_a_reason_it_stays_on_record_and_may_be_shown_again(tree, row, head):
    made = actions.add_link(row, actor=head, now=NOW, url=URL)
    with pytest.raises(InvalidInput, match="lý do"):
        actions.remove_product(made, actor=head, now=NOW, reason=" ")
    with pytest.raises(NotAllowed):
        actions.remove_product(made, actor=make.head(tree.other), now=NOW, reason="Nhầm")
    gone = actions.remove_product(made, actor=head, now=NOW, reason="Nhầm bài")
    assert gone.removed_why == "Nhầm bài"
    with pytest.raises(WrongState):
        actions.remove_product(made, actor=head, now=NOW, reason="Nhầm bài")
    actions.add_link(row, actor=head, now=NOW, url=URL)
    assert row.products.count() == 2


def test_who_need_not_do_it_shows_nothing(tree, head):
    row = parts.part(parts.task(parts.scheme(tree.centre)), tree.province, "exempt")
    with pytest.raises(WrongState, match="không phải làm"):
        actions.add_link(row, actor=head, now=NOW, url=URL)
