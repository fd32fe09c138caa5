"""The word lists of the reader, from `data/reading/*.yaml`, as patterns over text without marks."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from hoiam.kit.lists import yaml_of
from hoiam.kit.vietnamese.alphabet import MARKED_LETTERS

# Capital and small letters of Vietnamese as they stand inside a class of a pattern; a range À-Ỹ would hold both.
CAPITAL = "A-Z" + "".join(char for char in sorted(MARKED_LETTERS) if char.isupper())
SMALL = "a-z" + "".join(char for char in sorted(MARKED_LETTERS) if char.islower())
_FOLDER = Path(__file__).parents[1] / "data" / "reading"


@cache
def listed(name: str) -> dict[str, Any]:
    """One file of words by its name."""
    loaded: dict[str, Any] = yaml_of((_FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return loaded


@cache
def either(file: str, key: str) -> str:
    """All patterns of a list as one alternative, the longest first."""
    return "|".join(sorted(listed(file)[key], key=len, reverse=True))


@cache
def pattern(file: str, key: str) -> re.Pattern[str]:
    """A single pattern of a file, or its list as alternatives."""
    value = listed(file)[key]
    return re.compile(value if isinstance(value, str) else f"(?:{either(file, key)})")
