"""Papers that give work: brought in and read, mended part by part, confirmed into a scheme, or dropped."""

import json
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.text import capfirst

from hoiam.agencies.models import Agency
from hoiam.core import authority, blobs, filekinds, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import Conflict, InvalidInput, WrongState
from hoiam.kit.papers import PaperError
from hoiam.kit.vietnamese import VIETNAM
from hoiam.scheme.actions.reading import (
    TO_TASK,
    Read,
    as_kept,
    empty_copy,
    first_copy,
    read_by_kit,
)
from hoiam.scheme.actions.scheme_values import (
    QuotaFields,
    SchemeFields,
    TaskFields,
    fields_of,
    quota_fields_of,
)
from hoiam.scheme.actions.schemes import create_scheme
from hoiam.scheme.models import Quota, Scheme, SourcePaper
from hoiam.scheme.queries.quota_words import quotas_in
from hoiam.scheme.queries.timing import timing_of
from hoiam.scheme.states import PAPER_TRANSITIONS, Rhythm, SourcePaperState

NO_TEXT = "Tệp không có chữ máy đọc được (bản chụp, ảnh). Hãy tìm bản Word, PDF có chữ, hoặc nhập tay các mục."
ARCHIVE = b"PK\x03\x04"


def add_source_paper(
    agency: Agency,
    *,
    actor: Actor,
    now: datetime,
    data: bytes,
    file_name: str,
    read: Read = read_by_kit,
) -> SourcePaper:
    """The paper as brought in: its file kept as it came, what the machine read beside it, nothing created from it yet.

    A file that cannot be read (a scan, a password, macros, an archive that swells) is kept for a person to read, with the
    sentence that says why.

    Args:
        data: the file's bytes; never opened on the way to being kept.
        read: how a paper is read; the kit's reader.

    Raises:
        InvalidInput: the file is empty or larger than may be kept; nothing was kept.
    """
    authority.check(actor, "add_source_paper", agency)
    if not data:
        raise InvalidInput(f"Tệp “{file_name}” trống. Hãy chọn lại tệp.", "file")
    if len(data) > filekinds.LARGEST:
        most = filekinds.LARGEST // filekinds.MIB
        raise InvalidInput(f"Tệp lớn hơn {most} MB. Hãy bỏ ảnh hoặc tách phụ lục rồi tải lại.", "file")  # fmt: skip
    text, kept, note = _read(data, file_name, read)
    if kept:
        kept["copy"] = first_copy(kept, text, now.astimezone(VIETNAM).date())
    with transaction.atomic():
        paper = SourcePaper.objects.create(
            agency=agency,
            blob=blobs.put(data).sha256,
            file_name=file_name[-200:] or "van-ban",
            text=text,
            reading=kept,
            state=SourcePaperState.READ if kept else SourcePaperState.UNREADABLE,
            note=note,
            added_by=actor.official,
            added_at=now,
        )
        ledger.write(
            paper, actor=actor, step="add_source_paper", at=now, file=paper.blob, state=paper.state
        )
    return paper


def _read(data: bytes, name: str, read: Read) -> tuple[str, dict[str, Any], str]:
    """Text, reading and note; no reading when it could not be read."""
    try:
        if data.startswith(ARCHIVE):
            filekinds.admitted(data, name, office=True)
        reading = read(data, name)
    except (PaperError, InvalidInput) as error:
        return "", {}, str(error)
    text = str(reading.text).replace("\x00", " ")
    if not text.strip():
        return "", {}, " ".join(reading.problems) or NO_TEXT
    # No database keeps a NUL, in a text or in a value.
    kept = json.loads(json.dumps(as_kept(reading)).replace("\\u0000", " "))
    return text, kept, " ".join(reading.problems)


def working_copy(paper: SourcePaper) -> dict[str, Any]:
    """What stands on the page to confirm: a person's words when there are any, else the machine's, else empty fields."""
    return dict(paper.confirmed or paper.reading.get("copy") or empty_copy())


def _locked(paper: SourcePaper, step: str, actor: Actor) -> SourcePaper:
    rows = SourcePaper.objects.system("reload under lock").select_for_update(of=("self",))
    paper = rows.select_related("agency").get(pk=paper.pk)
    authority.check(actor, step, paper)
    transition = PAPER_TRANSITIONS[step]
    if paper.state not in transition.sources:
        raise WrongState(
            f"Văn bản đang ở tình trạng “{SourcePaperState(paper.state).label}”, không làm "
            f"“{transition.label}” được. Tải lại trang để xem ai vừa xử lý."
        )
    return paper


