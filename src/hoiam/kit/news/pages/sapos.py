"""The sapo: always kept, never repeated in the body."""

import re

from hoiam.kit.news.pages.blocks import Block
from hoiam.kit.vietnamese import is_vietnamese, letters_of

_ELLIPSIS = re.compile(r"\s*(?:\.{2,}|…|\[…\]|\[\.\.\.\])\s*$")
_LEAST = 30
_DATE_LINE = 60
_SHORTEST, _LONGEST, _FEW = 60, 700, 3


def settle_sapo(
    read: str, stated: str, blocks: list[Block], *, title: str, shown: str = ""
) -> tuple[str, list[str]]:
    """The sapo and the body without it.

    Args:
        read: the sapo a site rule found.
        stated: the description the page states of itself.
        blocks: the body; a first paragraph set wholly in bold or italic, or as a heading, is a sapo.
        title: a description that only repeats it is no sapo.
        shown: the sapo seen under the heading, used when nothing better says what it is.
    """
    body = _without_title([block.text for block in blocks], title)
    stressed = _stressed(blocks, body)
    sapo = read
    if not sapo and _says_something(stated, title):
        sapo, body = _from_stated(_ELLIPSIS.sub("", stated), stated, body)
        if sapo and not (stressed and len(sapo) < len(stressed)):
            return sapo, body
        sapo = ""
    if not sapo and stressed:
        return stressed, body[1:]
    if not sapo and _says_something(shown, title):
        sapo = shown
    return sapo, _without(body, sapo) if sapo else body


def _stressed(blocks: list[Block], body: list[str]) -> str:
    """The first paragraph when the page sets it apart from the others, and others follow."""
    after = blocks[len(blocks) - len(body) :]
    if len(body) < _FEW or not _SHORTEST <= len(after[0].text) <= _LONGEST:
        return ""
    first = after[0]
    is_apart = first.stressed or first.tag in ("h2", "h3", "h4", "blockquote")
    plain_next = not any(block.stressed for block in after[1:3])
    return first.text if is_apart and plain_next and is_vietnamese(first.text) else ""


def _from_stated(words: str, stated: str, body: list[str]) -> tuple[str, list[str]]:
    bare = letters_of(words)
    for place, paragraph in enumerate(body[:4]):
        whole = letters_of(paragraph)
        if whole == bare or (whole.startswith(bare) and len(bare) * 2 > len(whole)):
            return paragraph, body[:place] + body[place + 1 :]
        if len(whole) > _LEAST and whole in bare and _is_lead(place, whole, bare):
            return paragraph, body[:place] + body[place + 1 :]
    # The description is only the beginning of the text, cut by a machine: the text keeps it.
    if letters_of(" ".join(body)[: 3 * len(words)]).find(bare) >= 0:
        return "", body
    return stated, body


def _is_lead(place: int, whole: str, bare: str) -> bool:
    return place == 0 and bare.endswith(whole)


def _without(body: list[str], sapo: str) -> list[str]:
    bare = letters_of(sapo)
    return [one for place, one in enumerate(body) if place > 3 or letters_of(one) != bare]


def _without_title(body: list[str], title: str) -> list[str]:
    """The body without a first paragraph that is the title, be it with its date line."""
    first, wanted = letters_of(body[0]) if body else "", letters_of(title)
    is_title = wanted and first.startswith(wanted) and len(body[0]) < len(title) + _DATE_LINE
    return body[1:] if is_title else body


def _says_something(words: str, title: str) -> bool:
    return len(words) >= _LEAST and letters_of(words) != letters_of(title)
