"""Where the words of a query stand."""

import pytest

from hoiam.core.search import highlight

TEXT = "Yêu cầu Đính chính: báo đã đính  chính, dinh chinh; chính-đính 37/2023/NĐ-CP"


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("dinh", ["Đính", "đính", "dinh", "đính"]),
        ('"dinh chinh"', ["Đính chính", "đính  chính", "dinh chinh"]),
        ('"đính chính"', ["Đính chính", "đính  chính"]),
        ("37/2023/nđ-cp", ["37/2023/NĐ-CP"]),
        ("cầ*", ["cầu"]),
        ("cầu* yêu", ["Yêu", "cầu"]),
        ("ddinhs", ["Đính", "đính", "dinh", "đính"]),
        ('"yêu cầu" "cầu đính"', ["Yêu cầu Đính"]),
        ("không-có", []),
        ("", []),
        ('"*(', []),
    ],
)
def test_the_places_to_mark(query, marked):
    assert [TEXT[start:end] for start, end in highlight(TEXT, query)] == marked