@transaction.atomic
def save_confirmed(
    paper: SourcePaper, *, actor: Actor, now: datetime, edition: int, part: str, value: Any
) -> SourcePaper:
    """The paper with one part as a person mended it; the machine's reading stays beside it, unchanged.

    Args:
        edition: the edition the person had before the eyes.
        part: "head", "themes", "tasks.3", "obligations.0"; one past the last adds a row.
        value: what the part says now; None takes the row out.

    Raises:
        Conflict: somebody saved another edition meanwhile; nothing is written over it.
        InvalidInput: there is no such part.
    """
    paper = _locked(paper, "save_confirmed", actor)
    if paper.edition != edition:
        raise Conflict(
            "Người khác vừa sửa văn bản này. Điều bạn ghi vẫn còn trong ô bên dưới; xem lại bản mới rồi lưu lần nữa."
        )
    copy = working_copy(paper)
    name, _, number = part.partition(".")
    if name not in copy or (number and not number.isdigit()):
        raise InvalidInput("Không có phần này của văn bản.")
    if number:
        copy[name] = _with_row(copy[name], int(number), value)
    else:
        copy[name] = value
    paper.confirmed = copy
    paper.edition += 1
    paper.save(update_fields=["confirmed", "edition"])
    ledger.write(paper, actor=actor, step="save_confirmed", at=now, part=part)
    return paper


def _with_row(rows: list[Any], at: int, value: Any) -> list[Any]:
    if at > len(rows) or (at == len(rows) and value is None):
        raise InvalidInput("Không có dòng này nữa; người khác có thể vừa bỏ. Tải lại trang.")
    return [*rows[:at], *([] if value is None else [value]), *rows[at + 1 :]]


@transaction.atomic
def confirm_source_paper(
    paper: SourcePaper,
    *,
    actor: Actor,
    now: datetime,
    edition: int,
    replaces: Scheme | None = None,
    keeps_others: bool = False,
) -> Scheme:
    """The scheme made from the paper as confirmed: head, themes, tasks; what is to be reported stays with the paper.

    Args:
        replaces: the scheme whose place this one takes when it is given out; it must be the same agency's.
        keeps_others: whether tasks the paper does not name go on as they are (it amends), or end (it replaces). Themes, quotas,
            groups and the short name then go on too where the paper says nothing of them.

    Raises:
        Conflict: somebody saved another edition after the page was drawn.
        InvalidInput: a task cannot be kept as it stands; the sentence names it. Nothing is created.
        WrongState: somebody confirmed or dropped it first.
    """
    paper = _locked(paper, "confirm_source_paper", actor)
    if paper.edition != edition:
        raise Conflict("Người khác vừa sửa văn bản này. Xem lại bản mới rồi xác nhận.")
    if replaces is not None:
        authority.check(actor, "replace_scheme", replaces)
    copy = working_copy(paper)
    amended = replaces if keeps_others else None
    tasks = _tasks_of(copy, paper, amended)
    fields = head_fields(copy["head"])
    if amended is not None and not fields.short:
        fields = replace(fields, short=amended.short)
    made = create_scheme(
        paper.agency,
        actor=actor,
        now=now,
        fields=fields,
        themes=copy["themes"] or _themes_of(amended),
        tasks=tasks,
        quotas=_owed(_quotas_of(copy, paper), amended, {task.ref.rstrip(".") for task in tasks}),
        replaces=replaces,
        paper=paper,
    )
    paper.confirmed, paper.state = copy, SourcePaperState.CONFIRMED
    paper.settled_by, paper.settled_at = actor.official, now
    paper.save(update_fields=["confirmed", "state", "settled_by", "settled_at"])
    ledger.write(paper, actor=actor, step="confirm_source_paper", at=now, scheme=made.pk)
    return made


def head_fields(head: dict[str, Any]) -> SchemeFields:
    """The head of the working copy as the scheme takes it."""
    days = {name: _day(head[name]) for name in ("issued_on", "starts_on", "ends_on")}
    words = {name: head[name] for name in ("kind", "title", "short", "number", "issuer", "signer")}
    return SchemeFields(**words | {"title": capfirst(words["title"])}, **days)


def _tasks_of(copy: dict[str, Any], paper: SourcePaper, amended: Scheme | None) -> list[TaskFields]:
    spans = paper.reading.get("spans", {})
    own = [*(task_fields(row, spans) for row in copy["tasks"]), *_asked_tasks(copy, spans)]
    if amended is None:
        return own
    said = {task.ref.rstrip("."): task for task in own}
    keeps_themes = not copy["themes"]
    kept = []
    for old in map(fields_of, amended.tasks.select_related("theme")):
        now = said.pop(old.ref, None)
        task = (
            replace(
                now,
                group=now.group or old.group,
                theme=now.theme or (old.theme if keeps_themes else None),
            )
            if now
            else old
        )
        # Themes of the paper's own have other numbers than those the old tasks point to.
        kept.append(task if keeps_themes or now else replace(task, theme=None))
    for added in said.values():
        _put_in(kept, added)
    return kept


