"""Taking reports in: normalise → recognise → fold → warn, in batches, each batch one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property

from django.db import Error, transaction

from hoiam.agencies.outlets import press_name
from hoiam.core import search
from hoiam.core.databases import is_at_fault, is_misfit
from hoiam.core.errors import HoiAmError
from hoiam.kit.recognition import Document, Judgement, Lexicon, Register, recognise
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.actions.folding import Folder
from hoiam.monitoring.actions.incoming import (
    Incoming,
    address,
    cleaned,
    lead_hash,
    placed,
    printable,
    short,
    standing_at,
    url_key,
)
from hoiam.monitoring.actions.reasons import reasons_json
from hoiam.monitoring.actions.rechecks import plan_recheck
from hoiam.monitoring.actions.signals import note_spread, note_surprise
from hoiam.monitoring.actions.warn import concerned, follow_story, raise_warnings
from hoiam.monitoring.models import Attribution, Finding, Item, Warning
from hoiam.monitoring.queries.lexicon import lexicon_in_use
from hoiam.monitoring.queries.outlets import OutletBook
from hoiam.monitoring.queries.rechecks import rhythm
from hoiam.monitoring.queries.register import AgencyFinder, register_in_use
from hoiam.monitoring.queries.searched import item_documents

NOTHING = Judgement(relevant=False, relevance=0.0)
# What one unlucky report can raise in the middle of a batch; anything else is a fault of the program.
ITEM_FAULTS = (HoiAmError, Error, ValueError, ArithmeticError)


@dataclass
class Intake:
    """What one batch became."""

    items: list[Item] = field(default_factory=list)
    known: int = 0
    warnings: list[Warning] = field(default_factory=list)
    faults: list[tuple[Incoming, str]] = field(default_factory=list)
    outage: Error | None = None
    """What the database said when it was at fault itself (full, locked, only reading): no report is to blame."""
    misfits: int = 0
    """How many were refused because program and database do not fit: no fault of theirs, they are taken once that is mended."""

    @property
    def relevant(self) -> list[Item]:
        """Those of the new items that concern THADS."""
        return [item for item in self.items if item.is_relevant]


class Line:
    """The working line: register, agencies and recent stories, each loaded when the first candidate needs it."""

    def __init__(self, *, now: datetime) -> None:
        self.day = now.astimezone(VIETNAM).date()
        self._folder: Folder | None = None

    @cached_property
    def register(self) -> Register:
        """What recognition knows of agencies."""
        return register_in_use()

    @cached_property
    def lexicon(self) -> Lexicon:
        """The lexicon in force when the line began: one line judges by one version."""
        return lexicon_in_use()

    @cached_property
    def finder(self) -> AgencyFinder:
        """The agencies of the database, as of the line's day."""
        return AgencyFinder(self.day)

    @cached_property
    def outlets(self) -> OutletBook:
        """The channels of the house by host and name."""
        return OutletBook()

    def folder(self, moment: datetime) -> Folder:
        """The recent stories, read from the database when the first relevant item needs them."""
        if self._folder is None:
            self._folder = Folder.as_of(moment)
        return self._folder

    def forget(self) -> None:
        """Forget the stories in hand: a batch was rolled back and what it folded never was."""
        self._folder = None


def take_each(batch: Sequence[Incoming], *, now: datetime, line: Line | None = None) -> Intake:
    """What these reports became; when the batch fails they are tried one by one, so that a bad one costs only itself.

    Those that failed stand in `faults` with a sentence; see `take_in` for the arguments.
    """
    line = line or Line(now=now)
    try:
        return take_in(batch, now=now, line=line)
    except ITEM_FAULTS:
        line.forget()
    whole = Intake()
    for incoming in batch:
        try:
            done = take_in([incoming], now=now, line=line)
        except ITEM_FAULTS as error:
            line.forget()
            whole.faults.append((incoming, _fault(error)))
            whole.misfits += is_misfit(error)
            if isinstance(error, Error) and is_at_fault(error):
                whole.outage = error
            continue
        whole.items += done.items
        whole.known += done.known
        whole.warnings += done.warnings
    return whole


def _fault(error: Exception) -> str:
    if isinstance(error, HoiAmError):
        return str(error)
    return f"Không lưu được tin này ({type(error).__name__}). Các tin khác vẫn được nhận."


@transaction.atomic
def take_in(batch: Sequence[Incoming], *, now: datetime, line: Line | None = None) -> Intake:
    """What these reports became: new items saved with findings, stories and warnings; known ones only counted.

    Args:
        batch: reports in time order; a few hundred at most, since the batch is one transaction.
        now: the moment they are taken in.
        line: what was loaded before, when many batches follow one another.
    """
    line = line or Line(now=now)
    done = Intake()
    fresh = _unknown(batch, done)
    pairs = [(incoming, *_item(incoming, key, now, line)) for key, incoming in fresh.items()]
    done.items = Item.objects.bulk_create([item for _, item, _ in pairs])
    _mark_reprints(done.items)
    search.put_many(item_documents(done.items))
    for incoming, item, _ in pairs:
        if incoming.is_page_due:
            plan_recheck(item, now=now, after=rhythm().page_due)
    # Stories are folded in time order, whatever order a feed lists them in.
    for _, item, judgement in sorted(pairs, key=lambda pair: pair[1].at):
        if judgement.relevant:
            done.warnings += conclude(item, judgement, now=now, line=line)
    return done


