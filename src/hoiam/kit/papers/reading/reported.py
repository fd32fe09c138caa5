"""A report of a website or newspaper about a paper: the paper's own number and day where the report names them surely."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from hoiam.kit.papers.reading.dates import DAY, day_of
from hoiam.kit.papers.reading.letterhead import SYMBOL, kind_of_symbol
from hoiam.kit.papers.reading.sheet import Line, trimmed
from hoiam.kit.papers.reading.units import (
    begins_with_body,
    begins_with_officer,
    begins_with_unit,
    units_in,
    who_at,
)
from hoiam.kit.papers.reading.values import Found, Span
from hoiam.kit.papers.reading.words import CAPITAL, SMALL, listed

IS_REPORT = (
    "Đây là tin, bài thuật lại văn bản, không phải nguyên văn; hãy đối chiếu với văn bản gốc."
)
ATTACHED = "Số, ngày lấy từ dòng “kèm theo”, không phải từ đầu văn bản; hãy kiểm tra lại."
YEARLESS = "“{words}” không ghi năm nên không thành ngày; hãy tra năm trong văn bản gốc."
_CITED = re.compile(
    rf"(?P<kind>[{CAPITAL}]\w+(?: \w+){{0,3}}?) số:?\s*(?P<no>{SYMBOL})(?:,? ngày (?P<day>[\d/.-]+))?"
)
_ISSUES = re.compile(
    r"(?:(?:^|[,.–-]\s*)ngay (?P<day>\d{1,2}[/.-]\d{1,2}[/.-]\d{4}),? )?(?P<who>[^.,;:“”]{3,110}?) (?:da |vua |cung |thong nhat )*(?:ky ban hanh|ban hanh|phe duyet|ky|co)\s+(?P<paper>(?:quyet dinh|ke hoach|chi thi|cong van|thong bao|nghi quyet|chuong trinh|cong dien|quy che|thong tu|de an|huong dan)\b)(?P<so> so:?)?"
)
_AFTER = re.compile(rf"\s*số:?\s*(?P<no>{SYMBOL})")
_SHORT_DAY = re.compile(
    r"(?:sáng|chiều|tối|trưa|ngày)\s+(?:ngày\s+)?\d{1,2}/\d{1,2}(?![\d/])", re.I
)
_NEWS = re.compile(
    r"(?:ttxvn|\(?plo\)?|pv|vov|theo ttxvn)\s*[-–]|phat bieu tai|cac dai bieu|phong vien|hoi nghi|cho biet,|toa soan|nguon:|anh:|\(anh|da phe duyet|vua ban hanh|da ban hanh|vua ky"
)
_TITLES = re.compile(
    r"(?:bộ trưởng|thứ trưởng|thủ tướng|phó thủ tướng|chủ tịch|phó chủ tịch|tổng cục trưởng|phó tổng cục trưởng|cục trưởng|phó cục trưởng|giám đốc|phó giám đốc|chánh văn phòng)\b",
    re.I,
)
_NAME_WORDS = (4, 3, 2)


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
    addressees: tuple[Found[str], ...] = ()
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
        if found and not found["so"] and begins_with_body(line.text[found.start("who") :]):
            kind = listed("kinds")["headings"].get(found["paper"])
            span = Span(line.start + found.start("paper"), line.start + found.end("paper"))
            return Report(
                kind=Found(kind, span) if kind else None,
                issuer=trimmed(line.text, *found.span("who"), line.start),
                subject=trimmed(line.text, found.end("paper"), len(line.text), line.start),
                line=lines.index(line) + 1,
            )
    return _post_title(lines)


_POSTED = re.compile(
    r"\W*(?:(?:ngay )?(?:dang|cap nhat|thu \w+),?:?\s*)?(?:ngay )?\d{1,2}[/-]\d{1,2}[/-]\d{4}.{0,20}"
)
_PAPER_TITLE = re.compile(
    r"(?P<kind>cong van|cong dien|chi thi|ke hoach|thong bao|huong dan|chuong trinh|quyet dinh)\s+(?=chi dao|huong dan|ve |don doc|trien khai|yeu cau|thuc hien|tang cuong|to chuc)(?:ve viec )?"
)


def _post_title(lines: Sequence[Line]) -> Report:
    """What the title of a website's post says of the paper below: its day of posting stands beneath the title."""
    # The day of posting stands beneath the title, or above it under the name of the section.
    posted = next((at for at, line in enumerate(lines[:3]) if _POSTED.fullmatch(line.folded)), None)
    if posted is None or len(lines) < posted + 2:
        return Report()
    titles = [
        line for line in (lines[max(0, posted - 1)], lines[posted + 1]) if 30 < len(line.text) < 400
    ]
    if not titles or _POSTED.fullmatch(titles[0].folded):
        return Report()
    title = titles[0]
    named = _PAPER_TITLE.match(title.folded)
    if named is not None:
        kind = listed("kinds")["headings"][named["kind"]]
        span = Span(title.start, title.start + named.end("kind"))
        return Report(
            Found(kind, span),
            subject=trimmed(title.text, named.end(), len(title.text), title.start),
            line=lines.index(title) + 1,
        )
    verb = who_at(title.text, title.folded)
    issuer = (
        trimmed(title.text, 0, verb, title.start) if verb and begins_with_body(title.text) else None
    )
    return Report(
        issuer=issuer,
        subject=trimmed(title.text, verb or 0, len(title.text), title.start),
        line=lines.index(title) + 1,
    )


