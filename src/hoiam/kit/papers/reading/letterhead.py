"""The letterhead of a paper: kind, number, day, place, issuer, subject (NĐ 30/2020/NĐ-CP, Phụ lục I)."""

import re
from dataclasses import dataclass, field
from datetime import date

from hoiam.kit.papers.reading.cleaning import is_capitals
from hoiam.kit.papers.reading.dates import DAY, day_of
from hoiam.kit.papers.reading.sheet import Line, Sheet, trimmed
from hoiam.kit.papers.reading.units import begins_with_body, begins_with_officer
from hoiam.kit.papers.reading.values import Found, Span
from hoiam.kit.papers.reading.words import CAPITAL, SMALL, listed
from hoiam.kit.vietnamese import fold

TOP = 45  # lines: a letterhead with all its columns is shorter
SYMBOL = r"\d+[a-zA-Z]?\s*(?:/\s*\d{4}\s*)?[/-]\s*[A-ZĐa-zđ][\wĐđ&.]*(?:\s?[-/–]\s?[\wĐđ&.]+)*"
_NUMBER = re.compile(rf"(?:Số|SỐ|Sô|So|số)\s*[:.]?\s*(?P<no>{SYMBOL})")
_BLANK = re.compile(r"(?:Số|SỐ)\s*:?[\s.…_]*(?:/\s*(?P<sym>[\wĐđ.-]+)|-\s?[A-ZĐ]{2,5}/\w+|$)")
_DATED = re.compile(
    r"(?P<place>[^,;:()\d]{2,45}?),?\s*ngay[\s.…_]*(?P<d>\d{1,2})?[\s.…_]*(?:thang|/|-)[\s.…_]*(?P<m>\d{1,2})?[\s.…_]*(?:nam|/|-)[\s.…_]*(?P<y>\d{4})?"
)
_ATTACHED = re.compile(
    r"\(?\s*(?:ban hanh |phe duyet |duoc phe duyet |duoc ban hanh )?(?:kem theo|theo) (?:\w+ ){1,4}?so:?\s*(?P<no>\d+[\w]*\s*[/-]\s*[\w./&-]+)(?:\s*,?\s*ngay\s+)?"
)
# "(Công văn số 233/STP-HC ngày 01/3/2024 của Sở Tư pháp)" at the end of a website's post.
_SOURCE = re.compile(
    r"\(?(?P<own>nguon:? |theo )?(?:theo |tu )?(?:\w+ ){1,3}?so:?\s*(?P<no>\d+[\w]*\s*[/-]\s*[\w./&-]+),?(?: ngay | [-–] )(?P<day>[\d/.-]{8,10})(?: cua (?P<who>[^();,]{3,90}?)(?: gui [^();,]{3,60})?)?\)?\.?"
)
# "Về việc báo cáo … (85/VP-NC, ngày 23/10/2023)." over a website's text.
_BESIDE = re.compile(
    r"(?:ve viec|v/v) [^()]{10,300}\((?:so:? )?(?P<no>\d+[\w]*\s*[/-]\s*[\w./&-]+),? ngay (?P<day>[\d/.-]{8,10})\)\.?"
)
_STATE = re.compile(r"cong ?hoa xa hoi chu nghia|doc lap\s*[-–.]\s*tu do|dang cong san viet nam")
_PLACE_WORDS = frozenset({"phố", "xã", "trấn", "phường", "huyện", "tỉnh", "và", "khu", "quận"})
_PLACE_NAME = re.compile(r"(?:tinh|thanh pho|tp\.?|huyen|quan|xa|phuong|thi xa|thi tran|dac khu)\s")
_AUTHORITY = re.compile(
    r"(?:uy ban nhan dan|ubnd|hoi dong nhan dan|hdnd|chinh phu|thu tuong|quoc hoi|uy ban thuong vu|ban thuong vu|ban chap hanh)\b"
)
_ABOUT = re.compile(r"(?:v\s?/\s?v|ve viec|trich yeu)\s*[:.]?\s*")
_BODY_OPENS = re.compile(
    r"can cu|xet |theo |thuc hien|kinh gui|dieu \d|chuong [ivx\d]|phan (?:thu|[ivx\d])|[ivx]+\s*[.)-]\s|\d+\s*[.)]\s|[a-z]\)\s|\(?\s*(?:ban hanh |phe duyet )?kem theo|\(theo|"
    r"ngay \d|trong |thoi gian qua|de |nham |hom nay|kinh thua|so\s*:|noi nhan|[-+–]\s|v/v|\(du thao|tai |nam \d|sau khi|hoi \d|vao hoi|stt\b"
)
# Words a text and a subject may both open with; right under the kind and without an end they are the subject.
_OPENS_SUBJECT = re.compile(r"trong (?:cong tac|hoat dong|linh vuc|viec)\b")
# "Thực hiện chế độ báo cáo năm 2026" names what the paper is about; with a number or a comma it is the text that opens.
_CARRIES_OUT = re.compile(r"thuc hien (?:(?!\bso\b)[^,;:]){8,150}$")
UNNUMBERED = "Văn bản chưa ghi số; hãy điền khi có."
UNDATED = "Văn bản chưa ghi đủ ngày, tháng, năm ban hành; hãy điền khi có."
NO_SUCH_DAY = "Ngày ban hành “{words}” không có trong lịch; hãy kiểm tra lại."


