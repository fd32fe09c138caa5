"""Closed lists and the state table of a warning (glossary: Watching)."""

from dataclasses import dataclass

from django.db.models import TextChoices


class SourceKind(TextChoices):
    """Loại nguồn tin."""

    FEED = "feed", "Nguồn RSS, Atom, JSON"
    SITEMAP = "sitemap", "Sơ đồ trang"
    LISTING = "listing", "Trang danh mục"
    MAILBOX = "mailbox", "Hộp thư cảnh báo"
    VENDOR = "vendor", "Tệp của đơn vị giám sát"
    COMMENTS = "comments", "Bình luận ở trang chính thức"
    CLIP = "clip", "Ghi nhận bằng tay"
    IMPORT = "import", "Nhập từ tệp"


# Read by the collector when their time has come; the others are filled by people.
POLLED = frozenset({SourceKind.FEED, SourceKind.SITEMAP, SourceKind.LISTING, SourceKind.MAILBOX})
# Filled from files people upload.
UPLOADED = frozenset({SourceKind.VENDOR, SourceKind.COMMENTS})


class Health(TextChoices):
    """Tình trạng một nguồn tin, điều nặng hơn đứng trước."""

    FAILING = "failing", "Đang lỗi"
    SILENT = "silent", "Im lặng"
    FAULTY = "faulty", "Đọc được, có lỗi"
    UNCHECKED = "unchecked", "Chưa kiểm tra"
    WELL = "well", "Đang đọc đều"
    PAUSED = "paused", "Tạm dừng"
    BY_HAND = "by_hand", "Người nhập"


class Stance(TextChoices):
    """Sắc thái đối với Hệ thống THADS, không phải đối với đương sự."""

    NEGATIVE = "negative", "Bất lợi"
    NEUTRAL = "neutral", "Trung tính"
    POSITIVE = "positive", "Tích cực"


class Severity(TextChoices):
    """Nhãn mức độ 0–3; cột trong cơ sở dữ liệu giữ số."""

    NOTHING = "0", "Không phải trả lời"
    NOTE = "1", "Lưu ý"
    VERIFY = "2", "Cần xác minh"
    URGENT = "3", "Nghiêm trọng"


class Medium(TextChoices):
    """Nơi tin xuất hiện, khi ghi nhận bằng tay."""

    WEB = "web", "Trang web"
    PRINT = "print", "Báo in"
    RADIO = "radio", "Phát thanh"
    TELEVISION = "television", "Truyền hình"
    SOCIAL = "social", "Mạng xã hội"


class DigestKind(TextChoices):
    """Các bản dưới Điểm tin: điểm tin ngày, tổng hợp dư luận tuần và tháng, dự báo tuần."""

    DAY = "day", "Điểm tin ngày"
    WEEK = "week", "Tổng hợp tuần"
    MONTH = "month", "Tổng hợp tháng"
    OUTLOOK = "outlook", "Dự báo tuần"


class StoryKind(TextChoices):
    """Loại tin như bộ nhận diện gọi (lexicon/kinds.yaml), bằng lời cho người đọc."""

    COMPLAINT = "phan_anh", "Phản ánh, khiếu nại"
    OFFICER = "vu_an_can_bo", "Vụ án, kỷ luật cán bộ"
    MATTER = "vu_viec", "Vụ việc thi hành án"
    RESISTANCE = "chong_doi", "Chống đối, cản trở"
    ACTIVITY = "hoat_dong", "Hoạt động của cơ quan"
    EXAMPLE = "guong_tot", "Gương tốt, việc tốt"
    DOCUMENT = "van_ban", "Văn bản, chính sách"
    ADVICE = "hoi_dap", "Hỏi đáp pháp luật"
    AUCTION = "dau_gia", "Đấu giá tài sản"
    CORRECTION = "dinh_chinh", "Đính chính, phản hồi"
    INSPECTION = "giam_sat", "Thanh tra, giám sát"


class WarningState(TextChoices):
    """Tình trạng sàng lọc một cảnh báo."""

    NEW = "new", "Chưa nhận"
    TAKEN = "taken", "Đang xử lý"
    READ = "read", "Đã đọc"
    DISMISSED = "dismissed", "Đã bỏ"
    DUPLICATE = "duplicate", "Trùng"
    CASED = "cased", "Đã vào hồ sơ"


class VersionKind(TextChoices):
    """Một lần đọc trang cho thấy gì."""

    FIRST = "first", "Bản đầu"
    CHANGED = "changed", "Báo đã sửa"
    FILLED = "filled", "Đọc được toàn văn"
    GONE = "gone", "Không còn trên trang"
    BACK = "back", "Đăng lại như cũ"
    DOUBTFUL = "doubtful", "Chưa rõ"


PART_WORDS = {
    "title": "tiêu đề",
    "sapo": "sapo",
    "body": "nội dung",
    "time": "thời điểm đăng",
}


