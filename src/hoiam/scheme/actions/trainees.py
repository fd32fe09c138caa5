"""Who takes part in a session: put on its list, marked as present with a result, taken off while it is planned."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from hoiam.agencies.models import Agency, Official
from hoiam.agencies.queries import in_force
from hoiam.core import ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import Conflict, InvalidInput, NotAllowed
from hoiam.kit.vietnamese import VIETNAM, person_sort_key, squash
from hoiam.scheme.actions.moving import locked, require
from hoiam.scheme.actions.training import NOT_CANCELLED, WHAT
from hoiam.scheme.models import Trainee, Training
from hoiam.scheme.states.training import TraineeResult, TraineeRole, TrainingState

PLANNED = frozenset({TrainingState.PLANNED})


@transaction.atomic
def add_trainee(
    training: Training,
    *,
    actor: Actor,
    now: datetime,
    role: str,
    official: Official | None = None,
    agency: Agency | None = None,
    full_name: str = "",
    title: str = "",
) -> Trainee:
    """The person on the list: an official with the post held that day, or a name with its unit.

    Raises:
        Conflict: the person is on the list.
        InvalidInput: nobody is named, no such role, or no unit.
        NotAllowed: the person is of a unit out of the actor's sight.
    """
    training = locked(training, "add_trainee", actor)
    require(training, NOT_CANCELLED, "Thêm người dự", WHAT)
    if role not in TraineeRole.values:
        raise InvalidInput("Chọn người này dự với tư cách nào.", "role")
    if official is not None:
        made = _of_official(training, official, agency, now)
    else:
        made = _of_name(training, agency, full_name, title)
    if not actor.sees(made.agency_id):
        raise NotAllowed("Chỉ thêm người của đơn vị mình và đơn vị trực thuộc.")
    made.role = role
    made.save()
    ledger.write(training, actor=actor, step="add_trainee", at=now, name=made.full_name)
    return made


def _of_official(
    training: Training, official: Official, agency: Agency | None, now: datetime
) -> Trainee:
    if training.trainees.filter(official=official).exists():
        raise Conflict(f"{official} đã có trong danh sách.")
    today = now.astimezone(VIETNAM).date()
    post = official.posts.filter(in_force(today)).order_by("id").select_related("agency").first()
    place = agency or (post.agency if post else None)
    if place is None:
        raise InvalidInput(f"{official} hiện không giữ chức vụ nào; chọn đơn vị.", "agency")
    return Trainee(
        training=training, agency=place, official=official, full_name=official.full_name,
        sort_key=official.sort_key, title=post.title if post else "",
    )  # fmt: skip


def _of_name(training: Training, agency: Agency | None, full_name: str, title: str) -> Trainee:
    name = squash(full_name)[:120]
    if not name:
        raise InvalidInput("Chọn công chức hoặc ghi họ và tên.", "full_name")
    if agency is None:
        raise InvalidInput("Chọn đơn vị của người dự.", "agency")
    key = person_sort_key(name)
    if training.trainees.filter(official=None, agency=agency, sort_key=key).exists():
        raise Conflict(f"{name} đã có trong danh sách.")
    return Trainee(
        training=training, agency=agency, full_name=name, sort_key=key, title=squash(title)[:150]
    )


@transaction.atomic
def drop_trainee(trainee: Trainee, *, actor: Actor, now: datetime) -> Training:
    """The list without this person; once the session was held, who did not come is marked absent instead."""
    training = locked(trainee.training, "drop_trainee", actor)
    require(training, PLANNED, "Đưa khỏi danh sách", WHAT)
    name = trainee.full_name
    trainee.delete()
    ledger.write(training, actor=actor, step="drop_trainee", at=now, name=name)
    return training


@dataclass(frozen=True)
class Mark:
    """What one person's line says: there or not, the result, the certificate's number; `was` is the line it was typed over."""

    trainee: int
    is_present: bool
    result: str = ""
    certificate: str = ""
    was: str | None = None

    @property
    def line(self) -> str:
        """The line as `line_of` tells it."""
        return _line(self.is_present, self.result, self.certificate)


def line_of(row: Trainee) -> str:
    """What stands of a person, in one word a page can carry: a save knows by it what changed meanwhile."""
    return _line(row.is_present, row.result, row.certificate)


def _line(is_present: bool | None, result: str, certificate: str) -> str:
    return f"{'' if is_present is None else int(is_present)}|{result}|{squash(certificate)[:60]}"


@transaction.atomic
def mark_trainees(
    training: Training, *, actor: Actor, now: datetime, marks: Iterable[Mark]
) -> Training:
    """The list with these marks; all of them or none.

    Raises:
        Conflict: somebody has marked one of these lines otherwise meanwhile.
        InvalidInput: a line is of another session, or an absent person has a result.
    """
    training = locked(training, "mark_trainees", actor)
    require(training, NOT_CANCELLED, "Điểm danh", WHAT)
    rows = {row.pk: row for row in training.trainees.all()}
    typed = list(marks)
    _refuse_overtaken(rows, typed)
    for mark in typed:
        row = rows.get(mark.trainee)
        if row is None:
            raise InvalidInput("Danh sách đã đổi từ lúc mở trang. Tải lại rồi điểm danh.")
        if mark.was is not None and mark.line == mark.was:
            continue  # not touched on this page: what another wrote of it stays
        _check(row, mark)
        row.is_present, row.result = mark.is_present, mark.result
        row.certificate = squash(mark.certificate)[:60]
    Trainee.objects.bulk_update(rows.values(), ["is_present", "result", "certificate"])
    ledger.write(training, actor=actor, step="mark_trainees", at=now, count=len(typed))
    return training


def _refuse_overtaken(rows: Mapping[int, Trainee], typed: Sequence[Mark]) -> None:
    clashing = [
        rows[mark.trainee].full_name
        for mark in typed
        if mark.was is not None and mark.trainee in rows and mark.line != mark.was
        if line_of(rows[mark.trainee]) not in (mark.was, mark.line)
    ]
    if clashing:
        raise Conflict(
            f"Người khác vừa điểm danh: {', '.join(clashing)}. Chưa ghi dòng nào; xem bản mới rồi điểm danh lại."
        )


def _check(row: Trainee, mark: Mark) -> None:
    if mark.result not in TraineeResult.values:
        raise InvalidInput("Chọn kết quả trong danh sách.")
    if not mark.is_present and (mark.result or mark.certificate.strip()):
        raise InvalidInput(
            f"{row.full_name} vắng mặt mà có kết quả, chứng nhận. Sửa một trong hai."
        )