@dataclass
class Letterhead:
    """What the first lines say; `opens` is the line the body begins at."""

    kind: Found[str] | None = None
    number: Found[str] | None = None
    issued_on: Found[date] | None = None
    place: Found[str] | None = None
    issuer: Found[str] | None = None
    subject: Found[str] | None = None
    opens: int = 0
    is_blank: bool = False  # a line for the number stands there, unfilled
    problems: list[str] = field(default_factory=list)


def letterhead_of(sheet: Sheet) -> Letterhead:
    """The letterhead; whatever is not written there stays None."""
    lines = sheet.lines[:TOP]
    made = Letterhead()
    number_at = _number(lines, made)
    _date(sheet, made)
    kind_at = _heading(lines, made)
    letter_at = next(
        (i for i, line in enumerate(lines) if line.folded.startswith("kinh gui")), None
    )
    _issuer(lines, made, number_at, kind_at, letter_at)
    about_at = _about(sheet, made)
    if made.subject is None and kind_at is not None:
        _titled(sheet, kind_at, made)
    _kind_without_heading(made, lines, letter_at, about_at)
    _attached(sheet, made)
    known = [at for at in (number_at, kind_at, letter_at, about_at) if at is not None]
    made.opens = max(made.opens, max(known, default=-1) + 1 if letter_at is None else letter_at)
    return made


def _number(lines: tuple[Line, ...], made: Letterhead) -> int | None:
    for index, line in enumerate(lines):
        found = _NUMBER.match(line.text)
        if found and len(line.text) < 150:
            made.number = _symbol(line, found)
            return index
        blank = _BLANK.match(line.text)
        if blank and len(line.text) < 60:
            made.is_blank = True
            made.problems.append(UNNUMBERED)
            return index
    return None


def _symbol(line: Line, found: re.Match[str]) -> Found[str]:
    start, end = found.span("no")
    # A lost column: "Số: 12/KH-UBND Hà Nội, ngày …" keeps its blanks only inside the symbol.
    said = re.split(rf"\s(?=[{CAPITAL}][{SMALL}]+\b)", line.text[start:end])[0].rstrip(" .-–")
    return Found(
        "".join(said.split()).replace("–", "-"),
        Span(line.start + start, line.start + start + len(said)),
    )


def _date(sheet: Sheet, made: Letterhead) -> None:
    top, bottom = sheet.lines[:TOP], sheet.lines[TOP:][-40:]
    for line in [*top, *reversed(bottom)]:
        found = _DATED.match(line.folded)
        if (
            not found
            or len(line.text) > 90
            or not line.text[:1].isupper()
            or begins_with_officer(line.text)
            or line.folded.startswith("hom nay")
        ):
            continue
        if (not found["d"] and "thang" not in line.folded) or not _is_place(
            line.text[slice(*found.span("place"))]
        ):
            continue
        made.place = trimmed(line.text, *found.span("place"), line.start)
        words = line.text[found.end("place") :].strip(" ,")
        if not (found["d"] and found["m"] and found["y"]):
            made.problems.append(UNDATED)
        elif (day := day_of(found)) is None:
            made.problems.append(NO_SUCH_DAY.format(words=words))
        else:
            start = line.start + line.text.index(words)
            made.issued_on = Found(day, Span(start, start + len(words)))
        return


def _is_place(words: str) -> bool:
    """Whether the words before ", ngày …" are a place's name."""
    parts = words.split()
    return len(parts) <= 7 and all(not part[0].islower() or part in _PLACE_WORDS for part in parts)