def _put_in(tasks: list[TaskFields], added: TaskFields) -> None:
    """The new task after the last of its group, by number ("1.4" after "1.3"), under that heading; at the end without one."""
    above = added.ref.rstrip(".").rpartition(".")[0]
    near = [at for at, task in enumerate(tasks) if above and task.ref.rpartition(".")[0] == above]
    if not near:
        tasks.append(added)
        return
    group = added.group or tasks[near[-1]].group
    tasks.insert(near[-1] + 1, replace(added, group=group))


def _themes_of(amended: Scheme | None) -> list[str]:
    return [] if amended is None else [theme.text for theme in amended.themes.all()]


def _owed(
    asked: list[tuple[str, QuotaFields]], amended: Scheme | None, refs: set[str]
) -> list[tuple[str, QuotaFields]]:
    """What the paper asks of units, and what the amended scheme asked in tasks that go on where the paper says nothing of it."""
    said = {ref for ref, _ in asked}
    rows = Quota.objects.filter(task__scheme=amended).select_related("task") if amended else ()
    return asked + [
        (row.task.ref, quota_fields_of(row)) for row in rows if row.task.ref in refs - said
    ]


def _quotas_of(copy: dict[str, Any], paper: SourcePaper) -> list[tuple[str, QuotaFields]]:
    """What is owed in each task made, as the person left it: pairs of the task's ref and the quota."""
    asked = [row for row in copy["obligations"] if row["becomes"] == TO_TASK]
    made = _tasks_of(copy, paper, None)
    rows = zip(made, [*copy["tasks"], *asked], strict=True)
    return [
        (task.ref.rstrip("."), QuotaFields(owed.channel, owed.period, owed.count, owed.unit_word))
        for task, row in rows
        for words in row.get("quotas", ())
        for owed in quotas_in(words)
    ]


def _place(row: dict[str, Any], spans: dict[str, list[int]]) -> dict[str, int]:
    """Where the row was read, when the machine read it."""
    place = spans.get(row.get("from", "")) or spans.get(f"{row.get('from', '')}.what")
    return {"start": place[0], "end": place[1]} if place else {}


def task_fields(row: dict[str, Any], spans: dict[str, list[int]]) -> TaskFields:
    """A task of the working copy as the scheme takes it; its place in the text goes along."""
    days = {name: _day(row[name]) for name in ("starts_on", "ends_on", "due_on")}
    lists = {name: tuple(row[name]) for name in ("products", "coordinating", "informed", "units")}
    words = {name: row[name] for name in ("ref", "group", "title", "time", "lead", "rhythm", "due_kind", "per_year", "theme")}  # fmt: skip
    return TaskFields(**words, **lists, **days, span=_place(row, spans))


def _asked_tasks(copy: dict[str, Any], spans: dict[str, list[int]]) -> list[TaskFields]:
    """What the paper asks besides its tasks, where the person chose that it becomes a task."""
    rows = [row for row in copy["obligations"] if row["becomes"] == TO_TASK]
    used = {row["ref"] for row in copy["tasks"]}
    refs = (ref for ref in (f"YC{n}" for n in range(1, 1000)) if ref not in used)
    found = []
    for row in rows:
        due = _day(row["due"])
        found.append(
            TaskFields(
                ref=next(refs),
                group="Yêu cầu nêu trong văn bản",
                title=capfirst(row["what"]),
                lead=row["who"],
                units=tuple(row.get("units", ())),
                rhythm=Rhythm.DATED if due else timing_of(row["what"]).rhythm,
                due_on=due,
                due_kind=row["due_kind"] or "",
                span=_place(row, spans),
            )
        )
    return found


def _day(value: str) -> date | None:
    return date.fromisoformat(value) if value else None


@transaction.atomic
def drop_source_paper(
    paper: SourcePaper, *, actor: Actor, now: datetime, reason: str
) -> SourcePaper:
    """The paper put aside: its file and what was typed stay, nothing is made from it.

    Raises:
        InvalidInput: no reason.
    """
    paper = _locked(paper, "drop_source_paper", actor)
    if not reason.strip():
        raise InvalidInput("Ghi lý do bỏ, như “tải nhầm tệp”.", "reason")
    paper.state, paper.note = SourcePaperState.DROPPED, reason.strip()
    paper.settled_by, paper.settled_at = actor.official, now
    paper.save(update_fields=["state", "note", "settled_by", "settled_at"])
    ledger.write(paper, actor=actor, step="drop_source_paper", at=now, reason=reason.strip())
    return paper
