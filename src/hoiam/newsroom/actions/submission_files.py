"""Pictures and Word files of a piece: taken in, described, taken out; a Word file is read in the background."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from hoiam.agencies.actions.files import SentFile
from hoiam.core import blobs, filekinds, ledger, outbox
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput, WrongState
from hoiam.core.markup import clean
from hoiam.core.pictures import Shown, address, keep, remade
from hoiam.kit.papers.pieces import WordPiece
from hoiam.kit.vietnamese import nfc, squash
from hoiam.newsroom.actions.submissions import held, touch
from hoiam.newsroom.models import Submission, SubmissionFile, SubmissionPicture
from hoiam.newsroom.states.submissions import WRITABLE, ReadingState, SubmissionState

MOST_PICTURES = 60
_BUSY = (ReadingState.WAITING, ReadingState.READING)


@dataclass(frozen=True)
class PictureWords:
    """What is said of a picture; `is_dropped`: the writer takes it out."""

    alt: str = ""
    caption: str = ""
    credit: str = ""
    is_dropped: bool = False


@dataclass(frozen=True)
class ReadPicture:
    """A picture of a Word file, made anew and kept."""

    blob: str
    shown: Shown
    alt: str = ""
    caption: str = ""


@transaction.atomic
def add_picture(
    submission: Submission, file: SentFile, *, actor: Actor, now: datetime
) -> SubmissionPicture:
    """The picture, made anew for showing, at the end of the piece; sent twice it is there once.

    Raises:
        NotAllowed: somebody else's piece.
        WrongState: the piece was sent.
        InvalidInput: no picture that browsers show (HEIC, SVG), too large, or too many.
    """
    submission = held(submission, "write_submission", actor)
    shown = remade(file.data, file.name)
    picture = add_shown(submission, ReadPicture(keep(shown), shown))
    touch(submission, now)
    submission.save(update_fields=["version", "saved_at"])
    return picture


def add_shown(submission: Submission, read: ReadPicture) -> SubmissionPicture:
    """The picture's row, new or the one the piece has.

    Raises:
        InvalidInput: the piece holds as many as it may.
    """
    count = submission.pictures.count()
    if count >= MOST_PICTURES:
        raise InvalidInput(f"Một bài có nhiều nhất {MOST_PICTURES} ảnh. Bỏ bớt ảnh rồi thêm lại.", "picture")  # fmt: skip
    row, _ = SubmissionPicture.objects.get_or_create(
        submission=submission, blob=read.blob,
        defaults={
            "kind": read.shown.kind, "width": read.shown.width, "height": read.shown.height,
            "alt": squash(read.alt)[:300], "caption": squash(read.caption)[:500], "order": count,
        },
    )  # fmt: skip
    return row


@transaction.atomic
def describe_pictures(
    submission: Submission, words: Mapping[int, PictureWords], *, actor: Actor, now: datetime
) -> Submission:
    """The piece with the words said of its pictures, by their keys; dropped ones are gone from the text too.

    Raises:
        NotAllowed: somebody else's piece.
        WrongState: the piece was sent.
    """
    submission = held(submission, "write_submission", actor)
    for row in submission.pictures.filter(pk__in=list(words)):
        describe(row, words[row.pk])
    touch(submission, now)
    submission.save(update_fields=["version", "saved_at"])
    return submission


def describe(row: SubmissionPicture, words: PictureWords) -> None:
    """Nothing; the picture has these words, or is gone from the piece."""
    if words.is_dropped:
        row.delete()
        return
    row.alt, row.caption = squash(nfc(words.alt))[:300], squash(nfc(words.caption))[:500]
    row.credit = squash(nfc(words.credit))[:120]
    row.save(update_fields=["alt", "caption", "credit"])


@transaction.atomic
def send_word(
    submission: Submission, file: SentFile, *, actor: Actor, now: datetime
) -> SubmissionFile:
    """The Word file kept and waiting to be read; what the piece holds stays whatever becomes of it.

    Raises:
        NotAllowed: somebody else's piece.
        WrongState: the piece was sent, or another file is being read.
        InvalidInput: no Word file, with macros or a password, damaged, or one that unpacks to too much.
    """
    submission = held(submission, "write_submission", actor)
    if submission.files.filter(state__in=_BUSY).exists():
        raise WrongState("Đang đọc một tệp Word của bài này. Chờ đọc xong rồi tải tệp khác.")
    made = keep_word(submission, file, now)
    ledger.write(submission, actor=actor, step="send_word", at=now, blob=made.blob, name=made.name)
    return made


def keep_word(submission: Submission, file: SentFile, now: datetime) -> SubmissionFile:
    """The file's row, its reading queued.

    Raises:
        InvalidInput: it may not be kept.
    """
    if file.name.lower().endswith((".docm", ".dotm")):
        raise InvalidInput(f"“{file.name}” là tệp Word có macro. Hãy lưu lại thành .docx rồi tải lên.", "word")  # fmt: skip
    kind = filekinds.admitted(file.data, file.name, office=True)
    if not kind.endswith("wordprocessingml.document"):
        raise InvalidInput(f"“{file.name}” không phải tệp Word (.docx). Hãy lưu lại thành .docx rồi tải lên.", "word")  # fmt: skip
    made = SubmissionFile.objects.create(
        submission=submission, blob=blobs.put(file.data).sha256, name=file.name[:200],
        size=len(file.data), sent_at=now,
    )  # fmt: skip
    outbox.post("word_sent", made.pk, at=now)
    return made


@transaction.atomic
def stop_reading(file: SubmissionFile, *, actor: Actor, now: datetime) -> SubmissionFile:
    """The file no longer waited for; the piece stays as it is.

    Raises:
        NotAllowed: somebody else's piece.
        WrongState: it was read already.
    """
    held(file.submission, "write_submission", actor)
    return refuse_word(file, "Đã thôi đọc tệp này.", now=now)


@transaction.atomic
def refuse_word(file: SubmissionFile, said: str, *, now: datetime) -> SubmissionFile:
    """The file as one that is not read, with the sentence why.

    Raises:
        WrongState: it was read already.
    """
    file = SubmissionFile.objects.select_for_update().get(pk=file.pk)
    if file.state not in _BUSY:
        raise WrongState("Tệp này đã đọc xong.")
    file.state, file.said, file.read_at = ReadingState.REFUSED, said, now
    file.save(update_fields=["state", "said", "read_at"])
    return file


@transaction.atomic
def take_in_word(
    file: SubmissionFile, piece: WordPiece, pictures: Mapping[int, ReadPicture], *,
    said: list[str], now: datetime,
) -> SubmissionFile | None:  # fmt: skip
    """The file read and its piece filled: text after what stood there, title and opening where they were empty.

    None when it was taken in before, or the writer no longer waits for it.

    Args:
        pictures: those that could be made anew, by their number in the piece.
        said: what was left out, in sentences.
    """
    rows = Submission.objects.system("what was sent is taken in").select_for_update(of=("self",))
    submission = rows.get(pk=file.submission_id)
    file = SubmissionFile.objects.select_for_update().get(pk=file.pk)
    if file.state not in _BUSY or submission.state not in WRITABLE | {SubmissionState.SENT}:
        return None
    file.state, file.read_at, file.said = ReadingState.READ, now, "\n".join(said)
    file.done = file.total
    file.save()
    for number in sorted(pictures):
        add_shown(submission, pictures[number])
    submission.body += clean("".join(_part(part, pictures) for part in piece.parts))
    submission.title = submission.title or squash(piece.title)[:300]
    submission.lead = submission.lead or piece.lead
    touch(submission, now)
    submission.save()
    if submission.state == SubmissionState.SENT and submission.writer_id is None:
        # Somebody outside has gone already: what the pictures show is asked by letter.
        outbox.post("word_of_guest_read", submission.pk, at=now)
    return file


def _part(part: str | int, pictures: Mapping[int, ReadPicture]) -> str:
    if isinstance(part, str):
        return part
    read = pictures.get(part)
    return f'<p><img src="{address(read.blob, read.shown.kind)}"></p>' if read is not None else ""
