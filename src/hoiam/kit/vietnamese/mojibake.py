"""UTF-8 that was read as Latin-1 or windows-1252 and stored so, once or several times."""

import re
from typing import Final

from .language import own_letters
from .syllables import is_syllable

# windows-1252 has letters for most bytes that Latin-1 leaves to controls.
_AS_BYTES: Final = {
    ord(bytes([byte]).decode("cp1252")): byte
    for byte in range(0x80, 0xA0)
    if byte not in {0x81, 0x8D, 0x8F, 0x90, 0x9D}
}
_TAIL: Final = "[\x80-\xbf]"
_SEQUENCE: Final = re.compile(f"[\xc2-\xdf]{_TAIL}|[\xe0-\xef]{_TAIL}{{2}}|[\xf0-\xf4]{_TAIL}{{3}}")
# Without one of these there is nothing to undo; asking is much cheaper than searching.
_SIGNS: Final = ("Ã", "Â", "Ä", "Å", "Æ", "Ì", "á»", "áº", "â€", "â\x80", "ï»")
# Leads of đ ă ơ ư and of the marks: no Vietnamese letter looks like them, unlike Ã and Â.
_SURE_LEADS: Final = frozenset("\xc4\xc5\xc6\xcc\xe1\xe2\xef")
# The second half of "à" is a no-break space, which cleaners turn into a blank.
_LOST_BLANK: Final = re.compile(r"([^\W\d_Ã]{0,6})Ã ([^\W\d_]{0,6})")
_CODAS: Final = frozenset(["n", "ng", "nh", "m", "p", "t", "c", "ch", "i", "o", "u", "y"])
_LEFT_OVER: Final = re.compile(
    r"á[»º]|(?<=[a-z])Ã[\x80-\xbf]|Ã[\x80-\xbf](?=[a-z])|Ä[\x80-\xbf‘’]|Æ[°¡]|â€"
)
_ROUNDS: Final = 3
_FEW: Final = 2


def undo_double_utf8(text: str) -> str:
    """The text with every doubly encoded stretch read once more as UTF-8; the rest is untouched.

    Bias: a real "XÃ”" in a headline must survive, so Ã and Â with a sign behind them are repaired
    only inside a small-letter word, or when nothing in the text is proper Vietnamese.

    >>> undo_double_utf8("Thi hÃ\\u00a0nh Ã¡n dÃ¢n sá»± và cưỡng chế")
    'Thi hành án dân sự và cưỡng chế'
    """
    for _ in range(_ROUNDS):
        if not any(sign in text for sign in _SIGNS):
            break
        better = _once(text)
        if better == text:
            break
        text = better
    return text


def looks_doubly_encoded(text: str) -> bool:
    """Whether pieces of doubly encoded UTF-8 stand in the text.

    >>> looks_doubly_encoded("c\u00e1\u00ba"), looks_doubly_encoded("sự «giá»")
    (True, False)
    """
    if not any(sign in text for sign in _SIGNS):
        return False
    found = _LEFT_OVER.search(text)
    return found is not None and not ("«" in text and found.group() == "á»")


def _once(text: str) -> str:
    as_bytes = text.translate(_AS_BYTES)
    found = [
        (part.span(), letter)
        for part in _SEQUENCE.finditer(as_bytes)
        if (letter := _letter(part.group()))
    ]
    foreign = own_letters(text) == 0
    sure = [span for span, _ in found if as_bytes[span[0]] in _SURE_LEADS]
    trusted = foreign and (len(sure) > 0 or len(found) > _FEW)
    quoting = not foreign and "«" in text  # "giá»…" ends a quotation
    pieces, last = [], 0
    for (start, end), letter in found:
        certain = as_bytes[start] in _SURE_LEADS and not (quoting and as_bytes[start] == "á")
        if trusted or certain or _in_small_word(text, start, end):
            pieces += [text[last:start], letter]
            last = end
    if not pieces:
        return text
    return _LOST_BLANK.sub(_blank_back, "".join(pieces) + text[last:])


def _letter(sequence: str) -> str | None:
    """The letter or sign the bytes stand for; None for what newspapers do not print."""
    try:
        letter = sequence.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return None
    code = ord(letter)
    printed = code < 0x0250 or 0x0300 <= code < 0x0370 or 0x1E00 <= code < 0x2200 or code == 0xFEFF
    return letter if printed or code >= 0x1F000 else None


def _in_small_word(text: str, start: int, end: int) -> bool:
    beside = text[max(0, start - 1) : start] + text[end : end + 1]
    return text[start] in "ÃÂ" and any(char.islower() for char in beside)


def _blank_back(found: re.Match[str]) -> str:
    left, right = found.groups()
    word = f"{left}à{right}"
    glued = right in _CODAS and is_syllable(word.lower())
    return word if glued or not right else f"{left}à {right}"
