"""Invented papers, true to form, against the truth written by hand before they were first read."""

from pathlib import Path

import pytest

from hoiam.kit.papers import read_paper
from tests.kit.papers.reading.making import cases, differences, file_of

CASES = cases()
PRINTED = Path(__file__).parent / "files" / "ke-hoach-bang.pdf"


@pytest.mark.parametrize("name", CASES)
def test_a_paper_is_read_as_a_person_reads_it(name):
    found, held = differences(CASES[name]["truth"], read_paper(file_of(CASES[name])).as_json())
    assert held
    assert found == []


def test_the_pdf_of_a_plan_reads_like_its_word_file():
    truth = CASES["01-ke-hoach-bang"]["truth"]
    assert differences(truth, read_paper(PRINTED.read_bytes()).as_json())[0] == []


def test_the_word_form_of_a_text_reads_the_same():
    case = CASES["29-quyet-dinh-kem-ke-hoach"]
    word = {"format": "docx", "blocks": [line for line in case["text"].split("\n") if line]}
    assert differences(case["truth"], read_paper(file_of(word)).as_json())[0] == []
