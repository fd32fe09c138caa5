"""Telex keys that reached a search box undecoded: "cuwowngx chees" for "cưỡng chế"."""

import re
from functools import lru_cache
from typing import Final

from .alphabet import HOI, HUYEN, NANG, NGA, NO_TONE, SAC, put_tone
from .syllables import is_syllable
from .wordlists import read_words

_TONE_KEYS: Final = {"f": HUYEN, "r": HOI, "x": NGA, "s": SAC, "j": NANG}
_DOUBLED: Final = {"a": "â", "e": "ê", "o": "ô"}
_HOOKED: Final = {"u": "ư", "o": "ơ", "a": "ă"}
_VOWELS: Final = frozenset("aeiouyăâêôơư")
_WORD: Final = re.compile(r"(?<![\w.@/-])[A-Za-z]{2,9}(?![\w@/-]|\.\w)")
_NUCLEUS: Final = re.compile(
    r"(?:qu(?=[aăâeêioôơy])|gi(?=[aăâeêoôơuư])|[^aăâeêioôơuưy]*)([aăâeêioôơuưy]+)"
)
_KEPT: Final = read_words("telex_keep.txt")


def telex(text: str) -> str:
    """The text with its Telex slips decoded; every word that is not certainly one stays.

    A word is a slip when as it stands it is no Vietnamese syllable and decoded it is one. Words with
    capitals inside (VAR) and listed foreign words that would pass (box, room) stay. Meant for what is
    typed into a search box, not for running text.

    >>> telex("cuwowngx chees ddinhs chinhs, tax UBND")
    'cưỡng chế đính chính, tax UBND'
    """
    return _WORD.sub(_decode_found, text)


def _decode_found(found: re.Match[str]) -> str:
    word = found.group()
    first, rest = word[0], word.removeprefix("D")[1:]
    if not rest.islower():  # capitals inside are an abbreviation or a brand: VAR, HoSE
        return word
    decoded = _decode(word.lower())
    if decoded is None:
        return word
    return decoded.capitalize() if first.isupper() else decoded


@lru_cache(maxsize=1 << 14)
def _decode(word: str) -> str | None:
    if word in _KEPT or is_syllable(word):
        return None
    letters: list[str] = []
    tone: int | None = None
    for key in word:
        if key in _TONE_KEYS and not _VOWELS.isdisjoint(letters):
            if tone is not None:
                return None  # a second tone key undoes the first: this was meant as a letter
            tone = _TONE_KEYS[key]
        elif not _shapes(letters, key):
            letters.append(key)
    syllable = "".join(letters)
    for spelt in (syllable, syllable.replace("ươ", "uơ")):
        if is_syllable(marked := _with_tone(spelt, tone or NO_TONE)):
            return marked
    return None


def _shapes(letters: list[str], key: str) -> bool:
    """Whether the key changed a letter already there instead of adding its own."""
    if key == "w":
        return _hook(letters)
    if key == "d" and letters[:1] == ["d"]:
        letters[0] = "đ"
        return True
    if key in _DOUBLED and key in letters:
        place = len(letters) - 1 - letters[::-1].index(key)
        if place == len(letters) - 1:
            letters[place] = _DOUBLED[key]
            return True
    return False


def _hook(letters: list[str]) -> bool:
    joined = "".join(letters)
    for pair, hooked in (("uo", "ươ"), ("ua", "ưa")):
        place = joined.rfind(pair)
        if place >= 0 and (pair == "uo" or not joined.startswith("qu")):
            letters[place : place + 2] = hooked
            return True
    for place in reversed(range(len(letters))):
        if letters[place] in _HOOKED:
            letters[place] = _HOOKED[letters[place]]
            return True
    letters.append("ư")
    return True


def _with_tone(syllable: str, tone: int) -> str:
    """The syllable with the tone on the letter where the old style puts it."""
    found = _NUCLEUS.match(syllable)
    if found is None or tone == NO_TONE:
        return syllable
    start, end = found.span(1)
    vowels = found[1]
    marked = [place for place, letter in enumerate(vowels) if letter in "ăâêôơư"]
    if marked:
        place = marked[-1]
    else:
        place = 0 if len(vowels) == 1 or (len(vowels) == 2 and end == len(syllable)) else 1
    at = start + place
    return syllable[:at] + put_tone(syllable[at], tone) + syllable[at + 1 :]
