"""Shapes of agencies, of who speaks for them, of their accounts."""

from datetime import date
from typing import Literal

from ninja import Schema
from pydantic import Field

from hoiam.agencies.states import AccountPlatform, Level
from hoiam.api.listing import Listing
from hoiam.api.places import AgencyName


class AgencyRow(Schema):
    """Một cơ quan của một thời kỳ; tên sau của cùng cơ quan là một dòng khác."""

    code: str = Field(description="Mã, không đổi.")
    name: str = Field(description="Tên ngắn.")
    full_name: str = Field(description="Tên đầy đủ.")
    level: Level = Field(description="Cấp.")
    province: str | None = Field(description="Tỉnh, thành phố theo tên thời đó.")
    parent: str | None = Field(description="Mã cơ quan cấp trên trực tiếp.")
    valid_from: date | None = Field(description="Hoạt động từ ngày; `null` khi không rõ.")
    valid_to: date | None = Field(description="Đến hết ngày; `null` khi đang hoạt động.")
    successors: list[str] = Field(description="Mã những cơ quan kế thừa.")
    fictional: bool = Field(description="Cơ quan hư cấu, chỉ để tập huấn.")
    url: str = Field(description="Trang của cơ quan trên Cổng.")


class SpokespersonRow(Schema):
    """Một người được phát ngôn hôm nay."""

    agency: AgencyName = Field(description="Phát ngôn cho cơ quan nào.")
    name: str = Field(description="Họ và tên.")
    title: str = Field(description="Chức vụ.")
    kind: Literal["head", "permanent", "authorised"] = Field(
        description="Người đứng đầu; người phát ngôn thường xuyên; người được ủy quyền một vụ việc."
    )
    phone: str | None = Field(description="Số điện thoại công vụ.")
    email: str | None = Field(description="Thư điện tử công vụ.")
    since: date = Field(description="Từ ngày.")
    until: date | None = Field(description="Đến hết ngày; `null` khi không có hạn.")
    matter: str | None = Field(description="Vụ việc được ủy quyền.")


class AccountRow(Schema):
    """Một trang, tài khoản chính thức đang dùng."""

    agency: AgencyName = Field(description="Của cơ quan nào.")
    platform: AccountPlatform = Field(description="Ở đâu.")
    name: str = Field(description="Tên trang, tài khoản.")
    url: str | None = Field(description="Địa chỉ.")
    since: date = Field(description="Công bố từ ngày.")


class AgencyList(Listing):
    """Các cơ quan, theo thứ tự chữ cái tiếng Việt."""

    items: list[AgencyRow] = Field(description="Các cơ quan.")


class SpokespersonList(Listing):
    """Những người được phát ngôn hôm nay."""

    items: list[SpokespersonRow] = Field(description="Những người phát ngôn.")


class AccountList(Listing):
    """Các trang, tài khoản chính thức đang dùng."""

    items: list[AccountRow] = Field(description="Các trang, tài khoản.")
