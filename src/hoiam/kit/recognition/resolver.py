"""From names as printed to agencies of the register: era, territory, context; never a guess unsaid."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from .agency_register import NEWEST, Register, canonical_place
from .context import province_votes
from .eras import era_of
from .grammar import Mention, lies_in
from .places import CITY, District, Place, key_of, provinces, shown_province
from .source import Source
from .values import AgencyFact, Document, FoundAgency, Span

_DISTRICT_KINDS: Final = frozenset({"huyện", "quận", "thị xã"})
_SURE, _NAMED, _SHORT, _FROM_TEXT, _FROM_HOME, _UNSURE = 0.95, 0.9, 0.85, 0.7, 0.6, 0.3


@dataclass(frozen=True)
class _Answer:
    """One mention resolved; `key` tells agencies apart inside a document."""

    key: tuple[str, str]
    name: str
    fact: AgencyFact | None
    level: str
    province: str | None
    confidence: float
    district: District | None = None


def resolve(
    found: Sequence[Mention],
    sources: Sequence[Source],
    document: Document,
    register: Register,
    today: date = NEWEST,
) -> tuple[FoundAgency, ...]:
    """The agencies meant by the mentions, each once, in the order of first mention.

    An ambiguous district (Châu Thành) is settled by the province beside it, then the outlet's home,
    the dateline and the other places of the text; when nothing settles it, it stays without province
    and code, with low confidence. A head without any place is dropped unless it repeats another.
    """
    return _Resolver(found, sources, document, register, today).agencies()


class _Resolver:
    """Resolves the mentions of one document."""

    def __init__(
        self,
        found: Sequence[Mention],
        sources: Sequence[Source],
        document: Document,
        register: Register,
        today: date,
    ) -> None:
        self._found = found
        self._document = document
        self._register = register
        self._today = today
        self._as_of, self._is_dated = era_of(document, sources)
        self._votes = province_votes(found, sources, document, register)

    def agencies(self) -> tuple[FoundAgency, ...]:
        """The agencies of the document."""
        answers = [
            (m, self._answer(m)) for m in self._found if m.place or m.number or not _needs(m)
        ]  # a stranger has no place: it is known to be named, not which one it is
        named = [(mention, answer) for mention, answer in answers if answer is not None]
        for mention in self._found:
            if mention.is_stranger or mention.number is not None:
                continue
            if mention.place is None and _needs(mention):
                answer = self._repeated(mention, [a for _, a in named])
                if answer is not None:
                    named.append((mention, answer))
        return self._merged(named)

    def _merged(self, named: Iterable[tuple[Mention, _Answer]]) -> tuple[FoundAgency, ...]:
        order = {id(m): i for i, m in enumerate(self._found)}
        groups: dict[tuple[str, str], list[tuple[Mention, _Answer]]] = {}
        for mention, answer in sorted(named, key=lambda pair: order[id(pair[0])]):
            groups.setdefault(answer.key, []).append((mention, answer))
        return tuple(self._agency(group) for group in groups.values())

    def _agency(self, group: Sequence[tuple[Mention, _Answer]]) -> FoundAgency:
        best = max((answer for _, answer in group), key=lambda answer: answer.confidence)
        heir = self._register.today(best.fact.code, self._today) if best.fact else None
        is_ours = best.fact is None or best.fact.ours
        own_name = best.name if best.level == "region" else None
        return FoundAgency(
            name=best.name,
            code=best.fact.code if best.fact else None,
            level=best.level,
            province=shown_province(best.province) if best.province else None,
            today=(heir.name if heir else own_name) if is_ours else None,
            today_code=heir.code if heir and is_ours else None,
            confidence=best.confidence,
            spans=tuple(_span(mention) for mention, _ in group),
        )

    def _answer(self, mention: Mention) -> _Answer | None:
        if mention.head == "military":
            return self._military(mention)
        if mention.head.startswith("centre"):
            return self._centre(mention)
        if mention.head == "region":
            return self._region(mention)
        if mention.place is not None and self._is_provincial(mention, mention.place):
            confidence = _SHORT if mention.kind is None else _SURE
            return self._provincial(mention.place.provinces[0], confidence)
        return self._district(mention)

    def _military(self, mention: Mention) -> _Answer:
        if mention.number is None:
            fact = self._register.by_code["cuc-tha-bqp"]
        else:
            zone = mention.number if mention.number.isdigit() else "thu-do-ha-noi"
            found = self._register.by_code.get(f"phong-tha-quan-khu-{zone}")
            fact = found or self._register.by_code["cuc-tha-bqp"]
        return _Answer(("military", fact.code), fact.name, fact, "military", None, _SURE)

    def _centre(self, mention: Mention) -> _Answer:
        code = "tct" if mention.head == "centre_old" else "tw"
        fact = self._register.by_code[code]
        if self._is_dated:
            fact = self._register.today(code, self._as_of) or fact
        return _Answer(("centre", fact.code), fact.name, fact, "centre", None, _SURE)

    def _region(self, mention: Mention) -> _Answer:
        province = mention.place.provinces[0] if mention.place and mention.place.provinces else None
        number = (mention.number or "").upper()
        if province is None and not mention.is_stranger:
            province = self._context_province()
        name = f"Phòng THADS khu vực {number}" + (f" - {province}" if province else "")
        fact = self._register.named(name)
        confidence = _SURE if mention.place else (_FROM_TEXT if province else _UNSURE)
        return _Answer(("region", name), name, fact, "region", province, confidence)

    def _is_provincial(self, mention: Mention, place: Place) -> bool:
        if not place.provinces or mention.kind in _DISTRICT_KINDS:
            return False
        if mention.kind == "tỉnh" or not place.districts:
            return True
        if mention.kind == CITY:
            return self._is_city(place.provinces[0]) and not (
                mention.head in {"district", "team"}
                and self._as_of < date(2025, 7, 1)
                and place.provinces[0] not in self._register.old_cities
            )
        return mention.head not in {"district", "team"}

    def _is_city(self, province: str) -> bool:
        fact = self._register.named(f"THADS TP. {province}", self._as_of) or self._register.named(
            f"Cục THADS TP. {province}", self._as_of
        )
        return fact is not None

    def _provincial(self, name: str, confidence: float) -> _Answer:
        fact = provincial_fact(self._register, name, self._as_of)
        if fact is None:
            return _Answer(("province", name), f"THADS {name}", None, "province", name, _UNSURE)
        return _Answer(
            ("province", fact.code), fact.name, fact, "province", fact.province, confidence
        )

    def _district(self, mention: Mention) -> _Answer | None:
        place = mention.place
        if place is None or not place.districts:
            return None
        candidates = _of_kind(place.districts, mention.kind)
        district, confidence = self._settle(candidates, mention)
        kind = mention.kind if mention.kind in {*_DISTRICT_KINDS, CITY} else None
        is_exact = any(d.kind == kind for d in candidates)
        shown = kind if is_exact or not mention.is_kind_inherited else None
        if district is None:
            name = self._district_name(shown or candidates[0].kind, candidates[0].name)
            return _Answer(("district", key_of(name)), name, None, "district", None, _UNSURE)
        name = self._district_name(shown or district.kind, district.name)
        fact = self._district_fact(district)
        key = ("district", f"{district.province}/{district.name}/{district.kind}")
        return _Answer(key, name, fact, "district", district.province, confidence, district)

    def _settle(
        self, candidates: Sequence[District], mention: Mention
    ) -> tuple[District | None, float]:
        """The one district meant, and how sure that is.

        What is a thị xã today was a huyện once: the province beside it outweighs the kind.
        """
        known = mention.place.districts if mention.place else ()
        parents = mention.parent.provinces if mention.parent else ()
        fit = _in_province(candidates, parents) or _in_province(known, parents)
        if fit is not None:
            return fit, _SURE
        home = self._document.home_province
        homes = self._register.gazetteer.named(home).provinces if home else ()
        if len({d.province for d in candidates}) == 1:
            once = _in_province([d for d in known if _was(mention.kind, d.kind)], homes)
            return once or candidates[0], _NAMED if mention.kind else _SHORT
        fit = _in_province(candidates, homes)
        if fit is not None:
            return fit, _FROM_HOME
        scored = sorted(((self._votes[d.province], d) for d in candidates), key=lambda p: -p[0])
        if scored[0][0] > 0 and scored[0][0] > scored[1][0]:
            return scored[0][1], _FROM_TEXT
        return None, _UNSURE

    def _district_name(self, kind: str, name: str) -> str:
        head = "Đội THA" if self._as_of < date(2009, 7, 1) else "Chi cục THADS"
        return f"{head} {canonical_place(kind, name)}"

    def _district_fact(self, district: District) -> AgencyFact | None:
        wants_team = self._as_of < date(2009, 7, 1)
        for fact in self._register.facts:
            if (
                fact.district == district.name
                and fact.province == district.province
                and fact.kind == district.kind
                and fact.code.startswith("doi-tha-") == wants_team
            ):
                return fact
        return None

    def _repeated(self, mention: Mention, answers: Sequence[_Answer]) -> _Answer | None:
        """What "Cục THADS tỉnh" or a bare "Chi cục THADS" stands for, when only one thing fits."""
        is_local = mention.kind_alone in _DISTRICT_KINDS or (
            mention.head in {"district", "team"} and mention.kind_alone != "tỉnh"
        )
        level = "district" if is_local else "province"
        same = {a.key: a for a in answers if a.level == level}
        if len(same) == 1:
            return next(iter(same.values()))
        if mention.kind_alone is None or same:
            return None
        if is_local:
            return self._district_from_text(mention.kind_alone)
        province = self._context_province() or _only_province(answers)
        if province is None:
            return None
        return self._provincial(province, _FROM_TEXT if self._votes[province] else _FROM_HOME)

    def _district_from_text(self, kind: str) -> _Answer | None:
        named = {district for district in self._votes.districts if district.kind == kind}
        if len(named) != 1:
            return None
        district = named.pop()
        name = self._district_name(district.kind, district.name)
        key = ("district", f"{district.province}/{district.name}/{district.kind}")
        fact = self._district_fact(district)
        return _Answer(key, name, fact, "district", district.province, _FROM_TEXT, district)

    def _context_province(self) -> str | None:
        """The one province the text is about, by the places in it, else the outlet's home."""
        ranked = self._votes.most_common(2)
        if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]):
            return ranked[0][0]
        home = self._document.home_province
        place = self._register.gazetteer.named(home) if home else None
        return place.provinces[0] if place and place.provinces else None


