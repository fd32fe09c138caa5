"""Filled files: read back into the form whole, or not at all; the file is kept either way."""

from datetime import datetime
from pathlib import PurePosixPath

from django.db import transaction

from hoiam.core import blobs, filekinds, ledger
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput
from hoiam.kit.papers.report_form import (
    FormReading,
    FormSpec,
    NotThisForm,
    read_excel_form,
    read_word_form,
)
from hoiam.scheme.actions.unit_reports import check_size, keep_content, locked_report
from hoiam.scheme.models import ReportUpload, UnitReport
from hoiam.scheme.queries.round_forms import form_of

READERS = {".xlsx": read_excel_form, ".docx": read_word_form}


@transaction.atomic
def upload_unit_report(
    report: UnitReport, *, actor: Actor, now: datetime, data: bytes, file_name: str, seen: int
) -> ReportUpload:
    """What came of the file: taken into the form, or kept with the reasons why not (`notes`).

    A file made from another round's form, one that is locked, broken or carries macros, or one with a cell that cannot
    be read changes nothing in the report.

    Args:
        seen: the version that stood on the page; a file is not laid over what somebody saved meanwhile.

    Raises:
        InvalidInput: the file is larger than may be kept; nothing was kept.
    """
    found = locked_report(report, "fill_unit_report", actor)
    if len(data) > filekinds.LARGEST:
        most = filekinds.LARGEST // filekinds.MIB
        raise InvalidInput(
            f"Tệp lớn hơn {most} MB. Chép nội dung vào mẫu của đợt rồi tải lại.", "file"
        )
    upload = ReportUpload(
        report=found, blob=blobs.put(data).sha256, file_name=file_name[:200], at=now,
        by=actor.official,
    )  # fmt: skip
    try:
        spec = form_of(found.round)
        reading = _read(spec, data, file_name)
        check_size(spec, reading.content)
    except (InvalidInput, NotThisForm) as error:
        upload.notes = list(getattr(error, "problems", ())) or [str(error)]
    else:
        if found.version != seen:
            upload.notes = [
                f"{found.written_by} vừa lưu báo cáo này nên tệp chưa được đưa vào. Xem bản mới rồi tải tệp lại."
            ]
        else:
            upload.taken, upload.notes = True, list(reading.notices)
            keep_content(found, reading.content, actor, now, file=file_name[:200])
    upload.save()
    if not upload.taken:
        ledger.write(found, actor=actor, step="upload_refused", at=now, file=file_name[:200])
    return upload


def _read(spec: FormSpec, data: bytes, file_name: str) -> FormReading:
    ending = PurePosixPath(file_name.lower()).suffix
    filekinds.admitted(data, file_name, office=True)
    reader = READERS.get(ending)
    if reader is None:
        raise InvalidInput(
            f"“{file_name}” không phải mẫu Word (.docx) hay Excel (.xlsx) của đợt. Tải mẫu ở trang này, điền rồi tải lên.",
            "file",
        )
    return reader(spec, data)
