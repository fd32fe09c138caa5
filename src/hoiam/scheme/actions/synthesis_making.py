"""Making a synthesis: reports read with progress, parts written (edited ones only offered), the Word file drawn."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from hoiam.agencies.models import Agency
from hoiam.agencies.states import Level
from hoiam.core import blobs
from hoiam.kit.papers import PaperError, write
from hoiam.kit.papers.report_form import FormSpec
from hoiam.kit.vietnamese import show_datetime, show_number
from hoiam.scheme.actions.round_papers import addressee_of, letterhead, table_columns
from hoiam.scheme.models import ReportRound, Synthesis, SynthesisPart, UnitReport
from hoiam.scheme.queries.round_forms import form_of
from hoiam.scheme.queries.round_words import order_words
from hoiam.scheme.queries.standing import Standing, standing_of
from hoiam.scheme.queries.synthesis import (
    FigureSum,
    Told,
    as_text,
    figure_sums,
    folded,
    joined_rows,
    kept,
    source_hash,
    table_sections,
    task_table,
    text_sections,
)
from hoiam.scheme.states import ReviewKind, SectionKind, SynthesisState

SENT, FIGURES = "tinh-hinh-gui", "so-lieu-chung"
MOST_PARAGRAPHS = 60
STEP = 20  # reports between two lines of progress


def _head_of(agency: Agency) -> Agency:
    """The office under whose name a unit's words stand: a regional office's province, any other unit itself."""
    is_below = agency.level in (Level.REGION, Level.DISTRICT) and agency.parent_id
    return agency.parent if is_below else agency


class Gathered:
    """The reports of a round as the synthesis needs them: what was told, and who stands how."""

    def __init__(self, round_: ReportRound, now: datetime) -> None:
        rows = UnitReport.objects.system("all reports of a round are put together")
        rows = rows.filter(round=round_).defer("content").select_related("agency__parent")
        self.lines: list[tuple[UnitReport, Standing]] = []
        self.told: list[Told] = []
        for report in rows.prefetch_related("versions"):
            versions = list(report.versions.all())
            standing = standing_of(round_, versions, now)
            self.lines.append((report, standing))
            if versions and not standing.is_back:
                agency = report.agency
                self.told.append(
                    Told(agency.pk, agency.name, _head_of(agency).name, versions[-1].content)
                )

    @property
    def silent(self) -> list[str]:
        """The units nothing is taken from."""
        there = {told.agency for told in self.told}
        return [str(report.agency) for report, _ in self.lines if report.agency_id not in there]


def make_synthesis(synthesis: Synthesis, *, run: int, now: datetime) -> Synthesis:
    """The synthesis made from the reports that are in, with its Word file; progress is written while it goes.

    A run that was overtaken by a later one changes nothing.
    """
    if not _begin(synthesis, run):
        return synthesis
    round_ = synthesis.round
    spec, gathered = form_of(round_), Gathered(round_, now)
    texts = list(text_sections(spec))
    tick = _ticker(synthesis, run, len(gathered.told) * max(1, len(texts)))
    figures = figure_sums(spec, gathered.told)
    made = [*_counted(round_, gathered, figures), *_written(round_, spec, gathered, tick)]
    with transaction.atomic():
        if not _is_ours(synthesis, run):
            return synthesis
        _store(synthesis, made)
        _told(synthesis, gathered, figures)
        synthesis.made_at = now
        synthesis.save(update_fields=["figures", "made_at"])
    return _draw(synthesis, gathered, run, now)


def write_word(synthesis: Synthesis, *, run: int, now: datetime) -> Synthesis:
    """The Word file written again from the parts as they stand."""
    if not _begin(synthesis, run):
        return synthesis
    return _draw(synthesis, Gathered(synthesis.round, now), run, now)


def _begin(synthesis: Synthesis, run: int) -> bool:
    rows = Synthesis.objects.system("a run begins").filter(pk=synthesis.pk, run=run)
    return bool(rows.exclude(state=SynthesisState.READY).update(state=SynthesisState.MAKING))


def _is_ours(synthesis: Synthesis, run: int) -> bool:
    """Whether the run was not overtaken; the synthesis is held, as by who edits a part: one waits for the other."""
    rows = Synthesis.objects.system("a run writes what it made").select_for_update()
    return rows.filter(pk=synthesis.pk, run=run).first() is not None


def _ticker(synthesis: Synthesis, run: int, total: int) -> Callable[[], None]:
    own = Synthesis.objects.system("progress of a run").filter(pk=synthesis.pk, run=run)
    own.update(total=total, done=0)
    done = 0

    def tick() -> None:
        nonlocal done
        done += 1
        if done % STEP == 0 or done == total:
            own.update(done=done)

    return tick


def _told(synthesis: Synthesis, gathered: Gathered, figures: Sequence[FigureSum]) -> None:
    synthesis.figures = {
        "sums": [asdict(each) for each in figures],
        "counted": len(gathered.told),
        "asked": len(gathered.lines),
        "silent": gathered.silent,
    }


def _counted(
    round_: ReportRound, gathered: Gathered, figures: Sequence[FigureSum]
) -> Iterator[dict[str, Any]]:
    """The parts that are counted, not quoted: who sent, and what the figures add up to."""
    yield _part(SENT, "Tình hình gửi báo cáo", "Tình hình gửi báo cáo", 0, sent_words(gathered))
    if figures:
        first = round_.sections.filter(kind=SectionKind.FIGURE).first()
        chapter = (first.chapter or "Số liệu") if first else "Số liệu"
        order = first.order if first else 1
        yield _part(FIGURES, chapter, "Số liệu chung", order, figure_words(figures))


def _part(
    key: str, chapter: str, title: str, order: int, text: str, paragraphs: Sequence[Any] = ()
) -> dict[str, Any]:
    source = source_hash([text, list(paragraphs)])
    return {
        "key": key, "chapter": chapter, "title": title, "order": order, "made": text,
        "paragraphs": list(paragraphs), "source": source,
    }  # fmt: skip


def sent_words(gathered: Gathered) -> str:
    """Who sent and who did not, as a sentence."""
    statuses = [standing.status for _, standing in gathered.lines]
    come = len(gathered.told)
    words = (
        f"Có {show_number(come)}/{show_number(len(statuses))} đơn vị gửi báo cáo; đúng hạn "
        f"{show_number(statuses.count('on_time'))}, chậm {show_number(statuses.count('late'))}."
    )
    silent = gathered.silent
    return f"{words} Chưa có báo cáo của: {', '.join(silent)}." if silent else words


def figure_words(figures: Sequence[FigureSum]) -> str:
    """The totals as lines, each saying of how many units it is made."""
    return "\n".join(
        f"- {each.title}: {each.total} {each.unit} ({show_number(each.given)} đơn vị có số liệu)."
        if each.given
        else f"- {each.title}: chưa đơn vị nào có số liệu."
        for each in figures
    )


def _written(
    round_: ReportRound, spec: FormSpec, gathered: Gathered, tick: Callable[[], None]
) -> Iterator[dict[str, Any]]:
    rows = {section.key: section for section in round_.sections.all()}
    for section in text_sections(spec):
        paragraphs = folded(section, gathered.told, tick)
        row = rows[section.key]
        text = as_text(paragraphs[:MOST_PARAGRAPHS])
        yield _part(
            section.key, row.chapter or row.title, row.title, row.order, text, kept(paragraphs)
        )
    for section in table_sections(spec):
        row = rows[section.key]
        rows_told = joined_rows(section, gathered.told)
        words = (
            f"{show_number(len({r[0] for r in rows_told}))} đơn vị có số liệu; chi tiết ở phụ lục."
        )
        yield _part(section.key, row.chapter or row.title, row.title, row.order, words)


def _store(synthesis: Synthesis, made: Sequence[dict[str, Any]]) -> None:
    """Write the parts: new ones whole, untouched ones anew, edited ones only offered."""
    known = {part.key: part for part in synthesis.parts.select_for_update()}
    for row in made:
        part = known.pop(row["key"], None)
        if part is None:
            SynthesisPart.objects.create(
                synthesis=synthesis, text=row["made"], seen=row["source"], **row
            )
            continue
        part.made, part.source, part.paragraphs = row["made"], row["source"], row["paragraphs"]
        if not part.edited:
            part.text, part.seen = row["made"], row["source"]
        part.version += 1
        part.save()
    # What the form no longer asks goes, unless a person wrote it.
    synthesis.parts.filter(pk__in=[p.pk for p in known.values() if not p.edited]).delete()


def _draw(synthesis: Synthesis, gathered: Gathered, run: int, now: datetime) -> Synthesis:
    """The Word file kept; a fault of the form is told on the page, the parts stay."""
    synthesis.word_fault = ""
    try:
        data = synthesis_word(synthesis, gathered, now=now)
        synthesis.blob, synthesis.written_at = blobs.put(data).sha256, now
    except PaperError as error:
        synthesis.word_fault = str(error)[:500]
    synthesis.state = SynthesisState.READY
    with transaction.atomic():
        if _is_ours(synthesis, run):
            synthesis.save(update_fields=["state", "blob", "written_at", "word_fault"])
    return synthesis


def synthesis_word(synthesis: Synthesis, gathered: Gathered, *, now: datetime) -> bytes:
    """The whole report as one Word file in the form of NĐ 30/2020.

    Raises:
        PaperError: the form refuses the content.
    """
    round_ = synthesis.round
    fields = letterhead(round_.owner, now) | {
        "addressees": [addressee_of(round_, now)],
        "subject": subject_of(round_),
        "under": order_words(round_),
        "parts": list(synthesis_parts(synthesis, gathered)),
    }
    return write(round_.review, fields)


def subject_of(round_: ReportRound) -> str:
    """What the report is about: the round's title behind the kind of review it is, once."""
    label = str(ReviewKind(round_.review).label)
    if round_.review == ReviewKind.ROUND:
        label = "Tổng hợp báo cáo"
    title = round_.title
    kind = " ".join(label.casefold().split()[:2])  # "đánh giá hằng năm" of "Đánh giá năm 2026 …"
    if label.casefold() in title.casefold() or title.casefold().startswith(kind):
        return title
    if title.casefold().startswith("báo cáo ") and label.endswith("báo cáo"):
        return f"{label}{title.removeprefix(title[:7])}"
    return f"{label}: {title}"


