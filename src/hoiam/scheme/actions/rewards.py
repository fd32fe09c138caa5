"""Rewards: a list made from counted pieces, proposed, reviewed, decided or refused; nobody settles what they proposed."""

from datetime import date, datetime

from django.db import transaction

from hoiam.agencies.models import Agency
from hoiam.core import authority, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import Conflict, InvalidInput
from hoiam.kit.vietnamese import VIETNAM, show_date, squash
from hoiam.monitoring.queries.periods import Period
from hoiam.scheme.actions.moving import moved
from hoiam.scheme.models import Reward, RewardList
from hoiam.scheme.queries.agreements import scope_of_agreement
from hoiam.scheme.queries.network import Tally, pieces_by_person, pieces_by_unit
from hoiam.scheme.queries.rewards import pieces_by_press
from hoiam.scheme.states.rewards import REWARD_TRANSITIONS, RewardSubject

WHAT = "Đợt khen thưởng"
FIELDS = {RewardSubject.PERSON: "contributor_id", RewardSubject.UNIT: "unit_id", RewardSubject.PRESS: "press_agency_id"}  # fmt: skip


@transaction.atomic
def start_rewards(
    agency: Agency,
    *,
    actor: Actor,
    now: datetime,
    title: str,
    first: date,
    last: date,
    least: int,
    form: str,
    criteria: str = "",
) -> RewardList:
    """The list of all who have at least so many counted pieces in the days: persons, units, press agencies.

    Args:
        criteria: what else is looked at, a line each; the number of pieces is written first by the list itself.

    Raises:
        InvalidInput: no name, days that cannot be, or a number of nothing.
    """
    authority.check(actor, "start_rewards", agency)
    if not squash(title):
        raise InvalidInput("Ghi tên đợt khen thưởng.", "title")
    if last < first:
        raise InvalidInput("Ngày cuối không thể trước ngày đầu.", "last")
    if first > now.astimezone(VIETNAM).date():
        raise InvalidInput("Thời gian tính thành tích chưa bắt đầu.", "first")
    if least < 1:
        raise InvalidInput("Số tin, bài ít nhất từ 1 trở lên.", "least")
    if not squash(form):
        raise InvalidInput("Ghi hình thức khen.", "form")
    made = RewardList.objects.create(
        agency=agency, title=squash(title)[:300], first=first, last=last, least=least,
        criteria=_criteria(least, criteria), form=squash(form)[:200],
        proposed_by=actor.official, proposed_at=now,
    )  # fmt: skip
    _count(made)
    ledger.write(made, actor=actor, step="start_rewards", at=now, agency=agency.code)
    return made


def _criteria(least: int, more: str) -> str:
    lines = [line.strip() for line in more.splitlines() if line.strip()]
    return "\n".join([f"Có từ {least} tin, bài trở lên đã đăng, có minh chứng.", *lines])


def _count(rewards: RewardList) -> None:
    """The entries from the records; a unit is not praised by itself, so the agency that proposes is left out."""
    scope, days = scope_of_agreement(rewards.agency), Period(rewards.first, rewards.last)
    for subject, rows in (
        (RewardSubject.PERSON, pieces_by_person(scope, days)),
        (RewardSubject.UNIT, [row for row in pieces_by_unit(scope, days) if row.pk != rewards.agency_id]),
        (RewardSubject.PRESS, pieces_by_press(scope, days)),
    ):  # fmt: skip
        for row in rows:
            if row.pieces >= rewards.least:
                _entry(rewards, subject, row)


def _entry(rewards: RewardList, subject: RewardSubject, row: Tally) -> None:
    Reward.objects.create(
        rewards=rewards, subject=subject, name=row.name[:250], place=row.place[:250],
        pieces=row.pieces, found=row.found, **{FIELDS[subject]: row.pk},
    )  # fmt: skip


@transaction.atomic
def word_merit(entry: Reward, *, actor: Actor, now: datetime, merit: str, was: str) -> Reward:
    """The entry with its merit in words; who writes it stands as the one who proposes.

    Args:
        was: the words the new ones were typed over.

    Raises:
        Conflict: somebody has written other words since; what was typed is told again, so that nothing is lost.
    """
    rewards = moved(entry.rewards, "edit_rewards", REWARD_TRANSITIONS, actor=actor, what=WHAT)
    entry.refresh_from_db(fields=["merit"])
    if squash(entry.merit) not in (squash(was), squash(merit)):
        raise Conflict(
            f"Người khác vừa ghi thành tích của {entry.name}. Xem bản mới rồi ghi lại; bạn đã gõ: “{merit.strip()}”."
        )
    _writer(rewards, actor)
    entry.merit = merit.strip()
    entry.save(update_fields=["merit"])
    ledger.write(rewards, actor=actor, step="edit_rewards", at=now, reason=f"{entry.name}: {merit.strip()}")  # fmt: skip
    return entry