def ordering_of(lines: Sequence[Line]) -> Report:
    """The paper a website's text hands on: "… đã có Công văn số … ngày … yêu cầu …"; an empty report when there is none."""
    for at, line in enumerate(lines[:12]):
        if _HISTORY.search(line.folded):
            break
        made = _issued(line)
        if (
            made is not None
            and made.number is not None
            and (
                _is_told_of(line)
                or _THEN_ASKS.match(line.folded, made.number.span.end - line.start)
            )
        ):
            return replace(made, line=at + 1 if line.text.endswith(":") else 0)
        if (passed := _passed_on(line)) is not None:
            return passed
    return Report()


# One paper after the other: the text tells how it came to an order, and which is its own would be a guess.
_HISTORY = re.compile(r"\btiep do,|\btren co so do,|^tuy nhien,")


def _passed_on(line: Line) -> Report | None:
    """The paper a sentence ends with: "… nêu tại Công văn số … về việc …, do Sở A vừa gửi các phòng B."."""
    found = _BY.search(line.folded)
    if found is None or not begins_with_body(line.text[found.start("who") :]):
        return None
    number = _AFTER.match(line.text, found.end("paper"))
    if number is None:
        return None
    kind = listed("kinds")["headings"][found["paper"]]
    return Report(
        kind=Found(kind, Span(line.start + found.start("paper"), line.start + found.end("paper"))),
        number=_number(line, number),
        issuer=trimmed(line.text, *found.span("who"), line.start),
        subject=trimmed(line.text, *found.span("about"), line.start),
        addressees=units_in(line.text[slice(*found.span("to"))], line.start + found.start("to"))
        if found["to"]
        else (),
    )


def _is_told_of(line: Line) -> bool:
    """Whether the line opens with the paper itself ("Ngày 15/9, Sở A ban hành Công văn số …") or goes on with its words."""
    opens = _OPENS_WITH.match(line.folded)
    if opens is None or not begins_with_unit(line.text[opens.end() :]):
        return False
    return opens["day"] is not None or bool(_JUST_NOW.search(line.folded))