def _heading(lines: tuple[Line, ...], made: Letterhead) -> int | None:
    """The line that names the kind: alone in capitals, else a title that begins with it."""
    kinds = listed("kinds")["headings"]
    for index, line in enumerate(lines):
        said = line.folded.strip(" :.*")
        if said in kinds and (is_capitals(line.text) or line.text[:1].isupper()) and len(said) > 3:
            made.kind = Found(kinds[said], line.span)
            return index
        if line.folded.startswith(("kinh gui", "dieu 1", "can cu ")):
            break
    title = next((i for i, line in enumerate(lines) if _STATE.search(line.folded)), -1)
    for index, line in enumerate(lines):
        if index <= title:
            continue
        if not is_capitals(line.text):
            # "THÔNG BÁO Kết luận của …", "KẾ HOẠCH Triển khai …": capitals, then the subject.
            capitals = re.match(rf"[{CAPITAL} ]{{4,}}(?=\s)", line.text)
            said = line.folded[: capitals.end()].strip() if capitals else ""
        else:
            said = line.folded
        names = [
            name
            for name in kinds
            if said == name or (said.startswith(name + " ") and is_capitals(line.text))
        ]
        if names and not _STATE.search(line.folded):
            name = max(names, key=len)
            made.kind = Found(kinds[name], Span(line.start, line.start + len(name)))
            return index
        if line.folded.startswith(("kinh gui", "dieu 1")):
            break
    return None


def _issuer(lines: tuple[Line, ...], made: Letterhead, *ends: int | None) -> None:
    """The last name of the letterhead's left column; a name over two lines is one."""
    title = next((i for i, line in enumerate(lines) if _STATE.search(line.folded)), None)
    if title is None and ends[0] is None:
        return
    end = min([each for each in ends if each is not None] + [(title or 0) + 8])
    names: list[list[Line]] = []
    for line in lines[:end]:
        if _STATE.search(line.folded) or _DATED.match(line.folded) or _ABOUT.match(line.folded):
            continue
        is_name = is_capitals(line.text) or (begins_with_body(line.text) and len(line.text) < 90)
        if not is_name or begins_with_officer(line.text):
            continue
        if names and not _opens_name(line, names[-1][-1]):
            if line.start - names[-1][-1].end < 3:  # one below the other
                names[-1].append(line)
        elif begins_with_body(line.text) or names or is_capitals(line.text):
            names.append([line])
    if names and begins_with_body(names[-1][0].text):
        first, last = names[-1][0], names[-1][-1]
        made.issuer = Found(
            " ".join(line.text for line in names[-1]).strip(" *-_"), Span(first.start, last.end)
        )


def _opens_name(line: Line, before: Line) -> bool:
    if before.folded.endswith((" va", ",", "-", " -", "–")) or _PLACE_NAME.match(line.folded):
        return False
    return begins_with_body(line.text)


def _about(sheet: Sheet, made: Letterhead) -> int | None:
    """The "V/v …" of a công văn, over as many lines as its column takes."""
    lines = sheet.lines[:TOP]
    for index, line in enumerate(lines):
        found = re.match(r"\(?v\s?/\s?v\s*[:.]?\s*|\(?ve viec\s*[:.]?\s*", line.folded)
        if not found or (line.folded.startswith("ve viec") and made.kind):
            continue
        if (
            line.folded.startswith("ve viec")
            and len(line.text) > 160
            and not is_capitals(line.text)
        ):
            continue
        last = index
        while (
            last + 1 < len(lines) and last - index < 6 and _continues_about(lines[last + 1], line)
        ):
            last += 1
        made.subject = trimmed(sheet.text, line.start + found.end(), lines[last].end)
        return last
    return None


def _continues_about(line: Line, first: Line) -> bool:
    if (
        len(line.text) > 90
        or is_capitals(line.text)
        or line.folded.startswith(("kinh gui", "so:", "noi nhan", "-"))
    ):
        return False
    if (
        _DATED.match(line.folded)
        or _STATE.search(line.folded)
        or (_BODY_OPENS.match(line.folded) and not line.text[0].islower())
    ):
        return False
    return not line.text.endswith((".", ":"))


