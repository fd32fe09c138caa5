"""What a file gives, made into the paragraphs of a paper: columns parted, lines joined, page numbers and websites' furniture away."""

import itertools
import re
from collections.abc import Iterator, Sequence

from hoiam.kit.papers.reading.sheet import Block, Box
from hoiam.kit.papers.reading.words import CAPITAL, pattern
from hoiam.kit.vietnamese import fold, nfc

_GAP = re.compile(r"(?<=\S)(?:[ \u00a0]{3,}|[ \u00a0]*\t\s*)(?=\S)")
_STATE_TITLE = re.compile(r"cong ?hoa xa hoi chu nghia viet ?nam")
_CUT_TITLE = re.compile(r"\S {3,}cong ?hoa xa hoi chu nghia$")
_PARTY_TITLE = re.compile(r"dang cong san viet nam")
_RIGHT = re.compile(
    r"(?<=\S)\s+(?=(?i:độc lập ?[-–] ?tự do)|CỘNG H[ÒO][ÀA]? ?X[ÃA] H[ỘO]I|ĐẢNG CỘNG SẢN VIỆT NAM\s*$|Độc lập ?[-–] ?Tự do)"
)
_NUMBER_AND_DAY = re.compile(
    rf"(Số\b.{{0,40}}?[/-][\w-]+)\s+([{CAPITAL}][\w .-]{{2,30}}, ?ngày\b.*)"
)
_RULE = re.compile(r"[\s_\-–—=*.·~]{2,}")
_PAGE_NUMBER = re.compile(r"\s*[-–—]?\s*(?:trang\s*)?\d{1,3}(?:\s*/\s*\d{1,3})?\s*[-–—]?\s*", re.I)
_MARKER = re.compile(
    r"\s*(?:[-–—•+*▪]\s|\(?(?:[ivxIVX]{1,6}|\d{1,2}(?:\.\d{1,2}){0,4}|[a-zđA-ZĐ])\)?[.)/:]\s|Điều\s+\d|[IVX]+\s*[.-]\s)"
)
_UNFINISHED = re.compile(r"[^.;:!?/\s]\s*$")
_NEEDS_MORE = re.compile(
    r"(?:\b(?:quy|thang|nam|ngay|so|va|cua|cac|voi|ve|theo|tai|den|tu|trong|cho|hoac|can cu)|^noi|,)$"
)
# "Căn cứ Luật Tổ chức" without the sign that ends a basis: its name goes on.
_BASIS = re.compile(r"Căn cứ (?:Luật|Nghị|Quyết|Thông|Hiến|Pháp|Bộ luật)[^;.,]{0,40}")
# What opens the text of a paper goes on with no line above it, least of all with "V/v …".
_OPENS = re.compile(
    r"Kính gửi|Căn cứ |Thời gian qua|Trong thời gian|Thực hiện |Triển khai |Vừa qua|Qua theo dõi|Nơi nhận|Ngày \d|Theo đề nghị|Xét đề nghị|Hiện nay|Sau khi "
)
_PRESSED_FIRST = re.compile(r"(?P<left>Nơi nhận:)\s+(?P<right>[^;.]{2,60}(?:\.\s?[^;.]{4,60})?)$")
_PRESSED = re.compile(
    rf"(?P<left>-.*[;.,])\s+(?P<right>[{CAPITAL}][^\W\d]*(?:\s[{CAPITAL}][^\W\d]*){{1,6}})$"
)
_PLACE_AND_DAY = re.compile(
    rf"[{CAPITAL}][^\d,;:.]{{1,30}}, ?ngày[\s.…\d]{{1,8}}tháng[\s.…\d]{{1,8}}năm[\s.…\d]{{1,8}}"
)
_HEAD_LINES, _TAIL_LINES = 14, 40
_MOST_FEET = 20  # a paper and its annexes have no more "Nơi nhận"
_FAR = 25  # blanks before a line that stands in the right column
_TITLE_REACH = 12
_LONG = 150
_LONGEST_LINE = 6000


