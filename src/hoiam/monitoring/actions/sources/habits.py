"""Figures of the collector's habits, from `data/collecting.yaml`."""

from functools import lru_cache
from importlib.resources import files
from typing import Any

from hoiam.kit.lists import yaml_of


@lru_cache(maxsize=1)
def habits() -> dict[str, Any]:
    """The file's sections: polling (seconds, hours), sitemap (days, counts), rhythm (days)."""
    text = files("hoiam.monitoring").joinpath("data/collecting.yaml").read_text("utf-8")
    data: dict[str, Any] = yaml_of(text)
    return data