def synthesis_parts(synthesis: Synthesis, gathered: Gathered) -> Iterator[dict[str, Any]]:
    """The parts of the report: chapters in order with text, tables and charts, then the annexes."""
    parts = list(synthesis.parts.filter(included=True))
    sums = [FigureSum(**each) for each in synthesis.figures.get("sums", [])]
    spec = form_of(synthesis.round)
    chapter = None
    for part in parts:
        opens = part.chapter != chapter
        if opens:
            chapter = part.chapter
            yield {"heading": chapter}
        if part.title != part.chapter or not opens:
            yield {"subheading": part.title}
        if part.text:
            yield {"text": part.text}
        yield from _beside(part, spec, gathered, sums)
    yield from _annexes({part.key for part in parts}, synthesis.round, spec, gathered)


def _beside(
    part: SynthesisPart, spec: FormSpec, gathered: Gathered, sums: Sequence[FigureSum]
) -> Iterator[dict[str, Any]]:
    """The tables and charts that stand under a part."""
    if part.key == SENT:
        words = {"on_time": "Đúng hạn", "late": "Chậm", "other": "Chưa có báo cáo"}
        counts = dict.fromkeys(words, 0)
        for _, standing in gathered.lines:
            counts[standing.status if standing.status in words else "other"] += 1
        yield {"chart": "Tình hình gửi báo cáo (số đơn vị)", "bars": [[words[k], n] for k, n in counts.items()]}  # fmt: skip
    if part.key == FIGURES and sums:
        yield _sum_table(sums)
        first = sums[0]
        if first.top:
            title = f"{first.title}: các đơn vị có số liệu cao nhất ({first.unit})"
            yield {"chart": title, "bars": [[name, value] for name, value in first.top]}
    section = spec.section(part.key)
    if section is not None and section.per_task:
        numbers = [column for column in section.columns if column.kind == "number"]
        columns = [
            {"label": "Mục", "width": 18},
            {"label": "Nhiệm vụ"},
            {"label": "Số đơn vị báo cáo", "width": 26, "number": True},
            *({"label": column.label, "width": 26, "number": True} for column in numbers),
        ]
        yield {"table": "", "columns": columns, "rows": task_table(section, gathered.told)}


