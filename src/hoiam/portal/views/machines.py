"""The page about the API, for the people who write programs; the API itself is the room beside us."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from hoiam.portal.addresses import absolute
from hoiam.portal.rim import public, show

PREFIX, DOCUMENT = "/api/v1/", "/api/v1/openapi.json"
LISTS = (
    ("articles", "Bài đang đăng, mới nhất trước", "section, agency, theme, kind, campaign, since"),
    ("articles/{slug}", "Một bài: nội dung, tác giả, ảnh, lời đính chính", ""),
    ("sections", "Chuyên mục và nguồn tin của từng mục", ""),
    ("themes", "Năm chủ đề trọng tâm", ""),
    ("documents", "Văn bản: số, ngày, người ký, tệp", "agency, since"),
    ("legal-answers", "Hỏi đáp pháp luật", "q, topic"),
    ("legal-answers/{slug}", "Một giải đáp, đủ nội dung", ""),
    ("words", "Giải thích từ ngữ", "q"),
    ("agencies", "Cơ quan thi hành án dân sự qua các thời kỳ", "level, province, parent, on"),
    ("agencies/{code}", "Một cơ quan", ""),
    ("spokespersons", "Người phát ngôn đương nhiệm", "agency"),
    ("accounts", "Trang, tài khoản chính thức", "agency"),
    ("schemes", "Đề án, kế hoạch được công khai", ""),
    ("schemes/{number}", "Một Đề án với các nhiệm vụ", ""),
)


@public
@require_safe
def api(request: HttpRequest) -> HttpResponse:
    """What the API tells, how it is asked, what whoever copies from it has to keep."""
    context = {"prefix": PREFIX, "document": DOCUMENT, "lists": LISTS, "address": absolute(PREFIX)}
    return show(request, "portal/api.html", context)
