"""What goes into a dossier (hồ sơ chứng cứ): files with their seals, our own texts with names hidden, the index of it all."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from hoiam.core.actor import Actor
from hoiam.core.models import Sealed
from hoiam.core.stamps.kinds import Kind
from hoiam.handling.models import Case, Dossier, Evidence
from hoiam.handling.queries import EVIDENCE, PAPER, captures_of
from hoiam.kit.vietnamese import show_date, show_datetime, slug
from hoiam.monitoring.models import Capture
from hoiam.monitoring.queries import CAPTURE

WHY = "the actor may export this case"
HIDDEN = "[đã che]"


@dataclass(frozen=True)
class Wish:
    """What is asked for: for whom, why, and whether denouncers' names go along."""

    recipient: str
    reason: str
    names_denouncer: bool = False
    hide: Sequence[str] = ()
    """Names to be covered in our own texts."""


@dataclass(frozen=True)
class Part:
    """One file of the dossier: bytes of our own, or those kept under a hash."""

    path: str
    title: str
    at: datetime | None = None
    data: bytes | None = None
    blob: str = ""
    kind: Kind | None = None
    row: Any = None


@dataclass
class Index:
    """What `ho-so.json` says."""

    about: dict[str, Any]
    files: list[dict[str, Any]] = field(default_factory=list)
    withheld: list[dict[str, Any]] = field(default_factory=list)


def index_of(case: Case, wish: Wish, *, actor: Actor, now: datetime) -> Index:
    """The index without its files: the case, its facts, clocks with their rules, papers with delivery and replies."""
    shown = Cover(wish)
    return Index(
        {
            "format": "hoiam-dossier 1",
            "case": {
                "number": case.number,
                "title": case.title,
                "agency": case.agency.full_name,
                "opened_at": case.opened_at.isoformat(),
                "state": case.get_state_display(),
            },
            "made": {"at": now.isoformat(), "by": str(actor)},
            "recipient": wish.recipient,
            "reason": wish.reason,
            "facts": [
                {
                    "claim": shown(row.claim),
                    "truth": shown(row.truth),
                    "evidence": shown(row.evidence),
                    "is_claim_right": row.is_claim_right,
                }
                for row in case.facts.all()
            ],
            "moments": [
                {"kind": m.get_kind_display(), "at": m.at.isoformat(), "reason": shown(m.reason)}
                for m in case.moments.filter(replaced_by=None)
            ],
            "clocks": list(_clocks(case)),
            "papers": list(_papers(case, shown)),
        }
    )


class Cover:
    """Covers the names of a wish in a text."""

    def __init__(self, wish: Wish) -> None:
        names = sorted({n.strip() for n in wish.hide if n.strip()}, key=len, reverse=True)
        pattern = "|".join(r"\s+".join(map(re.escape, name.split())) for name in names)
        self._names = re.compile(pattern, re.IGNORECASE) if names else None

    def __call__(self, text: str) -> str:
        """The text, names covered."""
        return self._names.sub(HIDDEN, text) if self._names else text


def _clocks(case: Case) -> Iterator[dict[str, Any]]:
    for clock in case.clocks.all():
        yield {
            "rule": clock.rule,
            "title": clock.title,
            "source": clock.source,
            "is_default": clock.is_default,
            "started_at": clock.started_at.isoformat(),
            "due_at": clock.due_at.isoformat() if clock.due_at else None,
            "ended_at": clock.ended_at.isoformat() if clock.ended_at else None,
            "is_late": clock.is_late,
            "steps": clock.steps,
        }


def _papers(case: Case, shown: Cover) -> Iterator[dict[str, Any]]:
    for paper in case.papers.exclude(blob="").prefetch_related("checks"):
        yield {
            "symbol": paper.symbol,
            "subject": shown(str(paper)),
            "addressee": paper.addressee,
            "issued_on": paper.issued_on.isoformat() if paper.issued_on else None,
            "sent_at": paper.sent_at.isoformat() if paper.sent_at else None,
            "sent_how": paper.sent_how,
            "delivered_at": paper.delivered_at.isoformat() if paper.delivered_at else None,
            "proof_of_delivery": paper.delivery_evidence_id,
            "replies": [
                {"at": c.at.isoformat(), "reply": c.get_reply_display(), "url": c.url}
                for c in paper.checks.all()
            ],
        }


