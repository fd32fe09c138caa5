"""What a report is before it is a row: the one shape collection, import, clip and demonstration hand in."""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from hoiam.kit import news
from hoiam.kit.vietnamese import fold, is_printed, nfc, repair, squash

LONGEST_URL = 1000
# A clock a little ahead is a clock; a day ahead is a mistake that would stand first in every list.
AHEAD = timedelta(days=1)
LAST_MINUTE = timedelta(hours=23, minutes=59)  # not-law: the end of a civil day
FIRST_YEAR = 1900
_TEXTS = ("id", "link", "title", "summary", "author", "published_raw")
# The zero of machines, in whatever zone it was written: a clock that was never set, and no day of a report.
UNSET = datetime(1970, 1, 1, tzinfo=UTC)
BAD_TIME = "Thời điểm ghi trên bài không thể có ({raw}); xếp theo lúc hệ thống thấy bài."
LONG_URL = "Địa chỉ bài dài quá 1.000 ký tự nên chỉ lưu phần đầu; liên kết có thể không mở được."


@dataclass(frozen=True)
class Incoming:
    """One report as it came in. `published_at` None means unknown: it is never replaced by the present."""

    title: str
    url: str = ""
    sapo: str = ""
    body: str = ""
    outlet: str = ""
    author: str = ""
    section: str = ""
    published_at: datetime | None = None
    published_raw: str = ""
    published_from: str = ""
    published_precision: str = "minute"
    """"day" where no hour was told and `published_at` is that day's first moment."""
    first_seen_at: datetime | None = None
    medium: str = ""
    """Where a person clipped it from (print, radio …); blank where nobody said so."""
    home_province: str = ""
    source_id: int | None = None
    channel_id: int | None = None
    capture_id: int | None = None
    problems: tuple[str, ...] = field(default=())
    is_page_due: bool = False
    """The page could not be had by a fault that may pass: it is read again soon, whatever the report concerns."""


def url_key(incoming: Incoming) -> str:
    """What makes a report the same one: its address without trackers, scheme and "www.", or outlet, title and time."""
    if incoming.url:
        # Half a character (a lone surrogate) in an address must not stop the batch.
        text = news.url_key(incoming.url.encode("utf-8", "replace").decode())
    else:
        moment = (
            incoming.published_at.isoformat() if incoming.published_at else incoming.published_raw
        )
        text = f"clip|{fold(nfc(incoming.outlet))}|{fold(nfc(incoming.title))}|{moment}"
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def lead_hash(title: str, sapo: str) -> str:
    """SHA-256 of the folded title and sapo: equal leads are reprints. Blank when too short to tell."""
    text = squash(fold(nfc(f"{title} {sapo}")))
    return hashlib.sha256(text.encode()).hexdigest() if len(text) >= 40 else ""


def cleaned(text: str, problems: list[str]) -> str:
    """The text in NFC with a wrong charset repaired, or its fault added to `problems`; control signs removed."""
    repaired = repair(text)
    if repaired.problem and repaired.problem not in problems:
        problems.append(repaired.problem)
    return printable(nfc(repaired.text)).strip()


def short(text: str, longest: int) -> str:
    """One line of at most so many characters, for a field beside the text (outlet, author, section)."""
    return squash(printable(nfc(text)))[:longest].rstrip()


def address(url: str, problems: list[str]) -> str:
    """The address as it is kept; one too long to keep is cut, and `problems` says so."""
    whole = "".join(sign for sign in url.strip() if sign.isprintable())
    if len(whole) > LONGEST_URL:
        problems.append(LONG_URL)
    return whole[:LONGEST_URL]


def placed(incoming: Incoming, seen: datetime, problems: list[str]) -> datetime | None:
    """The time of publication, or None when it is unknown or cannot be; never the present in its place.

    Args:
        incoming: the report; a time without a zone is no moment and counts as unknown.
        seen: when the house first saw the report.
        problems: gets a sentence when a time was given and cannot be.
    """
    moment = incoming.published_at
    if moment is None:
        return None
    if is_possible(moment, seen):
        return moment
    problems.append(BAD_TIME.format(raw=short(incoming.published_raw, 60) or moment.isoformat()))
    return None


def standing_at(published: datetime | None, precision: str, seen: datetime) -> datetime:
    """Where a report stands in lists: when it was published, else when it was seen, within the day when only that is known.

    Args:
        published: its time of publication, when that is known.
        precision: "day" when no hour of it was told.
        seen: when the house first saw it.
    """
    if published is None or precision != "day":
        return published or seen
    # A page of the day before came out by the end of it, whenever it was read.
    return max(published, min(seen, published + LAST_MINUTE))


def is_possible(moment: datetime, seen: datetime) -> bool:
    """Whether a report seen at one moment can have been published at the other."""
    if moment.tzinfo is None or moment.year < FIRST_YEAR or moment > seen + AHEAD:
        return False
    return abs(moment - UNSET) > AHEAD


def sound(entry: news.Entry) -> news.Entry:
    """The entry without NUL and half characters (JSON and mails can hold both): one must not stop its whole source."""
    texts = {name: getattr(entry, name) for name in _TEXTS}
    clean = {name: printable(text) for name, text in texts.items()}
    return entry if clean == texts else entry._replace(**clean)


def printable(text: str) -> str:
    """The text without control signs, NUL and half characters, which a database may refuse."""
    # Nearly every text is printable but for its line breaks: asked whole, not letter by letter.
    if is_printed(text) or text.replace("\n", "").isprintable():
        return text
    return "".join(_kept(sign) for sign in text.replace("\r\n", "\n"))


def _kept(sign: str) -> str:
    if sign in "\n\t" or sign.isprintable():
        return sign
    # A hard space parts two words just as a soft one does.
    return " " if sign.isspace() else ""
