"""Why a file cannot be read as a paper, each as one sentence that says what to do."""

from hoiam.kit.papers.errors import PaperError


class NotReadable(PaperError):
    """The file cannot be read as a paper; its text is the sentence to show."""


EMPTY = "Tệp trống, không có gì để đọc. Hãy chọn lại tệp."
TOO_LARGE = "Tệp lớn hơn {most} MB. Hãy bỏ ảnh hoặc tách phụ lục rồi đọc lại."
TOO_LONG = "Văn bản dài quá {most} ký tự. Hãy tách thành nhiều tệp rồi đọc lại."
BOMB = "Tệp giải nén ra quá lớn, có thể gây hại nên không đọc. Hãy mở tệp, lưu lại rồi đọc lại."
MACROS = "Tệp Word có macro hoặc đối tượng nhúng chạy được nên không đọc. Hãy lưu lại thành .docx không macro."
PASSWORD = "Tệp có mật khẩu nên không đọc được. Hãy bỏ mật khẩu, lưu lại rồi đọc lại."  # noqa: S105 -- a sentence
DAMAGED = "Tệp hỏng hoặc tải chưa hết nên không đọc được. Hãy lưu lại rồi đọc lại."
OLD_WORD = "Tệp Word đời cũ (.doc). Hãy mở bằng Word, lưu lại thành .docx rồi đọc lại."
NOT_A_PAPER = "Tệp này không phải Word (.docx), PDF, HTML hay văn bản thuần nên không đọc được."
NO_LETTERS = "Tệp không có chữ nào đọc được. Hãy kiểm tra lại tệp."
TOO_DEEP = (
    "Trang web lồng quá nhiều lớp nên không đọc được. Hãy chép nội dung ra tệp văn bản rồi đọc lại."
)
TOO_MANY_PAGES = "PDF dài hơn {most} trang. Hãy tách thành nhiều tệp rồi đọc lại."
CROWDED = "Một trang của PDF có quá nhiều chữ hoặc nét vẽ nên không đọc được. Hãy in lại thành PDF hoặc tải bản Word rồi đọc lại."
UNREAD_PAGES = "Tệp quá dài nên chỉ đọc đến trang {last}; các trang sau chưa đọc. Hãy tách phần còn lại thành tệp riêng rồi đọc."
ODD_PAGE = "Trang web có thẻ dài bất thường nên không đọc được. Hãy chép nội dung ra tệp văn bản rồi đọc lại."
TOO_HEAVY = "Tệp cần quá nhiều bộ nhớ để đọc. Hãy tách thành nhiều tệp, hoặc lưu lại thành .docx rồi đọc lại."
TOO_MANY_LINES = "Văn bản dài quá {most} dòng. Hãy tách thành nhiều tệp rồi đọc lại."
ENDLESS_RTF = "Tệp RTF quá dài hoặc lồng quá nhiều lớp nên không đọc. Hãy mở bằng Word, lưu lại thành .docx rồi đọc lại."
