"""One paragraph of a Word file: its words with what is bold, italic or a link, its pictures, and what it is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from posixpath import normpath

from lxml import etree

from hoiam.kit.papers.pieces.values import DEEPEST, GONE, A, Block, Book, R, V, W, WordPicture, val
from hoiam.kit.papers.reading.limits import part_of
from hoiam.kit.vietnamese import nfc

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_SIGNS = {f"{W}tab": " ", f"{W}cr": "\n", f"{W}br": "\n", f"{W}noBreakHyphen": "-"}
_OFF = frozenset({"0", "false", "off", "none"})
_HEADING = re.compile(r"(?:heading|tiêu đề|đầu đề)\s*(\d)")
_NUMBER = re.compile(r"(\d{1,4})[.)]")
# Word describes pictures by itself, in words nobody has checked.
_BY_MACHINE = re.compile(r"automatically generated|được tạo tự động|^(?:picture|image|hình) \d+$", re.I)  # fmt: skip
_MOST_PICTURES = 200


@dataclass
class _Runs:
    """The words of one paragraph while they are gathered."""

    html: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    plain: int = 0
    bold: int = 0
    pictures: list[int] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)


def paragraph_of(paragraph: etree._Element, book: Book) -> tuple[list[Block], list[etree._Element]]:
    """The paragraph, each picture anchored in it, and the text boxes to read after them."""
    runs = _Runs()
    _gather(paragraph, book, runs, 0)
    text = nfc("".join(runs.text)).strip()
    label = book.numbering.next(paragraph) if text else ""
    kind, start = _kind(paragraph, book, label)
    html = nfc("".join(runs.html)).strip().replace("</strong><strong>", "").replace("</em><em>", "")
    if kind == "p" and label:
        html = f"{escape(label)} {html}"
    words = Block(kind, html, text, bool(text) and not runs.plain and runs.bold > 0, start)
    return [words, *(Block("picture", picture=number) for number in runs.pictures)], runs.boxes


def _kind(paragraph: etree._Element, book: Book, label: str) -> tuple[str, int]:
    properties = paragraph.find(f"{W}pPr")
    style = val(properties.find(f"{W}pStyle")) if properties is not None else ""
    name = book.styles.get(style, style.lower())
    if name in {"title", "tiêu đề"}:
        return "title", 1
    if name in {"subtitle", "caption"}:
        return name, 1
    if found := _HEADING.match(name):
        return f"h{min(int(found[1]) + 1, 4) if found[1] != '0' else 2}", 1
    if label == "-":
        return "ul", 1
    numbered = _NUMBER.fullmatch(label)
    return ("ol", int(numbered[1])) if numbered else ("p", 1)


def _gather(node: etree._Element, book: Book, runs: _Runs, depth: int) -> None:
    for child in node:
        if child.tag in GONE or not isinstance(child.tag, str) or depth > DEEPEST:
            continue
        if child.tag == f"{W}r":
            _run(child, book, runs)
        elif child.tag == f"{W}hyperlink":
            _link(child, book, runs, depth)
        else:
            _gather(child, book, runs, depth + 1)


def _link(node: etree._Element, book: Book, runs: _Runs, depth: int) -> None:
    address = book.outside.get(node.get(f"{R}id", ""), "")
    is_link = address.startswith(("http://", "https://", "mailto:"))
    runs.html.append(f'<a href="{escape(address)}">' if is_link else "")
    _gather(node, book, runs, depth + 1)
    runs.html.append("</a>" if is_link else "")


def _run(run: etree._Element, book: Book, runs: _Runs) -> None:
    properties = run.find(f"{W}rPr")
    bold, italic = _is_on(properties, "b"), _is_on(properties, "i")
    text = "".join(_said(run, book, runs))
    if not text:
        return
    runs.text.append(text)
    if text.strip():
        runs.bold, runs.plain = runs.bold + bold, runs.plain + (not bold)
    html = escape(text, quote=False).replace("\n", "<br>")
    for tag, is_so in (("em", italic), ("strong", bold)):
        html = f"<{tag}>{html}</{tag}>" if is_so and text.strip() else html
    runs.html.append(html)


def _is_on(properties: etree._Element | None, name: str) -> bool:
    mark = properties.find(f"{W}{name}") if properties is not None else None
    return mark is not None and mark.get(f"{W}val", "1").lower() not in _OFF


def _said(run: etree._Element, book: Book, runs: _Runs) -> Iterator[str]:
    waiting = list(reversed(run))
    while waiting:
        node = waiting.pop()
        if node.tag in GONE or not isinstance(node.tag, str):
            continue
        if node.tag == f"{W}t":
            yield node.text or ""
        elif node.tag in _SIGNS:
            yield _SIGNS[node.tag] if node.get(f"{W}type") != "page" else ""
        elif node.tag == f"{W}txbxContent":
            runs.boxes.append(node)
        elif node.tag in {f"{A}blip", f"{V}imagedata"}:
            _see(node, run, book, runs)
        else:
            waiting.extend(reversed(node))


def _see(node: etree._Element, run: etree._Element, book: Book, runs: _Runs) -> None:
    key = node.get(f"{R}embed") or node.get(f"{R}id") or ""
    target = book.targets.get(key, "")
    if not target:
        book.problems.append("Có ảnh chỉ nối từ nơi khác, không nằm trong tệp. Hãy tải ảnh đó lên riêng.")  # fmt: skip
        return
    place = normpath(target.lstrip("/") if target.startswith("/") else f"word/{target}")
    data = part_of(book.archive, place)
    if not data or len(book.pictures) >= _MOST_PICTURES:
        book.problems.append(f"Ảnh “{place.rsplit('/', 1)[-1]}” không đọc được trong tệp.")
        return
    told = run.find(f".//{_WP}docPr")
    alt = nfc(told.get("descr", "") if told is not None else "").strip()
    alt = "" if _BY_MACHINE.search(alt) else alt
    runs.pictures.append(len(book.pictures))
    book.pictures.append(WordPicture(place.rsplit("/", 1)[-1], data, alt))
