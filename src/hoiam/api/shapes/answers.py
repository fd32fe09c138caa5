"""Shapes of legal answers and legal words."""

from datetime import date, datetime

from ninja import Schema
from pydantic import Field

from hoiam.api.listing import Listing
from hoiam.api.places import AgencyName
from hoiam.letters.states import Topic


class AnswerRow(Schema):
    """Một câu hỏi pháp luật đã giải đáp."""

    slug: str = Field(description="Tên trong địa chỉ, không đổi.")
    url: str = Field(description="Trang trên Cổng.")
    question: str = Field(description="Câu hỏi, chữ trơn.")
    topic: Topic = Field(description="Nhóm việc.")
    agency: AgencyName = Field(description="Cơ quan giải đáp.")
    laws: list[str] = Field(description="Căn cứ pháp luật.")
    law_day: date = Field(description="Giải đáp theo pháp luật của ngày này.")
    published: datetime = Field(description="Đăng lúc.")
    reviewed: datetime = Field(description="Người có thẩm quyền rà soát lần cuối lúc.")
    under_review: str | None = Field(description="Vì sao đang rà soát lại; `null` khi không. Phải nêu khi đăng lại.")  # fmt: skip


class AnswerWhole(AnswerRow):
    """Một câu hỏi pháp luật, đủ lời giải đáp."""

    html: str = Field(description="Lời giải đáp: HTML sạch, mọi địa chỉ đều đầy đủ.")


class WordRow(Schema):
    """Một từ ngữ pháp lý nói cho dễ hiểu, không thay lời của luật."""

    word: str = Field(description="Từ ngữ.")
    meaning: str = Field(description="Nghĩa.")
    near: list[str] = Field(description="Từ ngữ gần.")
    source: str | None = Field(description="Điều luật; `null` khi chưa dẫn nguồn.")


class AnswerList(Listing):
    """Các giải đáp, mới nhất trước."""

    items: list[AnswerRow] = Field(description="Các giải đáp.")


class WordList(Listing):
    """Các từ ngữ, theo chữ cái."""

    items: list[WordRow] = Field(description="Các từ ngữ.")
