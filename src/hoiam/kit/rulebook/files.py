"""Reading the data files that ship with the rulebook."""

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from hoiam.kit.lists import yaml_of

DATA = files("hoiam.kit.rulebook") / "data"


def read_yaml(*parts: str) -> Any:
    """Give back the content of one data file, e.g. `read_yaml("results.yaml")`."""
    return _parse(DATA.joinpath(*parts).read_text(encoding="utf-8"))


def read_folder(name: str) -> list[Any]:
    """Give back the contents of every YAML file of a data folder, in order of file name."""
    found: list[Traversable] = [f for f in (DATA / name).iterdir() if f.name.endswith(".yaml")]
    return [read_yaml(name, file.name) for file in sorted(found, key=lambda f: f.name)]


@cache
def read_table(name: str) -> dict[str, Any]:
    """Give back a data file that is a table of names; read once."""
    table: dict[str, Any] = read_yaml(name)
    return table


def _parse(text: str) -> Any:
    return yaml_of(text)
