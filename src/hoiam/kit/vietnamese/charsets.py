"""The tables of the old Vietnamese charsets that text still arrives in: TCVN3 (ABC), VNI, windows-1258.

All are 8-bit charsets; read as Latin letters they become words like "Céng hßa" (TCVN3) or "Coäng
hoøa" (VNI), which no general detector notices. Source of TCVN3: TCVN 5712:1993, third table.
"""

import re
import unicodedata
from typing import Final

from .alphabet import HOI, HUYEN, NANG, NGA, SAC, put_tone

# In this order for each vowel TCVN3 has its code points: huyền, hỏi, ngã, sắc, nặng.
_TCVN3_TONED: Final = {
    "a": "µ¶·¸¹", "ă": "»¼½¾Æ", "â": "ÇÈÉÊË", "e": "ÌÎÏÐÑ", "ê": "ÒÓÔÕÖ", "i": "×ØÜÝÞ",
    "o": "ßáâãä", "ô": "åæçèé", "ơ": "êëìíî", "u": "ïñòóô", "ư": "õö÷øù", "y": "úûüýþ",
}  # fmt: skip
TCVN3: Final[dict[str, str]] = {
    **dict(zip("¡¢£¤¥¦§¨©ª«¬\u00ad®", "ĂÂÊÔƠƯĐăâêôơưđ", strict=True)),
    **{
        code: put_tone(vowel, tone)
        for vowel, codes in _TCVN3_TONED.items()
        for code, tone in zip(codes, (HUYEN, HOI, NGA, SAC, NANG), strict=True)
    },
}

# VNI writes the vowel, then a letter that stands for the marks over it.
_VNI_MARKS: Final = {
    "ø": ("", HUYEN), "û": ("", HOI), "õ": ("", NGA), "ù": ("", SAC), "ï": ("", NANG),
    "â": ("^", 0), "à": ("^", HUYEN), "å": ("^", HOI), "ã": ("^", NGA), "á": ("^", SAC), "ä": ("^", NANG),
    "ê": ("(", 0), "è": ("(", HUYEN), "ú": ("(", HOI), "ü": ("(", NGA), "é": ("(", SAC), "ë": ("(", NANG),
}  # fmt: skip
_VNI_BASES: Final = {
    "a": {"": "a", "^": "â", "(": "ă"}, "e": {"": "e", "^": "ê"}, "o": {"": "o", "^": "ô"},
    "u": {"": "u"}, "y": {"": "y"}, "ô": {"": "ơ"}, "ö": {"": "ư"},
}  # fmt: skip
_VNI_SINGLE: Final = {
    "í": "í",
    "ì": "ì",
    "æ": "ỉ",
    "ó": "ĩ",
    "ò": "ị",
    "ô": "ơ",
    "ö": "ư",
    "î": "ỵ",
    "ñ": "đ",
}
_VNI_LOWER: Final = {
    **_VNI_SINGLE,
    **{
        base + mark: put_tone(letters[hat], tone)
        for base, letters in _VNI_BASES.items()
        for mark, (hat, tone) in _VNI_MARKS.items()
        if hat in letters
    },
}
VNI: Final[dict[str, str]] = {
    **_VNI_LOWER,
    **{code.upper(): letter.upper() for code, letter in _VNI_LOWER.items()},
    **{
        code[0].upper() + code[1:]: letter.upper()
        for code, letter in _VNI_LOWER.items()
        if len(code) > 1
    },
}
_VNI_CODE: Final = re.compile("|".join(sorted(map(re.escape, VNI), key=len, reverse=True)))
_TCVN3_TABLE: Final = str.maketrans(TCVN3)


def from_tcvn3(word: str) -> str:
    """The word whose TCVN3 codes were read as Latin letters.

    >>> from_tcvn3("ViÖt")
    'Việt'
    """
    return word.translate(_TCVN3_TABLE)


def from_vni(word: str) -> str:
    """The word whose VNI codes were read as Latin letters.

    >>> from_vni("Vieät")
    'Việt'
    """
    return _VNI_CODE.sub(lambda found: VNI[found.group()], word)


def from_windows_1258(word: str) -> str:
    """The word whose windows-1258 bytes were read as windows-1252; unchanged where that cannot be.

    >>> from_windows_1258("Viêòt")
    'Việt'
    """
    try:
        decoded = word.encode("cp1252").decode("cp1258")
    except UnicodeError:
        return word
    return unicodedata.normalize("NFC", decoded)
