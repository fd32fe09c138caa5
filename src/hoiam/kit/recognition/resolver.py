"""From names as printed to agencies of the register: era, territory, context; never a guess unsaid."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Final

from .agency_register import NEWEST, Register
from .bygone import is_of_former, told_before
from .context import province_votes
from .eras import era_of
from .grammar import Mention, lies_in
from .homes import homes_of
from .offices import district_fact, district_name, is_city, is_lasting, provincial_fact
from .places import CITY, District, Place, held_by, key_of, shown_province
from .source import Source
from .values import AgencyFact, Document, FoundAgency, Span

_DISTRICT_KINDS: Final = frozenset({"huyện", "quận", "thị xã"})
# From these days a Đội was called Chi cục, and the Cục of a province "THADS tỉnh".
_NAMED_CHI_CUC: Final = date(2009, 7, 1)
_NAMED_THADS: Final = date(2025, 7, 1)
# A strange name straight behind "khu vực 5" may be its head's, behind "-" or "tỉnh" it is a place.
_BESIDE: Final = re.compile(r"\s+(?!TP)[A-ZÀ-ỸĐ]")
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
    is_team: bool = False


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
    A predecessor told of as such ("năm 2007, Đội Thi hành án huyện") is an agency beside its successor.
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
        self._register = register
        self._today = today
        self._as_of, self._is_dated = era_of(document, sources)
        self._votes = province_votes(found, sources, document, register)
        self._homes = homes_of(document, self._as_of, register)

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
            name = mention.place.provinces[0]
            return self._provincial(name, confidence, self._day_of(mention, name))
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
        province = _named_province(mention)
        number = (mention.number or "").upper()
        if province is None and (not mention.is_stranger or _BESIDE.match(_after(mention))):
            province = self._namesake(mention)
        if province is None and not mention.is_stranger:
            province = self._context_province()
        if province is not None:
            # The Phòng came with the merger: none was ever one of a dissolved province.
            province = held_by(province, NEWEST)
        name = f"Phòng THADS khu vực {number}" + (f" - {province}" if province else "")
        fact = self._register.named(name)
        confidence = _SURE if mention.place else (_FROM_TEXT if province else _UNSURE)
        return _Answer(("region", name), name, fact, "region", province, confidence)

    def _namesake(self, mention: Mention) -> str | None:
        """The province of the one Phòng of this number that the text names in full."""
        named = {
            _named_province(other)
            for other in self._found
            if other.head == "region" and other.number == mention.number
        } - {None}
        return named.pop() if len(named) == 1 else None

    def _is_provincial(self, mention: Mention, place: Place) -> bool:
        if not place.provinces or mention.kind in _DISTRICT_KINDS:
            return False
        if mention.kind == "tỉnh" or not place.districts:
            return True
        if mention.kind == CITY:
            return is_city(self._register, place.provinces[0], self._as_of) and not (
                mention.head in {"district", "team"}
                and self._as_of < date(2025, 7, 1)
                and place.provinces[0] not in self._register.old_cities
            )
        return mention.head not in {"district", "team"}

    def _day_of(self, mention: Mention, province: str) -> date:
        """The day a provincial name is read as of: that of the text, unless it tells the Cục of before from its successor."""
        is_old_name = mention.head == "province" and self._as_of >= _NAMED_THADS
        if is_old_name and told_before(mention, _NAMED_THADS) and self._is_called_anew(province):
            return _NAMED_THADS - timedelta(days=1)
        return self._as_of

    def _is_called_anew(self, province: str) -> bool:
        return any(m.head == "bare" and _named_province(m) == province for m in self._found)

    def _provincial(self, name: str, confidence: float, as_of: date) -> _Answer:
        fact = provincial_fact(self._register, name, as_of)
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
        is_team = self._is_team(mention)
        if district is None:
            name = district_name(shown or candidates[0].kind, candidates[0].name, is_team)
            return _Answer(("district", key_of(name)), name, None, "district", None, _UNSURE)
        return self._of_district(district, confidence, is_team, shown)

    def _is_team(self, mention: Mention) -> bool:
        """Whether the Đội of before 01/7/2009 is meant, not the Chi cục that followed it."""
        if self._as_of < _NAMED_CHI_CUC:
            return True
        return mention.head == "team" and (
            is_of_former(mention) or told_before(mention, _NAMED_CHI_CUC)
        )

    def _of_district(
        self, district: District, confidence: float, is_team: bool, shown: str | None = None
    ) -> _Answer:
        name = district_name(shown or district.kind, district.name, is_team)
        fact = district_fact(self._register, district, is_team)
        land = f"{district.province}/{district.name}/{district.kind}"
        return _Answer(
            ("team" if is_team else "district", land),
            name,
            fact,
            "district",
            district.province,
            confidence,
            district,
            is_team,
        )

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
        if len({d.province for d in candidates}) == 1:
            once = self._at_home([d for d in known if _was(mention.kind, d.kind)])
            return once or candidates[0], _NAMED if mention.kind else _SHORT
        fit = self._at_home(candidates)
        if fit is not None:
            return fit, _FROM_HOME
        scored = sorted(((self._votes[d.province], d) for d in candidates), key=lambda p: -p[0])
        if scored[0][0] > 0 and scored[0][0] > scored[1][0]:
            return scored[0][1], _FROM_TEXT
        return None, _UNSURE

    def _at_home(self, known: Sequence[District]) -> District | None:
        """The one district in the outlet's own province, else in the province that took it in."""
        fits = (_in_province(known, (home,)) for home in self._homes)
        return next((fit for fit in fits if fit is not None), None)

    def _repeated(self, mention: Mention, answers: Sequence[_Answer]) -> _Answer | None:
        """What "Cục THADS tỉnh" or a bare "Chi cục THADS" stands for, when only one thing fits."""
        is_local = mention.kind_alone in _DISTRICT_KINDS or (
            mention.head in {"district", "team"} and mention.kind_alone != "tỉnh"
        )
        if is_local:
            return self._repeated_district(mention, answers)
        kind = mention.kind_alone
        all_named = [a for a in answers if a.level == "province"]
        same = {a.key: a for a in all_named if self._is_of_kind(a.province, kind)}
        if same:
            places = {a.province for a in same.values()}
            return self._again(mention, tuple(same.values())) if len(places) == 1 else None
        province = self._context_province(kind) or _only_province(
            [a for a in answers if self._is_of_kind(a.province, kind)]
        )
        if kind is None or province is None:
            return None
        if self._counted[province]:
            return self._provincial(province, _FROM_TEXT, self._as_of)
        return self._provincial_at_home(province, kind)

    def _is_of_kind(self, province: str | None, kind: str | None) -> bool:
        """Whether "Cục THADS tỉnh" or "thành phố" may be said of a province: one that never was a "tỉnh" is not called so."""
        if province is None or kind not in {"tỉnh", CITY}:
            return province is not None
        return kind in self._register.kinds_of.get(province, {kind})

    def _again(self, mention: Mention, same: Sequence[_Answer]) -> _Answer:
        """A provincial agency named before, under the name the mention means."""
        province = same[0].province
        # Which of its parts a merged province's "Cục THADS tỉnh" was, nobody can tell.
        if province is None or not is_lasting(province):
            return same[-1]
        return self._provincial(province, same[0].confidence, self._day_of(mention, province))

    def _repeated_district(self, mention: Mention, answers: Sequence[_Answer]) -> _Answer | None:
        same = {a.key: a for a in answers if a.level == "district"}
        lands = {key[1] for key in same}
        if len(lands) == 1:
            found = next(iter(same.values()))
            # "khi đơn vị còn là Đội thi hành án" names no second office, "Đội Thi hành án huyện" does.
            is_team = found.is_team if mention.kind_alone is None else self._is_team(mention)
            if found.district is None or is_team in {a.is_team for a in same.values()}:
                return next((a for a in same.values() if a.is_team == is_team), found)
            return self._of_district(found.district, found.confidence, is_team)
        if mention.kind_alone is None or same:
            return None
        named = {d for d in self._votes.districts if d.kind == mention.kind_alone}
        if len(named) != 1:
            return None
        return self._of_district(named.pop(), _FROM_TEXT, self._is_team(mention))

    def _provincial_at_home(self, province: str, kind: str) -> _Answer | None:
        """The agency of the outlet's own province, unless that was never a "tỉnh" or never a city."""
        kinds = {
            f.kind
            for f in self._register.facts
            if f.level == "province" and f.province in self._homes
        }
        if self._homes and kinds and kind not in kinds | {None}:
            return None
        return self._provincial(province, _FROM_HOME, self._as_of)

    @cached_property
    def _counted(self) -> Counter[str]:
        """The votes of the text by the provinces of its day: what names a dissolved one speaks of its heir's land."""
        counted: Counter[str] = Counter()
        for name, votes in self._votes.items():
            counted[held_by(name, self._as_of)] += votes
        return counted

    def _context_province(self, kind: str | None = None) -> str | None:
        """The one province of a kind the text is about, by the places in it, else the outlet's home."""
        fits = Counter({k: n for k, n in self._counted.items() if self._is_of_kind(k, kind)})
        ranked = fits.most_common(2)
        if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]):
            return ranked[0][0]
        home = self._homes[-1] if self._homes else None
        return home if self._is_of_kind(home, kind) else None


def _named_province(mention: Mention) -> str | None:
    """The province printed behind a name, or None."""
    return mention.place.provinces[0] if mention.place and mention.place.provinces else None


def _after(mention: Mention) -> str:
    return mention.source.work[mention.end : mention.end + 20]


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
