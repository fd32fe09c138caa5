"""Patterns of the lexicon said as people read them: “chậm … thi hành án”, not a regular expression."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

_GAP: Final = "…"
_QUANTIFIER: Final = re.compile(r"[?*+]\??|\{\d*(?:,\d*)?\}\??")
_MACRO: Final = re.compile(r"\{([a-z_]+)\}")
_SIGN: Final = re.compile(r"<[A-Z]>")
_LOOK: Final = re.compile(r"\?(?:<?[=!])")
_GAPS: Final = re.compile(rf"\s*{_GAP}(?:\s*{_GAP})*\s*")


def phrases_of(
    patterns: Iterable[str],
    names: Mapping[str, str] | None = None,
    words: Mapping[str, str] | None = None,
) -> tuple[str, ...]:
    """The phrases the patterns of one row look for, each once, in the row's order.

    Args:
        patterns: patterns as they stand in the row.
        names: how {words} and signs such as `<A>` are called for a reader.
        words: what {words} without a name stand for; one that is in neither stands as it is.

    >>> phrases_of([r"(?:chậm|không)[^.\\n]{0,50} {tha}"], {"tha": "thi hành án"})
    ('chậm … thi hành án', 'không … thi hành án')
    """
    found: dict[str, None] = {}
    for pattern in patterns:
        reader = _Reader(_spelled(pattern, names or {}, words or {}), names or {})
        for phrase in reader.alternatives():
            for one in _spread(phrase):
                said = _clean(one)
                if said:
                    found.setdefault(said)
    return tuple(found)


def _spelled(pattern: str, names: Mapping[str, str], words: Mapping[str, str]) -> str:
    """The pattern with the {words} that have no name spelled out, and its signs by their names."""

    def spell(found: re.Match[str]) -> str:
        name = found[1]
        return found.group() if name in names else words.get(name, found.group())

    while (longer := _MACRO.sub(spell, pattern)) != pattern:
        pattern = longer
    for sign in _SIGN.findall(pattern):
        pattern = pattern.replace(sign, names.get(sign, sign))
    return pattern


@dataclass(frozen=True)
class _Choice:
    """A place where one of several wordings stands."""

    options: tuple[str, ...]
    is_optional: bool = False

    def said(self) -> str:
        shown = " / ".join(option for option in self.options if option.strip())
        if not shown:
            return ""
        if self.is_optional:
            return f"({shown})"
        return shown if len(self.options) == 1 else f"‹{shown}›"


_Phrase = tuple["str | _Choice", ...]


def _spread(phrase: _Phrase) -> list[str]:
    """The phrase as text; a choice that opens it becomes phrases of its own."""
    rest = "".join(part if isinstance(part, str) else part.said() for part in phrase[1:])
    first = phrase[0] if phrase else ""
    if isinstance(first, _Choice):
        return [option + rest for option in first.options] if not first.is_optional else [rest]
    return [first + rest]


def _clean(text: str) -> str:
    text = _GAPS.sub(f" {_GAP} ", text.replace("<THA>", "THA"))
    text = re.sub(r"\s+", " ", text).strip(f" {_GAP}")
    return re.sub(r"([(‹])\s+|\s+([)›])", lambda m: m[1] or m[2], text)


class _Reader:
    """Walks one pattern; knows the part of the language of patterns that the lexicon uses."""

    def __init__(self, pattern: str, names: Mapping[str, str]) -> None:
        self.pattern, self.names, self.at = pattern, names, 0

    def alternatives(self) -> list[_Phrase]:
        """The alternatives up to the closing bracket or the end."""
        found: list[list[str | _Choice]] = [[]]
        while self.at < len(self.pattern):
            sign = self.pattern[self.at]
            if sign == ")":
                break
            if sign == "|":
                self.at += 1
                found.append([])
                continue
            self._add(found[-1], self._atom())
        return [tuple(parts) for parts in found]

    def _add(self, parts: list[str | _Choice], atom: str | _Choice) -> None:
        if isinstance(atom, str) and parts and isinstance(parts[-1], str):
            parts[-1] += atom
        elif atom != "":
            parts.append(atom)

    def _atom(self) -> str | _Choice:
        sign = self.pattern[self.at]
        if sign == "(":
            atom: str | _Choice = self._group()
        elif sign == "[":
            atom = self._class()
        elif sign == "{":
            atom = self._macro()
        elif sign == "\\":
            atom = self._escaped()
        else:
            self.at += 1
            atom = "" if sign in "^$" else sign
        return self._quantified(atom)

    def _group(self) -> str | _Choice:
        self.at += 1
        looked = _LOOK.match(self.pattern, self.at)
        self.at = looked.end() if looked else self.at + 2 * self.pattern.startswith("?:", self.at)
        inner = self.alternatives()
        self.at += 1
        if looked:
            return ""
        options = tuple(
            "".join(p if isinstance(p, str) else p.said() for p in phrase) for phrase in inner
        )
        return _Choice(options)

    def _class(self) -> str:
        end = self.pattern.index("]", self.at + 1)
        inside = self.pattern[self.at + 1 : end]
        self.at = end + 1
        if "\\d" in inside:
            return "số"
        is_gap = inside.startswith("^") or any(sign in inside for sign in (" ", "\\w", "\\S"))
        return _GAP if is_gap else inside[:1]

    def _macro(self) -> str:
        found = _MACRO.match(self.pattern, self.at)
        if found is None:
            self.at += 1
            return "{"
        self.at = found.end()
        return self.names.get(found[1], found[1])

    def _escaped(self) -> str:
        sign = self.pattern[self.at + 1]
        self.at += 2
        return {"d": "số", "w": _GAP, "S": _GAP, "s": " ", "n": " "}.get(sign, sign)

    def _quantified(self, atom: str | _Choice) -> str | _Choice:
        found = _QUANTIFIER.match(self.pattern, self.at)
        if found is None:
            return atom
        self.at = found.end()
        if isinstance(atom, _Choice):
            words = "".join(atom.options)
            is_gap = not words.replace(_GAP, "").strip()
            if is_gap:
                return f" {_GAP} "
            lead = " " if atom.options[0].startswith(" ") else ""
            tail = " " if atom.options[0].endswith(" ") else ""
            if found.group()[0] in "?*" or found.group().startswith("{0"):
                inner = _Choice(tuple(o.strip() for o in atom.options), is_optional=True)
                return f"{lead}{inner.said()}{tail}"
            return atom
        if atom in (_GAP, "số"):
            return atom
        return "" if found.group()[0] in "?*" and atom == " " else atom
