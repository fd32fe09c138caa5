"""The Vietnamese catalogue: whole, compiled from what is written, its places for values as in the source."""

import re
from gettext import GNUTranslations

import pytest

from tools import catalogue

DOMAINS = ["django", "djangojs"]
_PLACE = re.compile(r"%\(\w+\)[sd]|\{\w+\}")


@pytest.mark.parametrize("domain", DOMAINS)
def test_nothing_an_editor_meets_is_missing(domain):
    assert [entry.text for entry in catalogue.missing(domain)] == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_the_compiled_file_says_what_is_written(domain):
    entries = list(catalogue.read(catalogue.OURS / f"{domain}.po"))
    with (catalogue.OURS / f"{domain}.mo").open("rb") as file:
        said = GNUTranslations(file)
    for entry in entries:
        told = said.ngettext(entry.text, entry.plural, 5) if entry.plural else said.gettext(entry.text)  # fmt: skip
        assert entry.context or told == entry.said[0]


@pytest.mark.parametrize("domain", DOMAINS)
def test_no_place_for_a_value_is_invented_and_all_is_said(domain):
    for entry in catalogue.read(catalogue.OURS / f"{domain}.po"):
        known = set(_PLACE.findall(f"{entry.text} {entry.plural}"))
        assert set(_PLACE.findall(entry.said[0])) <= known, entry.text
        assert entry.said[0].strip()
