"""Who signed, and in what right (NĐ 30/2020/NĐ-CP Đ13: TM., KT., TL., TUQ., Q.)."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from hoiam.kit.papers.reading.cleaning import is_capitals
from hoiam.kit.papers.reading.sheet import Line
from hoiam.kit.papers.reading.units import begins_with_unit
from hoiam.kit.papers.reading.values import Found, Span
from hoiam.kit.papers.reading.words import CAPITAL, listed
from hoiam.kit.vietnamese import fold

_RIGHT = re.compile(r"(?:(?:tm|kt|tl|tuq|q)\s?\.|t/m|k/t|t/l)\s?\S")
_SIGNED = re.compile(
    r"\W*(?:da ky|ky ten|ky, |ky va|ky boi|ky dien tu|ky so|chu ky|dong dau|\(ky).*|\W*ky\W*"
)
_DEGREE = re.compile(
    r"(?:(?:GS|PGS|TS|ThS|TSKH|CN|LS|KS|BS|Ths|Đại tá|Thượng tá|Trung tá|Thiếu tá|Thiếu tướng|Trung tướng|Thượng tướng|Đại tướng|Đại úy|Đồng chí|Ông|Bà)(?!\w)\.?[\s.:]*)+"
)
_NAME = re.compile(rf"[{CAPITAL}]\w*(?: [{CAPITAL}]\w*){{1,5}}")
_OFFICES = re.compile(
    r"(?:pho |quyen )?(?:chu tich|giam doc|tong giam doc|cuc truong|vu truong|bo truong|thu truong|thu tuong|tong cuc truong|chi cuc truong|"
    r"chanh van phong|chanh thanh tra|chanh an|vien truong|truong ban|truong phong|hieu truong|bi thu|tong bien tap|chu nhiem|chap hanh vien|to truong|truong doan|uy vien|"
    r"thu ky|chu tri|chu toa|dai dien|nguoi lap|truong thi hanh an|kiem sat vien|thay mat|truong tieu ban|truong cum|truong khoi|tong kiem toan|thong doc|ke toan truong)\b"
)
_BODY = re.compile(r"(?:can cu|dieu \d|xet |theo de nghi|quyet dinh\s*:|\d{1,2}[.)]\s|kinh gui)")
_ANNEX = re.compile(r"(?:phu luc|danh muc|bieu mau|mau so)\b")
_SURNAMES = frozenset({"Đoàn", "ĐOÀN"})  # a family name that is the name of a body as well
_REACH = 30
SEVERAL = "Văn bản có nhiều người ký; hệ thống ghi người ký đầu tiên, hãy kiểm tra lại."


@dataclass(frozen=True)
class Signature:
    """The signer's name and office; either may be missing."""

    signer: Found[str] | None = None
    title: Found[str] | None = None
    line: int | None = None  # where the signature begins
    problems: tuple[str, ...] = ()


def signature_of(lines: Sequence[Line], recipients_at: int | None, issuer: str = "") -> Signature:
    """The signature beside or under "Nơi nhận", else at the foot of the paper.

    Of several that of the body `issuer` names first ("SỞ A - BÁO B"), else the first.
    """
    start = _start(lines, recipients_at)
    if start is None:
        return Signature()
    titles = _titles(lines, start)
    if not titles:
        return Signature()
    names = _names(lines, titles[-1] + 1)
    # Lines of another column between them: only what stands together is one title.
    cut = max((at for at in range(1, len(titles)) if titles[at] - titles[at - 1] > 1), default=0)
    titles = titles[cut:]
    title = _written(lines, titles)
    bodies = re.split(r"\s[-–]\s", fold(issuer))
    if len(bodies) > 1:
        names = _names_of_blocks(lines, titles[0]) or names
    problems = (SEVERAL,) if len(names) > 1 else ()
    if len(bodies) > 1 and (own := _of_body(lines, titles[0], names, bodies[0])):
        return Signature(own[0], own[1], titles[0], problems)
    return Signature(names[0] if names else None, title, titles[0], problems)


def _written(lines: Sequence[Line], titles: Sequence[int]) -> Found[str]:
    """The office as it stands: lines one under the other, up to where a recipient of the column beside came between."""
    run = [at for place, at in enumerate(titles) if at == titles[0] + place]
    words = " ".join(lines[at].text for at in run).rstrip(" ,:")
    return Found(words, Span(lines[run[0]].start, lines[run[-1]].end))