def _titled(sheet: Sheet, at: int, made: Letterhead) -> None:
    """What stands under the kind: the subject (trích yếu) in one or more lines."""
    lines = sheet.lines[:TOP]
    heading = lines[at]
    start = made.kind.span.end if made.kind else heading.end
    parts: list[tuple[int, int]] = []
    if heading.end - start > 3 and heading.text[start - heading.start :].strip(" :.*"):
        parts.append((start, heading.end))
    last = at
    for index in range(at + 1, min(at + 8, len(lines))):
        line = lines[index]
        if _is_body(line, bool(parts)):
            break
        parts.append((line.start, line.end))
        last = index
        if line.text.endswith((".", ";")) or len(line.text) > 300:
            break
    made.opens = last + 1
    if not parts:
        return
    first, end = parts[0][0], parts[-1][1]
    about = re.match(r"[\s:]*(?:về việc|v\s?/\s?v)\s*[:.]?\s*", sheet.text[first:end], re.I)
    made.subject = trimmed(sheet.text, first + (about.end() if about else 0), end)


def _is_body(line: Line, has_subject: bool) -> bool:
    said = line.folded
    if _STATE.match(said) or (_DATED.match(said) and "ngay" in said[:60] and len(said) < 70):
        return True
    if (
        not has_subject
        and (_OPENS_SUBJECT.match(said) or _CARRIES_OUT.match(said))
        and not line.text.endswith((".", ":", ";", ","))
    ):
        return False
    if _BODY_OPENS.match(said) and not (
        is_capitals(line.text)
        and not re.match(r"[ivx]+\s*[.)-]\s|\d+\s*[.)]|kinh gui|dieu|can cu|chuong [ivx]", said)
    ):
        return True
    if (
        is_capitals(line.text)
        and has_subject
        and (begins_with_officer(line.text) or _AUTHORITY.match(said))
    ):
        return True
    if re.match(r"(?:tm|kt|tl|tuq|q|t/m)\s?[./ ]", said) and is_capitals(line.text):
        return True
    # A subject never ends in a full stop and holds no label.
    return has_subject and (len(line.text) > 200 or line.text.endswith(".") or ":" in line.text)


def _kind_without_heading(
    made: Letterhead, lines: tuple[Line, ...], letter_at: int | None, about_at: int | None
) -> None:
    if made.kind is not None:
        return
    if made.number is not None and (coded := kind_of_symbol(made.number.value)):
        made.kind = Found(coded, made.number.span)
    elif letter_at is not None:
        made.kind = Found("công văn", lines[letter_at].span)
    elif made.number is not None and about_at is not None:
        made.kind = Found("công văn", made.number.span)


def kind_of_symbol(number: str) -> str | None:
    """The kind a number's code names, None for a công văn's number.

    >>> kind_of_symbol("2862/QĐ-BTP"), kind_of_symbol("12-KH/TU"), kind_of_symbol("05/BNV-VP")
    ('quyết định', 'kế hoạch', None)
    """
    codes = [code for code in re.split(r"[/-]", number)[1:] if not code.isdecimal()]
    kind: str | None = listed("kinds")["symbols"].get(codes[0]) if codes else None
    return kind


def _is_own(source: re.Match[str], line: Line, sheet: Sheet) -> bool:
    """Whether a paper named in brackets is the one printed: with its body or "Nguồn:", and not one the text carries out."""
    before = fold(sheet.text[: line.start])
    cited = re.search(rf"(?:thuc hien|can cu|theo) [^.;]{{0,40}}{re.escape(source['no'])}", before)
    return bool(source["own"] or source["who"]) and cited is None


def _attached(sheet: Sheet, made: Letterhead) -> None:
    """The number and day of the paper this text came with: "(Kèm theo Công văn số … ngày …)"."""
    if made.number is not None or made.is_blank:
        return
    for line in [*sheet.lines[:TOP], *reversed(sheet.lines[-12:])]:
        source = _SOURCE.fullmatch(line.folded) if line.text.startswith("(") else None
        if source and not _is_own(source, line, sheet):
            continue
        if source and source["who"] and made.issuer is None:
            made.issuer = trimmed(line.text, *source.span("who"), line.start)
        dated = source or _BESIDE.fullmatch(line.folded)
        found = dated or (
            _ATTACHED.match(line.folded)
            if "kem theo" in line.folded[:40] and line.text[:1] in "(BKbk"
            else None
        )
        if not found:
            continue
        start, end = found.span("no")
        said = line.text[start:end].rstrip(".,;) ")
        made.number = Found(
            "".join(said.split()), Span(line.start + start, line.start + start + len(said))
        )
        day = DAY.match(line.folded, dated.start("day") if dated else found.end())
        if made.issued_on is None and day and (issued := day_of(day)):
            made.issued_on = Found(issued, Span(line.start + day.start(), line.start + day.end()))
        if made.kind is None:
            coded = kind_of_symbol(made.number.value) or "công văn"
            made.kind = Found(coded, line.span)
        return