def provincial_fact(register: Register, name: str, as_of: date) -> AgencyFact | None:
    """The provincial agency of a territory's name on a day.

    A province that was renamed with its land unchanged (Thừa Thiên Huế) is found under either name;
    a merged one (Hậu Giang) keeps its last own agency after the merger.
    """
    names = [name]
    for province in provinces():
        if len(province.predecessors) == 1 and name in (province.name, *province.predecessors):
            names += [province.name, *province.predecessors]
    own = [f for f in register.facts if f.level == "province" and f.province in names]
    valid = [fact for fact in own if fact.is_valid(as_of)]
    if valid:
        return min(valid, key=lambda fact: fact.province != name)
    past = [fact for fact in own if fact.valid_to and fact.valid_to < as_of]
    return max(past, key=lambda fact: fact.valid_to or date.min, default=own[0] if own else None)


def _of_kind(known: Sequence[District], kind: str | None) -> Sequence[District]:
    exact = [district for district in known if district.kind == kind]
    return exact or known


def _was(kind: str | None, now: str) -> bool:
    """Whether a district of this kind now may have been called so in an older text."""
    return kind == now or (kind == "huyện" and now in {"thị xã", CITY})


def _in_province(known: Sequence[District], names: Sequence[str]) -> District | None:
    """The one district that lies in a province: by its old borders first, then by those of today."""
    for fits in (
        [d for d in known if d.province in names],
        [d for d in known if any(lies_in(d.province, name) for name in names)],
    ):
        if len({district.province for district in fits}) == 1:
            return fits[0]
    return None


def _only_province(answers: Sequence[_Answer]) -> str | None:
    """The province all agencies found lie in: "Cục THADS TP" beside "Chi cục THADS quận 7" is that of its city."""
    found = {answer.province for answer in answers if answer.province}
    return found.pop() if len(found) == 1 else None


def _needs(mention: Mention) -> bool:
    return not mention.head.startswith("centre") and mention.head not in {"military", "region"}


def _span(mention: Mention) -> Span:
    return mention.source.span(mention.start, mention.end)
