"""The Word file of a document, byte for byte the same whenever the same data is written."""

from datetime import date, datetime, time
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.document import Document as Paper

# A draft has no day of issue: its file carries the day NĐ 30/2020/NĐ-CP was issued.
_NO_DAY = date(2020, 3, 5)
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def pack(document: Paper, *, title: str, author: str, day: date | None) -> bytes:
    """The bytes of the document; its properties hold only what the data says."""
    moment = datetime.combine(day or _NO_DAY, time())
    properties = document.core_properties
    # Word allows 255 characters in a property.
    properties.title, properties.author = title[:255], author[:255]
    properties.last_modified_by, properties.comments = author[:255], ""
    properties.created = properties.modified = moment
    properties.revision, properties.language = 1, "vi-VN"
    saved = BytesIO()
    document.save(saved)
    return _same_bytes(saved)


def _same_bytes(saved: BytesIO) -> bytes:
    """The archive again, without the time of writing that the zip format notes for each part."""
    out = BytesIO()
    with ZipFile(saved) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = ZipInfo(name, _ZIP_EPOCH)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            entry.create_system = 3  # the same bytes whichever system writes them
            target.writestr(entry, source.read(name))
    return out.getvalue()