def parts_of(case: Case, wish: Wish, index: Index) -> Iterator[Part]:
    """The files in the order of the list: reports, captures, evidence, papers, the table of facts."""
    shown = Cover(wish)
    for number, each in enumerate(case.case_items.select_related("item").order_by("added_at"), 1):
        item = each.item
        yield Part(
            f"bai-bao/{number:02}-{slug(item.title)[:50].strip('-')}.txt",
            f"Bài: {item.title}",
            item.published_at or item.first_seen_at,
            _item_text(item).encode(),
        )
    yield from _captures(case)
    yield from _evidence(case, wish, index)
    for paper in case.papers.exclude(blob="").order_by("pk"):
        name = slug(paper.symbol or paper.kind)
        yield Part(
            f"van-ban/{paper.pk}-{name}.docx",
            f"Văn bản {paper.symbol}: {paper}",
            paper.approved_at,
            blob=paper.blob,
            kind=PAPER,
            row=paper,
        )
    yield Part("bang-doi-chieu.txt", "Bảng đối chiếu báo nêu – thực tế – chứng cứ", None, _facts_text(case, shown).encode())  # fmt: skip


def _captures(case: Case) -> Iterator[Part]:
    for capture in captures_of(case):
        what = {"image/png": "Ảnh trang", "application/pdf": "Bản in"}.get(
            capture.content_type, "Bản chụp"
        )
        yield Part(
            f"ban-chup/{capture.pk}.{_ending(capture)}",
            f"{what}: {capture.url or capture.how}",
            capture.at,
            blob=capture.blob,
            kind=CAPTURE,
            row=capture,
        )


def _ending(capture: Capture) -> str:
    if capture.blob != capture.payload_sha256:
        return "warc.gz"
    known = {"image/png": "png", "image/jpeg": "jpg", "application/pdf": "pdf"}
    return known.get(capture.content_type, capture.content_type.rpartition("/")[2] or "bin")


def _evidence(case: Case, wish: Wish, index: Index) -> Iterator[Part]:
    for file in Evidence.objects.system(WHY).filter(case=case).order_by("pk"):
        if file.names_denouncer and not wish.names_denouncer:
            index.withheld.append(
                {
                    "kind": "evidence",
                    "id": file.pk,
                    "sha256": file.blob,
                    "why": "có tên người tố cáo",
                }
            )
            continue
        stem, _, ending = file.file_name.rpartition(".")
        yield Part(
            f"chung-cu/{file.pk}-{slug(stem)[:60] or 'tep'}.{slug(ending) or 'bin'}",
            f"Chứng cứ: {file.title}",
            file.added_at,
            blob=file.blob,
            kind=EVIDENCE,
            row=file,
        )


def _published(item: Any) -> str:
    if item.published_at is None:
        return "chưa rõ"
    return show_date(item.shown_at) if item.is_day_only else show_datetime(item.published_at)


def _item_text(item: Any) -> str:
    head = [
        item.title,
        f"{item.outlet or 'Không rõ báo'} · {item.url}",
        f"Đăng: {_published(item)} · hệ thống thấy: {show_datetime(item.first_seen_at)}",
        "",
        item.sapo,
        "",
        item.body,
    ]
    return "\n".join(head) + "\n"


def _facts_text(case: Case, shown: Cover) -> str:
    judged = {True: "báo nêu đúng", False: "báo nêu sai", None: "chưa kết luận"}
    rows = [
        f"{n}. Báo nêu: {shown(row.claim)}\n   Thực tế: {shown(row.truth)}\n"
        f"   Chứng cứ: {shown(row.evidence)}\n   Kết luận: {judged[row.is_claim_right]}\n"
        for n, row in enumerate(case.facts.all(), 1)
    ]
    return f"BẢNG ĐỐI CHIẾU – {case.number}: {case.title}\n\n" + "\n".join(rows or ["(trống)\n"])


def seals_of(part: Part) -> list[Sealed]:
    """The seals of one file, oldest first; none for our own texts."""
    if part.kind is None:
        return []
    found = Sealed.objects.filter(kind=part.kind.code, subject_id=part.row.pk)
    return list(found.select_related("stamp").order_by("id"))


def dossier_name(dossier: Dossier) -> str:
    """The name under which a dossier is saved."""
    return f"ho-so-chung-cu-{dossier.case.ordinal}-{dossier.case.year}-{dossier.pk}.zip"
