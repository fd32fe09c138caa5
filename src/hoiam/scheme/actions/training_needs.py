"""What units ask to be trained in: raised, met by a session, withdrawn."""

from datetime import datetime

from django.db import transaction

from hoiam.agencies.models import Agency
from hoiam.core import authority, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput, WrongState
from hoiam.kit.vietnamese import squash
from hoiam.scheme.actions.moving import locked, require
from hoiam.scheme.actions.training import NOT_CANCELLED, WHAT
from hoiam.scheme.models import Training, TrainingNeed
from hoiam.scheme.states.training import TraineeRole


@transaction.atomic
def raise_training_need(
    agency: Agency,
    *,
    actor: Actor,
    now: datetime,
    topic: str,
    role: str,
    people: int,
    why: str = "",
) -> TrainingNeed:
    """What the unit asks to be trained in.

    Raises:
        InvalidInput: no topic, no such role, or for nobody.
    """
    authority.check(actor, "raise_training_need", agency)
    if not squash(topic):
        raise InvalidInput("Ghi nội dung cần tập huấn.", "topic")
    if role not in TraineeRole.values:
        raise InvalidInput("Chọn tập huấn cho ai.", "role")
    if people < 1:
        raise InvalidInput("Số người từ 1 trở lên.", "people")
    made = TrainingNeed.objects.create(
        agency=agency, topic=squash(topic)[:300], role=role, people=people, why=why.strip(),
        raised_by=actor.official, raised_at=now,
    )  # fmt: skip
    ledger.write(made, actor=actor, step="raise_training_need", at=now, agency=agency.code)
    return made


@transaction.atomic
def meet_need(
    need: TrainingNeed, *, actor: Actor, now: datetime, training: Training
) -> TrainingNeed:
    """The need answered by a session.

    Raises:
        WrongState: another session answers it, or this one is called off.
    """
    need = locked(need, "meet_need", actor)
    require(training, NOT_CANCELLED, "Đưa nhu cầu vào lớp", WHAT)
    if need.met_by_id is not None:
        raise WrongState("Nhu cầu này đã được đưa vào một lớp. Tải lại trang để xem.")
    need.met_by = training
    need.save(update_fields=["met_by"])
    ledger.write(need, actor=actor, step="meet_need", at=now, training=training.title)
    return need


@transaction.atomic
def withdraw_need(need: TrainingNeed, *, actor: Actor, now: datetime) -> None:
    """Nothing is asked any more; a need that a session answers stays.

    Raises:
        WrongState: a session answers it.
    """
    need = locked(need, "withdraw_need", actor)
    if need.met_by_id is not None:
        raise WrongState("Nhu cầu này đã được đưa vào một lớp, không rút được.")
    ledger.write(need, actor=actor, step="withdraw_need", at=now, reason=need.topic)
    need.delete()
