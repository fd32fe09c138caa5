"""Schemes and plans: written, given out, closed and opened again."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from hoiam.agencies.models import Agency
from hoiam.core import authority, ledger, outbox
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput, WrongState
from hoiam.scheme.actions.scheme_values import (
    QuotaFields,
    SchemeFields,
    TaskFields,
    checked_quota,
    checked_scheme,
    checked_task,
)
from hoiam.scheme.models import Quota, Scheme, SourcePaper, Task, Theme
from hoiam.scheme.states import SCHEME_TRANSITIONS, SchemeState, SourcePaperState

IN_USE = "Đã có đợt báo cáo, kinh phí hoặc dữ liệu khác gắn vào đây nên không xóa được. Hãy gỡ các mục đó trước."
MESSAGES = {"close_scheme": "scheme_closed", "reopen_scheme": "scheme_reopened"}


@transaction.atomic
def create_scheme(
    owner: Agency,
    *,
    actor: Actor,
    now: datetime,
    fields: SchemeFields,
    tasks: Sequence[TaskFields] = (),
    themes: Iterable[str] = (),
    quotas: Iterable[tuple[str, QuotaFields]] = (),
    parent: Scheme | None = None,
    replaces: Scheme | None = None,
    paper: SourcePaper | None = None,
    derived: dict[str, int] | None = None,
) -> Scheme:
    """A new scheme in draft with its tasks, themes and quotas: all of it, or nothing.

    Args:
        quotas: pairs of the task's ref and what is owed in it.
        derived: keys of the tasks that these carry out, by ref.

    Raises:
        InvalidInput: something of it cannot be kept; the sentence names the task.
    """
    authority.check(actor, "create_scheme", owner)
    made = Scheme.objects.create(
        owner=owner,
        parent=parent,
        replaces=replaces,
        paper=paper,
        created_by=actor.official,
        created_at=now,
        **checked_scheme(fields),
    )
    numbered = put_themes(made, themes)
    rows = _new_tasks(made, tasks, numbered, derived or {})
    _new_quotas(rows, quotas)
    ledger.write(made, actor=actor, step="create_scheme", at=now, title=made.title, tasks=len(rows))
    return made


def put_themes(scheme: Scheme, themes: Iterable[str]) -> dict[int, Theme]:
    """The themes of a scheme by number, as new rows."""
    texts = [text.strip() for text in themes if text.strip()]
    rows = Theme.objects.bulk_create(
        Theme(scheme=scheme, number=at, text=text) for at, text in enumerate(texts, 1)
    )
    return {row.number: row for row in rows}


def _new_tasks(
    scheme: Scheme, tasks: Sequence[TaskFields], themes: dict[int, Theme], derived: dict[str, int]
) -> dict[str, Task]:
    rows: dict[str, Task] = {}
    for at, fields in enumerate(tasks, 1):
        try:
            row = checked_task(fields)
        except InvalidInput as error:
            raise InvalidInput(f"Nhiệm vụ {fields.ref or at}: {error}", error.field) from error
        if row["ref"] in rows:
            raise InvalidInput(
                f"Có hai nhiệm vụ cùng mục {row['ref']}. Sửa mục của một trong hai.", "ref"
            )
        rows[row["ref"]] = Task(
            scheme=scheme, order=at, theme=themes.get(fields.theme or 0),
            derived_from_id=derived.get(row["ref"]), **row,
        )  # fmt: skip
    Task.objects.bulk_create(rows.values())
    return rows


def _new_quotas(tasks: dict[str, Task], quotas: Iterable[tuple[str, QuotaFields]]) -> None:
    rows = []
    for ref, fields in quotas:
        if ref not in tasks:
            raise InvalidInput(f"Chỉ tiêu ghi mục {ref} nhưng không có nhiệm vụ này.", "ref")
        rows.append(Quota(task=tasks[ref], **checked_quota(fields)))
    Quota.objects.bulk_create(rows)


def locked(scheme: Scheme) -> Scheme:
    """The scheme read again under lock, with who runs it."""
    rows = Scheme.objects.system("reload under lock").select_for_update(of=("self",))
    found = rows.select_related("owner", "replaces").filter(pk=scheme.pk).first()
    if found is None:
        raise WrongState("Bản soạn này vừa được người khác xóa. Về danh sách Đề án, kế hoạch.")
    return found


def check_step(scheme: Scheme, step: str) -> None:
    """Nothing when the step starts from the scheme's state; otherwise WrongState."""
    transition = SCHEME_TRANSITIONS[step]
    if scheme.state not in transition.sources:
        raise WrongState(
            f"“{scheme}” đang ở tình trạng “{SchemeState(scheme.state).label}”, không làm "
            f"“{transition.label}” được. Tải lại trang để xem ai vừa xử lý."
        )


