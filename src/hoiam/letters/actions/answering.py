"""Settling a letter: given to a unit, drafted, approved by another, issued, told to who wrote and to the paper."""

from datetime import date, datetime

from django.db import transaction

from hoiam.agencies.models import Agency, Official
from hoiam.agencies.queries import assignable_to
from hoiam.core import outbox
from hoiam.core.actor import Actor
from hoiam.core.errors import Conflict, InvalidInput, NotAllowed, WrongState
from hoiam.core.mail import queue_mail
from hoiam.kit.vietnamese import VIETNAM, nfc, show_date, squash
from hoiam.letters.actions.clocks import end_clocks, open_clocks
from hoiam.letters.actions.hiding import WHY, names_protected
from hoiam.letters.actions.moving import begin, finish, needed, past
from hoiam.letters.models import LetterPerson, ReaderLetter
from hoiam.letters.policies import is_denounced, may_know_people
from hoiam.letters.states import (
    IN_WORK,
    PROTECTED_ROLES,
    LetterKind,
    LetterState,
    TellingWay,
)

OWN_DRAFT = "Người soạn không tự duyệt. Hãy chuyển lãnh đạo khác của đơn vị duyệt."
NAMED_IN_DRAFT = (
    "Nội dung có tên, điện thoại hoặc thư điện tử của người gửi. Bỏ chỗ đó: nơi kính gửi được điền khi in, "
    "còn báo và người khác không được biết người gửi."
)
TO_ONESELF = (
    "Không tự giao cho mình đơn tố cáo: người được giao được xem ai tố cáo. Giao người khác, hoặc trình thủ trưởng, "
    "cấp phó giao."
)
DENOUNCED = "Đơn tố cáo nêu tên {official} hoặc người trùng họ tên, nên không giao cho người này. Chọn người khác."
WHATS = ("acceptance", "measures", "result")
LONGEST_DRAFT = 50_000


@transaction.atomic
def assign(
    letter: ReaderLetter,
    *,
    official: Official,
    actor: Actor,
    now: datetime,
    unit: Agency | None = None,
    seen: int | None = None,
) -> ReaderLetter:
    """The letter in the hands of one official, who may then know who wrote it.

    Raises:
        InvalidInput: the person does not work at the agency or below it, or a denunciation names them.
        NotAllowed: the actor would come to know a denouncer by giving the letter to themselves.
    """
    letter = begin(letter, "assign", actor=actor, seen=seen)
    if not assignable_to(actor, letter.agency).filter(pk=official.pk).exists():
        raise InvalidInput(
            "Chọn người đang giữ chức vụ ở đơn vị hoặc Phòng trực thuộc.", "official"
        )
    if official.pk == actor.pk and not may_know_people(actor, letter):
        raise NotAllowed(TO_ONESELF)
    if is_denounced(official, letter):
        raise InvalidInput(DENOUNCED.format(official=official), "official")
    told = {"official": str(official), "unit": str(unit or "")}
    letter = finish(letter, "assign", actor=actor, now=now, told=told, holder=official, unit=unit)
    outbox.post("letter_assigned", letter.pk, at=now)
    return letter


@transaction.atomic
def draft_answer(
    letter: ReaderLetter, *, text: str, actor: Actor, now: datetime, measures: str = "",
    seen: int | None = None,
) -> ReaderLetter:  # fmt: skip
    """The letter with a draft of its answer.

    Args:
        measures: what the agency does about it, one a line: told to the paper.
        seen: the number of the draft the writer had before the eyes.

    Raises:
        InvalidInput: no text, too long, or it names who wrote.
        Conflict: somebody saved another draft since.
    """
    letter = begin(letter, "draft_answer", actor=actor)
    if seen is not None and seen != letter.draft_version:
        raise Conflict(
            "Dự thảo vừa được người khác lưu. Bản bạn gõ vẫn còn; xem bản mới rồi lưu lần nữa."
        )
    said = needed(nfc(text), "Ghi nội dung trả lời.", "text")
    steps = "\n".join(line for raw in nfc(measures).splitlines() if (line := squash(raw)))
    if len(said) + len(steps) > LONGEST_DRAFT:
        raise InvalidInput(f"Dài quá {LONGEST_DRAFT} ký tự. Rút gọn lại.", "text")
    if names_protected(letter, f"{said}\n{steps}"):
        raise InvalidInput(NAMED_IN_DRAFT, "text")
    letter = finish(
        letter, "draft_answer", actor=actor, now=now, told={"version": letter.draft_version + 1},
        draft=said, measures=steps, draft_version=letter.draft_version + 1,
        drafted_by=actor.official, approved_by=None, approved_at=None,
    )  # fmt: skip
    outbox.post("letter_drafted", letter.pk, at=now)
    return letter


@transaction.atomic
def approve_answer(
    letter: ReaderLetter, *, actor: Actor, now: datetime, seen: int | None = None
) -> ReaderLetter:
    """The letter with its answer approved, by another than who drafted it.

    Raises:
        NotAllowed: the actor drafted it.
    """
    letter = begin(letter, "approve_answer", actor=actor, seen=seen)
    if letter.drafted_by_id == actor.pk:
        raise NotAllowed(OWN_DRAFT)
    return finish(
        letter, "approve_answer", actor=actor, now=now, told={"version": letter.draft_version},
        approved_by=actor.official, approved_at=now,
    )  # fmt: skip


