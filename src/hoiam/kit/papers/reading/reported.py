"""A report of a website or newspaper about a paper: the paper's own number and day where the report names them surely."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hoiam.kit.papers.reading.dates import DAY, day_of
from hoiam.kit.papers.reading.letterhead import SYMBOL, kind_of_symbol
from hoiam.kit.papers.reading.sheet import Line, trimmed
from hoiam.kit.papers.reading.units import begins_with_body, begins_with_officer
from hoiam.kit.papers.reading.values import Found, Span
from hoiam.kit.papers.reading.words import CAPITAL, SMALL, listed

IS_REPORT = "Đây là tin, bài thuật lại văn bản, không phải nguyên văn; hãy đối chiếu với văn bản gốc."
ATTACHED = "Số, ngày lấy từ dòng “kèm theo”, không phải từ đầu văn bản; hãy kiểm tra lại."
YEARLESS = "“{words}” không ghi năm nên không thành ngày; hãy tra năm trong văn bản gốc."
_CITED = re.compile(rf"(?P<kind>[{CAPITAL}]\w+(?: \w+){{0,3}}?) số:?\s*(?P<no>{SYMBOL})(?:,? ngày (?P<day>[\d/.-]+))?")
_ISSUES = re.compile(
    r"(?:(?:^|[,.]\s*)ngay (?P<day>\d{1,2}[/.-]\d{1,2}[/.-]\d{4}),? )?(?P<who>[^.,;:“”]{3,110}?) (?:da |vua |cung |thong nhat )*(?:ky ban hanh|ban hanh|phe duyet|ky)\s+(?P<paper>(?:quyet dinh|ke hoach|chi thi|cong van|thong bao|nghi quyet|chuong trinh|cong dien|quy che|thong tu|de an|huong dan)\b)(?P<so> so:?)?"
)
_AFTER = re.compile(rf"\s*số:?\s*(?P<no>{SYMBOL})")
_SHORT_DAY = re.compile(r"(?:sáng|chiều|tối|trưa|ngày)\s+(?:ngày\s+)?\d{1,2}/\d{1,2}(?![\d/])", re.I)
_NEWS = re.compile(r"(?:ttxvn|\(?plo\)?|pv|vov|theo ttxvn)\s*[-–]|phat bieu tai|cac dai bieu|phong vien|hoi nghi|cho biet,|toa soan|nguon:|anh:|\(anh|da phe duyet|vua ban hanh|da ban hanh|vua ky")
_PERSON = re.compile(rf"(?P<title>(?:Bộ trưởng|Thứ trưởng|Thủ tướng|Phó Thủ tướng|Chủ tịch|Phó Chủ tịch|Tổng Cục trưởng|Tổng cục trưởng|Phó Tổng cục trưởng|Cục trưởng|Phó Cục trưởng|Giám đốc|Phó Giám đốc|Chánh Văn phòng)[\w ]*?) (?P<name>(?:[{CAPITAL}]\w+ ){{1,3}}[{CAPITAL}]\w+)$")


@dataclass(frozen=True)
class Report:
    """What a report says of the paper it is about."""

    kind: Found[str] | None = None
    number: Found[str] | None = None
    issued_on: Found[date] | None = None
    issuer: Found[str] | None = None
    signer: Found[str] | None = None
    signer_title: Found[str] | None = None
    subject: Found[str] | None = None
    problems: tuple[str, ...] = ()
    line: int = 0  # the line after the headline that names the paper
    is_news: bool = False


def is_report(lines: Sequence[Line]) -> bool:
    """Whether a text without letterhead reads like news about a paper."""
    return any(_NEWS.search(line.folded) for line in lines[:30])


def report_of(lines: Sequence[Line]) -> Report:
    """The paper the report is about: the one it says was issued, else the only numbered one it names."""
    issued = next((made for line in lines[:30] if (made := _issued(line)) is not None), None)
    if issued is not None and issued.number is not None:
        return _with_problems(issued, lines)
    cited = _only_cited(lines)
    if cited is None:
        return _with_problems(issued or Report(), lines)
    return _with_problems(cited, lines)


def headline_of(lines: Sequence[Line]) -> Report:
    """Kind, issuer and subject a website's headline gives a paper printed below it: "X ban hành Công văn …"."""
    for line in lines[:3]:
        found = _ISSUES.match(line.folded)
        if found and not found["so"] and begins_with_body(line.text[found.start("who") :]) and line.text[found.start("paper")].isupper():
            kind = listed("kinds")["headings"].get(found["paper"])
            span = Span(line.start + found.start("paper"), line.start + found.end("paper"))
            return Report(
                kind=Found(kind, span) if kind else None,
                issuer=trimmed(line.text, *found.span("who"), line.start),
                subject=trimmed(line.text, found.end("paper"), len(line.text), line.start),
                line=lines.index(line) + 1,
            )
    return Report()


