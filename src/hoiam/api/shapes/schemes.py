"""Shapes of schemes whose excerpt was published."""

from datetime import date

from ninja import Schema
from pydantic import Field

from hoiam.api.listing import Listing
from hoiam.api.places import AgencyName
from hoiam.scheme.states import SchemeState


class SchemeRow(Schema):
    """Một Đề án, kế hoạch được công khai bản rút gọn."""

    id: int = Field(description="Số của Đề án trong địa chỉ.")
    url: str = Field(description="Trang trên Cổng.")
    title: str = Field(description="Tên.")
    number: str | None = Field(description="Số, ký hiệu văn bản.")
    issued_on: date | None = Field(description="Ngày ban hành.")
    issuer: str | None = Field(description="Cơ quan ban hành.")
    owner: AgencyName = Field(description="Cơ quan chủ trì.")
    state: SchemeState = Field(description="Đang ở đâu.")


class TaskRow(Schema):
    """Một nhiệm vụ, theo lời của văn bản."""

    ref: str = Field(description="Mục trong văn bản.")
    title: str = Field(description="Nhiệm vụ.")
    products: list[str] = Field(description="Sản phẩm.")
    time: str = Field(description="Thời gian thực hiện.")
    lead: str | None = Field(description="Đơn vị chủ trì.")
    asked: int = Field(description="Số đơn vị phải làm.")
    done: int = Field(description="Số đơn vị đã xong.")


class SchemeWhole(SchemeRow):
    """Một Đề án, kế hoạch với các nhiệm vụ."""

    tasks: list[TaskRow] = Field(description="Các nhiệm vụ, theo thứ tự trong văn bản.")


class SchemeList(Listing):
    """Các Đề án, kế hoạch, mới nhất trước."""

    items: list[SchemeRow] = Field(description="Các Đề án, kế hoạch.")
