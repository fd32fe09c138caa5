"""The clock of one PDF is not the clock of the next one the same thread reads."""

import pytest

from hoiam.kit.papers.reading import pdf, pdf_tokens
from hoiam.kit.papers.reading.refusals import NotReadable

EMPTY = b"%PDF-1.4\n%%EOF\n"


def test_a_reading_leaves_no_clock_behind() -> None:
    with pytest.raises(NotReadable):
        pdf.words_of(EMPTY)

    assert pdf_tokens._until.get() == float("inf")
