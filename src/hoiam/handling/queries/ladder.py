"""The ladder above an outlet as it stands on a case: what each rung needs, whom it addresses, what was done."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from hoiam.agencies.models import PressAgency
from hoiam.handling.models import Case, OutletWatch, Paper, Rung
from hoiam.handling.queries.ladder_proof import is_sealed_after_due
from hoiam.handling.queries.outlet_watch import may_go_on, watches_of
from hoiam.handling.states import PaperState, RungLevel
from hoiam.kit.rulebook import Light

# Which paper each rung above the outlet begins with. The petition itself is written by lawyers, on procedural forms.
PAPER_KINDS: Mapping[str, str] = {
    RungLevel.OWNER.value: "escalation_request",
    RungLevel.AUTHORITY.value: "escalation_request",
    RungLevel.COURT.value: "lawsuit_request",
}
TO_PRESS = frozenset({"response", "correction_demand", "conclusion_notice"})


@dataclass(frozen=True)
class Need:
    """One thing a rung needs, and whether it is there."""

    words: str
    is_met: bool

    @property
    def light(self) -> Light:
        """Done, or still wanted."""
        return Light("ok", "done", "đã có") if self.is_met else Light("due", "wait", "còn thiếu")


@dataclass(frozen=True)
class RungView:
    """One rung of the ladder: whom it addresses, what it needs, what was done."""

    level: str
    label: str
    addressee: str
    address: str
    needs: tuple[Need, ...]
    rung: Rung | None
    is_next: bool = False

    @property
    def lacking(self) -> list[str]:
        """What is still missing, as words."""
        return [need.words for need in self.needs if not need.is_met]


@dataclass(frozen=True)
class _Record:
    """What is known of the exchange with the outlet."""

    papers: Sequence[Paper]
    watches: Sequence[OutletWatch]
    has_facts: bool
    press: PressAgency | None
    is_sealed_after: bool

    @property
    def is_proved(self) -> bool:
        return any(paper.delivered_at and paper.delivery_evidence_id for paper in self.papers)

    @property
    def is_unmet(self) -> bool:
        return any(watch.is_original and may_go_on(watch) for watch in self.watches)


def ladder_of(case: Case) -> list[RungView]:
    """The four rungs of a case, lowest first; at most eight queries."""
    record = _record(case)
    taken = {rung.level: rung for rung in case.rungs.select_related("paper", "begun_by")}
    return [
        RungView(
            level=level,
            label=str(RungLevel(level).label),
            addressee=taken[level].addressee if level in taken else _addressee(record, level),
            address=_address(record, level),
            needs=_needs(record, level, taken),
            rung=taken.get(level),
        )
        for level in RungLevel.values
    ]


def addressee_of(case: Case, level: str) -> str:
    """Whom the rung addresses by the register of the press; blank when it does not say."""
    return _addressee(_record(case), level)


def lacking_of(case: Case, level: str) -> list[str]:
    """What the rung still needs, as words."""
    taken = {rung.level: rung for rung in case.rungs.all()}
    return [need.words for need in _needs(_record(case), level, taken) if not need.is_met]


def _record(case: Case) -> _Record:
    papers = [
        paper
        for paper in case.papers.select_related("press_agency")
        if paper.kind in TO_PRESS and paper.state in (PaperState.SENT, PaperState.DELIVERED)
    ]
    press = next((paper.press_agency for paper in papers if paper.press_agency), None)
    watches = list(watches_of(papers))
    return _Record(papers, watches, case.facts.exists(), press, is_sealed_after_due(case, watches))


def _addressee(record: _Record, level: str) -> str:
    press = record.press
    if press is None:
        return "Tòa án có thẩm quyền" if level == RungLevel.COURT else ""
    return {
        RungLevel.OUTLET: press.name,
        RungLevel.OWNER: press.owner,
        RungLevel.AUTHORITY: press.press_authority,
        RungLevel.COURT: "Tòa án có thẩm quyền",
    }[RungLevel(level)]


def _address(record: _Record, level: str) -> str:
    press = record.press
    if press is None:
        return ""
    return {
        RungLevel.OUTLET: press.address,
        RungLevel.OWNER: press.owner_address,
        RungLevel.AUTHORITY: press.press_authority_address,
    }.get(RungLevel(level), "")


_Test = Callable[[_Record, Mapping[str, Rung]], bool]
_Wanted = tuple[str, _Test]


def _needs(record: _Record, level: str, taken: Mapping[str, Rung]) -> tuple[Need, ...]:
    rows = _NEEDS[level]
    return tuple(Need(words, test(record, taken)) for words, test in rows)


_SENT: _Wanted = ("văn bản đã gửi cơ quan báo chí", lambda r, _: bool(r.papers))
_PROOF: _Wanted = ("chứng cứ báo đã nhận văn bản", lambda r, _: r.is_proved)
_UNMET: _Wanted = (
    "kết quả theo dõi đã xác nhận: báo đăng thiếu, im lặng, gỡ bài hoặc từ chối",
    lambda r, _: r.is_unmet,
)
_SEALED: _Wanted = (
    "bản chụp đã niêm phong, chụp sau khi hết hạn của báo",
    lambda r, _: r.is_sealed_after,
)
_FACTS: _Wanted = ("bảng đối chiếu kèm chứng cứ", lambda r, _: r.has_facts)
_NEEDS: Mapping[str, tuple[_Wanted, ...]] = {
    RungLevel.OUTLET.value: (_SENT, _PROOF),
    RungLevel.OWNER.value: (_SENT, _PROOF, _UNMET),
    RungLevel.AUTHORITY.value: (_SENT, _PROOF, _UNMET, _SEALED, _FACTS),
    RungLevel.COURT.value: (
        _SENT,
        _PROOF,
        _UNMET,
        _SEALED,
        _FACTS,
        (
            "trả lời, hoặc việc không trả lời, của bậc dưới",
            lambda _, taken: any(rung.sent_at for rung in taken.values()),
        ),
    ),
}


def days_since(moment: datetime | None, now: datetime) -> int | None:
    """Whole days since a moment; None when it is not known."""
    return (now - moment).days if moment else None
