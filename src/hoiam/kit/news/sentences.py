"""The sentences people read on a source's or an item's page when something went wrong."""

EMPTY = "Địa chỉ trả về nội dung rỗng; hãy mở thử bằng trình duyệt và kiểm tra lại địa chỉ."
NOT_A_FEED = (
    "Địa chỉ trả về một trang web, không phải nguồn tin RSS; hãy tìm liên kết RSS trên trang "
    "hoặc khai nguồn này là trang danh mục."
)
UNREADABLE_FEED = (
    "Không đọc được tin nào: nội dung không phải RSS, Atom, RDF hay JSON Feed; hãy kiểm tra lại "
    "địa chỉ nguồn."
)
NO_ENTRIES = "Nguồn tin hợp lệ nhưng không có tin nào; nếu kéo dài, hãy kiểm tra lại địa chỉ nguồn."
TRUNCATED = "Tệp bị cắt cụt giữa chừng; đã giữ phần đọc được, lần lấy sau sẽ đọc lại."
REPAIRED = "Nguồn tin viết sai cú pháp XML; đã đọc theo cách phục hồi, cần đối chiếu khi nghi ngờ."
LOST = "Mất {count} tin không đọc được; hãy báo người quản trị xem bản gốc của nguồn."
NAMELESS = "Bỏ {count} mục không có cả tiêu đề lẫn liên kết; không thể biết đó là tin gì."
# Where such entries are shown all the same.
NAMELESS_SHOWN = "Có {count} mục không có cả tiêu đề lẫn liên kết; khi thu thập sẽ bỏ qua vì không biết đó là tin gì."
TOO_BIG = "Nội dung lớn hơn {limit} MB; chỉ đọc phần đầu."
TOO_MANY = "Tệp có hơn {limit} mục, có thể là tệp phá hoại; chỉ đọc {limit} mục đầu."
TOO_MANY_IDLE = "Tệp có hơn {limit} thẻ (dấu <) liền nhau không mở đầu mục nào, có thể là tệp phá hoại; chỉ đọc phần trước chỗ đó."
TOO_MANY_IN_ALL = (
    "Tệp có hơn {limit} thẻ (dấu <), có thể là tệp phá hoại; chỉ đọc phần trước chỗ đó."
)
TOO_MANY_STRAY = "Tệp có hơn {limit} dấu & không mở đầu ký hiệu nào, có thể là tệp phá hoại; chỉ đọc phần trước chỗ đó."
TOO_MANY_SIGNS = "Tệp viết hơn {limit} chữ bằng ký hiệu (&…;), có thể là tệp phá hoại; chỉ đọc phần trước chỗ đó."
TOO_MANY_TAGS = (
    "Trang có hơn {limit} thẻ hoặc ký hiệu &, >; có thể là tệp phá hoại; chỉ đọc phần trước chỗ đó."
)
TOO_MANY_JSON = "Nội dung JSON có quá nhiều mục, có thể là tệp phá hoại nên không được đọc; hãy kiểm tra lại địa chỉ nguồn."
TOO_DEEP = "Nội dung lồng quá {limit} tầng thẻ, có thể là tệp phá hoại; chỉ đọc phần trước chỗ đó."
WRONG_ENCODING = "Khai bảng mã {declared} nhưng nội dung là {actual}; đã đọc theo {actual}."
UNDECLARED_ENCODING = "Không khai bảng mã UTF-8 hợp lệ; nội dung là {actual}, đã đọc theo {actual}."
UNKNOWN_ENCODING = "Không xác định được bảng mã; một số chữ có thể sai, hãy đối chiếu bản gốc."
LOST_LETTERS = "Có chữ không đọc được bảng mã; hãy đối chiếu bản gốc của tin."
LEGACY_ENCODING = "Nội dung viết bằng bảng mã cũ ({steps}); đã chuyển sang Unicode."
OWN_ENTITIES = "Nguồn tin tự định nghĩa ký hiệu viết tắt (&…;), có thể là tệp phá hoại; chúng được giữ nguyên như đã viết."
FALLBACK = "Nguồn tin viết sai chuẩn; đã đọc bằng bộ đọc dự phòng."
NO_TITLE = "Tin không có tiêu đề; hãy mở liên kết để bổ sung."
NO_LINK = "Tin không có liên kết; không thể lưu bản chụp của bài."
BAD_LINK = "Liên kết không phải địa chỉ web: {link}"
NO_TIME = "Tin không ghi thời gian đăng; sẽ lấy thời gian trong bài."
UNREAD_TIME = "Không đọc được thời gian đăng “{raw}”; hãy nhập tay nếu cần."
MONTH_FIRST = (
    "Nguồn tin này viết tháng trước ngày (“{raw}”) nên các ngày viết cùng kiểu không đọc chắc được; hãy đối chiếu "
    "thời gian trong bài."
)
NOT_JSON = "Nội dung JSON bị hỏng, không đọc được; hãy kiểm tra lại địa chỉ nguồn."
NOT_A_SITEMAP = "Nội dung không phải sơ đồ trang (sitemap); hãy kiểm tra lại địa chỉ."
LOST_ADDRESSES = "Bỏ {count} mục của sơ đồ trang vì không có địa chỉ web."
SITEMAPS_LEFT = (
    "Còn {count} sơ đồ trang con chưa đọc vì quá nhiều hoặc lồng quá sâu; nếu thiếu tin, hãy khai "
    "thẳng địa chỉ sơ đồ tin tức của báo."
)

PAGE_EMPTY = "Trang rỗng; hãy mở liên kết bằng trình duyệt và chụp lại."
PAGE_NOT_TEXT = (
    "Tệp này không phải trang web mà là dữ liệu nhị phân; hãy mở liên kết bằng trình duyệt và lưu "
    "lại trang."
)
PAGE_NO_TITLE = "Trang không có tiêu đề; hãy bổ sung bằng tay."
PAGE_NO_BODY = "Không tách được nội dung bài; hãy mở bản chụp và chép nội dung bằng tay."
PAGE_NO_TIME = "Trang không ghi thời gian đăng; hãy bổ sung bằng tay."
PAGE_DAY_ONLY = "Trang chỉ ghi ngày đăng, không có giờ; hãy bổ sung giờ nếu cần tính hạn."
PAGE_TIMES_DIFFER = "Thời gian đăng không khớp giữa các chỗ trên trang ({times}); hãy kiểm tra lại."
