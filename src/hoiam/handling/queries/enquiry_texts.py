"""What was agreed with the paper beside what it printed."""

from collections.abc import Iterable
from dataclasses import dataclass

from hoiam.handling.models import InterviewText
from hoiam.handling.states import TextStage
from hoiam.kit.news.changes import Piece, changes, settled


@dataclass(frozen=True)
class Comparison:
    """The newest agreed text against the newest printed one; `pieces` say word by word what differs."""

    agreed: InterviewText
    published: InterviewText
    is_exact: bool
    pieces: tuple[Piece, ...]


def comparison_of(texts: Iterable[InterviewText]) -> Comparison | None:
    """The comparison, or None while one of the two texts is not there.

    Printed exactly means that the agreed words stand in the printed text as a reader takes them: the paper's own
    heading and opening around them are its own. Exact printing frees the paper of liability (NĐ 244/2026 Đ9).
    """
    newest = {text.stage: text for text in texts}
    agreed, published = newest.get(TextStage.AGREED), newest.get(TextStage.PUBLISHED)
    if agreed is None or published is None:
        return None
    is_exact = settled(agreed.text) in settled(published.text)
    pieces = () if is_exact else changes(agreed.text, published.text)
    return Comparison(agreed, published, is_exact, pieces)