@transaction.atomic
def strike_entry(entry: Reward, *, actor: Actor, now: datetime, reason: str) -> Reward:
    """The entry struck out with the reason, or back on the list when the reason is blank and it was struck.

    Raises:
        InvalidInput: no reason for striking out.
    """
    rewards = moved(entry.rewards, "edit_rewards", REWARD_TRANSITIONS, actor=actor, what=WHAT)
    if not squash(reason) and not entry.struck_why:
        raise InvalidInput("Ghi lý do đưa ra khỏi danh sách.", "reason")
    _writer(rewards, actor)
    entry.struck_why = squash(reason)[:300]
    entry.save(update_fields=["struck_why"])
    said = f"đưa ra: {entry.struck_why}" if entry.struck_why else "đưa trở lại"
    ledger.write(rewards, actor=actor, step="edit_rewards", at=now, reason=f"{entry.name} – {said}")
    return entry


def _writer(rewards: RewardList, actor: Actor) -> None:
    rewards.proposed_by = actor.official
    rewards.save(update_fields=["proposed_by"])


@transaction.atomic
def propose_rewards(rewards: RewardList, *, actor: Actor, now: datetime) -> RewardList:
    """The list before who reviews; who proposes it now does not review or decide it.

    Raises:
        InvalidInput: nobody is left on it.
    """
    rewards = moved(rewards, "propose_rewards", REWARD_TRANSITIONS, actor=actor, what=WHAT)
    count = rewards.entries.filter(struck_why="").count()
    if not count:
        raise InvalidInput("Danh sách không còn ai. Hạ số tin, bài ít nhất hoặc lập đợt khác.")
    rewards.proposed_by, rewards.proposed_at = actor.official, now
    rewards.reviewed_by, rewards.reviewed_at, rewards.return_reason = None, None, ""
    rewards.save()
    ledger.write(rewards, actor=actor, step="propose_rewards", at=now, count=count)
    return rewards


@transaction.atomic
def review_rewards(
    rewards: RewardList, *, actor: Actor, now: datetime, note: str = ""
) -> RewardList:
    """The list as reviewed by somebody else."""
    rewards = moved(rewards, "review_rewards", REWARD_TRANSITIONS, actor=actor, what=WHAT)
    rewards.reviewed_by, rewards.reviewed_at = actor.official, now
    rewards.review_note = note.strip()
    rewards.save()
    ledger.write(rewards, actor=actor, step="review_rewards", at=now, reason=note.strip())
    return rewards


@transaction.atomic
def return_rewards(rewards: RewardList, *, actor: Actor, now: datetime, reason: str) -> RewardList:
    """The list back with its writer.

    Raises:
        InvalidInput: no reason.
    """
    rewards = moved(rewards, "return_rewards", REWARD_TRANSITIONS, actor=actor, what=WHAT)
    if not reason.strip():
        raise InvalidInput("Ghi điều cần sửa.", "reason")
    rewards.return_reason = reason.strip()
    # Reviewed anew next time: whoever reviewed now may write on it meanwhile.
    rewards.reviewed_by, rewards.reviewed_at = None, None
    rewards.save()
    ledger.write(rewards, actor=actor, step="return_rewards", at=now, reason=reason.strip())
    return rewards


@transaction.atomic
def decide_rewards(
    rewards: RewardList, *, actor: Actor, now: datetime, decision: str, decided_on: date
) -> RewardList:
    """The list as decided by a paper.

    Raises:
        InvalidInput: no number, or a day before the proposal or to come.
    """
    rewards = moved(rewards, "decide_rewards", REWARD_TRANSITIONS, actor=actor, what=WHAT)
    if not squash(decision):
        raise InvalidInput("Ghi số quyết định.", "decision")
    begun = rewards.proposed_at.astimezone(VIETNAM).date()
    if not begun <= decided_on <= now.astimezone(VIETNAM).date():
        raise InvalidInput(
            f"Ghi ngày quyết định từ ngày đề nghị ({show_date(begun)}) đến hôm nay.", "decided_on"
        )
    rewards.decision, rewards.decided_on = squash(decision)[:80], decided_on
    rewards.settled_by, rewards.settled_at = actor.official, now
    rewards.save()
    ledger.write(rewards, actor=actor, step="decide_rewards", at=now, decision=rewards.decision)
    return rewards


@transaction.atomic
def refuse_rewards(rewards: RewardList, *, actor: Actor, now: datetime, reason: str) -> RewardList:
    """The list refused, with the reason.

    Raises:
        InvalidInput: no reason.
    """
    rewards = moved(rewards, "refuse_rewards", REWARD_TRANSITIONS, actor=actor, what=WHAT)
    if not reason.strip():
        raise InvalidInput("Ghi lý do không khen thưởng.", "reason")
    rewards.refusal = reason.strip()
    rewards.settled_by, rewards.settled_at = actor.official, now
    rewards.save()
    ledger.write(rewards, actor=actor, step="refuse_rewards", at=now, reason=reason.strip())
    return rewards