def _issued(line: Line) -> Report | None:
    for found in _ISSUES.finditer(line.folded):
        number = _AFTER.match(line.text, found.end("paper"))
        if number is None:
            continue
        kinds = listed("kinds")["headings"]
        signer, title = _person(line, *found.span("who"))
        day = DAY.search(line.folded, found.start("day")) if found["day"] else None
        after = re.compile(r"\s*,?\s*ngay\s+").match(line.folded, number.end())
        day = day or (DAY.match(line.folded, after.end()) if after else None)
        return Report(
            kind=Found(kinds[found["paper"]], Span(line.start + found.start("paper"), line.start + found.end("paper"))),
            number=_number(line, number),
            issued_on=_day(line, day),
            issuer=_issuer(line, *found.span("who")),
            signer=signer,
            signer_title=title,
            subject=_subject(line, number.end()),
        )
    return None


def _number(line: Line, found: re.Match[str]) -> Found[str]:
    start, end = found.span("no")
    said = re.split(r"\s(?=[^\W\d_])", line.text[start:end])[0].rstrip(".,;")
    return Found("".join(said.split()), Span(line.start + start, line.start + start + len(said)))


def _day(line: Line, found: re.Match[str] | None) -> Found[date] | None:
    day = day_of(found) if found else None
    return Found(day, Span(line.start + found.start(), line.start + found.end())) if found and day else None


def _person(line: Line, start: int, end: int) -> tuple[Found[str] | None, Found[str] | None]:
    found = _PERSON.search(line.text[start:end])
    if found is None:
        return None, None
    shift = line.start + start
    title, name = found.span("title"), found.span("name")
    return trimmed(line.text[start:end], *name, shift), trimmed(line.text[start:end], *title, shift)


def _issuer(line: Line, start: int, end: int) -> Found[str] | None:
    said = line.text[start:end]
    lead = len(said) - len(said.lstrip())
    if begins_with_body(said.lstrip()) and not begins_with_officer(said.lstrip()):
        return trimmed(line.text, start + lead, end, line.start)
    found = _PERSON.search(line.text[start:end])
    body = re.search(r"(?:Bộ|UBND|Ủy ban nhân dân|Tổng cục|Cục|Sở)(?! trưởng| Trưởng)\s[\w ]+", found["title"]) if found else None
    if found is None or body is None:
        return None
    shift = start + found.start("title")
    return trimmed(line.text, shift + body.start(), shift + body.end(), line.start)


def _subject(line: Line, start: int) -> Found[str] | None:
    found = re.compile(r"\s*(?:,? ngày [\d/.-]+)?,?\s*(?:về việc|về|để|nhằm)?\s*").match(line.text, start)
    begin = found.end() if found else start
    stop = re.search(r"[.;](?:\s|$)", line.text[begin:])
    return trimmed(line.text, begin, begin + stop.start() if stop else len(line.text), line.start)


def _only_cited(lines: Sequence[Line]) -> Report | None:
    """The only numbered paper named; of several none, for which one the report is about would be a guess."""
    found = [(line, each) for line in lines for each in _CITED.finditer(line.text)]
    if len({"".join(each["no"].split()) for _, each in found}) != 1:
        return None
    line, cited = found[0]
    number = _number(line, cited)
    day = DAY.match(line.folded, cited.start("day")) if cited["day"] else None
    kind = kind_of_symbol(number.value)
    return Report(
        kind=Found(kind, number.span) if kind else None, number=number, issued_on=_day(line, day), subject=_about(line, cited.end())
    )


def _about(line: Line, start: int) -> Found[str] | None:
    found = re.search(rf"\bvề (?=[{SMALL}])", line.text[start : start + 200])
    if found is None:
        return None
    begin = start + found.end()
    stop = re.search(r"[.;](?:\s|$)|, (?=hai |các |đã )", line.text[begin:])
    return trimmed(line.text, begin, begin + stop.start() if stop else len(line.text), line.start)


def _with_problems(made: Report, lines: Sequence[Line]) -> Report:
    short = [found.group() for line in lines for found in _SHORT_DAY.finditer(line.text)]
    problems = (IS_REPORT, *(YEARLESS.format(words=words) for words in dict.fromkeys(short)))
    return Report(made.kind, made.number, made.issued_on, made.issuer, made.signer, made.signer_title, made.subject, problems[:4], is_news=True)
