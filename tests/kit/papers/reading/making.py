"""Papers of the cases made into files, and how a reading is held against the truth written by hand."""

import io
from pathlib import Path

from docx import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from hoiam.kit.lists import yaml_of
from hoiam.kit.vietnamese.charsets import TCVN3

CASES = Path(__file__).parent / "cases"
FILES = Path(__file__).parent / "files"
_TO_TCVN3 = {letter: code for code, letter in TCVN3.items()}
_LISTS = {"tasks", "obligations"}


def cases():
    """Every case by its name."""
    return {
        path.stem: yaml_of(path.read_text(encoding="utf-8"))
        for path in sorted(CASES.glob("*.yaml"))
    }


def file_of(case):
    """The bytes of a case's paper; a printed one was made once, from its own `blocks`, and stands beside the cases."""
    if case["format"] == "pdf":
        return (FILES / case["file"]).read_bytes()
    if case["format"] == "docx":
        return word_of(case["blocks"])
    if case.get("charset") == "tcvn3":
        # TCVN3 has no capital vowels with tones of its own: a font drew them.
        small = "".join(
            char if char in _TO_TCVN3 or char.isascii() else char.lower() for char in case["text"]
        )
        return "".join(_TO_TCVN3.get(char, char) for char in small).encode("latin-1")
    return case["text"].encode()


def word_of(blocks):
    """A Word file of paragraphs, tables, text boxes, marked changes and counted numbers."""
    document = Document()
    _add_numbering(document)
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
        elif "table" in block:
            _add_table(document, block["table"])
        elif "textbox" in block:
            _add_box(document, block["textbox"])
        elif "changed" in block:
            _add_change(document, *block["changed"])
        else:
            _add_numbered(document, block["text"], block["numbered"])
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _add_table(document, rows):
    """ "<" is one cell with its left neighbour, "^" with the one above."""
    table = document.add_table(len(rows), len(rows[0]))
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text == "<":
                table.cell(r, c - 1).merge(table.cell(r, c))
            elif text == "^":
                table.cell(r - 1, c).merge(table.cell(r, c))
            else:
                table.cell(r, c).text = text


def _add_box(document, text):
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.split("\n"))
    box = parse_xml(
        f'<w:r {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml">'
        f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>{paragraphs}</w:txbxContent></wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox><w:txbxContent>{paragraphs}</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    document.add_paragraph()._p.append(box)


def _add_change(document, before, deleted, inserted, after):
    paragraph = document.add_paragraph(before)._p
    for mark, tag, words in (("del", "delText", deleted), ("ins", "t", inserted)):
        paragraph.append(
            parse_xml(
                f'<w:{mark} {nsdecls("w")} w:id="1" w:author="a"><w:r><w:{tag} xml:space="preserve">{words}</w:{tag}></w:r></w:{mark}>'
            )
        )
    paragraph.append(
        parse_xml(f'<w:r {nsdecls("w")}><w:t xml:space="preserve">{after}</w:t></w:r>')
    )


def _add_numbering(document):
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{shape}"/></w:lvl>'
        for at, (form, shape) in enumerate((("decimal", "%1."), ("lowerLetter", "%2)")))
    )
    numbering.insert(
        0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>')
    )
    numbering.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>')
    )


def _add_numbered(document, text, level):
    paragraph = document.add_paragraph(text)
    number = OxmlElement("w:numPr")
    for name, value in (("w:ilvl", level), ("w:numId", 77)):
        child = OxmlElement(name)
        child.set(qn("w:val"), str(value))
        number.append(child)
    paragraph._p.get_or_add_pPr().append(number)


def differences(truth, told):
    """Every field that is not as written by hand, and how many fields were held."""
    found, held = [], 0
    for key, wanted in truth.items():
        if key not in _LISTS:
            held += 1
            if _plain(told[key]) != _plain(wanted):
                found.append(f"{key}: {told[key]!r}, not {_plain(wanted)!r}")
            continue
        held += 1
        if len(told[key]) != len(wanted):
            found.append(
                f"{key}: {len(told[key])}, not {len(wanted)}: {[_name(each) for each in told[key]]}"
            )
        for index, each in enumerate(wanted):
            got = told[key][index] if index < len(told[key]) else {}
            for name, value in each.items():
                held += 1
                if not _same(name, got.get(name, "—"), value):
                    found.append(
                        f"{key}[{index}].{name}: {got.get(name, '—')!r}, not {_plain(value)!r}"
                    )
    return found, held


def _name(each):
    return (each.get("title") or each.get("what") or "")[:50]


def _same(name, got, wanted):
    if name == "what":
        return str(got).startswith(wanted)
    return _plain(got) == _plain(wanted)


def _plain(value):
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value if value is None else " ".join(str(value).split())