_JUST_NOW = re.compile(r"\bvua (?:co|ban hanh|ky|gui)\b|nhu sau:$")
_OPENS_WITH = re.compile(
    r"(?P<day>ngay \d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})?,? )?(?:vua qua,? )?(?=\w)"
)
_BY = re.compile(
    r"\b(?P<paper>quyet dinh|ke hoach|chi thi|cong van|thong bao|nghi quyet|chuong trinh|cong dien|huong dan) so:? ?(?=\d)[^;]{3,60}? ve viec (?P<about>[^;.]{5,300}?),? (?:do|duoc) (?P<who>[^.,;:]{3,90}?) (?:vua |da )?(?:gui|ban hanh|ky ban hanh)(?: (?:toi |den |cho )?(?P<to>[^.:]{3,300}))?(?=[.:]|$)"
)
_SENT = re.compile(
    r"\s*(?:,? ngay [\d/.-]+)?,? gui (?:toi |den |cho )?(?P<to>[^.:]{3,300}?),? (?=ve viec|yeu cau|de nghi|cu the|noi dung)"
)
_THEN_ASKS = re.compile(
    r"[\s,]*(?:ngay [\d/.-]+)?[\s,]*(?:yeu cau|de nghi|chi dao|huong dan|don doc)\b"
)


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
        sent = _SENT.match(line.folded, number.end())
        return Report(
            kind=Found(
                kinds[found["paper"]],
                Span(line.start + found.start("paper"), line.start + found.end("paper")),
            ),
            number=_number(line, number),
            issued_on=_day(line, day),
            issuer=_issuer(line, *found.span("who")),
            signer=signer,
            signer_title=title,
            subject=_subject(line, sent.end() if sent else number.end()),
            addressees=units_in(line.text[slice(*sent.span("to"))], line.start + sent.start("to"))
            if sent
            else (),
        )
    return None


def _number(line: Line, found: re.Match[str]) -> Found[str]:
    start, end = found.span("no")
    said = re.split(r"\s(?=[^\W\d_])", line.text[start:end])[0].rstrip(".,;")
    return Found("".join(said.split()), Span(line.start + start, line.start + start + len(said)))


def _day(line: Line, found: re.Match[str] | None) -> Found[date] | None:
    day = day_of(found) if found else None
    return (
        Found(day, Span(line.start + found.start(), line.start + found.end()))
        if found and day
        else None
    )


def _person(line: Line, start: int, end: int) -> tuple[Found[str] | None, Found[str] | None]:
    """Name and office of "Chủ tịch UBND tỉnh Hòa Sơn Hoàng Minh Giả": a name begins with a family name."""
    titled = _TITLES.search(line.text, start, end)
    words = list(re.finditer(r"\S+", line.text[start:end]))
    if titled is None:
        return None, None
    for count in _NAME_WORDS:
        name = words[-count:]
        is_name = len(words) > count and all(each.group()[0].isupper() for each in name)
        if is_name and name[0].group() in listed("units")["surnames"]:
            at = start + name[0].start()
            return trimmed(line.text, at, end, line.start), trimmed(
                line.text, titled.start(), at, line.start
            )
    return None, None


def _issuer(line: Line, start: int, end: int) -> Found[str] | None:
    said = line.text[start:end]
    lead = len(said) - len(said.lstrip())
    if begins_with_body(said.lstrip()) and not begins_with_officer(said.lstrip()):
        return trimmed(line.text, start + lead, end, line.start)
    # "Chủ tịch UBND tỉnh A ban hành …": the committee's paper.
    chaired = re.match(r"\s*Chủ tịch (?=(?:UBND|Ủy ban nhân dân)\b)", said)
    if chaired and _person(line, start, end)[0] is None:
        return trimmed(line.text, start + chaired.end(), end, line.start)
    title = _person(line, start, end)[1]
    body = (
        re.search(
            r"(?:Bộ|UBND|Ủy ban nhân dân|Tổng cục|Cục|Sở)(?! trưởng| Trưởng)\s[\w ]+", title.value
        )
        if title
        else None
    )
    if title is None or body is None:
        return None
    shift = title.span.start - line.start
    return trimmed(line.text, shift + body.start(), shift + body.end(), line.start)


def _subject(line: Line, start: int) -> Found[str] | None:
    found = re.compile(r"\s*(?:,? ngày [\d/.-]+)?,?\s*(?:về việc|về|để|nhằm)?\s*").match(
        line.text, start
    )
    begin = found.end() if found else start
    stop = re.search(r"[.;:](?:\s|$)|,? (?:cụ thể |nội dung )?như sau:", line.text[begin:])
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
        kind=Found(kind, number.span) if kind else None,
        number=number,
        issued_on=_day(line, day),
        subject=_about(line, cited.end()),
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
    return Report(
        made.kind,
        made.number,
        made.issued_on,
        made.issuer,
        made.signer,
        made.signer_title,
        made.subject,
        made.addressees,
        problems[:4],
        is_news=True,
    )
