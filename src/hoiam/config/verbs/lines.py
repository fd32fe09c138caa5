"""Bytes and JSON lines in, JSON out."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from hoiam.config.verbs.packed import DAMAGED, source
from hoiam.config.verbs.say import Refusal, say

LARGEST = 256 * 1024 * 1024  # bytes of one document or one line, unpacked
LINE_SEPARATORS = str.maketrans({"\u2028": "\\u2028", "\u2029": "\\u2029"})

Record = dict[str, Any]


def all_bytes(path: str | None) -> bytes:
    """Everything in the file.

    Raises:
        Refusal: it cannot be opened or unpacked, is empty, or is larger than any document.
    """
    _tell_who_types(path)
    try:
        with source(path) as file:
            found = file.read(LARGEST + 1)
    except DAMAGED as error:
        raise unreadable(path) from error
    if not found.strip():
        raise empty(path)
    if len(found) > LARGEST:
        raise too_large(path)
    return found


def text_lines(path: str | None) -> Iterator[tuple[int, str]]:
    """Numbered lines that are not blank, read as they come.

    Raises:
        Refusal: the file cannot be opened or unpacked, is not UTF-8, or holds no line at all.
    """
    _tell_who_types(path)
    seen = False
    try:
        with source(path) as file:
            for number, line in enumerate(iter(lambda: file.readline(LARGEST + 1), b""), start=1):
                if len(line) > LARGEST:
                    raise too_large(path)
                text = as_utf8(line, number).strip()
                if text:
                    seen = True
                    yield number, text
    except DAMAGED as error:
        raise unreadable(path) from error
    if not seen:
        raise empty(path)


def as_utf8(data: bytes, number: int = 1) -> str:
    """The bytes as text, without the mark some programs put before the first line.

    Raises:
        Refusal: they are not UTF-8.
    """
    try:
        return data.decode("utf-8-sig" if number == 1 else "utf-8")
    except UnicodeDecodeError as error:
        raise Refusal(
            f"Dòng {number} không phải UTF-8. Hãy lưu tệp bằng UTF-8 rồi chạy lại.",
            f"Line {number} is not UTF-8. Save the file as UTF-8 and run again.",
        ) from error


def record(text: str, number: int = 1) -> Record:
    """One JSON object.

    Raises:
        Refusal: the text is no JSON object; the sentence names the line.
    """
    try:
        value = json.loads(text, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        line = number + error.lineno - 1
        raise Refusal(
            f"Dòng {line} không phải JSON (sai ở ký tự thứ {error.colno}).",
            f"Line {line} is not JSON (wrong at character {error.colno}).",
        ) from error
    except (ValueError, RecursionError) as error:
        raise Refusal(
            f"Dòng {number} không phải JSON đọc được (số quá dài, NaN, hoặc lồng quá sâu).",
            f"Line {number} is no JSON that can be read (a number too long, NaN, or nested too deep).",
        ) from error
    if not isinstance(value, dict):
        raise Refusal(
            f"Dòng {number} phải là một đối tượng JSON {{…}}.",
            f"Line {number} must be a JSON object {{…}}.",
        )
    return value


def records(path: str | None, jsonl: bool) -> Iterator[tuple[int, Record]]:
    """The numbered objects of a JSON Lines file, or the one object of a JSON file."""
    if jsonl:
        for number, text in text_lines(path):
            yield number, record(text, number)
        return
    yield 1, record(as_utf8(all_bytes(path)))


def answered(
    numbered: Iterable[tuple[int, Record]], answer: Callable[[Record], Record]
) -> Iterator[Record]:
    """Each record's answer, as it comes.

    Raises:
        Refusal: a record holds what cannot be used; the sentence names its line.
    """
    for number, given in numbered:
        try:
            yield answer(given)
        except ValueError as error:
            raise Refusal(
                f"Dòng {number}: {error}", f"Line {number} holds a value of the wrong kind: {error}"
            ) from error


def put(values: Iterable[Any], *, jsonl: bool = True) -> int:
    """How many values were written to stdout as JSON: one a line, or indented when there is but one."""
    count = 0
    for value in values:
        text = json.dumps(value, ensure_ascii=False, indent=None if jsonl else 2)
        if not text.isascii() and any("\ud800" <= letter <= "\udfff" for letter in text):
            # Half a letter (a lone surrogate) has no UTF-8: it goes out as it came in, escaped.
            text = json.dumps(value, indent=None if jsonl else 2)
        sys.stdout.write(text.translate(LINE_SEPARATORS) + "\n")
        count += 1
    sys.stdout.flush()
    return count


def unreadable(path: str | None) -> Refusal:
    """The refusal for a damaged file."""
    name = _name(path)
    return Refusal(
        f"Không đọc được “{name}”: tệp hỏng hoặc bị cắt ngang.",
        f"Cannot read “{name}”: the file is damaged or cut short.",
    )


def empty(path: str | None) -> Refusal:
    """The refusal for an input without content."""
    name = _name(path)
    return Refusal(f"“{name}” trống, không có gì để đọc.", f"“{name}” is empty: nothing to read.")


def too_large(path: str | None) -> Refusal:
    """The refusal for what no document can be."""
    name, most = _name(path), LARGEST // 1024**2
    return Refusal(
        f"“{name}” có phần lớn hơn {most} MB. Hãy chia nhỏ (mỗi dòng một tin) rồi chạy lại.",
        f"“{name}” holds a piece of more than {most} MB. Split it (one item a line) and run again.",
    )


def _name(path: str | None) -> str:
    return "stdin" if path in (None, "-") else str(path)


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _tell_who_types(path: str | None) -> None:
    """On a terminal, say that the verb waits for words; in a pipe, nothing."""
    if path in (None, "-") and sys.stdin is not None and sys.stdin.isatty():
        say("Đang chờ nhập từ bàn phím; kết thúc bằng Ctrl+D.", "Reading from the keyboard; end with Ctrl+D.")  # fmt: skip
