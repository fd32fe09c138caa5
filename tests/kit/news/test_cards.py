"""A card on a page: found with its places, missing parts named, look-alikes not taken for it."""

import pytest

from hoiam.kit.news import check_card

CARD = {
    "name": "Trịnh Mai Lan",
    "title": "Phó Trưởng Thi hành án dân sự tỉnh",
    "phone": "0200 000 119",
    "email": "phatngon@thanhgiang.example",
}
PAGE = (
    "<html><head><title>Người phát ngôn</title><script>var a='x';</script></head><body><table><tr>"
    "<td>Trịnh  Mai Lan</td><td>Phó Trưởng Thi hành án dân sự tỉnh</td>"
    "<td>(0200) 000.119</td><td>PhatNgon@thanhgiang.example</td></tr></table></body></html>"
)


def test_every_part_is_found_with_its_place():
    seen = check_card(PAGE.encode(), CARD)

    assert seen.is_complete
    assert [part.name for part in seen.found] == ["name", "title", "phone", "email"]
    assert [seen.text[part.start : part.end] for part in seen.found] == [
        part.text for part in seen.found
    ]


@pytest.mark.parametrize(
    ("why", "old", "new", "missing"),
    [
        ("another name", "Trịnh  Mai Lan", "Trịnh Mai Loan", ("name",)),
        ("without marks it is another name", "Trịnh  Mai Lan", "Trinh Mai Lan", ("name",)),
        ("one digit more", "000.119", "000.1190", ("phone",)),
        ("a longer address", "PhatNgon@", "xphatngon@", ("email",)),
        ("office left out", "Phó Trưởng Thi hành án dân sự tỉnh", "", ("title",)),
        ("only in a script", "<td>Trịnh  Mai Lan</td>", "<script>'Trịnh Mai Lan'</script>", ("name",)),
    ],
)  # fmt: skip
def test_what_is_not_there_is_named(why, old, new, missing):
    assert check_card(PAGE.replace(old, new).encode(), CARD).missing == missing


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("0200 000 119", "+84 200 000 119"),
        ("+84 200 000 119", "0200.000.119"),
        ("0200000119", "0200-000-119"),
    ],
)
def test_a_number_is_the_same_however_it_is_grouped(written, shown):
    assert check_card(f"<p>{shown}</p>".encode(), {"phone": written}).is_complete


def test_an_address_behind_a_link_only_counts():
    page = b'<a href="mailto:lan@thanhgiang.example?subject=x">Thu</a>'
    assert check_card(page, {"email": "lan@thanhgiang.example"}).is_complete


def test_a_part_not_asked_for_is_not_looked_for():
    assert check_card(b"<p></p>", {"name": "", "email": " "}).is_complete


def test_a_page_of_an_old_charset_is_read_by_its_own():
    page = "<p>Trịnh Mai Lan</p>".encode("utf-16")
    assert check_card(page, {"name": "Trịnh Mai Lan"}, charset="utf-16").is_complete
