"""Taking letters in: by hand, from the public form, from a mailbox, from another agency, as a part of a mixed one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from hoiam.agencies.models import Agency, PressAgency
from hoiam.core import authority, ledger, outbox, search
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput
from hoiam.kit.vietnamese import VIETNAM, nfc, squash
from hoiam.letters.actions.clocks import open_clocks
from hoiam.letters.actions.hiding import WHY, as_hidden
from hoiam.letters.actions.kept_files import MOST_FILES, checked, keep_file
from hoiam.letters.actions.moving import past
from hoiam.letters.actions.numbers import new_code, next_number
from hoiam.letters.models import LetterPerson, ReaderLetter, SealedText
from hoiam.letters.queries.searched import letter_document
from hoiam.letters.states import LetterChannel, PersonRole

LONGEST_TEXT, LONGEST_TITLE = 50_000, 300
MOST_SIGNERS = 100_000
# not-law: a second press of the button within this time is the same letter
TWICE = timedelta(minutes=10)  # not-law: see above
LONGEST = {"name": 150, "address": 250, "phone": 40, "email": 200}


@dataclass(frozen=True)
class Named:
    """Somebody a letter names, as typed."""

    name: str = ""
    role: str = PersonRole.SENDER
    address: str = ""
    phone: str = ""
    email: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed."""
        return not any(squash(part) for part in (self.name, self.address, self.phone, self.email))


