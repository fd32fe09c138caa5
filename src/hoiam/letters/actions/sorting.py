"""What a letter is and whose it is: classified, split, passed on, filed, accepted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from hoiam.agencies.models import Agency
from hoiam.core import ledger, outbox
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput, NotAllowed, WrongState
from hoiam.kit.rulebook import representatives
from hoiam.kit.vietnamese import VIETNAM, nfc, squash
from hoiam.letters.actions.clocks import cancel_clocks, end_clocks, open_clocks, sort_clocks
from hoiam.letters.actions.hiding import WHY, hide_again, people_of, where_to, without_names
from hoiam.letters.actions.intake import Named, Upload, Written, named_of, origin_of, put_letter
from hoiam.letters.actions.kept_files import bytes_of
from hoiam.letters.actions.moving import ABOUT_YOU, begin, finish, needed, past
from hoiam.letters.models import LetterFile, LetterPerson, ReaderLetter, SealedText
from hoiam.letters.policies import is_denounced
from hoiam.letters.policies.secrecy import SECRET_KINDS
from hoiam.letters.states import (
    ENDED,
    ClockState,
    Competence,
    ComplaintAbout,
    Condition,
    FilingReason,
    LetterChannel,
    LetterKind,
    LetterState,
    PersonRole,
)

FEWEST_PARTS, MOST_PARTS = 2, 10
SETTLED = ENDED | {LetterState.CLOSED}
OF_MANY = frozenset({LetterKind.COMPLAINT, LetterKind.DENUNCIATION, LetterKind.PETITION})


@dataclass(frozen=True)
class Sorted:
    """What a letter was found to be."""

    kind: str
    about: str = ""
    condition: str = Condition.UNKNOWN
    competence: str = Competence.UNKNOWN
    signers: int = 1
    round: str = "1"
    note: str = ""


@transaction.atomic
def classify(
    letter: ReaderLetter, found: Sorted, *, actor: Actor, now: datetime, seen: int | None = None
) -> ReaderLetter:
    """The letter with its kind, condition, competence, and the clocks that go with them (TT 13/2021/TT-BTP Đ5–6).

    Raises:
        InvalidInput: something is not chosen, or many signers lack their representatives (NĐ 152/2026 Đ77).
        NotAllowed: it names the actor, who may sort it as a denunciation alone.
    """
    letter = begin(letter, "classify", actor=actor, seen=seen)
    _check_sorted(letter, found)
    # As anything else its writer would be known to the desk, and so to whom it may denounce.
    if found.kind not in SECRET_KINDS and is_denounced(actor.official, letter):
        raise NotAllowed(
            ABOUT_YOU.format(step=f"Phân loại là {LetterKind(found.kind).label.lower()}")
        )
    is_complaint = found.kind == LetterKind.COMPLAINT
    letter.kind, letter.about = found.kind, found.about if is_complaint else ""
    letter.round = found.round if is_complaint else "1"
    sort_clocks(letter, at=now)
    if found.kind == LetterKind.DENUNCIATION:
        _protect_denouncers(letter)
    return finish(
        letter, "classify", actor=actor, now=now, reason=found.note,
        told={"kind": str(LetterKind(found.kind).label), "signers": found.signers},
        kind=letter.kind, about=letter.about, round=letter.round, condition=found.condition,
        competence=found.competence, signers=found.signers,
        sorting_note=without_names(letter, found.note.strip()),
    )  # fmt: skip


def _protect_denouncers(letter: ReaderLetter) -> None:
    # Said of the person, not of the letter alone: sorted again, split or passed on, they stay as unknown as now.
    rows = LetterPerson.objects.system(WHY).filter(letter=letter, role=PersonRole.SENDER)
    rows.update(role=PersonRole.DENOUNCER)


def _check_sorted(letter: ReaderLetter, found: Sorted) -> None:
    if found.kind not in LetterKind.values or found.kind == LetterKind.UNKNOWN:
        raise InvalidInput("Chọn loại đơn theo nội dung.", "kind")
    if found.kind == LetterKind.COMPLAINT and found.about not in ComplaintAbout.values:
        raise InvalidInput(
            "Chọn khiếu nại về thi hành án hay khiếu nại hành chính: hạn khác nhau.", "about"
        )
    if found.round not in ("1", "2"):
        raise InvalidInput("Chọn lần giải quyết: lần đầu hoặc lần hai.", "round")
    if found.condition not in Condition.values or found.competence not in Competence.values:
        raise InvalidInput("Chọn điều kiện và thẩm quyền.", "condition")
    if found.signers < 1:
        raise InvalidInput("Số người ký là số từ 1 trở lên.", "signers")
    if found.condition == Condition.MET and found.kind in OF_MANY:
        _check_representatives(letter, found.signers)


def _check_representatives(letter: ReaderLetter, signers: int) -> None:
    """Many who sign one content must appoint representatives, and no more than the law allows."""
    owed = representatives(signers, letter.received_at.astimezone(VIETNAM).date())
    if owed is None:
        return
    rows = LetterPerson.objects.system(WHY).filter(letter=letter)
    have = rows.filter(role=PersonRole.REPRESENTATIVE).count()
    if not 1 <= have <= owed.most:
        raise InvalidInput(
            f"{signers} người cùng ký phải cử người đại diện bằng văn bản, không quá {owed.most} người "
            f"({owed.source}); đang ghi {have}. Thêm người đại diện, hoặc chọn “Chưa đủ điều kiện”.",
            "condition",
        )


@transaction.atomic
def add_person(
    letter: ReaderLetter, named: Named, *, actor: Actor, now: datetime, seen: int | None = None
) -> ReaderLetter:
    """The letter with one more person, whose name is taken out of every text shown.

    Raises:
        InvalidInput: nothing was typed, or it is too long.
    """
    letter = begin(letter, "add_person", actor=actor, seen=seen)
    needed(named.name, "Ghi họ và tên.", "name")
    if named.role not in PersonRole.values:
        raise InvalidInput("Chọn vai của người này.", "role")
    LetterPerson.objects.create(
        letter=letter, role=named.role, name=squash(nfc(named.name))[:150],
        address=squash(nfc(named.address))[:250], phone=squash(named.phone)[:40],
        email=squash(named.email)[:200],
    )  # fmt: skip
    hide_again(letter)
    is_nobody = letter.is_anonymous and named.role == PersonRole.NAMED
    told = {"role": str(PersonRole(named.role).label)}
    return finish(letter, "add_person", actor=actor, now=now, told=told, is_anonymous=is_nobody)


@dataclass(frozen=True)
class Part:
    """One content of a mixed letter."""

    kind: str
    title: str
    content: str
    about: str = ""


@transaction.atomic
def split(
    letter: ReaderLetter, parts: Sequence[Part], *, actor: Actor, now: datetime,
    seen: int | None = None,
) -> list[ReaderLetter]:  # fmt: skip
    """The letters a mixed one was split into, each with its own clocks from the day the whole was received.

    Raises:
        InvalidInput: fewer than two parts, or one without text or kind.
    """
    letter = begin(letter, "split", actor=actor, seen=seen)
    if not FEWEST_PARTS <= len(parts) <= MOST_PARTS:
        raise InvalidInput("Tách đơn thì ghi từ 2 nội dung trở lên.", "parts")
    if any(part.kind == LetterKind.DENUNCIATION for part in parts):
        _protect_denouncers(letter)
    made = [_part(letter, part, number, now) for number, part in enumerate(parts, start=1)]
    running = letter.clocks.filter(state=ClockState.RUNNING).values_list("rule", flat=True)
    cancel_clocks(letter, frozenset(running), at=now, why="split")
    told = {"into": ", ".join(each.number for each in made)}
    finish(letter, "split", actor=actor, now=now, told=told)
    for each in made:
        ledger.write(each, actor=actor, step="split_from", at=now, of=letter.number)
    return made


def _part(letter: ReaderLetter, part: Part, number: int, now: datetime) -> ReaderLetter:
    kinds = {*LetterKind.values} - {LetterKind.UNKNOWN, LetterKind.MIXED}
    if part.kind not in kinds:
        raise InvalidInput(f"Chọn loại cho nội dung {number}.", f"kind_{number}")
    if part.kind == LetterKind.COMPLAINT and part.about not in ComplaintAbout.values:
        raise InvalidInput(f"Nội dung {number}: chọn khiếu nại về việc gì.", f"about_{number}")
    needed(part.content, f"Ghi nội dung {number}.", f"content_{number}")
    written = Written(part.title, part.content, named_of(letter), _uploads(letter), letter.signers)
    more = {"kind": part.kind, "about": part.about if part.kind == LetterKind.COMPLAINT else ""}
    return put_letter(
        letter.agency, written, now=now, may_refuse_files=True, parent=letter,
        **origin_of(letter), **more,
    )  # fmt: skip


def _uploads(letter: ReaderLetter) -> list[Upload]:
    files = LetterFile.objects.system(WHY).filter(letter=letter).exclude(blob="")
    return [Upload(file.name, bytes_of(file)) for file in files]


@transaction.atomic
def hand_over(
    letter: ReaderLetter,
    *,
    actor: Actor,
    now: datetime,
    agency: Agency | None = None,
    guided_to: str = "",
    reason: str = "",
    seen: int | None = None,
) -> ReaderLetter:
    """The letter passed on by competence: to another agency of the System, which gets a letter of its own, or guided elsewhere.

    Raises:
        InvalidInput: nowhere is named, or it stays at home.
        WrongState: it was found to be of this agency's competence.
    """
    letter = begin(letter, "hand_over", actor=actor, seen=seen)
    _refuse_mixed(letter)
    if letter.competence not in (Competence.SYSTEM, Competence.OUTSIDE):
        raise WrongState("Đơn chưa ghi là của cơ quan khác. Phân loại lại thẩm quyền rồi chuyển.")
    if agency is None and not guided_to.strip():
        raise InvalidInput(
            "Chọn cơ quan THADS nhận đơn, hoặc ghi nơi hướng dẫn người gửi đến.", "agency"
        )
    if agency is not None and agency.pk == letter.agency_id:
        raise InvalidInput("Chọn cơ quan khác cơ quan đang giữ đơn.", "agency")
    end_clocks(letter, "hand_over", at=now)
    where = (
        agency.full_name
        if agency is not None
        else where_to(people_of(letter), squash(nfc(guided_to)))[:250]
    )
    letter = finish(
        letter, "hand_over", actor=actor, now=now, reason=reason, told={"to": where},
        handed_to=agency, guided_to="" if agency is not None else where,
    )  # fmt: skip
    if agency is not None:
        _hand_on(letter, agency, actor, now)
    return letter


def _refuse_mixed(letter: ReaderLetter) -> None:
    if letter.kind == LetterKind.MIXED:
        raise WrongState("Đơn có nhiều nội dung khác loại. Tách đơn trước rồi xử lý từng phần.")


def _hand_on(letter: ReaderLetter, agency: Agency, actor: Actor, now: datetime) -> None:
    sealed = SealedText.objects.system(WHY).get(letter=letter)
    written = Written(
        sealed.title, sealed.content, named_of(letter), _uploads(letter), letter.signers
    )
    made = put_letter(
        agency, written, now=now, may_refuse_files=True, channel=LetterChannel.FORWARDED,
        forwarder=letter.agency.full_name, received_at=now, came_from=letter,
    )  # fmt: skip
    ledger.write(
        made, actor=actor, step="letter_handed_on", at=now, agency=agency.code, of=letter.number
    )
    outbox.post("letter_received", made.pk, at=now)


@transaction.atomic
def mark_repeat(
    letter: ReaderLetter, of: ReaderLetter | None, *, actor: Actor, now: datetime,
    seen: int | None = None,
) -> ReaderLetter:  # fmt: skip
    """The letter marked as the same as an earlier one, or no longer so; a person decides, never the machine.

    Raises:
        InvalidInput: the other is of another agency, or is no earlier one.
    """
    letter = begin(letter, "mark_repeat", actor=actor, seen=seen)
    if of is not None and (of.agency_id != letter.agency_id or of.pk >= letter.pk):
        raise InvalidInput("Chọn một đơn đến trước của cùng cơ quan.", "of")
    told = {"of": of.number if of is not None else ""}
    return finish(letter, "mark_repeat", actor=actor, now=now, told=told, repeat_of=of)


@transaction.atomic
def file(
    letter: ReaderLetter, *, filing: str, actor: Actor, now: datetime, reason: str = "",
    seen: int | None = None,
) -> ReaderLetter:  # fmt: skip
    """The letter filed without further work (TT 13/2021/TT-BTP Đ28: repeated, or sent to many places).

    Raises:
        InvalidInput: no ground, or one that does not fit the letter.
    """
    letter = begin(letter, "file", actor=actor, seen=seen)
    if filing not in FilingReason.values:
        raise InvalidInput("Chọn lý do lưu đơn.", "filing")
    _check_filing(letter, filing, reason)
    end_clocks(letter, "file", at=now)
    told = {"ground": str(FilingReason(filing).label)}
    return finish(letter, "file", actor=actor, now=now, reason=reason, told=told, filing=filing)


def _check_filing(letter: ReaderLetter, filing: str, reason: str) -> None:
    of = letter.repeat_of
    if filing == FilingReason.REPEATED and of is None:
        raise InvalidInput("Ghi đơn này trùng với đơn nào trước khi lưu.", "filing")
    if of is not None and filing == FilingReason.REPEATED and of.state not in SETTLED:
        raise InvalidInput(
            f"{of.number} chưa được trả lời. Xử lý đơn đó trước, hoặc xử lý chung.", "filing"
        )
    if filing == FilingReason.NO_SENDER and not letter.is_anonymous:
        raise InvalidInput("Đơn có ghi người gửi. Chọn lý do khác.", "filing")
    if filing in (FilingReason.UNMET, FilingReason.MANY_ADDRESSEES, FilingReason.NO_SENDER):
        needed(reason, "Ghi rõ căn cứ để lưu đơn.", "reason")


@transaction.atomic
def accept(
    letter: ReaderLetter,
    *,
    actor: Actor,
    now: datetime,
    at: datetime | None = None,
    case: str = "",
    group: str = "",
    seen: int | None = None,
) -> ReaderLetter:
    """The letter taken up for settling; the clocks of settling run from that day.

    Args:
        at: when it was accepted; now when not given.
        case: of an administrative complaint: normal, complex, remote, remote_complex.
        group: of a complaint about enforcement: a, b, c, d of Đ140.2.

    Raises:
        WrongState: it is not sorted so that it can be settled here.
        InvalidInput: the moment cannot be, or what the rule counts with is not chosen.
    """
    letter = begin(letter, "accept", actor=actor, seen=seen)
    _refuse_mixed(letter)
    if letter.kind == LetterKind.QUESTION:
        raise WrongState("Câu hỏi pháp luật thì chuyển sang hỏi đáp pháp luật, không thụ lý.")
    if letter.condition != Condition.MET or letter.competence != Competence.OURS:
        raise WrongState(
            "Chỉ thụ lý đơn đủ điều kiện, thuộc thẩm quyền của cơ quan này. Phân loại lại."
        )
    accepted = past(at, now)
    if accepted < letter.received_at:
        raise InvalidInput("Thời điểm thụ lý trước thời điểm nhận đơn. Xem lại.", "at")
    end_clocks(letter, "accept", at=accepted)
    # Who does not say who they are makes no denunciation: it is checked within competence (Luật Tố cáo 2018 Đ25).
    if not (letter.kind == LetterKind.DENUNCIATION and letter.is_anonymous):
        values = {"case": case, "group": group, "round": letter.round}
        open_clocks(letter, "accepted", accepted, values)
    told = {"accepted": accepted.isoformat()}
    return finish(letter, "accept", actor=actor, now=now, told=told, accepted_at=accepted)
