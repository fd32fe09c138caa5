"""Provinces in words: an old one with what it is today."""

from hoiam.kit.recognition import provinces
from hoiam.kit.recognition.places import today_of
from hoiam.kit.vietnamese import sort_key


def say_province(name: str) -> str:
    """A province, and behind one of before what became of it.

    >>> say_province("Kiên Giang"), say_province("Thừa Thiên Huế"), say_province("An Giang")
    ('Kiên Giang (nay thuộc An Giang)', 'Thừa Thiên Huế (nay là TP. Huế)', 'An Giang')
    """
    now = next((one for one in provinces() if one.name == today_of(name)), None)
    if now is None or now.name == name:
        return name
    if now.predecessors == (name,):
        return f"{name} (nay là {'TP. ' if now.is_city else ''}{now.name})"
    return f"{name} (nay thuộc {now.shown})"


def old_provinces() -> list[tuple[str, str]]:
    """The provinces that were merged into another or renamed, by name, each with how it is said."""
    old = {old for now in provinces() for old in now.predecessors if old != now.name}
    return [(name, say_province(name)) for name in sorted(old, key=sort_key)]
