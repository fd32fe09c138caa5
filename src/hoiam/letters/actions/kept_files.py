"""Files that come with letters: checked by their bytes, kept under a seal of their own, so that they can be wiped."""

import secrets
from datetime import datetime
from pathlib import PurePath

from hoiam.core import blobs
from hoiam.core.errors import InvalidInput
from hoiam.core.filekinds import MIB, admitted
from hoiam.letters.models import LetterFile, ReaderLetter

LARGEST_FILE = 10 * MIB
MOST_FILES = 5
# Random bytes in front make the blob this letter's alone: the same file elsewhere has another hash.
SEAL, NONCE = b"hoiam-letter-file\n", 16


def checked(data: bytes, name: str) -> str:
    """The MIME type of a file a letter may bring.

    Raises:
        InvalidInput: it may not; the sentence says what to do.
    """
    if len(data) > LARGEST_FILE:
        raise InvalidInput(
            f"Tệp “{name}” lớn hơn {LARGEST_FILE // MIB} MB. Hãy chụp, quét nhẹ hơn rồi gửi lại.",
            "files",
        )
    try:
        return admitted(data, name, office=True)
    except InvalidInput as error:
        raise InvalidInput(str(error), "files") from error


def keep_file(
    letter: ReaderLetter, name: str, data: bytes, *, now: datetime, may_refuse: bool = False
) -> LetterFile:
    """The file as kept with the letter.

    Args:
        may_refuse: whether a file that cannot be taken leaves a row that says why, as for mails, whose sender
            is not there to choose another.

    Raises:
        InvalidInput: it cannot be taken and somebody can still choose another.
    """
    plain = PurePath(name.replace("\\", "/")).name[-200:] or "tệp"
    try:
        kind = checked(data, plain)
    except InvalidInput as error:
        if not may_refuse:
            raise
        return LetterFile.objects.create(
            letter=letter, name=plain, size=len(data), refused_why=str(error), at=now
        )
    blob = blobs.put(SEAL + secrets.token_bytes(NONCE) + data)
    return LetterFile.objects.create(
        letter=letter, name=plain, kind=kind, size=len(data), blob=blob.sha256,
        sha256=blobs.sha256_of(data), at=now,
    )  # fmt: skip


def bytes_of(file: LetterFile) -> bytes:
    """The file as it came.

    Raises:
        InvalidInput: it was not taken, or was wiped.
    """
    if not file.blob:
        raise InvalidInput("Tệp này không được nhận hoặc đã xóa theo thời hạn lưu giữ.")
    return blobs.read(file.blob)[len(SEAL) + NONCE :]