def cleaned(blocks: Sequence[Block], *, is_wrapped: bool | None, is_web: bool) -> list[Block]:
    """The paragraphs and tables of the paper.

    Args:
        is_wrapped: whether lines end where the page ends; None asks the text itself.
        is_web: whether furniture of a website may stand round the paper.
    """
    made = _whole_title([line for block in blocks for line in _lines(block)])
    if is_web:
        made = _cut(made)
    made = _columns(made)
    wrapped = _looks_wrapped(made) if is_wrapped is None else is_wrapped
    if wrapped:
        made = [
            each for each in made if not (isinstance(each, str) and _PAGE_NUMBER.fullmatch(each))
        ]
    return list(_joined(made, wrapped))


def _lines(block: Block) -> Iterator[Block]:
    if isinstance(block, str):
        for line in block.split("\n"):
            yield from _short_enough(_plain(line))
        return
    seen: set[int] = set()
    for row in block:
        for box in row:
            if id(box) not in seen:
                seen.add(id(box))
                box.text = "\n".join(
                    " ".join(_plain(line).split()) for line in box.text.split("\n")
                )
    yield block


def _short_enough(line: str) -> Iterator[str]:
    """The line, one longer than any paragraph cut at the ends of sentences: no pattern may run over a whole file."""
    while len(line) > _LONGEST_LINE:
        cut = max(
            line.rfind(sign, _LONGEST_LINE // 2, _LONGEST_LINE) for sign in (". ", "; ", ", ", " ")
        )
        cut = cut + 1 if cut > 0 else _LONGEST_LINE
        yield line[:cut]
        line = line[cut:]
    yield line


def _whole_title(blocks: list[Block]) -> list[Block]:
    """The state title on one line, and "Số:" with the symbol a page has put below it."""
    made: list[Block] = []
    for block in blocks:
        before = made[-1] if made else ""
        if isinstance(block, str) and isinstance(before, str) and before.strip():
            said = fold(before).strip()
            if _TITLE_CUT.fullmatch(said) and fold(block).strip().startswith(
                ("xa hoi", "chu nghia", "nghia", "viet nam", "nam", "hoi chu")
            ):
                made[-1] = f"{before.rstrip()} {block.strip()}"
                continue
            if (
                _DAY_CUT.search(said)
                and re.match(r"\s*(?:ngày|tháng|năm)\b", block)
                and len(said) < 60
            ):
                made[-1] = f"{before.rstrip()} {block.strip()}"
                continue
            if said in ("so:", "so :") and re.match(r"\s*\d+\w?\s*[/-]", block):
                made[-1] = f"{before.rstrip()} {block.strip()}"
                continue
        made.append(block)
    return made


_DAY_CUT = re.compile(r"^[^.;:]{2,45},(?: ngay \d{1,2}(?: thang \d{1,2})?| ngay)?$")
_TITLE_CUT = re.compile(r"cong ?hoa(?: xa(?: hoi(?: chu(?: nghia(?: viet)?)?)?)?)?")


def _plain(text: str) -> str:
    """NFC without control signs and invisible letters; blanks stay as wide as they were, columns are told by them."""
    return nfc(text).translate(_UNSEEN).rstrip()


_UNSEEN = {**dict.fromkeys([*range(9), 11, *range(14, 32), 0x7F, 0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF]),
           0xA0: " ", 0x2002: " ", 0x2003: " ", 0x2009: " ", 0x202F: " ", 0x0C: " ",
           0x2028: " ", 0x2029: " ", 0x85: " ", 0x0D: " "}  # fmt: skip


def is_capitals(text: str) -> bool:
    """Whether a line is written in capitals: a title, an issuer, a signer's office."""
    letters = [char for char in text if char.isalpha()]
    return len(letters) > 1 and sum(char.isupper() for char in letters) >= 0.8 * len(letters)


def _cut(blocks: list[Block]) -> list[Block]:
    """The paper without what a website put before and after; what is not surely furniture stays."""
    start = _start(blocks)
    end = _end(blocks, start)
    while start < end and _is_nothing(blocks[start]):
        start += 1
    while end > start and _is_nothing(blocks[end - 1]):
        end -= 1
    return blocks[start:end]


def _is_nothing(block: Block) -> bool:
    return isinstance(block, str) and (not block.strip() or _is_furniture(block))


def _is_furniture(line: str) -> bool:
    said = fold(line).strip(" \t•-–*|»›.:")
    return len(said) < 120 and (
        said.isdecimal() or bool(pattern("furniture", "furniture").fullmatch(said))
    )


def _start(blocks: list[Block]) -> int:
    for index, block in enumerate(blocks[:600]):
        said = fold(_first_words(block))
        if _STATE_TITLE.search(said) or (
            _PARTY_TITLE.fullmatch(said.strip()) and is_capitals(_first_words(block))
        ):
            return _top_of_letterhead(blocks, index)
    return 0


def _first_words(block: Block) -> str:
    return (
        block if isinstance(block, str) else " ".join(box.text for row in block[:4] for box in row)
    )


def _top_of_letterhead(blocks: list[Block], title: int) -> int:
    top, seen = title, 0
    for index in range(title - 1, -1, -1):
        block = blocks[index]
        if not isinstance(block, str) or seen >= _TITLE_REACH:
            break
        if not block.strip() or _RULE.fullmatch(block):
            continue
        if _is_furniture(block):
            break
        seen += 1
        if is_capitals(block):
            top = index
    return top


def _end(blocks: list[Block], start: int) -> int:
    anchor = start + (len(blocks) - start) * 6 // 10
    for index in range(len(blocks) - 1, start, -1):
        block = blocks[index]
        if isinstance(block, str) and (
            block.rstrip(" \"”'").endswith("./.") or fold(block).strip().startswith("noi nhan")
        ):
            anchor = index
            break
    for index in range(anchor + 1, len(blocks)):
        block = blocks[index]
        if isinstance(block, str) and _is_furniture(block) and not _PAGE_NUMBER.fullmatch(block):
            return index
    return len(blocks)


def _columns(blocks: list[Block]) -> list[Block]:
    """The letterhead and the signature with their left column before their right one."""
    folded = [fold(block).strip() if isinstance(block, str) else "" for block in blocks]
    title = next((at for at, said in enumerate(folded) if _STATE_TITLE.search(said)), None)
    if title is None:  # a narrow column has put "VIỆT NAM" on the next line
        title = next(
            (at for at, said in enumerate(folded[:_TITLE_REACH]) if _CUT_TITLE.search(said)), None
        )
    if title is None:  # a paper of the Party
        title = next(
            (
                at
                for at, said in enumerate(folded[:_TITLE_REACH])
                if _PARTY_TITLE.search(said) and is_capitals(str(blocks[at]))
            ),
            None,
        )
    if title is not None:
        start = max(0, title - 4)
        blocks = _side_by_side(blocks, start, start + _HEAD_LINES, is_head=True)
        folded = [fold(block).strip() if isinstance(block, str) else "" for block in blocks]
    feet = [at for at, said in enumerate(folded) if said.startswith("noi nhan")]
    for at in reversed(feet[-_MOST_FEET:]):
        blocks = _pressed(blocks, at)
        blocks = _side_by_side(blocks, at, at + _TAIL_LINES, is_head=False)
    return blocks


def _pressed(blocks: list[Block], at: int) -> list[Block]:
    """The signature pressed into the lines of "Nơi nhận: GIÁM ĐỐC": behind each recipient's end a line of it."""
    first = _PRESSED_FIRST.match(str(blocks[at]).strip())
    if not first or not is_capitals(first["right"]):
        return blocks
    left, right, done = [first["left"]], [first["right"]], at + 1
    for index in range(at + 1, min(len(blocks), at + _HEAD_LINES)):
        block = blocks[index]
        if not isinstance(block, str) or (block.strip() and not block.strip().startswith("-")):
            break
        found = _PRESSED.match(block.strip())
        left.append(found["left"] if found else block)
        right += [found["right"]] if found else []
        done = index + 1
    return [*blocks[:at], *left, *right, *blocks[done:]]


def _side_by_side(blocks: list[Block], start: int, stop: int, *, is_head: bool) -> list[Block]:
    """These lines column after column, down to the last line that holds two columns or stands far to the right."""
    left: list[Block] = []
    right: list[Block] = []
    done = start
    waiting: list[Block] = []
    for at in range(start, min(stop, len(blocks))):
        block = blocks[at]
        if not isinstance(block, str):
            break
        parts = _parted(block.strip("\n"), is_head)
        if len(parts) > 1 or (right and len(block) - len(block.lstrip()) > _FAR and block.strip()):
            left += [*waiting, *(parts[:-1] if len(parts) > 1 else [])]
            right.append(parts[-1])
            waiting, done = [], at + 1
        elif is_head and right and block.strip() and _is_wrapped_cell(block, left):
            left += [*waiting, block]
            waiting, done = [], at + 1
        else:
            waiting.append(block)
    return [*blocks[:start], *left, *right, *blocks[done:]]


def _is_wrapped_cell(block: str, left: Sequence[Block]) -> bool:
    """Whether a line alone goes on with the left column ("V/v tổng kết Đề án truyền" + "thông")."""
    before = left[-1] if left else ""
    return (
        isinstance(before, str)
        and bool(before.strip())
        and block.strip()[0].islower()
        and len(block.strip()) < 60
    )


def _parted(line: str, is_head: bool) -> list[str]:
    parts: list[str] = []
    for piece in _GAP.split(line):
        # "Số:       /KH-UBND" and "ngày    tháng" are blanks left to be filled in, not columns.
        if parts and (
            re.match(r"/|tháng\b|năm\b|\d{1,2} tháng", piece.strip())
            or re.search(r"(?:Số|ngày|tháng|năm) ?:?$", parts[-1])
        ):
            parts[-1] += "   " + piece
        else:
            parts.append(piece)
    if not is_head:
        return parts
    parts = [each for part in parts for each in _RIGHT.split(part)]
    matches = [(part, _NUMBER_AND_DAY.fullmatch(part)) for part in parts]
    return [each for part, found in matches for each in (found.groups() if found else (part,))]


def _looks_wrapped(blocks: list[Block]) -> bool:
    lines = [block.strip() for block in blocks if isinstance(block, str) and block.strip()]
    widths = [len(line) for line in lines]
    if len(lines) < 8 or max(widths) > 200:
        return False
    run_on = sum(
        1 for one, two in itertools.pairwise(lines)
        if len(one) > 35 and _UNFINISHED.search(one) and two[:1].islower() and not _MARKER.match(two)
    )  # fmt: skip
    return run_on >= max(2, len(lines) // 12)


def _joined(blocks: Sequence[Block], wrapped: bool) -> Iterator[Block]:
    strings = [len(b.strip()) for b in blocks if isinstance(b, str)]
    width = max((each for each in strings if each < 200), default=0)
    open_line: str | None = None
    last = 0  # how long the last line of the open paragraph was on its page; 0 after a blank one
    for block in blocks:
        words = " ".join(block.split()) if isinstance(block, str) else ""
        has_room = open_line is not None and len(open_line) + len(words) < _LONGEST_LINE
        if open_line and has_room and words and _goes_on(open_line, last, words, width, wrapped):
            open_line, last = f"{open_line} {words}", len(words)
            continue
        if isinstance(block, str) and (not words or _RULE.fullmatch(words)):
            last = 0
            continue
        if open_line is not None:
            yield open_line
        open_line, last = (words, len(words)) if isinstance(block, str) else (None, 0)
        if not isinstance(block, str):
            yield block
    if open_line is not None:
        yield open_line


def _goes_on(line: str, last: int, words: str, width: int, wrapped: bool) -> bool:
    if line.upper() == "CỘNG" and words.upper().startswith("HÒA XÃ HỘI"):
        return True
    if words[0] in ")]" or (
        words[0] == "(" and line.lstrip().startswith("-") and not line.endswith((";", "."))
    ):
        return True
    if _MARKER.match(words) or not _UNFINISHED.search(line):
        return False
    if not wrapped:
        # A long sentence without an end was broken by accident; a numbered heading may lack its full stop.
        return (
            last > _LONG
            and not _MARKER.match(line)
            and line[-1].islower()
            and not is_capitals(words)
            and not words.startswith(("Nơi nhận", "Sản phẩm", "Thời "))
        )
    if (
        is_capitals(line)
        or (is_capitals(words) and len(words) > 10)
        or _OPENS.match(words)
        or _PLACE_AND_DAY.fullmatch(words)
    ):
        return False
    return (
        words[0].islower()
        or bool(_NEEDS_MORE.search(fold(line)))
        or _BASIS.fullmatch(line) is not None
        or (last > 0 and words[0].isdigit())
        or last >= max(width * 7 // 10, 30)
    )


def flattened(grid: Sequence[Sequence[Box]]) -> list[str]:
    """The cells of a table that is only layout, as lines in reading order."""
    seen: set[int] = set()
    lines = []
    for row in grid:
        for box in row:
            if id(box) not in seen:
                seen.add(id(box))
                lines += box.text.split("\n")
    return lines
