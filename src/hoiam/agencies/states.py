"""Closed lists of the room: levels, roles, kinds of spokesperson, media types (domain: organisation.md §1, §2, §5)."""

from django.db.models import TextChoices


class Level(TextChoices):
    """Cấp của cơ quan."""

    CENTRE = "centre", "Trung ương"
    PROVINCE = "province", "Tỉnh, thành phố"
    DISTRICT = "district", "Huyện (đến 30/6/2025)"
    REGION = "region", "Khu vực (từ 01/7/2025)"
    MILITARY = "military", "Quân khu (ngoài Hệ thống)"


class Role(TextChoices):
    """Vai trò gắn với một chức vụ; quyền đi theo vai trò, không theo người."""

    HEAD = "head", "Thủ trưởng"
    DEPUTY = "deputy", "Cấp phó"
    CHIEF_OF_OFFICE = "chief_of_office", "Chánh Văn phòng"
    SPOKESPERSON = "spokesperson", "Người phát ngôn thường xuyên"
    AUTHORISED_SPOKESPERSON = "authorised_spokesperson", "Người được ủy quyền phát ngôn"
    FOCAL_POINT = "focal_point", "Đầu mối truyền thông"
    HEAD_OF_REGION = "head_of_region", "Trưởng phòng THADS khu vực"
    ENFORCEMENT_OFFICER = "enforcement_officer", "Chấp hành viên"
    EXAMINER = "examiner", "Thẩm tra viên, thư ký"
    CONTRIBUTOR = "contributor", "Cộng tác viên"
    EDITOR = "editor", "Biên tập"
    RECORDS_CLERK = "records_clerk", "Văn thư"
    ADMINISTRATOR = "administrator", "Quản trị"


# Who may approve and sign in the agency's name (workflow.md §2 step 8).
SIGNING_ROLES = frozenset({Role.HEAD, Role.DEPUTY, Role.SPOKESPERSON})
# Who screens, drafts, follows and counts.
DESK_ROLES = frozenset({Role.FOCAL_POINT, Role.CHIEF_OF_OFFICE, Role.HEAD, Role.DEPUTY})


class MediaType(TextChoices):
    """Loại hình báo chí: quyết định đồng hồ cải chính và phản hồi (workflow.md §4)."""

    ONLINE = "online", "Báo điện tử"
    NETWORK_CHANNEL = "network_channel", "Kênh nội dung trên không gian mạng"
    DAILY_PRINT = "daily_print", "Báo in ngày"
    WEEKLY_PRINT = "weekly_print", "Báo in tuần"
    MAGAZINE = "magazine", "Tạp chí in"
    RADIO = "radio", "Phát thanh"
    TELEVISION = "television", "Truyền hình"
    AGGREGATOR = "aggregator", "Trang thông tin điện tử tổng hợp"
    SOCIAL = "social", "Mạng xã hội"


class SpokespersonKind(TextChoices):
    """Ai phát ngôn bằng một lần giao nhiệm vụ; người được ủy quyền đi theo từng vụ việc (NĐ 244/2026 Điều 3)."""

    HEAD = "head", "Người đứng đầu"
    PERMANENT = "permanent", "Người phát ngôn thường xuyên"


class PublicationState(TextChoices):
    """Việc công khai một người: còn phải làm, hay đã kiểm tra trang công khai."""

    OPEN = "open", "Chưa kiểm tra"
    FOUND = "found", "Máy thấy đủ trên trang công khai"
    BY_HAND = "by_hand", "Công chức xác nhận, kèm đường dẫn"
    DROPPED = "dropped", "Không còn phải công khai"


class AccountPlatform(TextChoices):
    """Nơi cơ quan tự đưa tin; mỗi trang, tài khoản phải được công bố (NĐ 244/2026 Điều 5)."""

    WEBSITE = "website", "Cổng, trang thông tin điện tử"
    FACEBOOK = "facebook", "Facebook"
    ZALO = "zalo", "Zalo"
    YOUTUBE = "youtube", "YouTube"
    TIKTOK = "tiktok", "TikTok"
    OTHER = "other", "Nơi khác"
