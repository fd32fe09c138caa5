"""What the OpenAPI document says of the API as a whole."""

ABOUT = (
    "Mọi thứ Cổng thông tin thi hành án dân sự công khai, cho chương trình và cổng khác đọc. Chỉ đọc (GET, HEAD), không cần khóa, "
    "không cookie, gọi được từ trang của bất kỳ nơi nào.\n\n"
    "Danh sách nào cũng chia trang như nhau: `page` là trang thứ mấy, `size` là số dòng một trang; trả lời có `total` là tổng số "
    "dòng và `items` là các dòng. Giờ theo ISO 8601, kèm múi giờ Việt Nam (+07:00); ngày là năm-tháng-ngày. Chỗ không có thì là "
    "`null`. Hỏi sai hoặc không có thì trả lời là `{\"error\": \"một câu nói rõ\"}`.\n\n"
    "Trả lời có `ETag`: gửi lại trong `If-None-Match`, chưa đổi thì nhận 304. Bài đã rút, đã gỡ hoặc quá giờ `expires` không còn ở "
    "đây nữa (404, vắng trong danh sách); **bản chép ở nơi khác phải hạ cùng lúc**. Hỏi `since` để lấy riêng những gì mới đăng, mới "
    "sửa, và đọc lại danh sách để biết bài nào không còn.\n\n"
    "Trong phiên bản 1, tên trường và nghĩa của nó không đổi; có thể thêm trường mới, hãy bỏ qua trường chưa biết."
)  # fmt: skip

HEADINGS = {
    "Tin, bài": "Bài đang đăng trên Cổng: tin, phóng sự ảnh, video, thông cáo, đính chính, đợt truyền thông.",
    "Văn bản": "Văn bản đăng trên Cổng, có số, ngày, người ký.",
    "Hỏi đáp, từ ngữ": "Giải đáp pháp luật và từ ngữ pháp lý nói cho dễ hiểu.",
    "Cơ quan": "Cơ quan thi hành án dân sự qua các thời kỳ; người phát ngôn; trang, tài khoản chính thức.",
    "Đề án, kế hoạch": "Bản rút gọn do cơ quan chủ trì công khai, không nêu tên người.",
}

STATUSES = {
    200: "Có dữ liệu.",
    404: "Không có, hoặc không còn công khai.",
    422: "Tham số không dùng được.",
}
