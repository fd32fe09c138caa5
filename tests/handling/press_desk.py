"""What the tests of the press desk begin from: enquiries and conferences as people would enter them."""

from datetime import timedelta

from hoiam.handling.actions.conference import plan_conference
from hoiam.handling.actions.enquiry_intake import receive_enquiry
from hoiam.handling.states import EnquiryChannel, EnquiryKind
from tests.factories import NOW

ASKED = {
    "outlet": "Báo Sông Thanh",
    "reporter_name": "Lê Thị Mẫu",
    "contact": "0200 111 222 · mau@songthanh.example",
    "kind": EnquiryKind.INFORMATION,
    "purpose": "Viết bài về tiến độ thi hành bản án ở bến sông",
    "questions": "Bản án đã thi hành đến đâu? Khi nào xong?",
}
SIX = {
    "title": "Kết quả thi hành các vụ án kinh tế",
    "place": "Hội trường trụ sở cơ quan",
    "starts_at": NOW + timedelta(days=2),
    "ends_at": NOW + timedelta(days=2, hours=2),
    "host": "Ông Nguyễn Văn Thử, Trưởng THADS tỉnh",
    "content": "Kết quả thi hành các vụ án kinh tế 7 tháng đầu năm",
    "legality_documents": "Báo cáo kết quả công tác 7 tháng đầu năm 2026",
    "authority": "Ủy ban nhân dân tỉnh Thanh Giang",
}


def enquiry(agency, by, **typed):
    """An enquiry the desk was told of by telephone at `NOW`."""
    now = typed.pop("now", NOW)
    first = {"channel": EnquiryChannel.PHONE, **ASKED}
    return receive_enquiry(agency, actor=by, now=now, **{**first, **typed})


def conference(agency, by, **typed):
    """A conference planned at `NOW`, two days ahead, with all but the invited said."""
    return plan_conference(agency, actor=by, now=typed.pop("now", NOW), **{**SIX, **typed})