class DismissalReason(TextChoices):
    """Vì sao một tin không liên quan; mỗi lần bỏ đều dạy bộ nhận diện."""

    CRIMINAL = "criminal", "Thi hành án hình sự"
    COURT = "court", "Chỉ là tin tòa án, điều tra"
    LAND = "land", "Cưỡng chế của UBND (đất đai, xây dựng)"
    TAX_BANK = "tax_bank", "Thuế, hải quan, ngân hàng"
    PRIVATE_OFFICE = "private_office", "Văn phòng thi hành án dân sự (tư nhân)"
    PASSING = "passing", "Chỉ nhắc thoáng qua"
    OTHER_AGENCY = "other_agency", "Không thuộc đơn vị này"
    OTHER = "other", "Lý do khác"


class TrialState(TextChoices):
    """Tình trạng một lần chạy thử từ điển, một lần huấn luyện lưới thứ hai."""

    WAITING = "waiting", "Chờ chạy"
    RUNNING = "running", "Đang chạy"
    DONE = "done", "Đã xong"
    FAILED = "failed", "Không chạy được"


class LookState(TextChoices):
    """Tình trạng một tin trong danh sách Cần xem thêm."""

    OPEN = "open", "Chưa xem"
    ACCEPTED = "accepted", "Có liên quan"
    REJECTED = "rejected", "Không liên quan"


@dataclass(frozen=True)
class Transition:
    """One verb of the table: from which states, to which."""

    name: str
    sources: frozenset[WarningState]
    target: WarningState


S = WarningState
TRANSITIONS = {
    step.name: step
    for step in (
        Transition("take", frozenset({S.NEW, S.READ}), S.TAKEN),
        Transition("mark_read", frozenset({S.NEW, S.TAKEN}), S.READ),
        Transition("dismiss", frozenset({S.NEW, S.TAKEN, S.READ}), S.DISMISSED),
        Transition("mark_duplicate", frozenset({S.NEW, S.TAKEN, S.READ}), S.DUPLICATE),
        Transition("enter_case", frozenset({S.NEW, S.TAKEN, S.READ}), S.CASED),
        Transition("restore", frozenset({S.DISMISSED, S.DUPLICATE, S.READ, S.TAKEN}), S.NEW),
    )
}


class SignalKind(TextChoices):
    """Điều hệ thống tự thấy ngoài nội dung từng bài."""

    SPREAD = "spread", "Lan rộng"
    SURPRISE = "surprise", "Đột biến"
    SILENCE = "silence", "Nguồn im lặng"


class NoticeKind(TextChoices):
    """Thông báo gửi vì chuyện gì."""

    RAISED = "raised", "Cảnh báo mới"
    SPREAD = "spread", "Lan rộng"
    SURPRISE = "surprise", "Đột biến"
    SILENCE = "silence", "Nguồn im lặng"
    ESCALATED = "escalated", "Chưa ai xác nhận"
    WORK = "work", "Việc của bạn"
    TEST = "test", "Gửi thử"


class Carrier(TextChoices):
    """Kênh nhận tin: ba kênh đầu của từng người, hai kênh sau của đơn vị."""

    WEB = "web", "Trang Thông báo"
    EMAIL = "email", "Thư điện tử"
    PUSH = "push", "Thông báo trên trình duyệt"
    WEBHOOK = "webhook", "Webhook"
    CHAT = "chat", "Dịch vụ chat"


class DeliveryState(TextChoices):
    """Một lượt gửi đang ở đâu."""

    WAITING = "waiting", "Chờ gửi"
    HELD = "held", "Giữ trong giờ yên lặng"
    HANDED = "handed", "Đã xếp hàng thư đi"
    SENT = "sent", "Đã gửi"
    CARRIED = "carried", "Gộp vào lượt khác"
    FAILED = "failed", "Không gửi được"


class Hours(TextChoices):
    """Quy tắc báo tin có hiệu lực vào giờ nào."""

    ANY = "any", "Mọi lúc"
    OFFICE = "office", "Giờ làm việc"
    OFF = "off", "Ngoài giờ làm việc"


class Recipient(TextChoices):
    """Ai được báo, nói theo chỗ đứng đối với đơn vị có tin."""

    FOCAL_POINT = "focal_point", "Đầu mối truyền thông"
    DEPUTY = "deputy", "Cấp phó"
    CHIEF_OF_OFFICE = "chief_of_office", "Chánh Văn phòng"
    HEAD = "head", "Thủ trưởng"
    SPOKESPERSON = "spokesperson", "Người phát ngôn"
    REGION_HEAD = "region_head", "Trưởng phòng khu vực có tin"
    SUPERIOR_DESK = "superior_desk", "Văn phòng cấp trên"
    SUPERIOR_HEAD = "superior_head", "Lãnh đạo cấp trên"
    MINISTRY = "ministry", "Văn phòng Bộ"


class SnapshotState(TextChoices):
    """Một lần chụp trang đang ở đâu."""

    WAITING = "waiting", "Đang chờ chụp"
    DONE = "done", "Đã chụp"
    FAILED = "failed", "Không chụp được"


class ShotRhythm(TextChoices):
    """Chụp theo lịch thưa dày thế nào."""

    HOUR = "hour", "Mỗi giờ"
    DAY = "day", "Mỗi ngày"
