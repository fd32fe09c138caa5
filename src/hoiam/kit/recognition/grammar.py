"""The composed grammar of agency names: head + office + place, as the press writes them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from hoiam.kit.vietnamese import strip_marks

from .heads import HEADS, KINDS
from .people import person_at
from .places import CITY, Gazetteer, Place, today_of
from .roman import arabic
from .source import OFFICE_T, Source

_T: Final = OFFICE_T
# "(THADS)", "(Cục THADS)", "(sau đây gọi tắt là Chi cục THA)": the short name given to the reader.
_SHORT_NAME: Final = (
    r"(?:\s*\(\s*(?:(?:sau\s+đây\s+)?(?:gọi|viết)\s+(?:tắt\s+)?(?:là\s+)?)?"
    rf"(?:(?:tổng\s+cục|chi\s+cục|cục|phòng|đội|cơ\s+quan)\s+|c{{1,2}})?(?:thads|{_T}ha(?:\s*ds)?)\s*\))?"
)
_OFFICE: Final = (
    rf"(?:thi\s+hành\s+(?:d?án|ánh)(?:\s*\(\s*(?:c{{1,2}})?(?:thads|{_T}ha)\s*\))?(?:\s+(?:dân\s*sự|ds\b))?"
    rf"|thi\s+hành\s+dân\s+sự|thads|t\.h\.a\.d\.s\.?|{_T}ha(?:\s*[-–]?\s*ds\b)?(?:\s+dân\s+sự)?)"
    rf"(?:(?<=sự)[\"”])?{_SHORT_NAME}"
)
# What turns the office into another one: criminal enforcement, foreign, law, sentences.
_NOT_OFFICE: Final = r"(?!\s*(?:hình\s+sự|phạt|tù|tử|liên\s+bang|treo|kỷ\s+luật))(?![^\W_])"
_KIND_ALONE: Final = r"(?P<alone>tỉnh|thành\s+phố|huyện|quận|thị\s+xã|tp)(?![^\W_])"
_TO_PLACE: Final = (
    r"(?:\s*[,(–-]\s*(?=tỉnh|thành|t\.?\s?p|huyện|quận|thị)|\s*[(–-]\s*|\s+|(?=tp))"
    r"(?:(?:của|tại|ở|thuộc|trực\s+thuộc|trên\s+địa\s+bàn)\s+)?"
    # "các tỉnh: A, B", "các tỉnh, thành phố A, B": the kinds hold for nobody in particular.
    r"(?P<many>các\s+(?:(?:tỉnh|thành\s+phố|huyện|quận|thị\s+xã)(?:\s*(?:,|và)\s*(?:tỉnh|thành\s+phố|huyện|quận|thị\s+xã))*"
    r"(?:\s*:\s*|(?<=phố)\s+(?=[^\W\d_]))(?<!các\sthành\sphố\s))?)?"
)
_WITHIN: Final = r"(?<![^\W_])(?:tại|ở|trên\s+địa\s+bàn)\s"
# Offices of which a province has several.
_ONE_OF_MANY: Final = frozenset({"generic", "district", "team"})
_TO_PARENT: Final = r"\s*[,(–-]?\s*(?:thuộc\s+|của\s+)?"
_TO_NEXT: Final = r"\s*(?:(?P<comma>[,;])|(?:và|cùng|&))\s+"
_NUMBER: Final = r"(?:số\s+)?(?P<number>\d{1,2}|[ivx]{1,5})(?![^\W_])"
_REGION: Final = rf"\s+(?:khu\s+vực|k\.?v\.?)\s*{_NUMBER}"
_NEXT_REGION: Final = rf"\s*(?:,|;|và|cùng)\s*(?:khu\s+vực|k\.?v\.?)\s*{_NUMBER}"
_TO_PROVINCE: Final = (
    r"\s*[,(–-]?\s*(?:(?:thuộc|trực\s+thuộc|của)\s+)?"
    rf"(?:(?:cục\s+|cơ\s+quan\s+)?{_OFFICE}\s+)?"
)
_MILITARY: Final = (
    r"\s*(?P<corps>(?:quân\s+khu|qk)\s*(?P<zone>\d|thủ\s+đô)?|quân\s+đoàn|quân\s+chủng"
    r"|[,(–-]?\s*(?:thuộc\s+)?bộ\s+quốc\s+phòng)"
)
# Words that make "thi hành án dân sự" a field of work, not an office.
_NOT_BARE: Final = (
    r"(?:công\s+tác|ban\s+chỉ\s+đạo|hoạt\s+động|lĩnh\s+vực|việc|kết\s+quả|luật|quá\s+trình|hệ\s+thống"
    r"|pháp\s+luật|quyết\s+định|văn\s+phòng|phí|nghĩa\s+vụ)\s*$"
)
# Without marks nothing tells a name by its capitals: there these words speak of the act too.
_NOT_BARE_PLAIN: Final = r"(?:về|để|chờ|đang|được|phải|bị|người|án)\s*$"
# Behind these an office needs no capital: "chấp hành viên thi hành án huyện Bến Sông".
_OF_OFFICE: Final = r"(?:chấp\s+hành\s+viên|cán\s+bộ|lãnh\s+đạo|thẩm\s+tra\s+viên|kế\s+toán|thủ\s+quỹ|(?:chi\s+)?cục\s+trưởng|trưởng)\s*$"
# A name of two or more capital words behind the kind of place; one letter alone ("huyện C.") hides a name.
_STRANGER: Final = re.compile(
    r"(?:(?:[Tt]ỉnh|[Tt]hành phố|[Hh]uyện|[Qq]uận|[Tt]hị xã|TP\.?|TX\.?)\s+)?(?:[A-ZÀ-ỸĐ]\w+\s+)+?[A-ZÀ-ỸĐ]\w+"
)
_NAME_AFTER: Final = re.compile(r"[^\S\n]*(\w)")
_NAME_AFTER_SHORT: Final = re.compile(r"\.?[^\S\n]*(\w)")
_ONE_OF_A_KIND: Final = frozenset({"centre", "centre_old", "military"})
_NAMES_DISTRICT: Final = frozenset({"huyện", "quận", "thị xã"})


@dataclass(frozen=True)
class Mention:
    """One naming of an agency, not yet resolved: places refer to the copies of `source`."""

    source: Source
    start: int
    end: int
    head: str
    kind: str | None = None
    place: Place | None = None
    parent: Place | None = None
    number: str | None = None
    kind_alone: str | None = None
    is_kind_inherited: bool = False
    is_stranger: bool = False

    @property
    def is_specific(self) -> bool:
        """Whether it names one agency, not just "Cục Thi hành án dân sự"; a stranger to the register too."""
        named = self.place or self.number or self.kind_alone or self.is_stranger
        return bool(named) or self.head in _ONE_OF_A_KIND


@dataclass(frozen=True)
class _Named:
    """A place read after an office: its kind as printed, what it may mean, where it ends."""

    kind: str | None
    place: Place
    end: int


@dataclass(frozen=True)
class _Grammar:
    """The compiled patterns, with marks or without."""

    trigger: re.Pattern[str]
    names: tuple[str, ...]
    kinds: tuple[tuple[str, re.Pattern[str]], ...]
    alone: re.Pattern[str]
    to_place: re.Pattern[str]
    to_parent: re.Pattern[str]
    to_next: re.Pattern[str]
    within: re.Pattern[str]
    region: re.Pattern[str]
    next_region: re.Pattern[str]
    to_province: re.Pattern[str]
    military: re.Pattern[str]
    not_bare: re.Pattern[str]
    of_office: re.Pattern[str]


@cache
def _grammar(folded: bool) -> _Grammar:
    def made(pattern: str) -> re.Pattern[str]:
        return re.compile(strip_marks(pattern) if folded else pattern)

    heads = "|".join(f"(?P<h{i}>{pattern})" for i, (_, pattern) in enumerate(HEADS))
    return _Grammar(
        trigger=made(rf"(?<![^\W_])(?:(?:{heads})[\"“]?)?(?P<office>{_OFFICE}){_NOT_OFFICE}"),
        names=tuple(name for name, _ in HEADS),
        kinds=tuple((kind, made(pattern)) for kind, pattern in KINDS),
        alone=made(_KIND_ALONE),
        to_place=made(_TO_PLACE),
        to_parent=made(_TO_PARENT),
        to_next=made(_TO_NEXT),
        within=made(_WITHIN),
        region=made(_REGION),
        next_region=made(_NEXT_REGION),
        to_province=made(_TO_PROVINCE),
        military=made(_MILITARY),
        not_bare=made(f"{_NOT_BARE}|{_NOT_BARE_PLAIN}" if folded else _NOT_BARE),
        of_office=made(_OF_OFFICE),
    )


def mentions(source: Source, gazetteer: Gazetteer) -> tuple[Mention, ...]:
    """Every naming of an enforcement agency in a field, in reading order.

    An anonymised place ("huyện C") or an unknown one gives no mention; "Cục THADS tỉnh" gives one
    whose place the resolver must find. A private "Văn phòng thi hành án dân sự" gives none.
    """
    return tuple(_Reader(source, gazetteer).read())


class _Reader:
    """Reads one field with one grammar."""

    def __init__(self, source: Source, gazetteer: Gazetteer) -> None:
        self._source = source
        self._low = source.low
        self._gazetteer = gazetteer
        self._g = _grammar(source.is_folded)

    def read(self) -> Iterator[Mention]:
        """The mentions in order."""
        read_to = 0
        for found in self._g.trigger.finditer(self._low):
            head = self._head(found)
            is_common = head == "bare" and not self._may_stand_bare(found)
            if head == "private" or is_common or found.start() < read_to:
                continue
            for mention in self._after(found, head):
                read_to = mention.end
                yield mention

    def _head(self, found: re.Match[str]) -> str:
        for i, name in enumerate(self._g.names):
            if found[f"h{i}"] is not None:
                return name
        return "bare"

    def _may_stand_bare(self, found: re.Match[str]) -> bool:
        """ "Thi hành án Hà Nội" is an office, "việc thi hành án ở Hà Nội" is not."""
        start = found.start("office")
        before = max(0, start - 25)
        written_as_name = (
            self._source.work[start].isupper()
            or self._source.is_folded
            or self._g.of_office.search(self._low, before, start) is not None
        )
        return written_as_name and not self._g.not_bare.search(self._low, before, start)

    def _after(self, found: re.Match[str], head: str) -> Iterator[Mention]:
        mention = Mention(self._source, found.start(), found.end(), head)
        military = self._g.military.match(self._low, found.end())
        if military is not None and head in {"room", "province", "generic"}:
            yield replace(mention, head="military", end=military.end(), number=military["zone"])
        elif head.startswith("centre"):
            yield mention
        elif head == "room" and (region := self._g.region.match(self._low, found.end())):
            yield from self._region(mention, region)
        else:
            yield from self._placed(mention)

    def _region(self, mention: Mention, region: re.Match[str]) -> Iterator[Mention]:
        """One Phòng or a list of them: "khu vực 1, khu vực 2 và khu vực 3 - Quảng Trị"."""
        met = [region]
        while following := self._g.next_region.match(self._low, met[-1].end()):
            met.append(following)
        end = met[-1].end()
        opened = self._g.to_province.match(self._low, end)
        named = self._place(opened.end()) if opened else None
        for place in met:
            made = replace(mention, head="region", end=place.end(), number=arabic(place["number"]))
            if place is not region:
                made = replace(made, start=place.start("number"))
            if named is not None:
                last = named.end if place is met[-1] else made.end
                made = replace(made, end=last, kind=named.kind, place=named.place)
            elif opened and self._is_stranger(opened.end()):
                made = replace(made, is_stranger=True)
            yield made

    def _placed(self, mention: Mention) -> Iterator[Mention]:
        opened = self._g.to_place.match(self._low, mention.end)
        named = self._place(opened.end()) if opened else None
        if opened is None or named is None:
            yield from self._unplaced(mention, opened)
            return
        if mention.head == "bare" and not self._is_direct(opened):
            return  # "thi hành án tại Hà Nội" is an act
        if self._is_one_somewhere(mention, opened, named.place):
            return
        first, end = self._with_parent(
            replace(mention, kind=named.kind, place=named.place, end=named.end)
        )
        others = tuple(self._others(first, end, many=opened["many"] is not None))
        yield from _share_parent((first, *others))

    def _is_one_somewhere(self, mention: Mention, opened: re.Match[str], place: Place) -> bool:
        """Whether one of many is meant: "một cơ quan thi hành án ở tỉnh Thanh Giang" names none."""
        is_within = self._g.within.search(opened.group()) is not None
        return is_within and mention.head in _ONE_OF_MANY and not place.districts

    def _is_direct(self, opened: re.Match[str] | None) -> bool:
        if opened is None:
            return False
        led = opened.group().removesuffix(opened["many"] or "")
        return led.strip(" \n\t(–-") == ""

    def _unplaced(self, mention: Mention, opened: re.Match[str] | None) -> Iterator[Mention]:
        alone = self._g.alone.match(self._low, opened.end()) if opened else None
        is_office = mention.head != "generic" and (mention.head != "bare" or alone is not None)
        if alone is not None and person_at(self._source.work, alone.end()):
            yield self._of_kind(mention, alone)
        elif opened is not None and alone is not None and self._is_stranger(opened.end()):
            if mention.head != "bare" or self._is_direct(opened):
                yield replace(mention, end=alone.end(), is_stranger=True)
        elif not is_office or (mention.head == "bare" and not self._is_direct(opened)):
            return
        elif alone is None:
            yield mention
        elif not self._has_name_at(alone.end()):
            yield self._of_kind(mention, alone)

    def _of_kind(self, mention: Mention, alone: re.Match[str]) -> Mention:
        kind = re.sub(r"\s+", " ", alone["alone"])
        return replace(mention, kind_alone=_KIND_OF_ALONE.get(kind, kind), end=alone.end())

    def _is_stranger(self, start: int) -> bool:
        """Whether a full name stands there that the gazetteer does not know: new, misprinted, made up."""
        return _STRANGER.match(self._source.work, start) is not None

    def _has_name_at(self, end: int) -> bool:
        """Whether a name the gazetteer does not know follows (huyện C, a misprint)."""
        # Only "TP." has its point within the name; behind "tỉnh." or a line the next sentence begins.
        is_short = self._low.endswith("tp", 0, end)
        follows = (_NAME_AFTER_SHORT if is_short else _NAME_AFTER).match(self._source.work, end)
        return follows is not None and (follows[1].isupper() or follows[1].isdigit())

    def _place(self, start: int, inherited: str | None = None) -> _Named | None:
        kind, at = None, start
        for name, pattern in self._g.kinds:
            met = pattern.match(self._low, start)
            if met is not None:
                kind, at = name, met.end()
                break
        found = self._gazetteer.at(self._low, at, folded=self._source.is_folded)
        if found is None or not self._reads_as_name(at, found[0], kind or inherited):
            return None
        return _Named(kind, found[1], found[0])

    def _reads_as_name(self, start: int, end: int, kind: str | None) -> bool:
        written = self._source.work[start:end]
        place = self._gazetteer.at(self._low, start, folded=self._source.is_folded)
        meant = place[1].districts if place else ()
        if meant and all(district.name.isdigit() for district in meant):
            return kind == "quận"
        return written[0].isupper() or (
            (kind is not None or self._source.is_folded) and " " in written
        )

    def _with_parent(self, mention: Mention) -> tuple[Mention, int]:
        """The mention with the province that follows a district, and where reading goes on."""
        if mention.place is None or not mention.place.districts or mention.kind == "tỉnh":
            return mention, mention.end
        opened = self._g.to_parent.match(self._low, mention.end)
        parent = self._place(opened.end()) if opened else None
        if (
            parent is None
            or parent.kind in _NAMES_DISTRICT
            or not _holds(parent.place, mention.place)
        ):
            return mention, mention.end
        return replace(mention, parent=parent.place), parent.end

    def _others(self, first: Mention, end: int, *, many: bool) -> Iterator[Mention]:
        """The further places of a list: "huyện A, B và huyện C"."""
        held: list[Mention] = []
        listed = False
        while opened := self._g.to_next.match(self._low, end):
            named = self._place(opened.end(), first.kind)
            if named is None or not _same_level(first, named):
                break
            kind = named.kind or first.kind
            again = replace(
                first,
                kind=kind,
                place=named.place,
                parent=None,
                is_kind_inherited=named.kind is None,
            )
            again, end = self._with_parent(replace(again, start=opened.end(), end=named.end))
            held.append(again)
            is_sure = opened["comma"] is None or many or named.kind is not None or listed
            if is_sure or _is_neighbour(first, named):
                yield from held
                held, listed = [], first.head == "province"


_KIND_OF_ALONE: Final = {
    "tp": CITY,
    "tinh": "tỉnh",
    "thanh pho": CITY,
    "huyen": "huyện",
    "quan": "quận",
    "thi xa": "thị xã",
}


def _holds(parent: Place, child: Place) -> bool:
    """Whether one of the districts lies in one of the provinces, by old or by new borders."""
    return any(lies_in(d.province, p) for d in child.districts for p in parent.provinces)


def lies_in(old_province: str, province: str) -> bool:
    """Whether the land of an old province belongs to a province, old or of today."""
    return province in (old_province, today_of(old_province))


def _share_parent(listed: tuple[Mention, ...]) -> Iterator[Mention]:
    """A province named once at the end of a list holds for the whole list."""
    parent = listed[-1].parent
    for mention in listed:
        fits = parent and mention.place and _holds(parent, mention.place)
        yield replace(mention, parent=mention.parent or parent) if fits else mention


def _is_neighbour(first: Mention, named: _Named) -> bool:
    """Whether it can only be a second district: no province bears its name, and the first lies beside it."""
    if first.place is None or named.place.provinces:
        return False
    beside = {district.province for district in first.place.districts}
    return any(district.province in beside for district in named.place.districts)


def _same_level(first: Mention, named: _Named) -> bool:
    if first.kind in _NAMES_DISTRICT:
        return bool(named.place.districts) and named.kind != "tỉnh"
    if first.kind == "tỉnh" or first.head == "province":
        return bool(named.place.provinces) and named.kind not in _NAMES_DISTRICT
    return True
