"""Instruments that changed: a number whose source we do not have recognises a text and is never said."""

from datetime import date

import pytest

from hoiam.kit.rulebook.files import read_table
from hoiam.kit.rulebook.instruments import changes_of

SPAN = {"after": date(2026, 6, 1), "until": date(2026, 7, 1)}


@pytest.mark.parametrize(
    ("cited", "said"),
    [
        ("Điều 27 Luật Khiếu nại số 02/2011/QH13", "Luật Khiếu nại 2011 được sửa đổi"),
        ("Luật Khiếu nại năm 2011", "Luật Khiếu nại 2011 được sửa đổi"),
        ("Luật Tiếp công dân 42/2013/QH13", "Luật Tiếp công dân 2013 được sửa đổi"),
    ],
)
def test_a_number_without_a_source_recognises_and_is_not_said(cited, said):
    [change] = changes_of([cited], **SPAN)
    assert (
        str(change).startswith(said) and "/2011" not in str(change) and "/2013" not in str(change)
    )


def test_no_row_says_a_number_it_marks_as_unverified():
    rows = read_table("instruments.yaml")["instruments"]
    marked = [row for row in rows if row.get("number_confidence") == "U"]
    assert len(marked) == 2
    assert all(row["number"] not in row["title"] for row in marked)
