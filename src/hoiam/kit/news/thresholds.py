"""The lines the room draws, read from data/thresholds.yaml."""

from functools import lru_cache
from importlib.resources import files
from typing import Any

from hoiam.kit.lists import yaml_of


def thresholds(part: str) -> dict[str, float]:
    """The thresholds of one part of the room.

    >>> thresholds("silence")["times"]
    3
    """
    found: dict[str, float] = _data()[part]
    return found


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    source = files("hoiam.kit.news").joinpath("data/thresholds.yaml").read_text("utf-8")
    data: dict[str, Any] = yaml_of(source)
    return data
