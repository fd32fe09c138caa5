"""A digest's letter: plain text, and the same in simple HTML that every mail program draws.

The HTML has no script, no picture, no style sheet and no address: styles stand on the elements, letters are escaped.
"""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from hoiam.monitoring.actions.sheets import Entry, Part, Sheet, sheet_of
from hoiam.monitoring.models import Digest

FOOT = "Thư tự động của Hồi Âm. Bản Word đính kèm có thể sửa; xem bản đầy đủ trên trang Điểm tin."
FACE = "font-family:Arial,Helvetica,sans-serif;color:#1b2430;line-height:1.5"
CELL = "border:1px solid #cbc7ba;padding:4px 8px;text-align:left;vertical-align:top"
NOTE = "margin:2px 0 0;padding:2px 10px;border-left:3px solid #cbc7ba;color:#566072"


def digest_text(digest: Digest) -> str:
    """The digest as plain text."""
    sheet = sheet_of(digest)
    lines = [f"{sheet.title} ({sheet.period})", sheet.agency, ""]
    for part in sheet.parts:
        lines += _part_lines(part)
    return "\n".join(lines)


def _part_lines(part: Part) -> list[str]:
    lines = [part.heading.upper(), ""] if part.heading else []
    lines += [*part.lines, ""] if part.lines else []
    for entry in part.entries:
        lines += [
            f"{entry.number}. {entry.lead} có bài: {entry.title}",
            f"   Bài báo phản ánh: {entry.summary}",
            f"   → {entry.note}",
            f"   Lý do chọn tin: {entry.why}",
            "",
        ]
    lines += [_row_line(part.head, row) for row in part.rows]
    return [*lines, ""] if part.rows else lines


def _row_line(head: tuple[str, ...], row: tuple[str, ...]) -> str:
    """ "- Phản ánh, khiếu nại; vụ việc: 3; bài: 8": tables do not survive plain text."""
    told = [f"{name[:1].lower()}{name[1:]}: {cell}" for name, cell in zip(head[1:], row[1:], strict=True)]  # fmt: skip
    return "; ".join([f"- {row[0]}", *told])


def digest_html(digest: Digest) -> str:
    """The digest as HTML."""
    sheet = sheet_of(digest)
    return str(
        format_html(
            '<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{}</title></head>'
            '<body style="margin:0;padding:16px;background:#ffffff"><div style="max-width:720px;{}">'
            '<p style="margin:0;text-align:center"><b style="font-size:18px">{}</b><br>({})<br>{}</p>{}'
            '<p style="margin:24px 0 0;font-size:13px;color:#566072">{}</p></div></body></html>',
            sheet.title,
            FACE,
            sheet.title,
            sheet.period,
            sheet.agency,
            _parts(sheet),
            FOOT,
        )
    )


def _parts(sheet: Sheet) -> SafeString:
    return format_html_join("", "{}", ((_part(part),) for part in sheet.parts))


def _part(part: Part) -> SafeString:
    heading = (
        format_html('<h2 style="margin:24px 0 8px;font-size:16px">{}</h2>', part.heading.upper())
        if part.heading
        else SafeString("")
    )
    lines = format_html_join("", '<p style="margin:6px 0">{}</p>', ((line,) for line in part.lines))
    entries = format_html_join("", "{}", ((_entry(entry),) for entry in part.entries))
    return format_html("{}{}{}{}", heading, lines, entries, _table(part))


def _entry(entry: Entry) -> SafeString:
    return format_html(
        '<p style="margin:12px 0 0"><b>{}.</b> {} có bài: <b>{}</b></p>'
        '<p style="margin:2px 0 0">Bài báo phản ánh: {}</p><p style="{}">{}<br>{}</p>',
        entry.number,
        entry.lead,
        entry.title,
        entry.summary,
        NOTE,
        entry.note,
        entry.why,
    )


def _table(part: Part) -> SafeString:
    if not part.rows:
        return SafeString("")
    head = format_html_join("", '<th style="{}">{}</th>', ((CELL, name) for name in part.head))
    rows = format_html_join("", "<tr>{}</tr>", ((_cells(row),) for row in part.rows))
    return format_html(
        '<table style="width:100%;border-collapse:collapse;font-size:14px"><tr>{}</tr>{}</table>',
        head,
        rows,
    )


def _cells(row: tuple[str, ...]) -> SafeString:
    return format_html_join("", '<td style="{}">{}</td>', ((CELL, cell) for cell in row))
