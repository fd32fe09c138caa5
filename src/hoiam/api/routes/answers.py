"""Legal questions with their answers; legal words in plain language."""

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router
from ninja.errors import HttpError
from pydantic import Field

from hoiam.api.drawing import whole_addresses
from hoiam.api.listing import Paging, listed
from hoiam.api.places import REFUSED, WORDS, address, here, named
from hoiam.api.shapes.answers import AnswerList, AnswerRow, AnswerWhole, WordList
from hoiam.core.markup import clean
from hoiam.kit.vietnamese import fold
from hoiam.letters.models import PublishedAnswer
from hoiam.letters.queries import published_answers
from hoiam.letters.states import Topic
from hoiam.newsroom.keeping import now_of
from hoiam.newsroom.legal_words import LegalWord, legal_words

router = Router(tags=["Hỏi đáp, từ ngữ"])


class WordFilters(Paging):
    """Những dòng có các chữ này."""

    q: str = Field(
        "", max_length=100, pattern=WORDS, description="Chữ cần có, không dấu cũng được."
    )


class AnswerFilters(WordFilters):
    """Những giải đáp nào."""

    topic: Annotated[Topic | None, Field(None, description="Nhóm việc.")]


@router.get("legal-answers", response={200: AnswerList, **REFUSED}, operation_id="list_legal_answers",
            summary="Hỏi đáp pháp luật", description="Câu hỏi bạn đọc gửi đã được giải đáp công khai, mới nhất trước. Bài hỏi đáp do biên tập soạn ở `/articles?kind=question`.")  # fmt: skip
def answers(request: HttpRequest, asked: Query[AnswerFilters]) -> object:
    """Answers the public may read."""
    rows = published_answers(now_of(request), asked.q, asked.topic or "").defer("answer_html")
    return listed(rows, asked, lambda found: map(_row, found))


@router.get("legal-answers/{slug:slug}", response={200: AnswerWhole, **REFUSED}, operation_id="get_legal_answer",
            summary="Một giải đáp, đủ nội dung", description="404 khi giải đáp đã rút.")  # fmt: skip
def answer(request: HttpRequest, slug: str) -> object:
    """One answer."""
    found = published_answers(now_of(request)).filter(slug=slug).first()
    if found is None:
        raise HttpError(404, "Giải đáp này không có, hoặc không còn đăng.")
    return _row(found).dict() | {"html": whole_addresses(clean(found.answer_html))}


def _row(found: PublishedAnswer) -> AnswerRow:
    return AnswerRow(
        slug=found.slug,
        url=address("portal-question", found.slug),
        question=found.question,
        topic=found.topic,
        agency=named(found.agency),
        laws=found.laws,
        law_day=found.law_day,
        published=here(found.published_at),
        reviewed=here(found.reviewed_at),
        under_review=found.review_reason if found.is_under_review else None,
    )


@router.get("words", response={200: WordList, **REFUSED}, operation_id="list_words",
            summary="Giải thích từ ngữ", description="Từ ngữ pháp lý nói cho dễ hiểu, không thay lời của luật.")  # fmt: skip
def words(request: HttpRequest, asked: Query[WordFilters]) -> object:
    """Legal words."""
    parts = fold(asked.q).split()
    rows = [each for each in legal_words() if all(part in each.folded for part in parts)]
    return listed(rows, asked, lambda found: map(_word, found))


def _word(each: LegalWord) -> dict[str, object]:
    return {
        "word": each.word,
        "meaning": each.meaning,
        "near": list(each.near),
        "source": each.source or None,
    }
