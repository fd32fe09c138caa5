"""Characters written as two numbers, half a character each, joined to one.

JavaScript and Java count a character beyond 65535 (nearly every emoji) in two halves, and programs write each as a number
of its own. Neither half is a character: a parser takes none, lxml even hands on bytes that are no text.
"""

import re

_FIRST, _SECOND = range(0xD800, 0xDC00), range(0xDC00, 0xE000)
_PATTERN = (
    r"&#(?:0*(5[56][0-9]{3})|[xX]0*([dD][89abAB][0-9A-Fa-f]{2}));"
    r"&#(?:0*(5[67][0-9]{3})|[xX]0*([dD][c-fC-F][0-9A-Fa-f]{2}));"
)
_IN_TEXT, _IN_BYTES = re.compile(_PATTERN), re.compile(_PATTERN.encode())


def halves_joined(text: str) -> str:
    """The text with each such pair of references as the character it means; half a one alone stays.

    >>> halves_joined("&#55357;&#56832; &#xD83D;&#xDE00; &#55357;")
    '😀 😀 &#55357;'
    """
    if "&#" not in text:  # a page rarely holds one, and this look costs next to nothing
        return text
    return _IN_TEXT.sub(lambda found: _character(found) or found[0], text)


def halves_joined_in_bytes(data: bytes) -> bytes:
    """The same in UTF-8.

    >>> halves_joined_in_bytes(b"&#55357;&#56832;").decode()
    '😀'
    """
    return _IN_BYTES.sub(lambda found: _character(found).encode() or found[0], data)


def _character(halves: re.Match[str] | re.Match[bytes]) -> str:
    """The character of two numbers; blank when they lie beside the halves."""
    first = int(halves[1]) if halves[1] else int(halves[2], 16)
    second = int(halves[3]) if halves[3] else int(halves[4], 16)
    if first not in _FIRST or second not in _SECOND:
        return ""
    return chr(0x10000 + (first - 0xD800) * 0x400 + second - 0xDC00)
