"""Whether a text carries the correction or the response asked for, wholly, in part or not at all; always with reasons."""

from hoiam.kit.news.addresses import url_key
from hoiam.kit.news.corrections import takeback
from hoiam.kit.news.corrections.elements import FIELDS, Reader
from hoiam.kit.news.corrections.values import (
    COMPLETE,
    FAILED,
    NONE,
    PARTIAL,
    REMOVED,
    RESPONSE,
    Carried,
    Wanted,
    data,
    generation,
)
from hoiam.kit.news.rereading import first_doubt, is_front
from hoiam.kit.news.values import Page
from hoiam.kit.vietnamese import squash

_GONE = frozenset({404, 410})


def find_carried(wanted: Wanted, title: str, sapo: str = "", body: str = "") -> Carried:
    """What a text of the outlet carries of what it was asked for.

    Args:
        wanted: the correction or the response.
        title: of the text; sapo and body likewise.

    An ordinary report, one that tells of our asking, a correction of another article and a silently edited article
    carry nothing.
    """
    texts = {"title": title, "sapo": sapo, "body": body}
    if not squash(" ".join(texts.values())):
        return Carried(NONE, data()["sentences"]["empty"])
    reader = Reader(wanted, texts)
    return _response(reader) if wanted.kind == RESPONSE else _correction(reader)


def judge_answer(
    wanted: Wanted,
    page: Page,
    *,
    status: int = 200,
    asked: str = "",
    final: str = "",
    is_article: bool = False,
) -> Carried:
    """What an answer of the outlet's site says: carried, in part, not, the article removed, or nothing at all (failed).

    Args:
        wanted: the correction or the response.
        page: what was extracted of the answer.
        status: of the answer.
        asked: the address asked for; ``final`` where the answer came from, after redirects.
        is_article: the page of the work itself: gone, it was removed; any other page gone is a look that failed.
    """
    told = data()["sentences"]
    if status in _GONE and is_article:
        return Carried(REMOVED, told["gone"].format(status=status))
    if status >= 400:
        return _failed(f"trang trả lời mã {status}.")
    if is_article and is_front(asked, final):
        return Carried(REMOVED, told["front"])
    found = find_carried(wanted, page.title, page.sapo, page.body)
    if found.result != NONE:
        return found
    # Behind a wall stands the rest, and an empty page shows nothing: what is not seen is not absent.
    doubt = first_doubt(wanted.title if is_article else "", page, asked=asked, final=final)
    if doubt.sentence:
        return _failed(doubt.sentence)
    return found if page.body.strip() else _failed(told["empty"])


def _failed(why: str) -> Carried:
    return Carried(FAILED, data()["sentences"]["failed"].format(why=why[:1].lower() + why[1:]))


def _correction(reader: Reader) -> Carried:
    wanted, told = reader.wanted, data()["sentences"]
    if not _takes_back(reader):
        asked = any(takeback.asked_of_it(reader.texts[name]) for name in FIELDS)
        return Carried(NONE, told["asked"] if asked else told["no_words"])
    for element in generation(wanted.day)["needs"]:
        reader.look_for(element)
    if not (reader.has("title") or reader.has("wrong") or _is_linked(reader)):
        return Carried(NONE, told["other"])
    return _summed(reader)


def _takes_back(reader: Reader) -> bool:
    """Whether the paper itself corrects or apologises; any heading of any law is such a sign."""
    every = [words for row in data()["generations"] for words in row["headings"]]
    every += ["đính chính", "lời xin lỗi", "xin lỗi bạn đọc"]
    for name in FIELDS:
        text = reader.texts[name]
        signs = takeback.headings(text, every, is_title=name == "title")
        if any(True for _ in signs) or any(True for _ in takeback.own_words(text)):
            return True
        if any(True for _ in takeback.apologies(text)):
            return True
    return False


def _is_linked(reader: Reader) -> bool:
    """Whether the text gives the address of the work."""
    url = reader.wanted.url
    words = [word.strip(".,;()“”\"'") for text in reader.texts.values() for word in text.split()]
    links = (word for word in words if word.startswith(("http://", "https://")))
    return bool(url) and any(url_key(link) == url_key(url) for link in links)


def _response(reader: Reader) -> Carried:
    told = data()["sentences"]
    for element in data()["response_needs"]:
        reader.look_for(element)
    share = round(reader.share * 100)
    if reader.share < data()["lines"]["partly"]:
        names_us = any(mark.element == "agency" for mark in reader.found)
        return Carried(
            NONE, told["quoted" if names_us else "no_text"].format(share=share), share=reader.share
        )
    return _summed(reader)


def _summed(reader: Reader) -> Carried:
    names = ", ".join(dict.fromkeys(mark.name for mark in reader.found))
    lacks = "; ".join(lack.words for lack in reader.missing)
    result = PARTIAL if reader.missing else COMPLETE
    sentence = data()["sentences"][result].format(names=names, lacks=lacks)
    return Carried(result, sentence, tuple(reader.found), tuple(reader.missing), reader.share)
