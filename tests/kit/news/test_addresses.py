"""Addresses: one canonical form."""

from pathlib import Path

import pytest

from hoiam.kit.lists import yaml_of
from hoiam.kit.news import canonical_url, url_key

DATA = yaml_of((Path(__file__).parent / "cases/addresses.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", DATA["cases"] + DATA["negatives"], ids=lambda case: case["label"])
def test_canonical_form(case):
    assert canonical_url(case["input"]) == case["expected"]
    assert canonical_url(case["expected"]) == case["expected"]


def test_the_key_forgets_scheme_www_and_order():
    assert url_key("http://www.bst.example/a/?b=1&a=2") == "bst.example/a?a=2&b=1"


def test_different_articles_keep_different_keys():
    assert url_key("https://bst.example/v?id=1") != url_key("https://bst.example/v?id=2")
