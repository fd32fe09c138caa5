"""Numbers as offices write them: 3, 03 or III."""

from typing import Final

_ROMAN: Final = {"i": 1, "v": 5, "x": 10}


def arabic(number: str) -> str:
    """The number of a Phòng as the register writes it.

    >>> arabic("ii"), arabic("xiv"), arabic("03")
    ('2', '14', '3')
    """
    if number.isdigit():
        return str(int(number))
    values = [_ROMAN[letter] for letter in number]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return str(sum(-one if one < following else one for one, following in pairs))
