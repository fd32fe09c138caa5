"""The reader: bytes of an official paper in, every field with its place out."""

import re
from collections.abc import Sequence
from dataclasses import replace

from hoiam.kit.papers.reading import opening, refusals
from hoiam.kit.papers.reading.addressing import addressees_of, recipients_of
from hoiam.kit.papers.reading.bases import bases_of
from hoiam.kit.papers.reading.cleaning import cleaned, flattened, is_capitals
from hoiam.kit.papers.reading.demands import LETTER, NEWS, PLAN
from hoiam.kit.papers.reading.letterhead import Letterhead, letterhead_of
from hoiam.kit.papers.reading.limits import LONGEST, MOST_LINES
from hoiam.kit.papers.reading.listed_tasks import listed_tasks
from hoiam.kit.papers.reading.obligations import (
    asked_of_all,
    invitation_of,
    obligations_of,
)
from hoiam.kit.papers.reading.refusals import NotReadable
from hoiam.kit.papers.reading.report_tables import is_report_grid, table_obligations
from hoiam.kit.papers.reading.reported import (
    ATTACHED,
    Report,
    headline_of,
    is_report,
    ordering_of,
    report_of,
)
from hoiam.kit.papers.reading.scan_doubts import sifted
from hoiam.kit.papers.reading.sheet import Block, Line, Places, Sheet, lay_out
from hoiam.kit.papers.reading.signing import Signature, signature_of
from hoiam.kit.papers.reading.table_tasks import is_task_grid, put_together, table_tasks
from hoiam.kit.papers.reading.themes import themes_of
from hoiam.kit.papers.reading.units import begins_with_body, is_bare
from hoiam.kit.papers.reading.values import Found, Reading, Task
from hoiam.kit.papers.reading.words import pattern

_ORDERING = frozenset({"công văn", "công điện", "chỉ thị", "thông báo", "giấy mời", "kết luận"})
_TELLING = frozenset({"báo cáo", "đề cương", "biên bản"})
_PROPOSAL = "tờ trình"  # asks one thing of its addressee; counts where it names the day


def read(data: bytes, name: str = "") -> Reading:
    """The fields of an official paper (docx, doc, pdf, html, txt), each with its place in the reading's text.

    What is not in the text is None or empty: nothing is guessed, no year supplied, no unit's name looked up.

    Args:
        data: the whole file.
        name: what the file is called; the bytes decide what it is.

    Raises:
        PaperError: it cannot be read; the sentence says what to do.

    >>> read("Số: 05/BNV-VP\\nKính gửi: Sở Nội vụ.".encode()).number.value
    '05/BNV-VP'
    """
    try:
        opened = opening.opened(data, name)
    except (MemoryError, RecursionError) as error:
        raise NotReadable(refusals.TOO_HEAVY) from error
    if len(opened.blocks) > MOST_LINES:
        raise NotReadable(refusals.TOO_MANY_LINES.format(most=f"{MOST_LINES:,}".replace(",", ".")))
    if sum(_length(block) for block in opened.blocks) > LONGEST:
        raise NotReadable(refusals.TOO_LONG.format(most=f"{LONGEST:,}".replace(",", ".")))
    sheet = _sheet(opened.blocks, opened.is_wrapped, opened.format in ("html", "txt"))
    if not any(char.isalpha() for char in sheet.text):
        raise NotReadable(refusals.NO_LETTERS)
    reading = _fields(sheet, opened.format)
    if opened.is_machine_read:
        reading = sifted(reading, opened.names)
    return replace(
        reading,
        is_machine_read=opened.is_machine_read,
        problems=(*opened.problems, *reading.problems),
    )


def _length(block: Block) -> int:
    return (
        len(block) if isinstance(block, str) else sum(len(box.text) for row in block for box in row)
    )


def _sheet(blocks: Sequence[Block], is_wrapped: bool | None, is_web: bool) -> Sheet:
    """Task tables stay tables; a table that only sets words beside each other becomes lines."""
    parts: list[Block] = []
    for block in put_together(blocks):
        parts += [block] if isinstance(block, str) or _is_kept(block) else flattened(block)
    return lay_out(cleaned(parts, is_wrapped=is_wrapped, is_web=is_web))


def _is_kept(block: Block) -> bool:
    return not isinstance(block, str) and (is_task_grid(block) or is_report_grid(block))


