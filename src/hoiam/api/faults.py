"""What is wrong with a question, said in one Vietnamese sentence."""

from collections.abc import Iterable
from typing import Any

MOMENT = "phải là ngày hoặc giờ, ví dụ 2026-09-01 hoặc 2026-09-01T08:00:00+07:00"
DAY = "phải là ngày, ví dụ 2026-09-01"
SAYINGS = {
    "int_parsing": "phải là số nguyên",
    "int_type": "phải là số nguyên",
    "int_parsing_size": "phải là số nguyên nhỏ hơn",
    "greater_than_equal": "phải từ {ge} trở lên",
    "less_than_equal": "không được quá {le}",
    "string_too_long": "không được dài quá {max_length} chữ",
    "string_pattern_mismatch": "chỉ gồm chữ, số, dấu gạch và dấu chấm",
    "value_error": "{error}",
    "missing": "còn thiếu",
}


def sentence(errors: Iterable[dict[str, Any]]) -> str:
    """All that is wrong, one part a parameter, each once."""
    said = dict.fromkeys(_said(error) for error in errors)
    return f"Chưa hỏi được: {'; '.join(said)}."


def _said(error: dict[str, Any]) -> str:
    name, kind, told = error["loc"][-1], str(error["type"]), error.get("ctx", {})
    return f"“{name}” {_saying(kind, told).format(**told)}"


def _saying(kind: str, told: dict[str, Any]) -> str:
    if kind in {"enum", "literal_error"}:
        return (
            f"phải là một trong: {str(told['expected']).replace(chr(39), '').replace(' or ', ', ')}"
        )
    if kind.startswith("datetime"):
        return MOMENT
    if kind.startswith("date"):
        return DAY
    return SAYINGS.get(kind, "không dùng được")
