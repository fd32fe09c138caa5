"""Geometry, styles and fixed words of the form, from `data/form.yaml`, and how wide a text runs."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from hoiam.kit.lists import yaml_of
from hoiam.kit.papers.kinds import DATA
from hoiam.kit.vietnamese import nfc, strip_marks

_MM_PER_POINT = 25.4 / 72


@cache
def form() -> Mapping[str, Any]:
    """Every setting of the form; lengths in mm, type sizes in points."""
    loaded: dict[str, Any] = yaml_of((DATA / "form.yaml").read_text(encoding="utf-8"))
    return loaded


def words(name: str) -> str:
    """A fixed word of the form, such as "Nơi nhận:"."""
    return str(form()["text"][name])


def text_width() -> float:
    """How wide the text runs between the margins, in mm."""
    page = form()["page"]
    return float(page["width"] - page["left"] - page["right"])


def width_of(text: str, size: float) -> float:
    """How long a line of bold type runs, in mm.

    >>> round(width_of("Độc lập - Tự do - Hạnh phúc", 13))
    56
    """
    table, default = _widths()
    thousandths = sum(table.get(letter, default) for letter in strip_marks(nfc(text)))
    return thousandths / 1000 * size * _MM_PER_POINT


def balanced(text: str, size: float, room: float) -> tuple[str, ...]:
    """The text in the lines an official would break it into, each inside `room` mm when it can be.

    >>> balanced("THI HÀNH ÁN DÂN SỰ TỈNH THANH GIANG", 12, 63)
    ('THI HÀNH ÁN DÂN SỰ', 'TỈNH THANH GIANG')
    """
    parts = text.split(" ")
    if width_of(text, size) <= room or len(parts) == 1:
        return (text,)
    breaks = [(" ".join(parts[:at]), " ".join(parts[at:])) for at in range(1, len(parts))]
    fitting = [pair for pair in breaks if all(width_of(line, size) <= room for line in pair)]
    if not fitting:
        return _filled(parts, size, room)
    return min(fitting, key=lambda pair: _ugliness(pair, size))


def _ugliness(pair: tuple[str, str], size: float) -> tuple[bool, float]:
    starts_name = pair[1].startswith(tuple(f"{word} " for word in form()["break_before"]))
    return not starts_name, abs(width_of(pair[0], size) - width_of(pair[1], size))


def _filled(parts: list[str], size: float, room: float) -> tuple[str, ...]:
    lines = [parts[0]]
    for part in parts[1:]:
        longer = f"{lines[-1]} {part}"
        if width_of(longer, size) <= room:
            lines[-1] = longer
        else:
            lines.append(part)
    return tuple(lines)


@cache
def _widths() -> tuple[dict[str, int], int]:
    raw = yaml_of((DATA / "widths.yaml").read_text(encoding="utf-8"))
    table = {letter: width for width, letters in raw["widths"].items() for letter in letters}
    return table, raw["default"]
