"""What reading a date can give: the moment, or a sentence that says why there is none."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

NOTHING: Final = "Không thấy ngày tháng nào trong đoạn chữ."
NO_SUCH_DAY: Final = "Ngày này không có trong lịch; hãy kiểm tra lại ngày và tháng."
NO_SUCH_TIME: Final = "Giờ hoặc múi giờ này không có thật; hãy kiểm tra lại."
YEAR_MISSING: Final = "Thiếu năm; hãy ghi đủ ngày, tháng và năm bốn chữ số."
DAY_MISSING: Final = "Thiếu ngày; hãy ghi đủ ngày, tháng và năm."
SHORT_YEAR: Final = "Năm chỉ có hai chữ số nên có thể hiểu nhiều cách; hãy ghi năm bốn chữ số."
REFERENCE_MISSING: Final = "Đây là cách nói so với một thời điểm khác; hãy cho biết thời điểm đó."
TOO_VAGUE: Final = "Cách nói này chỉ áng chừng, không suy ra được ngày cụ thể."
ZONE_UNCLEAR: Final = "Múi giờ ghi không rõ dấu cộng hay trừ; hãy ghi như GMT+7."


@dataclass(frozen=True)
class Moment:
    """A moment as it was written.

    Attributes:
        value: aware; with the offset that was written, else Viet Nam time; midnight when no time stood there.
        has_time: whether a time of day was written.
        raw: the characters of the (NFC) text it was read from.
    """

    value: datetime
    has_time: bool
    raw: str


@dataclass(frozen=True)
class Unread:
    """Why a text gave no moment, as a sentence for the reader."""

    reason: str


class RefusedError(Exception):
    """Carries a reason from where it is found to the reader's answer; never leaves this package."""
