"""A Word file is read: its text, then one picture after another, so that the writer sees how far it is."""

from datetime import datetime

from hoiam.core import blobs
from hoiam.core.errors import HoiAmError, WrongState
from hoiam.core.jobs import enqueue, job
from hoiam.core.outbox import handles
from hoiam.core.pictures import keep, remade
from hoiam.kit.papers import PaperError
from hoiam.kit.papers.pieces import WordPicture, WordPiece, read_piece
from hoiam.newsroom.actions.submission_files import (
    MOST_PICTURES,
    ReadPicture,
    refuse_word,
    take_in_word,
)
from hoiam.newsroom.models import SubmissionFile
from hoiam.newsroom.states.submissions import ReadingState

_BUSY = (ReadingState.WAITING, ReadingState.READING)


@handles("word_sent")
def queue_reading(file_id: int, now: datetime) -> None:
    """Nothing; the reading is a job of its own, so that its progress is seen while it runs."""
    enqueue(read_word, file_id, now=now, key=f"word:{file_id}")


@job()
def read_word(file_id: int, now: datetime) -> bool:
    """Whether the file was read into its piece; a file nobody waits for is passed over."""
    file = SubmissionFile.objects.select_related("submission").get(pk=file_id)
    if file.state not in _BUSY:
        return False
    try:
        piece = read_piece(blobs.read(file.blob))
    except PaperError as error:
        return _refused(file, str(error), now)
    _tell(file, done=0, total=min(len(piece.pictures), MOST_PICTURES))
    pictures, said = _pictures(file, piece)
    try:
        taken = take_in_word(file, piece, pictures, said=said, now=now)
    except HoiAmError as error:
        return _refused(file, str(error), now)
    return taken is not None


def _refused(file: SubmissionFile, said: str, now: datetime) -> bool:
    try:
        refuse_word(file, said, now=now)
    except WrongState:  # the writer no longer waits for it
        return False
    return False


def _pictures(file: SubmissionFile, piece: WordPiece) -> tuple[dict[int, ReadPicture], list[str]]:
    """The pictures that could be made anew, by number; sentences on the others."""
    read: dict[int, ReadPicture] = {}
    said = list(piece.problems)
    if len(piece.pictures) > MOST_PICTURES:
        said.append(f"Tệp có {len(piece.pictures)} ảnh, chỉ lấy {MOST_PICTURES} ảnh đầu.")
    for number, picture in enumerate(piece.pictures[:MOST_PICTURES]):
        try:
            read[number] = _read(picture)
        except HoiAmError as error:
            said.append(f"Ảnh {number + 1}: {error}")
        _tell(file, done=number + 1)
    return read, said


def _read(picture: WordPicture) -> ReadPicture:
    shown = remade(picture.data, picture.name)
    return ReadPicture(keep(shown), shown, picture.alt, picture.caption)


def _tell(file: SubmissionFile, **fields: int) -> None:
    rows = SubmissionFile.objects.filter(pk=file.pk, state__in=_BUSY)
    rows.update(state=ReadingState.READING, **fields)
