"""Where an answer goes, through what, and what follows for who is late: told in the same sentence or a later one."""

import re

from hoiam.kit.papers.reading.sheet import trimmed
from hoiam.kit.papers.reading.units import begins_with_unit
from hoiam.kit.papers.reading.values import Found
from hoiam.kit.vietnamese import fold

_SEND_VERBS = re.compile(
    r"\b(?:gui|bao cao|nop|chuyen|trinh|cung cap|phan anh|dang ky|lien he|trao doi|phan hoi|tra loi|kien nghi)\b\s+"
)
_SENDS_FIRST = re.compile(r"(?:gui|bao cao|nop|trinh|chuyen)\b")
_ONWARD = re.compile(
    r"\b(?:ve|den|cho|toi|thong qua|gui|lien he voi|trao doi voi)\s+(?:cho |ve |den |dia chi )?"
)
_REACH = 140  # how far behind its verb a receiver is named
# A kind of body named in small letters: "cơ quan thi hành án dân sự", not "cơ quan, đơn vị" or "đơn vị mình".
_KIND_OF_BODY = re.compile(
    r"(?:các )?cơ quan (?!,|và|có|liên quan|báo chí|khác|này|đó|mình|cấp|chức năng|nhà nước)\w+"
)
_TO_ENDS = re.compile(
    r"\s*(?:\(|[.;:,]|\btruoc\b|\btruc ngay\b|\bcham nha?t\b|\bmuon nhat\b|\bqua\b|\bthong qua\b|\btheo\b|\bde\b|\bbang\b|\bkem\b|\btrong\b|\bvao\b|\bdong thoi\b|\bket qua\b|\bve viec\b|\bve ket qua\b|\btai\b|\bxem xet\b|\bphe duyet\b|\bky\b|\bban hanh\b|\bcho y kien\b|\btong hop\b|\bdinh ky\b|\bso lieu\b|\bdanh sach\b|\bhang\b|\bnhung\b|\bcac noi dung\b|\btinh hinh\b|\bden het\b|\bngay\b|\bkhong qua\b|\bgiai quyet\b|\bve (?:cac|tinh|nhung|viec|tien|vu|noi dung|ket)\b|/)"
)
_THROUGH = re.compile(
    r"(?:(?:gui )?(?:file|tep|ban|van ban|dong thoi)\s+(?:mem|word|dien tu|giay|tep tin|excel)[^.;()]{0,40}?)?(?:qua|thong qua|theo|tren|vao|den|bang|ve)\s+(?:he thong (?:quan ly|thong tin|bao cao|van ban|thu|email|phan mem|theo doi|dieu hanh)|truc lien thong|phan mem|hop thu|dia chi (?:thu|e-?mail|hop thu|[\w.+-]+@)|thu dien tu|thu cong vu|email|e-mail|duong buu dien|duong cong van|buu dien|so dien thoai|so may|duong day nong|dien thoai|fax|zalo|duong link|bieu mau truc tuyen|cong dich vu cong|zalo|(?:ban|file) (?:word|mem|giay))\b|\b(?:dong thoi )?(?:gui |kem )?(?:ban|file|tep) (?:word|mem|dien tu|excel)\b"
)
# Where a piece is published: "đăng tải ít nhất 01 bài viết trên Trang thông tin điện tử".
_PUBLISHED = re.compile(
    r"\b(?:dang|dang tai|phat|phat song|cong bo)\b(?: (?!tren\b)[^\s.;:()]+){0,12}? tren (?P<on>(?:trang|cong) (?:thong tin|tin)(?: dien tu)?(?: (?!de\b|va\b|it\b|toi\b|theo\b|truoc\b|trong\b|voi\b|nham\b|cham\b|hang\b|moi\b)[^\s.;:,()/]+){0,8})"
)
_PAPER_AND_FILE = re.compile(
    r"\b(?:van ban|ban giay)(?: va| kem| kem theo|,)+ (?:file|tep|ban) (?:dien tu|mem|word|excel)"
)
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_FORM = re.compile(
    r"\b(?:ban|file|tep)\s+(?:word|mem|dien tu|giay|excel|pdf|scan)\b|\be-?mail\b|thu dien tu|@"
)
_DELIVERS = re.compile(
    r"(?:thoi (?:han|gian)|han|hinh thuc|phuong thuc|noi|dia chi) (?:gui|nop|nhan)\b(?=[^.;:]{0,40}:)|(?:(?:noi dung |van ban |cac |ket qua |toan bo |moi )*(?:su dong gop|kinh phi|bao cao|ket qua|y kien|van ban tham gia y kien|ho so|danh sach|thong tin|so lieu|phieu|tai lieu|ban dang ky|de xuat|tin,? bai|ke hoach|bieu mau|san pham|tac pham|bai du thi|cong van tra loi)\b[^.;]{0,160}?)\b(?:gui|ve|de nghi gui|xin gui|chuyen|nop)\b"
)
_LATE = re.compile(
    r"\b(?:cham|cham tre|khong (?:gui|bao cao|thuc hien|dung|day du|nghiem tuc|hoan thanh|chap hanh|dam bao|bao dam)|sai|(?<!toi )thieu|khong co (?:tin|bai|bao cao|san pham|ket qua)|vi pham|tre han|qua han|qua thoi han|khong dat|de xay ra)\b"
)
_WHO_FAILS = re.compile(
    r"\b(?:don vi|co quan|dia phuong|ca nhan|tap the|truong hop|nguoi dung dau|thu truong|neu|viec (?:khong|cham))\b"
)
_HURTS = re.compile(
    r"phe binh|kiem diem|tru (?:\d{1,2} )?diem|khong xet|khong binh xet|ha bac|thi dua|chiu (?:hoan toan )?trach nhiem truoc|(?:bi|se|xem xet,?|de nghi|kien nghi) xu ly|xem xet trach nhiem|ky luat|nhac nho|se khong (?:dua|xem xet|bo tri|cap|tiep nhan|phe duyet|tong hop|giai quyet|duoc)|coi la khong hoan thanh|coi nhu (?:khong|da|thong nhat|nhat tri)|xac dinh la khong hoan thanh|cong khai danh sach"
)


