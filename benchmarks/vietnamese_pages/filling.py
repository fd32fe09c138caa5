"""Fills the page templates with their articles: the bytes a server would send, and what a reader must find in them."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from hoiam.kit.lists import yaml_of
from hoiam.kit.vietnamese.charsets import TCVN3, VNI

HERE = Path(__file__).parent
VIET_NAM = timezone(timedelta(hours=7))
SETS = ("held_out", "second_wave", "development")
_EACH = re.compile(r"\[\[(p (\d+)-(\d+)|others (\d+))\|(.*?)\]\]", re.S)
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_UNSET_CP1252 = {0x81, 0x8D, 0x8F, 0x90, 0x9D}


@dataclass(frozen=True)
class Sample:
    """One page: its bytes, its address and its truth."""

    name: str
    family: str
    kind: str
    url: str
    html: bytes
    title: str
    sapos: frozenset[str]
    body: str
    author: str
    published: datetime | None
    day_only: bool
    modified: datetime | None


def samples(held: str) -> list[Sample]:
    """The pages of one set of ``SETS``."""
    articles = yaml_of((HERE / "articles.yaml").read_text("utf-8"))
    rows = yaml_of((HERE / held / "truth.yaml").read_text("utf-8"))
    return [_sample(held, row, articles) for row in rows]


def _sample(held: str, row: dict[str, Any], articles: list[dict[str, Any]]) -> Sample:
    place = next(n for n, one in enumerate(articles) if one["id"] == row["article"])
    article = articles[place]
    others = articles[place + 1 :] + articles[:place]
    template = (HERE / held / row["file"]).read_text("utf-8")
    sapo = row.get("sapo", article["sapo"])
    return Sample(
        name=row["file"].removesuffix(".html"),
        family=row["family"],
        kind=row.get("kind", ""),
        url=row["url"],
        html=encoded(filled(template, article, others), row.get("encoding", "utf-8")),
        title=row.get("title", article["title"]),
        sapos=frozenset({sapo, row.get("mark", "") + sapo}),
        body=_body(row.get("body"), article["paragraphs"]),
        author=row.get("author", article["author"]),
        published=_moment(row["published"]),
        day_only=len(row["published"] or "") == 10,
        modified=_moment(row.get("modified")),
    )


def filled(template: str, article: dict[str, Any], others: list[dict[str, Any]]) -> str:
    """The template with the words of its article, and of others where it shows teasers.

    ``{title}``, ``{p3}`` … stand for one piece; ``[[p 2-4|<p>$</p>]]`` repeats for paragraphs 2 to 4 and
    ``[[others 3|<a>$title</a>]]`` for three other articles.
    """
    paragraphs = article["paragraphs"]

    def each(match: re.Match[str]) -> str:
        if match[4]:
            return "".join(_teaser(match[5], one) for one in others[: int(match[4])])
        chosen = paragraphs[int(match[2]) - 1 : int(match[3])]
        return "\n".join(match[5].replace("$", one) for one in chosen)

    html = _EACH.sub(each, template)
    for number, paragraph in enumerate(paragraphs, 1):
        html = html.replace(f"{{p{number}}}", paragraph)
    for name in ("title", "sapo", "author", "section"):
        html = html.replace(f"{{{name}}}", article[name])
    return html


def _teaser(shape: str, article: dict[str, Any]) -> str:
    for name in ("title", "sapo", "id"):
        shape = shape.replace(f"${name}", article[name])
    return shape


def encoded(text: str, encoding: str) -> bytes:
    """The bytes of a page in one of the charsets Vietnamese pages still come in, or broken the way they break."""
    match encoding:
        case "nfd":
            return unicodedata.normalize("NFD", text).encode()
        case "cp1258":
            return _with_loose_tones(text).encode("cp1258", "xmlcharrefreplace")
        case "tcvn3":
            codes = {letter: code for code, letter in TCVN3.items()}
            return "".join(codes.get(one, one) for one in text).encode("latin-1", "replace")
        case "vni":
            codes = {letter: code for code, letter in VNI.items()}
            return "".join(codes.get(one, one) for one in text).encode("latin-1", "replace")
        case "mojibake":
            return "".join(
                chr(one) if one in _UNSET_CP1252 else bytes([one]).decode("cp1252")
                for one in text.encode()
            ).encode()
        case _:
            return text.encode(encoding)


def _with_loose_tones(text: str) -> str:
    letters = []
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        tones = "".join(one for one in parts if one in _TONES)
        base = "".join(one for one in parts if one not in _TONES)
        letters.append(unicodedata.normalize("NFC", base) + tones)
    return "".join(letters)


def _body(order: list[int | str] | None, paragraphs: list[str]) -> str:
    pieces = order if order is not None else list(range(1, len(paragraphs) + 1))
    return "\n\n".join(paragraphs[one - 1] if isinstance(one, int) else str(one) for one in pieces)


def _moment(iso: str | None) -> datetime | None:
    return datetime.fromisoformat(iso).replace(tzinfo=VIET_NAM) if iso else None