@dataclass(frozen=True)
class Upload:
    """A file as it was chosen or came with a mail."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Written:
    """A letter as it came, before anything is hidden."""

    title: str
    content: str
    people: Sequence[Named] = ()
    files: Sequence[Upload] = ()
    signers: int = 1


@transaction.atomic
def receive_letter(
    agency: Agency,
    written: Written,
    *,
    actor: Actor,
    now: datetime,
    channel: str,
    received_at: datetime | None = None,
    press_agency: PressAgency | None = None,
    forwarder: str = "",
    forward_number: str = "",
    forward_on: date | None = None,
) -> ReaderLetter:
    """The letter as entered into the register by hand.

    Args:
        channel: how it came; never the public form or the mailbox.
        received_at: when the agency received it; now when not given.
        press_agency, forwarder: the press agency of the register, or the name of who passed it on.
        forward_number, forward_on: of the paper that passed it on.

    Raises:
        NotAllowed: the actor may not at this agency.
        InvalidInput: something is missing or too long, a moment lies ahead, a file cannot be taken.
    """
    authority.check(actor, "receive_letter", agency)
    if channel not in LetterChannel.values or channel in (LetterChannel.FORM, LetterChannel.EMAIL):
        raise InvalidInput("Chọn đơn đến bằng đường nào.", "channel")
    who = _forwarder(channel, press_agency, forwarder, forward_on, now)
    received = past(received_at, now, "received_at")
    typed = {
        "channel": channel, "entered_by": actor.official, "received_at": received,
        "forward_number": squash(nfc(forward_number))[:80], "forward_on": forward_on, **who,
    }  # fmt: skip
    letter = put_letter(agency, written, now=now, **typed)
    ledger.write(
        letter, actor=actor, step="receive_letter", at=now, agency=agency.code, channel=channel
    )
    return letter


def _forwarder(
    channel: str, press: PressAgency | None, name: str, on: date | None, now: datetime
) -> dict[str, Any]:
    said = squash(nfc(name))[:200]
    if channel == LetterChannel.PRESS:
        if press is None and not said:
            raise InvalidInput("Chọn hoặc ghi tên cơ quan báo chí chuyển đơn.", "press_agency")
        if on is None:
            raise InvalidInput("Ghi ngày văn bản của cơ quan báo chí.", "forward_on")
    if channel == LetterChannel.FORWARDED and not said:
        raise InvalidInput("Ghi cơ quan chuyển đơn.", "forwarder")
    if on is not None and on > now.astimezone(VIETNAM).date():
        raise InvalidInput("Ngày văn bản chuyển ở phía trước. Xem lại.", "forward_on")
    is_press = channel == LetterChannel.PRESS
    return {
        "press_agency": press if is_press else None,
        "forwarder": (press.name if is_press and press else said),
    }


@transaction.atomic
def send_letter(
    agency: Agency, written: Written, *, now: datetime, sender_key: str = ""
) -> ReaderLetter:
    """The letter as a citizen sent it by the public form; the same letter sent twice at once stays one.

    Nobody is signed in, so no authority is asked: everybody may write to an agency.

    Raises:
        InvalidInput: something is missing or too long, or a file cannot be taken.
    """
    again = _sent_already(agency, sender_key, written, now)
    if again is not None:
        return again
    letter = put_letter(
        agency, written, now=now, channel=LetterChannel.FORM, received_at=now, sender_key=sender_key
    )
    ledger.write(letter, actor=None, step="send_letter", at=now, agency=agency.code, channel="form")
    outbox.post("letter_received", letter.pk, at=now)
    return letter


def _sent_already(
    agency: Agency, sender: str, written: Written, now: datetime
) -> ReaderLetter | None:
    if not sender:
        return None
    rows = SealedText.objects.system(WHY).filter(
        letter__agency=agency, letter__sender_key=sender, letter__received_at__gte=now - TWICE
    )
    said = squash(nfc(written.content))
    found = next((row for row in rows if squash(row.content) == said), None)
    if found is None or found.letter_id is None:
        return None
    return ReaderLetter.objects.system(WHY).get(pk=found.letter_id)


def put_letter(
    agency: Agency,
    written: Written,
    *,
    now: datetime,
    may_refuse_files: bool = False,
    **fields: Any,
) -> ReaderLetter:
    """The letter with its sealed text, people, files and the clocks of receiving; the caller writes the diary.

    Raises:
        InvalidInput: something is missing or too long, or a file cannot be taken.
    """
    title, content = checked_text(written)
    _check_files(written.files, may_refuse_files)
    people = [_row(named) for named in written.people if not named.is_blank]
    letter = ReaderLetter(
        agency=agency, code=new_code(), fictional=agency.fictional, signers=written.signers,
        title=as_hidden(people, title)[:LONGEST_TITLE], content=as_hidden(people, content),
        is_anonymous=not any(person.name for person in people), **fields,
        **next_number(ReaderLetter, agency, fields["received_at"]),
    )  # fmt: skip
    letter.forwarder = as_hidden(people, letter.forwarder)
    letter.save(force_insert=True)
    SealedText.objects.create(letter=letter, title=title, content=content)
    for person in people:
        person.letter = letter
    LetterPerson.objects.bulk_create(people)
    for upload in written.files:
        keep_file(letter, upload.name, upload.data, now=now, may_refuse=may_refuse_files)
    open_clocks(letter, "received", letter.received_at)
    search.put_many([letter_document(letter)])
    return letter


def checked_text(written: Written) -> tuple[str, str]:
    """Title and content as they are kept.

    Raises:
        InvalidInput: one is missing or too long, or the number of signers cannot be.
    """
    content = nfc(written.content).replace("\0", "").strip()
    title = squash(nfc(written.title).replace("\0", ""))
    if not content:
        raise InvalidInput("Ghi nội dung đơn.", "content")
    if len(content) > LONGEST_TEXT:
        raise InvalidInput(
            f"Nội dung dài quá {LONGEST_TEXT} ký tự. Rút gọn hoặc gửi tệp.", "content"
        )
    if not 1 <= written.signers <= MOST_SIGNERS:
        raise InvalidInput("Số người ký là số từ 1 trở lên.", "signers")
    return (title or content.splitlines()[0])[:LONGEST_TITLE], content


def _check_files(files: Sequence[Upload], may_refuse: bool) -> None:
    if may_refuse:
        return
    if len(files) > MOST_FILES:
        raise InvalidInput(
            f"Chỉ nhận {MOST_FILES} tệp mỗi đơn. Ghép các trang vào một tệp PDF.", "files"
        )
    for upload in files:
        checked(upload.data, upload.name)


def _row(named: Named) -> LetterPerson:
    if named.role not in PersonRole.values:
        raise InvalidInput("Chọn vai của người có tên trong đơn.", "role")
    parts = {name: squash(nfc(getattr(named, name)).replace("\0", "")) for name in LONGEST}
    for name, value in parts.items():
        if len(value) > LONGEST[name]:
            raise InvalidInput(f"Dài quá {LONGEST[name]} ký tự. Rút gọn lại.", name)
    return LetterPerson(role=named.role, **parts)


def named_of(letter: ReaderLetter) -> list[Named]:
    """The people of a letter, as they are typed."""
    return [
        Named(person.name, person.role, person.address, person.phone, person.email)
        for person in LetterPerson.objects.system(WHY).filter(letter=letter)
    ]


def origin_of(letter: ReaderLetter) -> Mapping[str, Any]:
    """What a letter made of another takes over from it."""
    return {
        "channel": letter.channel,
        "press_agency": letter.press_agency,
        "forwarder": letter.forwarder,
        "forward_number": letter.forward_number,
        "forward_on": letter.forward_on,
        "received_at": letter.received_at,
    }
