"""Shapes of articles, documents, sections and themes."""

from datetime import date, datetime

from ninja import Schema
from pydantic import Field

from hoiam.api.listing import Listing
from hoiam.api.places import AgencyName
from hoiam.newsroom.states import ArticleKind


class SectionName(Schema):
    """Chuyên mục, gọi gọn."""

    slug: str = Field(description="Tên chuyên mục trong địa chỉ.")
    name: str = Field(description="Tên chuyên mục.")


class Feeds(Schema):
    """Nguồn tin của một chuyên mục."""

    rss: str = Field(description="Địa chỉ RSS 2.0.")
    atom: str = Field(description="Địa chỉ Atom.")
    json_feed: str = Field(description="Địa chỉ JSON Feed 1.1.")


class SectionRow(SectionName):
    """Một chuyên mục của Cổng."""

    about: str | None = Field(description="Chuyên mục nói về gì.")
    url: str = Field(description="Trang của chuyên mục trên Cổng.")
    feeds: Feeds = Field(description="Nguồn tin để theo dõi.")


class ThemeRow(Schema):
    """Một chủ đề trọng tâm (Quyết định 2862/QĐ-BTP)."""

    number: int = Field(description="Số của chủ đề, từ 1 đến 5.")
    name: str = Field(description="Tên ngắn.")
    whole: str = Field(description="Nội dung đầy đủ.")
    url: str = Field(description="Trang của chủ đề trên Cổng.")


class PictureRow(Schema):
    """Một ảnh của bài."""

    url: str = Field(description="Địa chỉ ảnh; chỉ mở được khi bài còn đăng.")
    width: int = Field(description="Chiều rộng, điểm ảnh.")
    height: int = Field(description="Chiều cao, điểm ảnh.")
    alt: str = Field(description="Ảnh cho thấy gì, cho người không nhìn được.")
    caption: str | None = Field(description="Chú thích.")
    credit: str | None = Field(description="Ảnh của ai.")


class Standing(Schema):
    """Phần chung của mọi bài đang đăng."""

    slug: str = Field(description="Tên bài trong địa chỉ, không đổi.")
    url: str = Field(description="Trang của bài trên Cổng.")
    title: str = Field(description="Tên bài.")
    section: SectionName = Field(description="Chuyên mục.")
    agency: AgencyName = Field(description="Cơ quan đăng bài.")
    published: datetime = Field(description="Đăng lúc.")
    changed: datetime | None = Field(description="Sửa lần cuối lúc; `null` khi chưa sửa.")
    expires: datetime | None = Field(description="Bài hạ lúc này; bản chép phải hạ cùng lúc.")


class ArticleRow(Standing):
    """Một bài trong danh sách."""

    kind: ArticleKind = Field(description="Loại bài.")
    lead: str = Field(description="Sa pô, chữ trơn.")
    theme: int | None = Field(description="Số của chủ đề trọng tâm, từ 1 đến 5.")
    corrected: datetime | None = Field(description="Đính chính lúc; `null` khi không đính chính.")
    picture: PictureRow | None = Field(description="Ảnh đầu bài.")


class CorrectionShape(Schema):
    """Lời đính chính đứng ở đầu bài."""

    text: str = Field(description="Lời đính chính, chữ trơn.")
    at: datetime | None = Field(description="Đính chính lúc.")


class SourceShape(Schema):
    """Nơi bài được dẫn lại từ đó."""

    name: str = Field(description="Tên nguồn.")
    url: str | None = Field(description="Đường dẫn nguồn.")


class CampaignName(Schema):
    """Đợt truyền thông, gọi gọn."""

    slug: str = Field(description="Tên trong địa chỉ.")
    title: str = Field(description="Tên đợt truyền thông.")


class FactShape(Schema):
    """Một dữ kiện ghi ở đầu bài, tùy loại bài."""

    name: str = Field(description="Tên cố định: number, dated, issuer, signer, signer_title, in_force, position, fields, spokesperson, law_version.")  # fmt: skip
    label: str = Field(description="Tên người đọc thấy.")
    value: str = Field(description="Nội dung, chữ trơn.")


class ArticleWhole(ArticleRow):
    """Một bài, đủ nội dung."""

    html: str = Field(
        description="Nội dung: HTML sạch, không mã, không kiểu; mọi địa chỉ đều đầy đủ."
    )
    byline: str | None = Field(description="Tác giả ghi trên bài.")
    pictures: list[PictureRow] = Field(description="Mọi ảnh của bài, theo thứ tự.")
    correction: CorrectionShape | None = Field(description="Lời đính chính; phải đăng cùng bài.")
    source: SourceShape | None = Field(description="Nguồn ghi cuối bài.")
    campaign: CampaignName | None = Field(description="Đợt truyền thông của bài.")
    facts: list[FactShape] = Field(description="Dữ kiện ghi ở đầu bài.")
    video: str | None = Field(description="Địa chỉ video ở trang gốc.")
    file: str | None = Field(description="Địa chỉ tải toàn văn, khi bài kèm tệp.")
    version: int = Field(description="Bản thứ mấy của bài.")


class DocumentRow(Standing):
    """Một văn bản; nội dung hỏi ở `/articles/{slug}`."""

    number: str | None = Field(description="Số, ký hiệu.")
    dated: date | None = Field(description="Ngày ban hành.")
    issuer: str | None = Field(description="Cơ quan ban hành.")
    signer: str | None = Field(description="Người ký.")
    signer_title: str | None = Field(description="Chức vụ người ký.")
    in_force: date | None = Field(description="Có hiệu lực từ ngày.")
    file: str | None = Field(description="Địa chỉ tải toàn văn.")


class SectionList(Listing):
    """Các chuyên mục, theo thứ tự trên Cổng."""

    items: list[SectionRow] = Field(description="Các chuyên mục.")


class ThemeList(Listing):
    """Năm chủ đề trọng tâm."""

    items: list[ThemeRow] = Field(description="Các chủ đề.")


class ArticleList(Listing):
    """Các bài, mới nhất trước."""

    items: list[ArticleRow] = Field(description="Các bài.")


class DocumentList(Listing):
    """Các văn bản, mới đăng trước."""

    items: list[DocumentRow] = Field(description="Các văn bản.")
