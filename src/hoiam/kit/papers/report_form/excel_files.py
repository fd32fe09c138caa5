"""The door to the form as an Excel file: its library is loaded when a file is asked for, not when the house starts."""

from collections.abc import Sequence

from hoiam.kit.papers.report_form.model import Content, FormReading, FormSpec, TaskLine


def write_excel_form(
    spec: FormSpec, content: Content, *, unit: str = "", tasks: Sequence[TaskLine] = ()
) -> bytes:
    """The form as an .xlsx file, with what is answered already.

    Raises:
        PaperError: an answer is longer than a cell of Excel can hold.
    """
    from hoiam.kit.papers.report_form import excel  # noqa: PLC0415 -- half a second of every start

    return excel.write_excel_form(spec, content, unit=unit, tasks=tasks)


def read_excel_form(spec: FormSpec, data: bytes) -> FormReading:
    """What a filled .xlsx form says.

    Raises:
        NotThisForm: it is not a form of this round, or something in it cannot be read; nothing is taken.
    """
    from hoiam.kit.papers.report_form import excel  # noqa: PLC0415 -- half a second of every start

    return excel.read_excel_form(spec, data)
