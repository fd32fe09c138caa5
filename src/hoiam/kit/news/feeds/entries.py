"""Building one entry from the raw words of a feed, whatever dialect they came from."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from hoiam.kit.news import sentences
from hoiam.kit.news.markup import decode_entities, plain_text
from hoiam.kit.news.values import Entry
from hoiam.kit.vietnamese import read_moment


@dataclass
class RawEntry:
    """The words of one entry as the feed wrote them; filled by a reader, then finished once."""

    id: str = ""
    link: str = ""
    title: str = ""
    summary: str = ""
    content: str = ""
    author: str = ""
    published: str = ""
    updated: str = ""
    base: str = ""
    id_is_link: bool = True


def finish(raw: RawEntry, *, url: str) -> Entry:
    """The entry with plain text, an absolute link and an honest time."""
    problems: list[str] = []
    title = plain_text(raw.title)
    link, complaint = _absolute(raw.link or _link_from_id(raw), raw, url)
    stamp = " ".join((raw.published or raw.updated).split())
    moment = read_moment(stamp) if stamp else None
    if not title:
        problems.append(sentences.NO_TITLE)
    if complaint:
        problems.append(complaint)
    if moment is None:
        problems.append(sentences.UNREAD_TIME.format(raw=stamp) if stamp else sentences.NO_TIME)
    return Entry(
        id=raw.id.strip() or link or raw.link.strip(),
        link=link,
        title=title,
        summary=plain_text(raw.summary or raw.content),
        author=author_name(raw.author),
        published_at=moment.value if moment else None,
        published_raw=stamp,
        problems=tuple(problems),
    )


def author_name(words: str) -> str:
    """The name in an author element: "toasoan@bao.example (Lê An)" gives "Lê An"."""
    text = plain_text(words)
    if "@" in text and "(" in text and text.endswith(")"):
        return text[text.index("(") + 1 : -1].strip()
    return " ".join(word for word in text.split() if "@" not in word).strip("<>()")


def first(fields: Mapping[str, object], *names: str) -> str:
    """The first of the named fields that holds words."""
    for name in names:
        value = fields.get(name)
        if isinstance(value, str) and value.strip():
            return value
    return ""


def _link_from_id(raw: RawEntry) -> str:
    is_web = raw.id.strip().lower().startswith(("http://", "https://"))
    return raw.id if is_web and raw.id_is_link else ""


def _absolute(link: str, raw: RawEntry, url: str) -> tuple[str, str]:
    address = decode_entities(link.strip())
    if not address:
        return "", sentences.NO_LINK
    if address.startswith(("https://", "http://")):
        return address.replace(" ", "%20"), ""
    try:
        joined = urljoin(urljoin(url, raw.base), address)
        scheme = urlsplit(joined).scheme.lower()
    except ValueError:
        return "", sentences.BAD_LINK.format(link=address[:200])
    if scheme not in ("http", "https"):
        return "", sentences.BAD_LINK.format(link=address[:200])
    return joined.replace(" ", "%20"), ""
