"""The lexicon on the desk: drafting changes, trying them, publishing a version, bringing one back."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from hoiam.core import authority, ledger, outbox
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput, WrongState
from hoiam.kit.recognition import Change, Lexicon
from hoiam.kit.recognition.editing import (
    ADD,
    OFF,
    WEIGHT,
    digest,
    edited,
    group_of,
    groups,
    own_id,
    read_phrases,
)
from hoiam.kit.vietnamese import show_number
from hoiam.monitoring.models import LexiconDraft, LexiconTrial, LexiconVersion
from hoiam.monitoring.models.lexicon import read_changes
from hoiam.monitoring.queries.lexicon import changes_of, differences, open_draft, version_in_force
from hoiam.monitoring.states import TrialState

# How far a dry run and a re-judging may look back.
MOST_DAYS = 180  # not-law: product limit; older items no longer concern a desk
TRIAL_DAYS = 90  # not-law: how much of the past shows what a word would do


@transaction.atomic
def start_draft(*, actor: Actor, now: datetime) -> LexiconDraft:
    """The open draft: the one there is, else a new one that begins as the version in force."""
    authority.check(actor, "edit_lexicon", LexiconVersion)
    found = open_draft()
    if found is not None:
        return found
    base = version_in_force()
    given = {
        "changes": base.changes if base else [],
        "based_on": base.number if base else 0,
        "by": actor.official,
        "at": now,
        "changed_at": now,
    }
    # Two people may begin at once: the second finds the first one's draft.
    return LexiconDraft.objects.get_or_create(is_open=True, defaults=given)[0]


@transaction.atomic
def add_phrases(
    *, actor: Actor, now: datetime, group: str, phrases: str, weight: float | None, why: str
) -> LexiconDraft:
    """The draft with a row of the officials' own.

    Args:
        group: a key of `groups()`: which way the phrases speak.
        phrases: one a line; “…” stands for some words of the same sentence.
        weight: points of one hit; the group's usual ones when None.
        why: what the reader of a reason is told.

    Raises:
        InvalidInput: an unknown group, phrases too short or already there, a weight the group does not take, no reason.
    """
    known = groups().get(group)
    if known is None:
        raise InvalidInput("Chọn nhóm của cụm từ.", "group")
    try:
        said = read_phrases(phrases)
    except ValueError as error:
        raise InvalidInput(str(error), "phrases") from error
    points = known.usual if weight is None else weight
    if not known.least <= points <= known.most:
        raise InvalidInput(_range(known.least, known.most), "weight")
    draft = _locked(actor, now)
    change = Change(own_id(group, said), ADD, group, said, points)
    if any(c.id == change.id for c in read_changes(draft.changes)):
        raise InvalidInput("Cụm từ này đã có trong cùng nhóm. Sửa điểm của dòng đã có.", "phrases")
    return _put(draft, change, actor=actor, now=now, why=why)


@transaction.atomic
def weigh_row(row: str, *, actor: Actor, now: datetime, weight: float, why: str) -> LexiconDraft:
    """The draft with another weight for one row, delivered or the officials' own.

    Raises:
        InvalidInput: no such row, a weight its group does not take, or no reason.
    """
    draft = _locked(actor, now)
    own = next((c for c in read_changes(draft.changes) if c.id == row and c.do == ADD), None)
    known = groups().get(own.group if own else _delivered_group(row))
    if known is None or known.table == "severity":
        raise InvalidInput("Dòng này không có điểm để sửa; có thể tắt dòng.", "weight")
    if not known.least <= weight <= known.most:
        raise InvalidInput(_range(known.least, known.most), "weight")
    change = replace(own, weight=weight) if own else Change(row, WEIGHT, weight=weight)
    return _put(draft, change, actor=actor, now=now, why=why)


@transaction.atomic
def switch_off(row: str, *, actor: Actor, now: datetime, why: str) -> LexiconDraft:
    """The draft without one row: a delivered one is switched off, one of the officials' own is taken out.

    Raises:
        InvalidInput: no such row, or no reason.
    """
    draft = _locked(actor, now)
    changes = read_changes(draft.changes)
    if any(c.id == row and c.do == ADD for c in changes):
        _reason(why)
        return _save(draft, [c for c in changes if c.id != row], actor, now, row, why)
    if not _delivered_group(row):
        raise InvalidInput("Không có dòng này trong từ điển. Tải lại trang.", "row")
    return _put(draft, Change(row, OFF), actor=actor, now=now, why=why)


@transaction.atomic
def as_delivered(row: str, *, actor: Actor, now: datetime) -> LexiconDraft:
    """The draft with a delivered row as the product delivers it."""
    draft = _locked(actor, now)
    return _save(draft, [c for c in read_changes(draft.changes) if c.id != row], actor, now, row)


@transaction.atomic
def undo_change(row: str, *, actor: Actor, now: datetime) -> LexiconDraft:
    """The draft with one row as it stands in the version the draft began from."""
    draft = _locked(actor, now)
    before = [c for c in changes_of(draft.based_on) if c.id == row]
    kept = [c for c in read_changes(draft.changes) if c.id != row]
    return _save(draft, [*kept, *before], actor, now, row)


@transaction.atomic
def drop_draft(*, actor: Actor, now: datetime) -> None:
    """Nothing; the open draft is put away unpublished."""
    draft = _locked(actor, now)
    draft.is_open, draft.changed_at = False, now
    draft.save(update_fields=["is_open", "changed_at"])
    ledger.write(draft, actor=actor, step="drop_draft", at=now)


@transaction.atomic
def ask_trial(*, actor: Actor, now: datetime, days: int = TRIAL_DAYS) -> LexiconTrial:
    """A dry run of the open draft over the items of the last days, asked for; a job does it.

    Raises:
        InvalidInput: a span that is not 1 to `MOST_DAYS` days.
        WrongState: the draft changes nothing.
    """
    if not 1 <= days <= MOST_DAYS:
        raise InvalidInput(f"Chọn từ 1 đến {MOST_DAYS} ngày.", "days")
    draft = _locked(actor, now)
    if not differences(changes_of(draft.based_on), read_changes(draft.changes)):
        raise WrongState("Bản nháp chưa đổi gì. Thêm, sửa hoặc tắt một dòng rồi chạy thử.")
    trial = LexiconTrial.objects.create(
        draft=draft, digest=draft_digest(draft), days=days, by=actor.official, at=now
    )
    outbox.post("lexicon_trial_asked", trial.pk, at=now)
    return trial


def draft_digest(draft: LexiconDraft) -> str:
    """What makes two drafts judge alike; a trial holds only for the draft it was run with."""
    return digest(edited(read_changes(draft.changes), version="draft"))


@transaction.atomic
def publish_lexicon(
    *, actor: Actor, now: datetime, reason: str, rejudge_days: int = 0
) -> LexiconVersion:
    """The draft as the new version in force.

    Args:
        reason: why, for everybody who reads the history.
        rejudge_days: items of so many days are judged again; only additions come of it. 0 judges new items alone.

    Raises:
        InvalidInput: no reason, or a span out of range.
        WrongState: the draft was not tried as it stands, or another version came in force since it was begun.
    """
    authority.check(actor, "publish_lexicon", LexiconVersion)
    _reason(reason)
    if not 0 <= rejudge_days <= MOST_DAYS:
        raise InvalidInput(f"Chọn từ 0 đến {MOST_DAYS} ngày.", "rejudge_days")
    draft = _locked(actor, now)
    base = version_in_force()
    if draft.based_on != (base.number if base else 0):
        raise WrongState(
            f"Bản số {base.number if base else 0} đã được công bố sau khi bạn bắt đầu soạn. "
            "Bỏ bản nháp này và soạn lại từ bản đang dùng."
        )
    tried = draft.trials.filter(digest=draft_digest(draft), state=TrialState.DONE)
    if not tried.exists():
        raise WrongState("Chạy thử bản nháp như đang có rồi mới công bố.")
    version = _publish(draft.changes, actor, now, reason, rejudge_days=rejudge_days)
    draft.is_open, draft.published_as = False, version
    draft.save(update_fields=["is_open", "published_as"])
    return version


@transaction.atomic
def restore_lexicon(number: int, *, actor: Actor, now: datetime, reason: str) -> LexiconVersion:
    """A new version that judges as an earlier one did; number 0 is the lexicon as delivered.

    Raises:
        InvalidInput: no such version, it is the one in force, or no reason.
    """
    authority.check(actor, "restore_lexicon", LexiconVersion)
    _reason(reason)
    base = version_in_force()
    if number == (base.number if base else 0):
        raise InvalidInput("Bản này đang được dùng.", "number")
    found = LexiconVersion.objects.filter(number=number).first()
    if found is None and number != 0:
        raise InvalidInput("Không có bản này. Tải lại trang.", "number")
    return _publish(found.changes if found else [], actor, now, reason, restores=number)


def _publish(
    changes: list[dict[str, object]],
    actor: Actor,
    now: datetime,
    reason: str,
    *,
    rejudge_days: int = 0,
    restores: int | None = None,
) -> LexiconVersion:
    base = LexiconVersion.objects.select_for_update().order_by("-number").first()
    delivered = Lexicon.load()
    version = LexiconVersion.objects.create(
        number=(base.number if base else 0) + 1,
        changes=changes,
        shipped_version=delivered.version,
        shipped_digest=digest(delivered),
        reason=reason.strip(),
        by=actor.official,
        at=now,
        restores=restores,
        rejudge_days=rejudge_days,
    )
    step = "publish_lexicon" if restores is None else "restore_lexicon"
    ledger.write(version, actor=actor, step=step, at=now, reason=reason.strip(), restores=restores)
    if rejudge_days:
        outbox.post("lexicon_published", version.pk, at=now)
    return version


def _locked(actor: Actor, now: datetime) -> LexiconDraft:
    draft = start_draft(actor=actor, now=now)
    return LexiconDraft.objects.select_for_update().get(pk=draft.pk)


def _put(
    draft: LexiconDraft, change: Change, *, actor: Actor, now: datetime, why: str
) -> LexiconDraft:
    _reason(why)
    signed = replace(change, why=why.strip()[:300], by=str(actor), at=now.isoformat())
    kept = [c for c in read_changes(draft.changes) if c.id != change.id]
    return _save(draft, [*kept, signed], actor, now, change.id, why)


def _save(
    draft: LexiconDraft,
    changes: Iterable[Change],
    actor: Actor,
    now: datetime,
    row: str,
    why: str = "",
) -> LexiconDraft:
    draft.changes, draft.changed_at = [c.as_json() for c in changes], now
    draft.save(update_fields=["changes", "changed_at"])
    ledger.write(draft, actor=actor, step="edit_draft", at=now, reason=why.strip(), row=row)
    return draft


def _reason(why: str) -> None:
    if not why.strip():
        raise InvalidInput("Ghi lý do: người khác đọc lịch sử cần biết vì sao.", "why")


def _delivered_group(row: str) -> str:
    found = next((r for r in Lexicon.load().rows if r["id"] == row), None)
    return group_of(found) if found else ""


def _range(least: float, most: float) -> str:
    return f"Điểm của nhóm này từ {show_number(least)} đến {show_number(most)}.".replace("-", "−")
