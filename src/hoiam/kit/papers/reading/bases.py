"""What a paper stands on: its "Căn cứ …" lines, and the papers its opening sentence carries out."""

import re
from collections.abc import Iterator, Sequence

from hoiam.kit.papers.reading.sheet import Line, trimmed
from hoiam.kit.papers.reading.units import begins_with_unit
from hoiam.kit.papers.reading.values import Found
from hoiam.kit.papers.reading.words import CAPITAL, SMALL

_BASIS = re.compile(r"(?:[-–+*•]\s*)?can cu (?:vao )?(?:cac )?")
_CARRIES_OUT = re.compile(
    r"(?:de )?(?:(?:tiep tuc |trien khai |to chuc )*(?:th?u?c hie?n|trie?n khai|thi hanh|can cu|theo|thuc hien theo|tiep theo|phuc dap|tra loi)(?: noi dung| chi dao| y kien chi dao| tinh than| cac| dung)*)(?: cua [^,;]{3,80} tai)?(?: tai)?\s+"
)
_CITED = re.compile(
    r"(?:so:?\s*)?\d+\s*(?:/\s*\d{4}\s*)?[/-]\s*[a-z]|\b(?:luat|bo luat|phap lenh|hien phap)\b"
)
_PAPER = re.compile(
    r"(?:ban hanh |y kien chi dao |chi dao |noi dung )?(?:cac )?(?:luat|bo luat|phap lenh|hien phap|nghi quyet|nghi dinh|quyet dinh|chi thi|thong tu|ke hoach|chuong trinh|cong van|cong dien|thong bao|ket luan|de an|quy che|quy dinh|huong dan|bao cao|to trinh|van ban|dieu \d|khoan \d)"
)
_HAD = re.compile(
    r"ngay \d{1,2}[/.-]\d{1,2}[/.-]\d{4},? .{3,90}?(?:da |vua )?(?:co|ban hanh|ky ban hanh|phe duyet|ky)\s+(?P<paper>(?:quyet dinh|ke hoach|chi thi|cong van|thong bao|nghi quyet|chuong trinh|cong dien|de an)\s+so)"
)
_OPENS_TOLD = re.compile(r"ngay \d|tiep do|tren co so do|thuc hien|sang ngay|chieu ngay")
_ASKS_THERE = re.compile(r"số:? \S+,?(?: ngày \S+)? (?:yêu cầu|đề nghị|chỉ đạo)")
_STOP = re.compile(r"(?:quyet dinh|nghi quyet|quyet nghi)\s*:?$|dieu 1\b|chuong i\b")
_LETTERHEAD = re.compile(r"cong hoa xa hoi|doc lap\b|[^,;:]{2,30}, ngay \d{1,2} thang \d")
# A paper named without its number, in the clause before the one who acts on it.
_NAMED = re.compile(
    r"\s*(?:quy che|quy dinh|chuong trinh|ke hoach|de an|dieu le) (?!nay|tren|so\b)[a-z]+ [a-z]+ [a-z]+"
)
_SENTENCE_OVER = re.compile(rf"(?<=[{SMALL}]{{3}})\.\s+(?=[{CAPITAL}])")
_OPENING = 4  # paragraphs of a body in which a paper says what it carries out
_MOST = 60


def bases_of(lines: Sequence[Line], body: int) -> tuple[Found[str], ...]:
    """The legal bases in order; a "căn cứ" that names no paper (the real situation, somebody's proposal) is none."""
    found: list[Found[str]] = []
    opening = 0
    for line in lines[max(0, body - 8) : body + _MOST]:
        if _STOP.match(line.folded.strip()):
            if found or line.folded.startswith(("dieu", "chuong")):
                break
            continue
        if _BASIS.match(line.folded):
            found += _listed(line)
            continue
        if found and (line.folded.startswith(("xet ", "theo de nghi")) or _is_letterhead(line)):
            continue
        opening += len(line.text) > 60
        if opening > _OPENING or (found and not _OPENS_TOLD.match(line.folded)):
            break
        found += _carried_out(line)
    return tuple(found)


def _is_letterhead(line: Line) -> bool:
    """A line of the right column that a converter put between the bases."""
    return len(line.text) < 90 and bool(_LETTERHEAD.match(line.folded))