@transaction.atomic
def edit_scheme(scheme: Scheme, *, actor: Actor, now: datetime, fields: SchemeFields) -> Scheme:
    """The draft with its head changed.

    Raises:
        InvalidInput: see `checked_scheme`.
        WrongState: it was given out; a later paper makes a new version.
    """
    scheme = open_draft(scheme, actor)
    row = checked_scheme(fields)
    for name, value in row.items():
        setattr(scheme, name, value)
    scheme.save()
    ledger.write(scheme, actor=actor, step="edit_scheme", at=now, **_told(row))
    return scheme


def _told(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in row.items() if value}  # fmt: skip


def open_draft(scheme: Scheme, actor: Actor) -> Scheme:
    """The draft under lock, when the actor may change it."""
    scheme = locked(scheme)
    authority.check(actor, "edit_scheme", scheme)
    check_step(scheme, "edit_scheme")
    return scheme


@transaction.atomic
def remove_scheme(scheme: Scheme, *, actor: Actor, now: datetime) -> None:
    """Nothing is left of the draft but its line in the diary; what was given out is never removed.

    The paper it was made from waits to be confirmed again.

    Raises:
        WrongState: it was given out, a plan stands under it, or other rows need it.
    """
    scheme = locked(scheme)
    authority.check(actor, "remove_scheme", scheme)
    check_step(scheme, "edit_scheme")
    if scheme.plans.exists():
        raise WrongState("Có kế hoạch đang lập theo bản soạn này. Hãy xóa các kế hoạch đó trước.")
    ledger.write(scheme, actor=actor, step="remove_scheme", at=now, title=scheme.title)
    paper = scheme.paper_id
    try:
        scheme.delete()
    except ProtectedError as error:
        raise WrongState(IN_USE) from error
    _reopen_paper(paper, actor=actor, now=now)


def _reopen_paper(pk: int | None, *, actor: Actor, now: datetime) -> None:
    rows = SourcePaper.objects.system("its scheme was removed").select_for_update(of=("self",))
    paper = rows.filter(pk=pk, state=SourcePaperState.CONFIRMED).first() if pk else None
    if paper is None or paper.schemes.exists():
        return
    paper.state, paper.settled_by, paper.settled_at = SourcePaperState.READ, None, None
    paper.save(update_fields=["state", "settled_by", "settled_at"])
    ledger.write(paper, actor=actor, step="reopen_source_paper", at=now)


def _move(scheme: Scheme, step: str, *, actor: Actor, now: datetime, reason: str) -> Scheme:
    scheme = locked(scheme)
    authority.check(actor, step, scheme)
    check_step(scheme, step)
    if not reason.strip():
        raise InvalidInput("Ghi lý do để người sau hiểu.", "reason")
    scheme.state = SCHEME_TRANSITIONS[step].target
    scheme.save(update_fields=["state"])
    ledger.write(scheme, actor=actor, step=step, at=now, reason=reason.strip())
    outbox.post(MESSAGES[step], scheme.pk, at=now)
    return scheme


@transaction.atomic
def publish_scheme(scheme: Scheme, *, actor: Actor, now: datetime) -> Scheme:
    """The scheme with its excerpt open to the public: the paper's words and counts, nobody's name.

    Raises:
        WrongState: it is a draft, or open already.
    """
    return _shown(scheme, "publish_scheme", actor=actor, now=now, published=True)


@transaction.atomic
def withhold_scheme(scheme: Scheme, *, actor: Actor, now: datetime) -> Scheme:
    """The scheme with its excerpt closed to the public again.

    Raises:
        WrongState: it is not open.
    """
    return _shown(scheme, "withhold_scheme", actor=actor, now=now, published=False)


def _shown(scheme: Scheme, step: str, *, actor: Actor, now: datetime, published: bool) -> Scheme:
    scheme = locked(scheme)
    authority.check(actor, step, scheme)
    if scheme.state == SchemeState.DRAFT:
        raise WrongState("Đề án còn đang soạn. Giao thực hiện rồi mới công khai.")
    if scheme.published == published:
        told = "đang công khai" if published else "không công khai"
        raise WrongState(f"Bản rút gọn {told} rồi. Tải lại trang.")
    scheme.published = published
    scheme.save(update_fields=["published"])
    ledger.write(scheme, actor=actor, step=step, at=now)
    return scheme


@transaction.atomic
def close_scheme(scheme: Scheme, *, actor: Actor, now: datetime, reason: str) -> Scheme:
    """The scheme ended: its units' parts stay as they are and are no longer pressed.

    Raises:
        InvalidInput: no reason.
    """
    return _move(scheme, "close_scheme", actor=actor, now=now, reason=reason)


@transaction.atomic
def reopen_scheme(scheme: Scheme, *, actor: Actor, now: datetime, reason: str) -> Scheme:
    """The scheme runs again.

    Raises:
        InvalidInput: no reason.
        WrongState: a later version has taken its place.
    """
    later = Scheme.objects.system("a version that runs forbids the old one").filter(
        replaces=scheme.pk, state=SchemeState.ACTIVE
    )
    if later.exists():
        raise WrongState("Đã có bản thay thế đang thực hiện, không mở lại bản cũ được.")
    return _move(scheme, "reopen_scheme", actor=actor, now=now, reason=reason)