def _sum_table(sums: Sequence[FigureSum]) -> dict[str, Any]:
    columns = [
        {"label": "Chỉ tiêu"},
        {"label": "Đơn vị tính", "width": 26},
        {"label": "Tổng số", "width": 26, "number": True},
        {"label": "Số đơn vị có số liệu", "width": 26, "number": True},
        {"label": "Số đơn vị chưa có", "width": 24, "number": True},
    ]
    rows = [
        [s.title, s.unit, s.total, show_number(s.given), show_number(len(s.missing))] for s in sums
    ]
    return {"table": "", "columns": columns, "rows": rows}


def _annexes(
    keys: set[str], round_: ReportRound, spec: FormSpec, gathered: Gathered
) -> Iterator[dict[str, Any]]:
    yield {"annex": "Danh sách đơn vị gửi báo cáo"}
    yield {"table": "", "columns": _LIST, "rows": [_list_row(*line) for line in gathered.lines]}
    rows = {section.key: section for section in round_.sections.all()}
    for section in table_sections(spec):
        told = joined_rows(section, gathered.told)
        if section.key in keys and told:
            yield {"annex": f"{section.title}, theo từng đơn vị", "landscape": True}
            columns = [{"label": "Đơn vị", "width": 40}, *table_columns(rows[section.key])]
            yield {"table": "", "columns": columns, "rows": told}
    if FIGURES in keys:
        yield from _figure_annex(spec, gathered)


_LIST = [
    {"label": "Đơn vị"},
    {"label": "Tình trạng", "width": 55},
    {"label": "Nhận lúc", "width": 35},
]


def _list_row(report: UnitReport, standing: Standing) -> list[str]:
    at = standing.counted_at or standing.received_at
    return [str(report.agency), standing.words, show_datetime(at) if at else "–"]


def _figure_annex(spec: FormSpec, gathered: Gathered) -> Iterator[dict[str, Any]]:
    """Every figure of every unit, lying; the figures are numbered, their names stand above."""
    figures = [section for section in spec.sections if section.kind == "figure"]
    if not figures or not gathered.told:
        return
    yield {"annex": "Số liệu của từng đơn vị", "landscape": True}
    names = "; ".join(f"({n}) {section.title}" for n, section in enumerate(figures, start=1))
    yield {"text": f"Các cột: {names}."}
    columns = [
        {"label": "Đơn vị", "width": 60},
        *({"label": f"({n})", "number": True} for n, _ in enumerate(figures, start=1)),
    ]
    rows = [
        [told.name, *(str(told.content.get(section.key, "") or "–") for section in figures)]
        for told in gathered.told
    ]
    yield {"table": "", "columns": columns, "rows": rows}