@transaction.atomic
def return_answer(
    letter: ReaderLetter, *, reason: str, actor: Actor, now: datetime, seen: int | None = None
) -> ReaderLetter:
    """The letter back with who settles it, the draft kept.

    Raises:
        InvalidInput: no reason.
    """
    letter = begin(letter, "return_answer", actor=actor, seen=seen)
    why = needed(reason, "Ghi chỗ cần sửa.", "reason")
    letter = finish(
        letter, "return_answer", actor=actor, now=now, reason=why, approved_by=None,
        approved_at=None,
    )  # fmt: skip
    outbox.post("letter_returned", letter.pk, at=now)
    return letter


@transaction.atomic
def answer(
    letter: ReaderLetter,
    *,
    number: str,
    on: date,
    actor: Actor,
    now: datetime,
    at: datetime | None = None,
    seen: int | None = None,
) -> ReaderLetter:
    """The letter answered by a paper that got its number and date where papers get them.

    Of a complaint or denunciation a paper forwarded, the clock of telling the conclusion begins (NĐ 237/2026 Đ18.2).

    Args:
        at: when it went out; now when not given.

    Raises:
        InvalidInput: no number, or a date that cannot be.
    """
    letter = begin(letter, "answer", actor=actor, seen=seen)
    given = squash(needed(number, "Ghi số, ký hiệu văn bản trả lời.", "number"))[:80]
    issued = past(at, now)
    if letter.approved_at is not None and issued < letter.approved_at:
        raise InvalidInput("Thời điểm phát hành trước khi duyệt. Xem lại.", "at")
    if not _day(letter.received_at) <= on <= _day(now):
        raise InvalidInput("Ngày văn bản phải từ ngày nhận đơn đến hôm nay.", "on")
    end_clocks(letter, "answer", at=issued)
    open_clocks(letter, "concluded", issued)
    return finish(
        letter, "answer", actor=actor, now=now, told={"number": given, "on": show_date(on)},
        answer_number=given, answer_on=on, answered_at=issued,
    )  # fmt: skip


def _day(at: datetime) -> date:
    return at.astimezone(VIETNAM).date()


def _told(way: str, at: datetime | None, now: datetime) -> tuple[datetime, dict[str, str]]:
    """When who wrote was told, and the way for the diary."""
    if way not in TellingWay.values:
        raise InvalidInput("Chọn báo cho người gửi bằng cách nào.", "way")
    return past(at, now), {"way": str(TellingWay(way).label)}


@transaction.atomic
def tell_taken_up(
    letter: ReaderLetter,
    *,
    way: str,
    actor: Actor,
    now: datetime,
    at: datetime | None = None,
    seen: int | None = None,
) -> ReaderLetter:
    """The letter with who wrote it told that it was taken up; the answer is told of by itself, later.

    Raises:
        InvalidInput: no way chosen, or a moment ahead or before the letter was accepted.
    """
    letter = begin(letter, "tell_taken_up", actor=actor, seen=seen)
    told_at, told = _told(way, at, now)
    if letter.accepted_at is not None and told_at < letter.accepted_at:
        raise InvalidInput("Thời điểm báo trước khi thụ lý. Xem lại.", "at")
    end_clocks(letter, "tell_taken_up", at=told_at)
    return finish(letter, "tell_taken_up", actor=actor, now=now, told=told)


@transaction.atomic
def tell_citizen(
    letter: ReaderLetter,
    *,
    way: str,
    actor: Actor,
    now: datetime,
    at: datetime | None = None,
    seen: int | None = None,
) -> ReaderLetter:
    """The letter with who wrote it told; by mail the answer goes out with this step.

    Raises:
        InvalidInput: no way chosen, a mail without an address, or a moment ahead.
    """
    letter = begin(letter, "tell_citizen", actor=actor, seen=seen)
    told_at, told = _told(way, at, now)
    if way == TellingWay.EMAIL:
        told_at = now
        _mail_citizen(letter, now)
    end_clocks(letter, "tell_citizen", at=told_at)
    return finish(
        letter, "tell_citizen", actor=actor, now=now, told=told, told_citizen_at=told_at,
        told_citizen_by=way,
    )  # fmt: skip


def _mail_citizen(letter: ReaderLetter, now: datetime) -> None:
    rows = LetterPerson.objects.system(WHY).filter(letter=letter, role__in=PROTECTED_ROLES)
    addresses = [person.email for person in rows if person.email]
    if not addresses:
        raise InvalidInput("Người gửi không để lại thư điện tử. Chọn cách khác.", "way")
    subject = f"{letter.agency.full_name}: kết quả đơn {letter.number}"
    queue_mail(addresses, subject, words_for_citizen(letter), key=f"letter:{letter.pk}:{letter.version}", now=now)  # fmt: skip


