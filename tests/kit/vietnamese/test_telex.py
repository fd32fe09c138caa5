"""Telex slips are decoded, everything else stays."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoiam.kit.vietnamese import is_syllable, telex

KEYS = {"\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0301": "s", "\u0323": "j"}
SENTENCE = (
    "cưỡng chế đính chính thi hành án dân sự kê biên đấu giá chấp viên quyết định khiếu nại tố cáo hòa giải thủy "
    "nghiêm trọng người được phải trả tiền thuế quý giếng gì khuỷu thuở mưa trưởng phòng báo chí phản hồi uống"
)


def typed(syllable):
    """The keys of a syllable, its tone last, as most people type."""
    keys, tone = "", ""
    for char in unicodedata.normalize("NFD", syllable):
        if char in KEYS:
            tone = KEYS[char]
        elif char == "\u0302":
            keys += keys[-1]
        elif char in "\u031b\u0306":
            keys += "w"
        else:
            keys += "dd" if char == "đ" else char
    return keys + tone


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("cuwowngx chees", "cưỡng chế"),
        ("ddinhs chinhs", "đính chính"),
        ("cuongwx", "cưỡng"),
        ("cuowngx", "cưỡng"),
        ("chese", "chế"),
        ("chees", "chế"),
        ("hanhf", "hành"),
        ("haf nooij", "hà nội"),
        ("hoaf giair", "hòa giải"),
        ("thuyr", "thủy"),
        ("quys", "quý"),
        ("giaf", "già"),
        ("DDaaus gias", "Đấu giá"),
        ("Ddaaus gias", "Đấu giá"),
        ("tw", "tư"),
        ("muwa", "mưa"),
        ("muaw", "mưa"),
        ("dinhs", "dính"),
    ],
)
def test_decodes(slip, meant):
    assert telex(slip) == meant


@pytest.mark.parametrize(
    "kept",
    ["cưỡng chế", "thi hanh an", "tax", "box", "facebook", "covid", "UBND", "VAR", "iPhone", "www.bao.example", "a@bao.example",
     "https://bao.example/ans", "2862/QD-BTP", "internet", "hamas", "", "B2B", "Wi-Fi"],
)  # fmt: skip
def test_keeps(kept):
    assert telex(kept) == kept


@pytest.mark.parametrize("syllable", SENTENCE.split())
def test_every_syllable_comes_back(syllable):
    assert is_syllable(syllable)
    assert telex(typed(syllable)) == syllable


@given(st.text())
def test_decoding_twice_is_decoding_once(text):
    assert telex(telex(text)) == telex(text)
