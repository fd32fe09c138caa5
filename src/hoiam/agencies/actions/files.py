"""The paper behind an appointment: a decision as PDF, picture or Word, kept as evidence under its hash."""

from dataclasses import dataclass

from hoiam.core import blobs
from hoiam.core.errors import InvalidInput

# By the first bytes: the name and the browser's word are not believed.
KINDS = (b"%PDF-", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"PK\x03\x04")
LARGEST = 20 * 1024 * 1024


@dataclass(frozen=True)
class SentFile:
    """A file as a person sent it: its name and its bytes."""

    name: str
    data: bytes


def keep(file: SentFile | None, field: str = "file") -> tuple[str, str]:
    """Hash and name of the kept file; blanks when there is none.

    Raises:
        InvalidInput: too large, or not a PDF, a picture or a Word file.
        BlobFault: the evidence store cannot be written.
    """
    if file is None:
        return "", ""
    if len(file.data) > LARGEST:
        raise InvalidInput("Tệp lớn hơn 20 MB. Hãy quét lại ở độ nét thấp hơn.", field)
    if not file.data.startswith(KINDS):
        raise InvalidInput(
            f"Không nhận tệp “{file.name}”. Chỉ nhận PDF, ảnh PNG, JPEG hoặc Word.", field
        )
    return blobs.put(file.data).sha256, file.name[:200]