def _unknown(batch: Sequence[Incoming], done: Intake) -> dict[str, Incoming]:
    keyed: dict[str, Incoming] = {}
    for incoming in batch:
        keyed.setdefault(url_key(incoming), incoming)
    have = set(Item.objects.filter(url_key__in=list(keyed)).values_list("url_key", flat=True))
    done.known = len(batch) - len(keyed) + len(have)
    return {key: incoming for key, incoming in keyed.items() if key not in have}


def _item(incoming: Incoming, key: str, now: datetime, line: Line) -> tuple[Item, Judgement]:
    problems = list(incoming.problems)
    title = cleaned(incoming.title, problems) or "(không có tiêu đề)"
    sapo, body = cleaned(incoming.sapo, problems), cleaned(incoming.body, problems)
    seen = incoming.first_seen_at or now
    published = placed(incoming, seen, problems)
    channel = incoming.channel_id or line.outlets.channel(
        incoming.url, incoming.outlet, incoming.medium
    )
    known = replace(incoming, published_at=published, channel_id=channel)
    judgement = judge(known, title, sapo, body, line)
    return (
        Item(
            url=address(incoming.url, problems),
            url_key=key,
            source_id=incoming.source_id,
            channel_id=channel,
            capture_id=incoming.capture_id,
            outlet=short(incoming.outlet, 200),
            title=title,
            sapo=sapo,
            body=body,
            author=short(incoming.author, 200),
            section=short(incoming.section, 120),
            published_at=published,
            published_raw=short(incoming.published_raw, 120),
            published_from=short(incoming.published_from, 20) if published else "",
            published_precision=incoming.published_precision,
            first_seen_at=seen,
            at=standing_at(published, incoming.published_precision, seen),
            lead_hash=lead_hash(title, sapo),
            is_relevant=judgement.relevant,
            relevance=judgement.relevance,
            lexicon_version=line.lexicon.version,
            problems=[printable(problem) for problem in problems],
        ),
        judgement,
    )


def judge(incoming: Incoming, title: str, sapo: str, body: str, line: Line) -> Judgement:
    """What recognition says of a report; the cheap gate first, since nearly all of the news concerns others."""
    if not line.lexicon.admits(f"{title}\n{sapo}\n{body}"):
        return NOTHING
    moment = incoming.published_at
    home = line.outlets.home(
        incoming.home_province, incoming.url, incoming.outlet, incoming.channel_id
    )
    return recognise(
        Document(
            title=title,
            sapo=sapo,
            text=body,
            outlet=press_name(incoming.url, incoming.outlet),
            home_province=home or None,
            published_on=moment.astimezone(VIETNAM).date() if moment else None,
        ),
        lexicon=line.lexicon,
        register=line.register,
    )


def _mark_reprints(items: list[Item]) -> None:
    """Point each item whose lead was seen before to the first that had it; folding turns those that concern THADS."""
    hashes = {item.lead_hash for item in items if item.lead_hash}
    firsts: dict[str, int] = {}
    for pk, lead in (
        Item.objects.filter(lead_hash__in=hashes).order_by("id").values_list("id", "lead_hash")
    ):
        firsts.setdefault(lead, pk)
    again = [i for i in items if i.lead_hash and firsts.get(i.lead_hash, i.pk) != i.pk]
    for item in again:
        item.duplicate_of_id = firsts[item.lead_hash]
    Item.objects.bulk_update(again, ["duplicate_of"])


def conclude(
    item: Item, judgement: Judgement, *, now: datetime, line: Line, judged_by: str = ""
) -> list[Warning]:
    """The warnings raised for a relevant item: finding, attributions and story are saved on the way.

    Args:
        judged_by: what judged the item; the version of the line's lexicon when blank.
    """
    finding = Finding.objects.create(
        item=item,
        stance=judgement.stance or "",
        kind=judgement.kind,
        severity=judgement.severity,
        relevance=judgement.relevance,
        provinces=list(judgement.provinces),
        reasons=reasons_json(judgement.reasons),
        lexicon_version=judged_by or line.lexicon.version,
        at=now,
    )
    attribute(finding, judgement, line.finder)
    story = line.folder(item.at).fold(
        item,
        severity=finding.severity,
        stance=finding.stance,
        kind=finding.kind,
        provinces=finding.provinces,
        now=now,
    )
    raised = raise_warnings(story, finding, concerned(finding, line.finder), now=now)
    follow_story(story, but=raised)
    plan_recheck(item, now=now)
    _note_bursts(raised, now)
    return [*raised, *note_spread(story, now=now).woken]


def _note_bursts(raised: list[Warning], now: datetime) -> None:
    """Ask of each agency that just got a story of today whether it gets unusually many."""
    for warning in raised:
        if warning.agency is not None and now - warning.story.first_at < timedelta(days=1):
            note_surprise(warning.agency, now=now)


def attribute(finding: Finding, judgement: Judgement, finder: AgencyFinder) -> None:
    """Nothing; the agencies a judgement names now stand beside its finding, as printed and as of today."""
    rows = []
    for found in judgement.agencies:
        agency = finder.named(found.code)
        rows.append(
            Attribution(
                finding=finding,
                agency=agency,
                # The house's own register first: an imported list knows which Phòng follows which district.
                agency_today=finder.today(agency) or finder.named(found.today_code),
                name=found.name[:200],
                level=found.level,
                province=found.province or "",
                confidence=found.confidence,
                spans=[{"field": s.field, "start": s.start, "end": s.end} for s in found.spans],
            )
        )
    Attribution.objects.bulk_create(rows)
