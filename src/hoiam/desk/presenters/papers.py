"""Papers as the desk shows them: rows of the register, a paper read on screen, what is still missing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from hoiam.core.actor import Actor
from hoiam.handling.actions.paper_fields import AT_APPROVAL, data_of
from hoiam.handling.actions.paper_grounds import Ground, gaps_of, ground_of
from hoiam.handling.actions.signing import LABELS
from hoiam.handling.models import Case, Paper, PaperVersion, SignedFile, WatchCheck
from hoiam.handling.queries import papers_visible_to
from hoiam.handling.states import PaperState
from hoiam.kit.papers import Field, PaperKind, kind, kinds, missing_fields
from hoiam.kit.vietnamese import show_date, slug

# Kinds a case offers, in the order of the page; the daily digest has its own page.
ON_PRESS = ("response", "correction_demand")
WITH_CONCLUSION = "conclusion_notice"
GROUPS = (
    ("Trả lời đề nghị, đơn do báo chuyển", ("answer", "refusal", "measures_notice", "acceptance_notice", "settlement_notice")),
    ("Đề nghị xử lý, khởi kiện", ("escalation_request", "court_summary", "lawsuit_request")),
    ("Phát ngôn, họp báo", ("press_release", "authorisation", "conference_notice", "invitation", "minutes")),
    ("Trong Hệ thống", ("superior_report", "briefing_sheet", "directive_answer", "explanation_request", "explanation", "supply_plan", "periodic_report")),
)  # fmt: skip
# Parts of the case page where a gap is mended.
PLACES = {"facts": "doi-chieu", "evidence": "chung-cu", "papers": "van-ban"}
NOT_OF_A_CASE = frozenset(
    {
        "digest", "dossier_list", "outlook", "synthesis", "yearly_report",
        # Of a report round: written where its reports stand.
        "final_review", "interim_review", "round_synthesis", "scheme_yearly_review", "unit_report",
        # Of cooperation: written from its lists.
        "reward_decision", "reward_list", "reward_proposal", "training_list", "training_plan",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Block:
    """One piece of a paper's text on screen: a paragraph, or a table."""

    text: str = ""
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()


@dataclass(frozen=True)
class KindGroup:
    """Kinds of paper offered together."""

    title: str
    kinds: Sequence[tuple[PaperKind, Ground]]


def paper_pages(actor: Actor) -> QuerySet[Paper]:
    """Papers in sight with all their page shows, in a fixed number of queries."""
    return (
        papers_visible_to(actor)
        .select_related(
            "case__agency",
            "agency",
            "press_agency",
            "channel",
            "item",
            "drafted_by",
            "approved_by",
            "delivery_evidence",
        )
        .prefetch_related(
            Prefetch("versions", PaperVersion.objects.select_related("by")),
            Prefetch("checks", WatchCheck.objects.select_related("by", "evidence")),
            Prefetch("signed_files", SignedFile.objects.select_related("by", "evidence")),
            "case__evidence_files",
            "case__facts",
        )
    )


def kind_groups(case: Case, has_conclusion: bool, today: date) -> list[KindGroup]:
    """The kinds to choose from, once it is known whether a competent body has concluded.

    The three papers to the press are different acts (workflow.md §4): without a conclusion the notice that carries it
    is not offered. Each says what it obliges to, and what the case still lacks for it.
    """
    press = (WITH_CONCLUSION, *ON_PRESS) if has_conclusion else ON_PRESS
    grouped = [("Về nội dung báo đã đăng, phát", press), *GROUPS]
    taken = {WITH_CONCLUSION, *NOT_OF_A_CASE, *(code for _, codes in grouped for code in codes)}
    others = tuple(each.code for each in kinds() if each.code not in taken)
    grouped += [("Văn bản khác", others)] if others else []
    return [
        KindGroup(title, [(kind(code), ground_of(case, code, today=today)) for code in codes])
        for title, codes in grouped
    ]


def lacking(paper: Paper, today: date) -> list[tuple[str, str]]:
    """What form and law still want before the paper may be submitted, each with the place where it is mended."""
    found = missing_fields(paper.kind, {**data_of(paper), "draft": True})
    rows = [(field.label, f"#id_{field.name}") for field in found if field.name not in AT_APPROVAL]
    home = reverse("desk-case", args=[paper.case_id])
    for gap in gaps_of(paper, today=today):
        rows.append(
            (
                gap.sentence,
                f"{home}#{PLACES[gap.place]}" if gap.place in PLACES else f"#id_{gap.place}",
            )
        )
    return rows


def basis_of(paper: Paper) -> list[tuple[str, str]]:
    """What a signature by order or by authority rests on."""
    return [(LABELS[name], value) for name, value in paper.signing_basis.items()]


def signed_files_of(paper: Paper) -> list[SignedFile]:
    """The signed files with their signers' moments as moments."""
    files = list(paper.signed_files.all())
    for file in files:
        file.shown_signers = [
            {**each, "at": datetime.fromisoformat(each["at"]) if each["at"] else None}
            for each in file.signers
        ]
    return files


def blocks_of(paper: Paper) -> Iterator[Block]:
    """The text of the paper, its tables in their places."""
    tables = [field for field in kind(paper.kind).fields if field.table]
    for line in paper.body.split("\n"):
        words = line.strip()
        if words.startswith("⟦") and tables:
            yield _table(tables[0], paper.fields.get(tables[0].name) or [])
        elif words:
            yield Block(text=words)


def _table(field: Field, rows: Sequence[dict[str, Any]]) -> Block:
    return Block(
        columns=[column.label for column in field.columns],
        rows=[[str(row.get(c.name, "")) for c in field.columns] for row in rows],
    )


def moments_of(paper: Paper) -> list[tuple[str, Any, str]]:
    """What happened to the paper: what, when, by whom or how."""
    found = [
        ("Soạn", paper.drafted_at, str(paper.drafted_by)),
        ("Trình duyệt", paper.submitted_at, ""),
        ("Duyệt, cấp số", paper.approved_at, str(paper.approved_by or "")),
        ("Gửi", paper.sent_at, paper.sent_how),
        ("Báo nhận", paper.delivered_at, str(paper.delivery_evidence or "")),
    ]
    return [(what, at, who) for what, at, who in found if at is not None]


def waiting_words(paper: Paper, actor: Actor) -> str:
    """Why this person has no button on a submitted paper."""
    if paper.state != PaperState.SUBMITTED:
        return ""
    if paper.drafted_by_id == actor.pk:
        return (
            "Bạn là người soạn nên không tự duyệt được. Văn bản đang chờ thủ trưởng, cấp phó "
            "hoặc người phát ngôn khác duyệt."
        )
    return "Văn bản đang chờ thủ trưởng, cấp phó hoặc người phát ngôn duyệt."


def file_name(paper: Paper) -> str:
    """The name of the Word file: what it is, its number or that it is a draft, its day."""
    title = kind(paper.kind).title
    number = paper.symbol.replace("/", "-") if paper.symbol else "dự thảo"
    day: date = paper.issued_on or paper.drafted_at.date()
    return f"{title} {number} {show_date(day).replace('/', '-')}.docx"


def ascii_name(name: str) -> str:
    """The same name in letters every machine knows."""
    stem, _, ending = name.rpartition(".")
    return f"{slug(stem)}.{ending}" if stem else slug(name)
