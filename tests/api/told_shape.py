"""Whether an answer is what the OpenAPI document says: the part of JSON Schema that our document uses, and nothing let pass."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

TYPES = {"string": str, "integer": int, "boolean": bool, "array": list, "object": dict, "null": type(None)}  # fmt: skip
READERS = {"date": date.fromisoformat, "date-time": datetime.fromisoformat}


def faults(told: Any, shape: dict[str, Any], document: dict[str, Any], at: str = "") -> list[str]:
    """Where the value is not of the shape; a field the shape does not know is a fault too."""
    if "$ref" in shape:
        shape = followed(shape["$ref"], document)
    if "anyOf" in shape:
        tried = [faults(told, each, document, at) for each in shape["anyOf"]]
        return [] if [] in tried else min(tried, key=len)
    kind = TYPES[shape["type"]]
    if not isinstance(told, kind) or (isinstance(told, bool) and kind is int):
        return [f"{at}: {told!r} is no {shape['type']}"]
    if "enum" in shape and told not in shape["enum"]:
        return [f"{at}: {told!r} is not on the list"]
    if shape.get("format") in READERS and not _reads(told, READERS[shape["format"]]):
        return [f"{at}: {told!r} is no {shape['format']}"]
    return [fault for found in _inside(told, shape, document, at) for fault in found]


def _reads(told: str, reader: Any) -> bool:
    try:
        return getattr(reader(told), "tzinfo", True) is not None
    except ValueError:
        return False


def _inside(told: Any, shape: dict[str, Any], document: Any, at: str) -> Iterator[list[str]]:
    if isinstance(told, list):
        for place, each in enumerate(told):
            yield faults(each, shape["items"], document, f"{at}[{place}]")
    elif isinstance(told, dict):
        known = shape["properties"]
        yield [f"{at}: {name} is missing" for name in shape.get("required", ()) if name not in told]
        yield [f"{at}: {name} is not described" for name in told if name not in known]
        for name, each in told.items():
            yield faults(each, known.get(name, {"anyOf": [{"type": t} for t in TYPES]}), document, f"{at}.{name}")  # fmt: skip


def followed(ref: str, document: dict[str, Any]) -> dict[str, Any]:
    """What a reference inside the document names."""
    found: Any = document
    for part in ref.removeprefix("#/").split("/"):
        found = found[part]
    return found
