"""Where, how and by when a press agency carries a correction or a response, by media type."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from hoiam.kit.vietnamese import fold, show_date, squash

from .errors import NotInForce, UnknownName
from .files import read_table, read_yaml
from .rules import Source


@dataclass(frozen=True)
class CorrectionPlace:
    """What a press agency of one media type must do with a correction (cải chính).

    `rule` has the time (None: republish once told, no number); `response_rule` that of a
    response (ý kiến phản hồi); `keep_rule` how long it stays; `title` and `content` are mandatory.
    """

    media_type: str
    name: str
    rule: str | None
    response_rule: str
    keep_rule: str | None
    where: str
    how: str
    title: str
    content: tuple[str, ...]
    source: Source
    valid_from: date
    valid_to: date | None


def media_type(text: str) -> str:
    """Give back the code of a media type from its code or its Vietnamese name.

    >>> media_type("Báo điện tử")
    'online'

    Raises:
        UnknownName: no media type of the press has that name.
    """
    wanted = squash(fold(text))
    for code, names in _names().items():
        if wanted in (code, *(fold(name) for name in names)):
            return code
    known = ", ".join(names[0] for names in _names().values())
    raise UnknownName(f"“{text}” không phải là loại hình báo chí; chọn: {known}.")


def correction_place(kind: str, day: date) -> CorrectionPlace:
    """Give back what the law asks of a media type for an event of that day.

    Raises:
        UnknownName: no media type of the press has that name.
        NotInForce: the law of that day says nothing of that media type.
    """
    code = media_type(kind)
    for place in _places():
        is_then = place.valid_from <= day and (place.valid_to is None or day <= place.valid_to)
        if place.media_type == code and is_then:
            return place
    told = f"Ngày {show_date(day)} chưa có quy định đăng cải chính cho {_names()[code][0]}"
    raise NotInForce(f"{told}; kiểm lại loại hình và ngày.")


def media_types() -> dict[str, list[str]]:
    """Give back the media types a rule may ask for, each with the names people call it by, the first shown."""
    return dict(read_table("media_types.yaml"))


def _names() -> dict[str, list[str]]:
    others = {"aggregator": ["trang thông tin điện tử tổng hợp", "báo, trang đăng lại"]}
    return {**read_table("media_types.yaml"), **others}


@cache
def _places() -> tuple[CorrectionPlace, ...]:
    laws = read_yaml("corrections.yaml").items()
    return tuple(_place(row, first, law) for first, law in laws for row in law["media"])


def _place(row: dict[str, Any], valid_from: date, law: dict[str, Any]) -> CorrectionPlace:
    return CorrectionPlace(
        media_type=row["media_type"],
        name=_names()[row["media_type"]][0],
        rule=row["rule"],
        response_rule=law["response_rule"],
        keep_rule=row["keep_rule"],
        where=row["where"],
        how=row["how"],
        title=law["title"],
        content=tuple(law["content"]),
        source=Source(law["source"]["document"], row["clause"]),
        valid_from=valid_from,
        valid_to=law["valid_to"],
    )
