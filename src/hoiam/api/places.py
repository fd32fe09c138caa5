"""What rows of several lists share: the agency asked for, the agency told, moments, whole addresses."""

from datetime import date, datetime
from typing import Annotated

from django.urls import reverse
from ninja import Schema
from ninja.errors import HttpError
from pydantic import AfterValidator, Field

from hoiam.agencies.models import Agency
from hoiam.agencies.queries import tree
from hoiam.agencies.states import Level
from hoiam.kit.vietnamese import VIETNAM
from hoiam.newsroom.weblinks import public

CODE = r"^[\w.-]+$"
# Databases hold no such sign.
WORDS = r"^[^\x00]*$"
# not-law: the years a question may speak of; databases and calendars fail at the ends of time
YEARS = range(1950, 2200)


class Problem(Schema):
    """Vì sao không trả lời được."""

    error: str = Field(description="Một câu tiếng Việt nói rõ chuyện gì.")


class AgencyName(Schema):
    """Cơ quan, gọi gọn."""

    code: str = Field(description="Mã cơ quan, không đổi; hỏi thêm ở `/agencies/{code}`.")
    name: str = Field(description="Tên đầy đủ.")


REFUSED = {404: Problem, 422: Problem}
AgencyCode = Annotated[
    str | None,
    Field(
        None,
        max_length=80,
        pattern=CODE,
        description="Mã cơ quan: của cơ quan đó, các đơn vị bên dưới và tiền thân của chúng.",
    ),
]


def _in_time(asked: datetime) -> datetime:
    if asked.year not in YEARS:
        raise ValueError("phải là một năm gần đây")
    return asked if asked.tzinfo else asked.replace(tzinfo=VIETNAM)


def _in_days(asked: date) -> date:
    if asked.year not in YEARS:
        raise ValueError("phải là một năm gần đây")
    return asked


Since = Annotated[datetime, AfterValidator(_in_time)]
Day = Annotated[date, AfterValidator(_in_days)]


def agency_keys(code: str) -> frozenset[int]:
    """The agency of this code, what stands under it and what they followed; 404 when there is none."""
    found = Agency.objects.filter(code=code).exclude(level=Level.MILITARY).first()
    if found is None:
        raise HttpError(404, f"Không có cơ quan nào mang mã “{code}”.")
    return tree().scope({found.pk})


def named(agency: Agency) -> AgencyName:
    """The agency as other rows name it."""
    return AgencyName(code=agency.code, name=agency.full_name)


def here(moment: datetime | None) -> datetime | None:
    """The moment with the hour of Viet Nam."""
    return moment.astimezone(VIETNAM) if moment else None


def address(name: str, *args: object) -> str:
    """The whole address of a page of the portal."""
    return public(reverse(name, args=args))


def of_the_web(url: str) -> str | None:
    """The address when it is one of the web."""
    return url if url.startswith(("https://", "http://")) else None