def send_to_in(text: str, shift: int = 0) -> Found[str] | None:
    """The body an answer is sent to, None when none is named.

    >>> send_to_in("Báo cáo gửi về Văn phòng Tổng cục trước ngày 15/10/2023").value
    'Văn phòng Tổng cục'
    """
    folded = fold(text)
    verbs = list(_SEND_VERBS.finditer(folded))
    verbs.sort(key=lambda each: not _SENDS_FIRST.match(each.group()))
    for found in verbs:
        start = _receiver(text, folded, found.end())
        if start is None:
            continue
        end = _end_of_names(text, folded, start)
        bracket = re.compile(r"\s*\((?:qua\s+)?(?=[^()]*\))").match(text, end)
        if bracket and begins_with_unit(text[bracket.end() :]):
            end = text.find(")", end) + 1
        return trimmed(text, start, end, shift)
    return None


def _receiver(text: str, folded: str, at: int) -> int | None:
    """Where the receiver's name begins: right behind the verb, or behind "về", "cho", "đến" in the same clause."""
    if _is_receiver(text, at, onward=False):
        return at
    stop = re.compile(r"[.;:]").search(folded, at)
    end = min(stop.start() if stop else len(text), at + _REACH)
    places = (each.end() for each in _ONWARD.finditer(folded, at, end))
    return next((each for each in places if _is_receiver(text, each, onward=True)), None)


def _is_receiver(text: str, at: int, *, onward: bool) -> bool:
    if not begins_with_unit(text[at:]):
        return False
    return text[at : at + 1].isupper() or (onward and bool(_KIND_OF_BODY.match(text, at)))


def _end_of_names(text: str, folded: str, start: int) -> int:
    """Where the receiver's name ends; behind a comma another receiver may follow."""
    at = start
    while (stop := _TO_ENDS.search(folded, at)) is not None:
        rest = text[stop.end() :].lstrip()
        if stop.group().strip() != "," or not rest[:1].isupper() or not begins_with_unit(rest):
            return stop.start()
        at = stop.end()
    return len(text)


def channel_in(text: str, shift: int = 0) -> Found[str] | None:
    """The way and form an answer is sent in ("bản word qua địa chỉ email: …"), None when none is named."""
    folded = fold(text)
    if shown := _PUBLISHED.search(folded):
        return trimmed(text, *shown.span("on"), shift)
    for bracket in re.finditer(r"\(([^()]*)\)", folded):
        if _FORM.search(bracket[1]) and not bracket[1].startswith("qua cuc"):
            return trimmed(text, *bracket.span(1), shift)
    found = _PAPER_AND_FILE.search(folded) or _THROUGH.search(folded)
    if found is None:
        return None
    again = re.compile(r"(?:dong thoi|kem theo|va)\s+").match(folded, found.start())
    start, stop = (
        again.end() if again else found.start(),
        re.search(r"[;)]|\.(?:\s|$)|,? (?:truoc|cham nhat|de|ve)\b", folded[found.end() :]),
    )
    end = found.end() + stop.start() if stop else len(text)
    if (
        (address := _ADDRESS.search(text, start))
        and address.end() > end
        and address.start() <= end + 2
    ):
        end = address.end()
    return trimmed(text, start, end, shift)


def sends(text: str) -> bool:
    """Whether the words speak of sending something to somebody."""
    return bool(
        re.search(
            r"\b(?:gui|nop|bao cao|dang ky|dang|dang tai|phan anh|lien he|chuyen|cung cap|trao doi|phan hoi|cap nhat)\b",
            fold(text),
        )
    )


def is_sanction(folded: str) -> bool:
    """Whether a sentence says what happens to who is late, wrong or incomplete."""
    who = _WHO_FAILS.search(folded)
    return bool(who and _HURTS.search(folded, who.start()) and _LATE.search(folded, who.start()))


def is_delivery(folded: str) -> bool:
    """Whether a sentence only says where and when what was asked before is sent: "Báo cáo gửi về …"."""
    return bool(_DELIVERS.match(folded))
