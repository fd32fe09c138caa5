"""The numbers Word counts by itself ("1.", "a)", "-"): they are on the page, not in the file's words."""

from dataclasses import dataclass, field

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
          (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


@dataclass(frozen=True)
class _Level:
    shape: str = "%1."
    form: str = "decimal"
    start: int = 1


@dataclass
class Numbering:
    """The lists of one Word file, and how far each has been counted."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    counted: dict[str, list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, numbering: etree._Element | None, styles: etree._Element | None) -> "Numbering":
        """The lists told by numbering.xml and by the styles of styles.xml; None for a part the file lacks."""
        made = cls()
        for each in numbering.iter(f"{_W}abstractNum") if numbering is not None else ():
            made.levels[each.get(f"{_W}abstractNumId", "")] = dict(
                map(_level, each.iter(f"{_W}lvl"))
            )
        for each in numbering.iter(f"{_W}num") if numbering is not None else ():
            target = each.find(f"{_W}abstractNumId")
            made.lists[each.get(f"{_W}numId", "")] = _val(target)
        for each in styles.iter(f"{_W}style") if styles is not None else ():
            if (place := _place(each.find(f"{_W}pPr"))) is not None:
                made.styles[each.get(f"{_W}styleId", "")] = place
        return made

    def next(self, paragraph: etree._Element) -> str:
        """The number this paragraph carries, "" for none; counts on."""
        properties = paragraph.find(f"{_W}pPr")
        place = _place(properties)
        if place is None and properties is not None:
            place = self.styles.get(_val(properties.find(f"{_W}pStyle")))
        if place is None:
            return ""
        abstract = self.lists.get(place[0], "")
        levels = self.levels.get(abstract, {})
        level = levels.get(place[1])
        if level is None:
            return ""
        if level.form == "bullet":
            return "-"
        return self._shown(abstract, place[1], levels, level)

    def _shown(self, abstract: str, at: int, levels: dict[int, _Level], level: _Level) -> str:
        counts = self.counted.setdefault(abstract, [0] * _LEVELS)
        counts[at] = counts[at] + 1 if counts[at] else level.start
        counts[at + 1 :] = [0] * (_LEVELS - at - 1)
        shown = level.shape
        for index in range(_LEVELS):
            if f"%{index + 1}" in shown:
                other = levels.get(index, _Level())
                shown = shown.replace(
                    f"%{index + 1}", _written(counts[index] or other.start, other.form)
                )
        return shown.strip()


def _level(node: etree._Element) -> tuple[int, _Level]:
    start = _val(node.find(f"{_W}start"))
    level = _Level(
        shape=_val(node.find(f"{_W}lvlText"))[:40],
        form=_val(node.find(f"{_W}numFmt")) or "decimal",
        start=int(start) if start.isdecimal() and len(start) < 5 else 1,
    )
    at = node.get(f"{_W}ilvl", "0")
    return (int(at) if at.isdecimal() and len(at) == 1 else 0), level


def _place(properties: etree._Element | None) -> tuple[str, int] | None:
    number = properties.find(f"{_W}numPr") if properties is not None else None
    if number is None:
        return None
    at = _val(number.find(f"{_W}ilvl")) or "0"
    listed = _val(number.find(f"{_W}numId"))
    return (listed, min(int(at), _LEVELS - 1)) if at.isdecimal() and len(at) < 3 else None


def _val(node: etree._Element | None) -> str:
    return node.get(f"{_W}val", "") if node is not None else ""


def _written(number: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman"):
        return _roman(number).upper() if form == "upperRoman" else _roman(number)
    return "" if form == "none" else f"{number:02d}" if form == "decimalZero" else str(number)


def _roman(number: int) -> str:
    out = ""
    for value, sign in _ROMAN:
        while number >= value and len(out) < 20:
            out, number = out + sign, number - value
    return out
