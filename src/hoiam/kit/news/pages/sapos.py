"""The sapo: always kept, never repeated in the body."""

import re

from hoiam.kit.vietnamese import fold

_LETTERS = re.compile(r"[^a-z0-9]")
_ELLIPSIS = re.compile(r"\s*(?:\.{2,}|…|\[…\]|\[\.\.\.\])\s*$")
_LEAST = 30


def settle_sapo(
    read: str, stated: str, paragraphs: list[str], *, title: str, shown: str = ""
) -> tuple[str, list[str]]:
    """The sapo and the body without it.

    Args:
        read: the sapo a site rule found.
        stated: the description the page states of itself.
        paragraphs: the body.
        title: a description that only repeats it is no sapo.
        shown: the sapo seen under the heading, used when nothing better says what it is.
    """
    body = _without_title(paragraphs, title)
    sapo = read
    if not sapo and _says_something(stated, title):
        sapo, body = _from_stated(_ELLIPSIS.sub("", stated), stated, body)
        if sapo:
            return sapo, body
    if not sapo and _says_something(shown, title):
        sapo = shown
    return sapo, _without(body, sapo) if sapo else body


def _from_stated(words: str, stated: str, body: list[str]) -> tuple[str, list[str]]:
    bare = _bare(words)
    for place, paragraph in enumerate(body[:4]):
        whole = _bare(paragraph)
        if whole == bare or (whole.startswith(bare) and len(bare) * 2 > len(whole)):
            return paragraph, body[:place] + body[place + 1 :]
        if len(whole) > _LEAST and whole in bare and _is_lead(place, whole, bare):
            return paragraph, body[:place] + body[place + 1 :]
    # The description is only the beginning of the text, cut by a machine: the text keeps it.
    if _bare(" ".join(body)[: 3 * len(words)]).find(bare) >= 0:
        return "", body
    return stated, body


def _is_lead(place: int, whole: str, bare: str) -> bool:
    return place == 0 and bare.endswith(whole)


def _without(body: list[str], sapo: str) -> list[str]:
    bare = _bare(sapo)
    return [one for place, one in enumerate(body) if place > 3 or _bare(one) != bare]


def _without_title(body: list[str], title: str) -> list[str]:
    return body[1:] if body and title and _bare(body[0]) == _bare(title) else body


def _says_something(words: str, title: str) -> bool:
    return len(words) >= _LEAST and _bare(words) != _bare(title)


def _bare(words: str) -> str:
    return _LETTERS.sub("", fold(words))
