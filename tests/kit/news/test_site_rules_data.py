"""The rows of site rules are whole: every field is there, every selector can be read, nothing is claimed that was not checked."""

from datetime import date
from importlib.resources import files

import pytest
from selectolax.lexbor import LexborHTMLParser

from hoiam.kit.lists import yaml_of
from hoiam.kit.news.pages.rules import always_dropped, captions, layouts, layouts_for

DATA = yaml_of(files("hoiam.kit.news").joinpath("data/sites.yaml").read_text("utf-8"))
ROWS = DATA["layouts"]
SELECTORS = ("title", "sapo", "body", "author", "published", "section", "drop", "caption")
FIELDS = {"id", "version", "valid_from", "family", "hosts", "signs", "confidence", "checked", "note", *SELECTORS}  # fmt: skip
EMPTY = LexborHTMLParser("<p>x</p>")


def test_there_are_enough_systems():
    assert len(ROWS) >= 15
    assert len({row["id"] for row in ROWS}) == len(ROWS) == len(layouts())
    assert len({row["family"] for row in ROWS}) >= 15


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_a_row_is_whole_and_claims_nothing(row):
    assert set(row) - {"outlet"} == FIELDS
    assert row["hosts"] or row["signs"]
    assert isinstance(row["version"], int)
    assert isinstance(row["valid_from"], date)
    assert row["confidence"] in {"low", "medium", "high"}
    # Nobody could open a live page when the row was written; a checked one names the pages it was held against.
    assert row["checked"] is False
    assert row["note"].endswith(".")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_every_selector_of_a_row_can_be_read(row):
    for field in SELECTORS:
        for selector in row[field]:
            assert EMPTY.css(selector) == []


def test_the_selectors_for_all_pages_can_be_read():
    assert EMPTY.css(f"{always_dropped()}, {captions()}") == []


def test_no_host_belongs_to_two_rows():
    hosts = [host for row in ROWS for host in row["hosts"]]
    assert len(hosts) == len(set(hosts))


def test_a_host_is_read_by_its_own_row_whatever_signs_its_page_shows():
    page = b"<p class='fck_detail'>wp-content/</p>"
    assert [one.id for one in layouts_for("https://www.tuoitre.vn/a.htm", page)] == ["vccorp"]
    assert [one.id for one in layouts_for("https://x.example/a", page)] == [
        "vnexpress",
        "wordpress",
    ]
    assert layouts_for("https://giatuoitre.vn/a", b"<p>x</p>") == []
