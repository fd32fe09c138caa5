"""The tokens of a PDF, counted while they are read: a hostile file ends in a sentence, not in hours or all memory."""

import time
from contextvars import ContextVar
from typing import Any

from pdfminer import pdfinterp
from pdfminer.pdfinterp import PDFContentParser
from pdfminer.pdfparser import PDFParser

from hoiam.kit.papers.reading import refusals
from hoiam.kit.papers.reading.refusals import NotReadable

DEEPEST = 500  # arrays and dictionaries inside each other
_EVERY = 512  # tokens from one look at the clock to the next
_until = ContextVar("pdf_until", default=float("inf"))


def stop_after(seconds: float) -> None:
    """Let no reading of tokens of this thread go on longer than so many seconds of computing from now."""
    _until.set(time.thread_time() + seconds)


def stop_never() -> None:
    """Let the next reading of this thread have its own time: a thread lives longer than one paper."""
    _until.set(float("inf"))


class _Counted:
    """A parser that looks at the clock and at its own depth now and then."""

    turns = 0
    context: list[Any]

    def nexttoken(self) -> Any:
        """The next token.

        Raises:
            NotReadable: the time is over, or what it stands in is nested deeper than any paper's.
        """
        self._count()
        return super().nexttoken()  # type: ignore[misc]

    def nextline(self) -> Any:
        """The next line, within the same bounds."""
        self._count()
        return super().nextline()  # type: ignore[misc]

    def revreadlines(self) -> Any:
        """The lines from the last to the first, within the same bounds."""
        for line in super().revreadlines():  # type: ignore[misc]
            self._count()
            yield line

    def _count(self) -> None:
        self.turns += 1
        if self.turns % _EVERY == 0 and (
            time.thread_time() > _until.get() or len(self.context) > DEEPEST
        ):
            raise NotReadable(refusals.CROWDED)


class CountedParser(_Counted, PDFParser):
    """The parser of a file's objects."""


class _CountedContent(_Counted, PDFContentParser):
    """The parser of a page's drawing."""


# The interpreter makes its parser by this name and offers no other way in; without `stop_after` it only counts.
pdfinterp.PDFContentParser = _CountedContent  # type: ignore[misc]
