"""One document in, one judgement out: does it concern THADS, which agency, what stance, how severe."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from .agency_register import NEWEST, Register
from .agency_register import register as default_register
from .context import province_votes
from .evidence import View
from .grammar import Mention, mentions
from .judging import NEGATIVE, Facts, judged, severity_of
from .lexicon import Lexicon
from .near import near_kind_of
from .places import shown_province
from .resolver import resolve
from .rules import Hit
from .scoring import NO_SCORE, Score, score
from .second_look import looked_again, may_look
from .source import Source, sources_of
from .values import Document, FoundAgency, Judgement, Reason, Span

_HERE = ZoneInfo("Asia/Ho_Chi_Minh")
_SURE_ENOUGH = 0.5
_MOST_REASONS = 60
# A title with its summary names a place only once.
_SHORT = 1400
# What the centre does concerns the whole country, unless one province is named again and again.
_OF_CENTRE = 3


def recognise(
    document: Document,
    *,
    lexicon: Lexicon | None = None,
    register: Register | None = None,
    today: date = NEWEST,
) -> Judgement:
    """What a press item says of the enforcement system, every decision with its reasons.

    Args:
        lexicon: the weights to judge by; the delivered lexicon when None.
        register: the agencies through time; the delivered register when None.
        today: the day for "who answers for it now"; by default the newest names of the register.

    >>> found = recognise(Document(title="Cục THADS tỉnh Hậu Giang tổ chức hội nghị tổng kết"))
    >>> found.relevant, found.agencies[0].name, found.agencies[0].today
    (True, 'Cục THADS tỉnh Hậu Giang', 'THADS TP. Cần Thơ')
    """
    lexicon = lexicon or Lexicon.load()
    sources = sources_of(document)
    if not any(lexicon.admits(source.given) for source in sources):
        return _unconcerned(sources, lexicon)
    known = register or default_register()
    named = tuple(m for source in sources for m in mentions(source, known.gazetteer))
    points = score(sources, named, lexicon)
    found = resolve(named, sources, document, known, today)
    year = document.published_on.year if document.published_on else None
    if may_look(sources, points, lexicon):
        points = looked_again(View.of(sources, named, points, lexicon, year), points, lexicon)
    if points.points < float(lexicon.settings["relevance"]["threshold"]):
        return _unconcerned(sources, lexicon, points, found)
    return _relevant(document, sources, named, points, found, lexicon, known)


def recognise_record(
    record: Mapping[str, Any],
    *,
    lexicon: Lexicon | None = None,
    register: Register | None = None,
    today: date = NEWEST,
) -> dict[str, Any]:
    """The answer to `hoiam recognise` for one record of its input; unknown keys are carried through.

    Raises:
        ValueError: `published_at` is not an ISO 8601 time, or a field of text is not text.
    """
    document = _document(record)
    judged = recognise(document, lexicon=lexicon, register=register, today=today)
    inputs = {"title", "sapo", "text", "url", "outlet", "published_at", "home_province"}
    carried = {key: value for key, value in record.items() if key not in inputs}
    return {**carried, **as_record(judged)}


def as_record(judged: Judgement) -> dict[str, Any]:
    """A judgement in the shape of contracts.md, ready for JSON."""
    return {
        "relevant": judged.relevant,
        "relevance": round(judged.relevance, 3),
        "agencies": [_agency_record(agency) for agency in judged.agencies],
        "provinces": list(judged.provinces),
        "stance": judged.stance,
        "kind": judged.kind,
        "severity": judged.severity,
        "reasons": [
            {**_span_record(r.span), "rule": r.rule, "text": r.text, "weight": r.weight}
            for r in judged.reasons
        ],
    }


def _agency_record(agency: FoundAgency) -> dict[str, Any]:
    return {
        "name": agency.name,
        "code": agency.code,
        "level": agency.level,
        "province": agency.province,
        "today": agency.today,
        "confidence": agency.confidence,
        "spans": [_span_record(span) for span in agency.spans],
    }


def _span_record(span: Span) -> dict[str, Any]:
    return {"field": span.field, "start": span.start, "end": span.end}


def _document(record: Mapping[str, Any]) -> Document:
    texts = {}
    for key in ("title", "sapo", "text", "outlet", "home_province"):
        value = record.get(key)
        if value is not None and not isinstance(value, str):
            raise ValueError(f"Trường “{key}” phải là chữ; hãy sửa dòng này rồi chạy lại.")
        texts[key] = value or ""
    home = texts.pop("home_province")
    return Document(
        **texts,
        home_province=home or None,
        published_on=_published_on(record.get("published_at")),
    )


def _published_on(written: object) -> date | None:
    if written is None or written == "":
        return None
    if not isinstance(written, str):
        raise ValueError(
            "published_at phải là thời điểm ISO 8601, ví dụ 2026-07-01T08:00:00+07:00."
        )
    try:
        moment = datetime.fromisoformat(written)
    except ValueError as error:
        raise ValueError(
            f"published_at “{written}” không đọc được; hãy ghi theo ISO 8601, "
            "ví dụ 2026-07-01T08:00:00+07:00."
        ) from error
    return (moment.astimezone(_HERE) if moment.tzinfo else moment).date()


def _unconcerned(
    sources: Sequence[Source],
    lexicon: Lexicon,
    points: Score = NO_SCORE,
    found: tuple[FoundAgency, ...] = (),
) -> Judgement:
    kind, hits = near_kind_of(sources, lexicon)
    return Judgement(
        relevant=False,
        relevance=points.relevance,
        kind=kind,
        reasons=_reasons((*points.hits, *hits)),
        mentions=found,
    )


def _relevant(
    document: Document,
    sources: Sequence[Source],
    named: Sequence[Mention],
    points: Score,
    found: tuple[FoundAgency, ...],
    lexicon: Lexicon,
    register: Register,
) -> Judgement:
    year = document.published_on.year if document.published_on else None
    view = View.of(sources, named, points, lexicon, year)
    where = _provinces(found, named, sources, document, register)
    stance, kind = judged(view, lexicon)
    told = stance.value if kind.value != "vu_an_can_bo" else NEGATIVE
    is_named = bool(found or where) or any(m.is_specific for m in named)
    severity, urgent = severity_of(view, Facts(kind.value, told, is_named), lexicon)
    decided = (*stance.hits, *kind.hits, *urgent)
    return Judgement(
        relevant=True,
        relevance=points.relevance,
        agencies=found,
        provinces=where,
        stance=told,
        kind=kind.value,
        severity=severity,
        reasons=_reasons((*points.hits, *decided, *view.retold_in(decided))),
        mentions=found,
    )


def _reasons(hits: Iterable[Hit]) -> tuple[Reason, ...]:
    return tuple(hit.reason() for hit in hits)[:_MOST_REASONS]


def _provinces(
    found: Sequence[FoundAgency],
    named: Sequence[Mention],
    sources: Sequence[Source],
    document: Document,
    register: Register,
) -> tuple[str, ...]:
    """Where the matter lies: the provinces of the agencies named most, else the one place named most."""
    counted: Counter[str] = Counter()
    for agency in found:
        if agency.province and agency.confidence > _SURE_ENOUGH:
            counted[agency.province] += len(agency.spans)
    if counted:
        most = max(counted.values())
        return tuple(name for name, count in counted.items() if 3 * count >= most)
    votes = province_votes(named, sources, document, register)
    ranked = votes.most_common(2)
    is_short = sum(len(source.low) for source in sources) < _SHORT
    enough = 1 if is_short and len(ranked) == 1 else 2
    if any(agency.level == "centre" for agency in found):
        enough = _OF_CENTRE
    if (
        not ranked
        or ranked[0][1] < enough
        or (len(ranked) == 2 and ranked[0][1] < 2 * ranked[1][1])
    ):
        return ()
    return (shown_province(ranked[0][0]),)