def _fields(sheet: Sheet, file_format: str) -> Reading:
    lines = sheet.lines
    head = letterhead_of(sheet)
    addressees, opens = addressees_of(lines)
    body = max(opens, 0) or head.opens
    recipients, recipients_at = recipients_of(lines)
    signed = signature_of(lines, recipients_at, head.issuer.value if head.issuer else "")
    report = _report(sheet, head, bool(addressees), signed)
    kind = head.kind or report.kind
    tasks = _tasks(sheet, body)
    stop = min(
        [each for each in (recipients_at, signed.line) if each is not None and each > body],
        default=len(lines),
    )
    told = kind.value if kind else ""
    end = len(lines) if _has_annex(lines, stop) else stop
    obligations, problems = (
        ((), ())
        if told in _TELLING
        else obligations_of(
            sheet,
            max(body, report.line),
            end,
            mode=_mode(told, report),
            taken=Places(task.span for task in tasks),
            of_tables=table_obligations(sheet),
        )
    )
    if _mode(told, report) == LETTER:
        obligations = asked_of_all(obligations, addressees or report.addressees, sheet.text)
    if told == _PROPOSAL:
        obligations = tuple(each for each in obligations if each.due and each.due.day)
    if told == "giấy mời" and (coming := invitation_of(lines[body - 1 : end], addressees)):
        obligations = (coming, *obligations)
    return Reading(
        text=sheet.text,
        format=file_format,
        kind=kind,
        number=head.number or report.number,
        issued_on=head.issued_on or report.issued_on,
        place=head.place,
        issuer=head.issuer or report.issuer,
        signer=signed.signer or report.signer,
        signer_title=signed.title or report.signer_title,
        subject=head.subject or report.subject,
        addressees=addressees or report.addressees,
        recipients=recipients,
        legal_bases=bases_of(lines, body),
        tasks=tasks,
        obligations=obligations,
        themes=themes_of(lines, body),
        problems=tuple(
            dict.fromkeys([*head.problems, *report.problems, *signed.problems, *problems])
        ),
    )


def _mode(kind: str, report: Report) -> str:
    """How orders are looked for: in a letter every item is one, in news only plain demands."""
    if report.is_news or kind == _PROPOSAL:
        return NEWS
    return LETTER if kind in _ORDERING or not kind else PLAN


def _tasks(sheet: Sheet, body: int) -> tuple[Task, ...]:
    return tuple(
        sorted([*listed_tasks(sheet, body), *table_tasks(sheet)], key=lambda task: task.title.span)
    )


def _has_annex(lines: Sequence[Line], stop: int) -> bool:
    """Whether another paper or annex follows the signature."""
    annexes = pattern("furniture", "annexes")
    return any(is_capitals(line.text) and annexes.match(line.folded) for line in lines[stop:])


def _report(sheet: Sheet, head: Letterhead, is_addressed: bool, signed: Signature) -> Report:
    """What a website's headline or news text says, only where the paper's own letterhead does not."""
    is_paper = head.issuer is not None or is_addressed or signed.title is not None or head.is_blank
    if is_paper and head.number is not None:
        return Report()
    if is_paper:
        return Report(issuer=_issuer_in_text(sheet)) if head.issuer is None else Report()
    if head.number is None and is_report(sheet.lines):
        return report_of(sheet.lines)
    told = headline_of(sheet.lines)
    if head.number is None:
        ordered = ordering_of(sheet.lines)
        told = replace(
            told,
            kind=told.kind or ordered.kind,
            number=ordered.number,
            issued_on=ordered.issued_on,
            issuer=told.issuer or ordered.issuer,
            subject=told.subject or ordered.subject,
            addressees=ordered.addressees,
            line=max(told.line, ordered.line),
        )
    problems = (ATTACHED,) if head.number is not None else ()
    return replace(told, issuer=told.issuer or _issuer_in_text(sheet), problems=problems)


def _issuer_in_text(sheet: Sheet) -> Found[str] | None:
    """ "Tổng cục Thi hành án dân sự yêu cầu …": the body that speaks in the paper's own voice."""
    speaks = re.compile(
        r"(?:^|[.,;]\s+)(?P<who>(?:(?!\bda\b|\bso\b|(?<!\d)(?<!quan )(?<!khu vuc )(?<!phuong )\d)[^.,;:]){4,90}?) (?:tran trong |kinh )?(?:yeu cau|de nghi|thong bao|kinh moi|huong dan|co y kien nhu sau|truyen dat y kien)\b"
    )
    for line in sheet.lines[:25]:
        for found in speaks.finditer(line.folded):
            who = found["who"]
            if (
                begins_with_body(line.text[found.start("who") :])
                and not is_bare(who)
                and not who.startswith(("cac ", "mot so ", "nhung "))
                and line.text[found.start("who")].isupper()
            ):
                start, end = found.span("who")
                return line.found(start, end)
    return None
