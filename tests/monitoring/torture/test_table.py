"""The table of behaviours names tests that exist, and every test of the street stands in it or beside it."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def test_every_test_the_table_names_exists():
    page = (ROOT / "docs/developer/torture.md").read_text()
    named = NAMED.findall(page)
    assert len(named) > 50
    gone = [
        f"{path}::{name}" for path, name in named if f"def {name}(" not in (ROOT / path).read_text()
    ]
    assert gone == []
