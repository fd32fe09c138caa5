"""Versions of a report, what differs between two of them, and the chain of reprints, as pages show them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from hoiam.desk.moments import civil_day, local, say_datetime, say_moment
from hoiam.kit.news import Chain, Piece, Reprint, chains, changes
from hoiam.kit.vietnamese import show_number
from hoiam.monitoring.models import Item, Version
from hoiam.monitoring.queries.rechecks import TEXTS
from hoiam.monitoring.queries.reprints import as_report
from hoiam.monitoring.states import PART_WORDS, VersionKind

# A longer stretch that stayed the same shows only its edges.
LONG_STRETCH, EDGE = 700, 220
_MIDNIGHT = time()


@dataclass(frozen=True)
class ShownVersion:
    """One line of the list of versions."""

    version: Version
    label: str
    words: str
    shows_difference: bool


@dataclass(frozen=True)
class Difference:
    """One field of two versions: its name, and both texts in one with what went and what came."""

    label: str
    html: SafeString
    is_changed: bool


@dataclass(frozen=True)
class ChainLine:
    """One report of a chain: when, which paper, and how it came there."""

    item: Item
    moment: str
    words: str
    is_first: bool = False


def versions_shown(versions: Iterable[Version]) -> list[ShownVersion]:
    """The versions, newest first."""
    return [_shown(version) for version in sorted(versions, key=lambda v: -v.number)]


def _shown(version: Version) -> ShownVersion:
    who = str(version.by) if version.by else "hệ thống"
    parts = [f"{who}, {version.how}" if version.how else who]
    if version.parts:
        parts.append("đổi " + ", ".join(PART_WORDS[part] for part in version.parts))
    if version.modified_at:
        edited = _without_midnight(version.modified_at)
        at = "lúc" if isinstance(edited, datetime) else "ngày"
        parts.append(f"báo ghi sửa {at} {say_datetime(edited)}")
    if version.note:
        parts.append(version.note)
    has_text = version.kind in (VersionKind.CHANGED, VersionKind.FILLED)
    return ShownVersion(version, VersionKind(version.kind).label, " · ".join(parts), has_text)


def edited_words(item: Item, now: datetime) -> str:
    """One line on a report that was edited, removed or is in doubt; blank when nothing happened to it."""
    versions = list(item.versions.all())
    edits = [version for version in versions if version.kind == VersionKind.CHANGED]
    recheck = getattr(item, "recheck", None)
    told = []
    if edits:
        last = say_moment(edits[-1].at, now)
        times = (
            f"{show_number(len(edits))} lần, gần nhất {last}" if len(edits) > 1 else f"lúc {last}"
        )
        told.append(f"Báo đã sửa bài {times}")
    if recheck is not None and recheck.gone_at is not None:
        told.append(f"Không còn trên trang báo, thấy lúc {say_moment(recheck.gone_at, now)}")
    elif recheck is not None and recheck.problem:
        told.append(f"Lần đọc lại gần nhất: {recheck.problem}")
    return ". ".join(part.rstrip(".") for part in told)


def text_before(version: Version, versions: Sequence[Version]) -> Version | None:
    """The version a reader saw before this one; None for the first."""
    earlier = [v for v in versions if v.number < version.number and v.kind in TEXTS]
    return max(earlier, key=lambda v: v.number, default=None)


def differences(before: Version, after: Version) -> list[Difference]:
    """Title, sapo, body and time of two versions, each as one text with its changes marked."""
    pairs = [
        ("Tiêu đề", before.title, after.title),
        ("Sapo", before.sapo, after.sapo),
        ("Thời điểm đăng", _published(before), _published(after)),
        ("Giờ sửa ghi trên báo", _time(before.modified_at), _time(after.modified_at)),
        ("Nội dung", before.body, after.body),
    ]
    return [
        Difference(label, difference_html(changes(old, new)), old != new)
        for label, old, new in pairs
        if old or new
    ]


def difference_html(pieces: Sequence[Piece]) -> SafeString:
    """The pieces as escaped HTML: struck through what went, underlined what came, both named for who cannot see it."""
    last = len(pieces) - 1
    shown = [_piece(piece, place == 0, place == last) for place, piece in enumerate(pieces)]
    # What came stands a space off what went, or "đangđã" reads as one word.
    return mark_safe("".join(shown).replace("</del><ins>", "</del> <ins>"))


def _piece(piece: Piece, is_first: bool, is_last: bool) -> SafeString:
    if piece.kind == "deleted":
        return format_html('<del><span class="ha-sr">[bỏ] </span>{}</del>', _lines(piece.text))
    if piece.kind == "inserted":
        return format_html('<ins><span class="ha-sr">[thêm] </span>{}</ins>', _lines(piece.text))
    return _lines(_shortened(piece.text, is_first, is_last))


def _shortened(text: str, is_first: bool, is_last: bool) -> str:
    if len(text) <= LONG_STRETCH:
        return text
    head = "" if is_first else text[:EDGE].rsplit(" ", 1)[0]
    tail = "" if is_last else text[-EDGE:].split(" ", 1)[-1]
    left = len(text[len(head) : len(text) - len(tail)].split())
    return f"{head} [… {show_number(left)} chữ giữ nguyên …] {tail}"


def _lines(text: str) -> SafeString:
    rows = text.split("\n")
    return format_html_join(mark_safe("<br>"), "{}", ((row,) for row in rows))


def _published(version: Version) -> str:
    item = version.item
    # Of the time that became the report's own it is known whether it has an hour.
    if version.published_at is not None and version.published_at == item.published_at:
        return say_datetime(item.shown_at)
    return _time(version.published_at)


def _time(moment: datetime | None) -> str:
    return say_datetime(_without_midnight(moment)) if moment else ""


def _without_midnight(moment: datetime) -> date:
    """The moment; its day alone when it is a day's first moment.

    A version does not keep whether a page told an hour, and a page that tells a bare day is much the commoner one.
    """
    at_home = local(moment)
    return moment if at_home.time() != _MIDNIGHT else at_home.date()


def chains_shown(items: Sequence[Item], now: datetime) -> list[list[ChainLine]]:
    """Who published first and who printed it again, one list for each text."""
    known = {str(item.pk): item for item in items}
    found = chains(as_report(item, item.body or item.sapo) for item in items)
    return [list(_lines_of(chain, known, now)) for chain in found]


def _lines_of(chain: Chain, known: dict[str, Item], now: datetime) -> Iterator[ChainLine]:
    first = known[chain.first]
    words = "đăng đầu" if first.published_at else "chưa rõ giờ đăng, thấy đầu"
    if chain.credit is not None:
        words += f", ghi nguồn “{chain.credit.name}”"
    yield ChainLine(first, _moment(first, now), words, is_first=True)
    for copy in chain.copies:
        yield ChainLine(known[copy.id], _moment(known[copy.id], now), _copied(copy, chain, known))


def _copied(copy: Reprint, chain: Chain, known: dict[str, Item]) -> str:
    item, of = known[copy.id], known[copy.of]
    parts = ["đăng lại" if copy.of == chain.first else f"đăng lại của {of.outlet or 'báo khác'}"]
    if item.is_day_only or of.is_day_only:
        parts.append(_days_after((civil_day(item.shown_at) - civil_day(of.shown_at)).days))
    elif item.published_at and of.published_at:
        parts.append(_after(copy.minutes))
    else:
        parts.append("chưa rõ giờ đăng")
    parts.append(f"giống {round(copy.share * 100)} %")
    if copy.credit is not None:
        wire = " (hãng tin)" if copy.credit.is_wire else ""
        parts.append(f"ghi nguồn “{copy.credit.name}”{wire}")
    return ", ".join(parts)


def _after(minutes: int) -> str:
    if minutes < 1:
        return "cùng lúc"
    if minutes < 60:
        return f"sau {minutes} phút"
    hours, rest = divmod(minutes, 60)
    if hours >= 48:
        return f"sau {show_number(hours // 24)} ngày"
    return f"sau {hours} giờ {rest} phút" if rest else f"sau {hours} giờ"


def _days_after(days: int) -> str:
    return f"sau {show_number(days)} ngày" if days > 0 else "cùng ngày"


def _moment(item: Item, now: datetime) -> str:
    return say_moment(item.shown_at, now)