def words_for_citizen(letter: ReaderLetter) -> str:
    """What a citizen is told: the answer, or where the letter went; no name stands in it."""
    head = f"Kính gửi Ông/Bà,\n\n{letter.agency.full_name} đã nhận đơn {letter.number} ngày {show_date(_day(letter.received_at))}.\n\n"
    if letter.state == LetterState.HANDED_OVER:
        where = letter.handed_to.full_name if letter.handed_to else letter.guided_to
        body = (
            f"Đơn không thuộc thẩm quyền của cơ quan chúng tôi. Nơi xem xét, giải quyết: {where}."
        )
    elif letter.state == LetterState.FILED:
        body = f"Đơn được lưu: {str(letter.get_filing_display()).lower()}."
    else:
        issued = show_date(letter.answer_on) if letter.answer_on else ""
        body = f"Trả lời tại Văn bản số {letter.answer_number} ngày {issued}:\n\n{letter.draft}"
    return f"{head}{body}\n\nTrân trọng.\n"


@transaction.atomic
def tell_press(
    letter: ReaderLetter,
    *,
    what: str,
    number: str,
    on: date,
    actor: Actor,
    now: datetime,
    at: datetime | None = None,
    seen: int | None = None,
) -> ReaderLetter:
    """The letter with the paper that forwarded it told in writing (NĐ 237/2026 Đ18.2–3, Luật Tố cáo 2018 Đ26.2).

    Args:
        what: "acceptance" (taken up or not), "measures" (of a petition), or "result".
        number, on: of the paper that went to the press agency.

    Raises:
        WrongState: no press agency forwarded it, or there is no result yet.
        InvalidInput: something is missing or cannot be.
    """
    letter = begin(letter, "tell_press", actor=actor, seen=seen)
    if not letter.is_by_press:
        raise WrongState("Đơn này không do cơ quan báo chí chuyển nên không phải báo cho báo.")
    if what not in WHATS:
        raise InvalidInput("Chọn báo cho cơ quan báo chí việc gì.", "what")
    if what == "result" and letter.state in IN_WORK:
        raise WrongState("Chưa trả lời nên chưa có kết quả. Báo việc thụ lý hoặc biện pháp trước.")
    given = squash(needed(number, "Ghi số, ký hiệu văn bản gửi báo.", "number"))[:80]
    if not _day(letter.received_at) <= on <= _day(now):
        raise InvalidInput("Ngày văn bản phải từ ngày nhận đơn đến hôm nay.", "on")
    told_at = past(at, now)
    end_clocks(letter, f"tell_{what}", at=told_at)
    is_last = what == "result" or (what == "measures" and letter.kind == LetterKind.PETITION)
    fields = {"told_press_at": told_at, "told_press_number": given, "told_press_on": on}
    told = {"what": WHAT_WORDS[what], "number": given, "on": show_date(on)}
    return finish(
        letter, "tell_press", actor=actor, now=now, told=told, **(fields if is_last else {})
    )


WHAT_WORDS = {
    "acceptance": "việc thụ lý, không thụ lý",
    "measures": "biện pháp giải quyết",
    "result": "kết quả giải quyết",
}


@transaction.atomic
def close(
    letter: ReaderLetter, *, actor: Actor, now: datetime, note: str = "", seen: int | None = None
) -> ReaderLetter:
    """The letter closed: who wrote it was told, and the paper that forwarded it.

    Args:
        note: why nobody could be told, when who wrote is not known or cannot be reached.

    Raises:
        WrongState: the paper is still to be told.
        InvalidInput: who wrote was not told and no reason is given.
    """
    letter = begin(letter, "close", actor=actor, seen=seen)
    if letter.is_by_press and letter.told_press_at is None:
        raise WrongState(
            f"Chưa báo kết quả cho {letter.forwarder}. Gửi văn bản cho báo rồi ghi “Báo cho cơ quan báo chí”."
        )
    if letter.told_citizen_at is None and not letter.is_anonymous:
        needed(note, "Chưa báo cho người gửi. Báo trước, hoặc ghi vì sao không báo được.", "note")
    return finish(letter, "close", actor=actor, now=now, reason=note, closed_at=now)


@transaction.atomic
def reopen(
    letter: ReaderLetter, *, reason: str, actor: Actor, now: datetime, seen: int | None = None
) -> ReaderLetter:
    """The letter open again, as sorted; what was answered and told stays in the diary.

    Raises:
        InvalidInput: no reason.
        WrongState: its people were wiped after the time they may be kept.
    """
    letter = begin(letter, "reopen", actor=actor, seen=seen)
    why = needed(reason, "Ghi lý do mở lại.", "reason")
    if letter.wiped_at is not None:
        raise WrongState("Danh tính trong đơn đã xóa theo thời hạn lưu giữ. Nhận đơn mới nếu có.")
    told = {"number": letter.answer_number, "filing": letter.filing}
    return finish(
        letter, "reopen", actor=actor, now=now, reason=why, told=told, closed_at=None, filing="",
        handed_to=None, guided_to="", answer_number="", answer_on=None, answered_at=None,
        told_citizen_at=None, told_citizen_by="", told_press_at=None, told_press_number="",
        told_press_on=None, approved_by=None, approved_at=None,
    )  # fmt: skip