def _names_of_blocks(lines: Sequence[Line], start: int) -> list[Found[str]]:
    """A name under each block of capitals, one block a body that signs."""
    found: list[Found[str]] = []
    last: Line | None = None
    for line in lines[start : start + _REACH]:
        if _ANNEX.match(line.folded) and is_capitals(line.text):
            break
        if _looks_like_name(line) and last is not None and _is_title(last):
            degree = _DEGREE.match(line.text)
            begin = degree.end() if degree else 0
            found.append(Found(line.text[begin:].strip(), Span(line.start + begin, line.end)))
        if not _is_passed(line):
            last = line
    return found


def _of_body(
    lines: Sequence[Line], start: int, names: Sequence[Found[str]], body: str
) -> tuple[Found[str], Found[str]] | None:
    """The name and office of the block that names this body; None when no block surely does."""
    begin = start - 1
    for name in names:
        end = next(at for at in range(start, len(lines)) if lines[at].end >= name.span.end)
        block = [at for at in range(begin, end) if is_capitals(lines[at].text)]
        titles = list(itertools.dropwhile(lambda at: not _is_title(lines[at]), block))
        said = " ".join(lines[at].folded for at in block)
        if titles and " ".join(body.split()[:3]) in said:
            return name, _written(lines, titles)
        begin = end + 1
    return None


def _start(lines: Sequence[Line], recipients_at: int | None) -> int | None:
    if recipients_at is not None:
        # Read column after column, the signature may stand before its "Nơi nhận" or after.
        for at in range(
            max(_closed(lines, recipients_at) + 1, recipients_at - 8),
            min(len(lines), recipients_at + 45),
        ):
            if _is_title(lines[at]):
                return at
        return None
    for at, line in enumerate(lines):
        if _RIGHT.match(line.folded) and is_capitals(line.text) and at > 4:
            return at
    last = next(
        (
            i
            for i, line in enumerate(lines)
            if _ANNEX.match(line.folded) and is_capitals(line.text) and i > 8
        ),
        len(lines),
    )
    for at in range(max(4, last - 14), last):
        if _is_title(lines[at]) and _names(lines[:last], at + 1):
            return at
    return None


def _closed(lines: Sequence[Line], recipients_at: int) -> int:
    """The last line of the body before the recipients; the authority a decision opens with is no signature."""
    return next(
        (
            i
            for i in range(recipients_at, -1, -1)
            if lines[i].text.rstrip(" .").endswith("/")
            or len(lines[i].text) > 120
            or _BODY.match(lines[i].folded)
        ),
        4,
    )


def _is_title(line: Line) -> bool:
    if not is_capitals(line.text) or len(line.text) > 120 or line.text.startswith(("-", "+")):
        return False
    return bool(_RIGHT.match(line.folded) or _OFFICES.match(line.folded))


def _titles(lines: Sequence[Line], start: int) -> list[int]:
    """Lines of the office: capitals, one below the other."""
    titles = [start]
    for at in range(start + 1, min(len(lines), start + 8)):
        line = lines[at]
        if line.text.startswith(("-", "–", "+", "•")):  # a recipient of the column beside
            continue
        if (
            not is_capitals(line.text)
            or _looks_like_name(line)
            or not (_is_title(line) or begins_with_unit(line.text))
        ):
            break
        titles.append(at)
    return titles


def _is_passed(line: Line) -> bool:
    """A recipient's line or the note of a signature, which stand between office and name."""
    return bool(
        line.text.startswith(("-", "–", "+", "•", "(")) or _SIGNED.fullmatch(line.folded)
        or line.folded.startswith("noi nhan") or line.text[:1].islower()
    )  # fmt: skip


def _names(lines: Sequence[Line], start: int) -> list[Found[str]]:
    found = []
    for at in range(start, min(len(lines), start + _REACH)):
        line = lines[at]
        if _ANNEX.match(line.folded) and is_capitals(line.text):
            break
        if _looks_like_name(line):
            degree = _DEGREE.match(line.text)
            begin = degree.end() if degree else 0
            found.append(Found(line.text[begin:].strip(), Span(line.start + begin, line.end)))
        elif not _is_passed(line) and not _is_title(line):
            break
    return found


def _looks_like_name(line: Line) -> bool:
    degree = _DEGREE.match(line.text)
    said = line.text[degree.end() if degree else 0 :].strip()
    if not _NAME.fullmatch(said) or len(said) > 40 or any(char.isdigit() for char in said):
        return False
    folded = line.folded[len(line.text) - len(said) :]
    if folded.strip() in listed("kinds")["headings"]:  # "KẾ HOẠCH": the annex that follows
        return False
    return not _OFFICES.match(folded) and (
        said.split()[0] in _SURNAMES or not begins_with_unit(said)
    )
