"""Names of people as the press prints them, told apart from names of places."""

import re
from typing import Final

# The family names nine in ten Vietnamese bear; few places begin with one, none with one and two more words.
_FAMILIES: Final = "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Trương|Đinh|Đoàn|Lưu|Mai|Cao|Tạ|Lương|Trịnh"
_PERSON: Final = re.compile(rf"\s*(?:{_FAMILIES})(?:\s+[A-ZÀ-ỸĐ]\w*){{2,3}}")


def person_at(text: str, start: int) -> bool:
    """Whether a person's full name stands at a place: in "Cục THADS tỉnh Nguyễn Văn An" the head is named, no province.

    >>> person_at("Cục THADS tỉnh Nguyễn Văn An dự", 14), person_at("Cục THADS tỉnh Thanh Giang", 14)
    (True, False)
    """
    return _PERSON.match(text, start) is not None