def _listed(line: Line) -> Iterator[Found[str]]:
    """ "Căn cứ A; căn cứ B;" and "Căn cứ A; B, Sở … đề nghị": each paper by itself."""
    end = _main_clause(line)
    starts = [
        found.end()
        for found in re.finditer(
            r"(?:^(?:[-–+*•]\s*)?|;\s*|,\s*)can cu (?:vao )?", line.folded[:end]
        )
    ]
    for start, stop in zip(starts, [*starts[1:], end], strict=True):
        for one, two in _papers(line, start, stop):
            words = line.folded[one:two]
            is_line = line.text.rstrip().endswith((";", ".", ",")) and end >= len(
                line.text.rstrip(" ;.,")
            )
            if not (
                _CITED.search(words)
                or (end < len(line.text.rstrip(" ;.,")) and _NAMED.match(words))
                or (
                    is_line
                    and re.match(
                        r"\s*(?:cac )?(?:chuc nang|quyet dinh|ke hoach|nghi |quy che|de an|chuong trinh|dieu le|thong tu|cong van|ban ghi nho|thong bao|ket luan|huong dan)",
                        words,
                    )
                )
            ):
                continue
            if (
                each := trimmed(line.text, one, _without_short_name(line, one, two), line.start)
            ) is not None:
                yield each


def _papers(line: Line, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Parted at ";" where another paper begins."""
    begin = start
    for sign in re.finditer(";", line.folded[start:stop]):
        at = start + sign.start()
        if _PAPER.match(line.folded[at + 1 :].lstrip()):
            yield begin, at
            begin = at + 1
    again = re.sub(r"[;,]?\s*can cu\s*(?:vao)?\s*$", "", line.folded[begin:stop])
    yield begin, begin + len(again)


def _without_short_name(line: Line, start: int, stop: int) -> int:
    """Without "(sau đây gọi tắt là …)" at its end."""
    short = re.search(
        r"\s*\((?:sau day |duoc |sau day duoc )?(?:goi|viet) (?:tat |chung )?(?:la )?[^()]*\)[\s;.,]*$",
        line.folded[start:stop],
    )
    return start + short.start() if short else stop


def _main_clause(line: Line) -> int:
    """Where the opening clause ends: the comma behind which somebody named acts."""
    depth = 0
    for at, char in enumerate(line.text):
        depth += (char in "(“") - (char in ")”")
        if char not in ",;" or depth > 0:
            continue
        rest = line.folded[at + 1 :]
        lead = len(rest) - len(rest.lstrip())
        said = rest.lstrip()
        if said.startswith("dong chi "):
            return at
        if line.text[at + 1 + lead : at + 2 + lead].islower() and not said.startswith(
            ("cac ", "de ", "yeu cau", "de nghi")
        ):
            continue
        if not (
            begins_with_unit(line.text[at + 1 + lead :]) or said.startswith(("yeu cau", "de nghi"))
        ):
            continue
        if re.match(
            r"(?:[^,.;]|, (?!thanh pho|thi xa)){2,150}?\b(?:yeu cau|de nghi|ban hanh|xay dung|thong bao|bao cao|tran trong|giao|chi dao|huong dan|to chuc|moi|kinh|co y kien|trien khai|nhan duoc|phoi hop|lap|trinh|quyet dinh|gui|da|tong hop|cong bo|xin)\b",
            said,
        ):
            return at
    return len(line.text)


def _carried_out(line: Line) -> Iterator[Found[str]]:
    told = list(_HAD.finditer(line.folded))
    if told and _OPENS_TOLD.match(line.folded):
        for had in told:
            start = had.start("paper")
            stop = re.search(r"[.;](?:\s|$)", line.text[start:])
            end = start + stop.start() if stop else len(line.text)
            each = trimmed(line.text, start, _without_short_name(line, start, end), line.start)
            if each is not None and not _ASKS_THERE.search(each.value):
                yield each
        return
    opened = _CARRIES_OUT.match(line.folded)
    if not opened:
        return
    end = _main_clause(line)
    if not _PAPER.match(line.folded[opened.end() :]) or (
        end >= len(line.text.rstrip(" .;:,/"))
        and not line.text.rstrip().endswith((";", ".", ",", ":"))
    ):
        return
    # The text of a website goes on in the same paragraph: "… về cải cách hành chính. Để hoàn thành …, UBND tỉnh yêu cầu …".
    if over := _SENTENCE_OVER.search(line.text, opened.end(), end):
        end = over.start()
    if end == len(line.text):
        stop = re.search(r"[.:](?:\s|$)|,\s*(?=[^,]*$)", line.text)
        end = stop.start() if stop else end
    for one, two in _papers(line, opened.end(), end):
        if _CITED.search(line.folded[one:two]) and (
            each := trimmed(line.text, one, _without_short_name(line, one, two), line.start)
        ):
            yield each
