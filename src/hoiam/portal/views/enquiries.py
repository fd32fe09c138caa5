"""Hỏi báo chí: choosing the agency, the form, and the page that only the writer knows."""

from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods, require_safe

from hoiam.agencies.models import Agency
from hoiam.core.errors import HoiAmError, InvalidInput
from hoiam.handling.actions.enquiry_intake import send_enquiry
from hoiam.handling.queries.enquiry import enquiry_by_code, sent_since
from hoiam.kit.vietnamese import VIETNAM
from hoiam.portal.enquiries import agencies_asked, agency_asked, stages_of
from hoiam.portal.forms.enquiries import EnquiryForm
from hoiam.portal.limits import Rate, key_of, may_send
from hoiam.portal.rim import now_of, public, show, show_form, sized

LONGEST_QUERY = 100
MOST_BYTES = 120_000  # a form of this size is no enquiry
# not-law: how often one address may press the button, and how many letters it may leave
PRESSED = (Rate(10, 300), Rate(40, 86_400))
DAY, MOST_A_DAY = timedelta(days=1), 8
TOO_OFTEN = (
    "Từ địa chỉ mạng này vừa có quá nhiều lần gửi. Nội dung bạn gõ còn nguyên bên dưới: chờ vài phút rồi "
    "gửi lại, hoặc gọi người phát ngôn."
)


def _too_large(request: HttpRequest) -> HttpResponse:
    return show(request, "portal/enquiry_too_long.html", {}, status=413)


@public
@require_http_methods(["GET", "HEAD", "POST"])
@sized(MOST_BYTES, _too_large)
def ask(request: HttpRequest) -> HttpResponse:
    """First which agency is asked, then the form; a refusal gives back all that was typed."""
    agency = agency_asked(_today(request), request.GET.get("co-quan", ""))
    if agency is None:
        return _choose(request)
    form = EnquiryForm(request.POST or None, now=now_of(request))
    if request.method == "POST" and form.is_valid():
        answer = _sent(request, agency, form)
        if answer is not None:
            return answer
    status = 422 if form.errors else 200
    return show_form(
        request, "portal/enquiry_form.html", {"form": form, "agency": agency}, status=status
    )


def _choose(request: HttpRequest) -> HttpResponse:
    query = request.GET.get("q", "")[:LONGEST_QUERY].strip()
    found = agencies_asked(_today(request), query)
    return show(request, "portal/enquiry_choose.html", {"agencies": found, "query": query})


def _sent(request: HttpRequest, agency: Agency, form: EnquiryForm) -> HttpResponse | None:
    now, sender = now_of(request), key_of(request, "enquiry")
    if not may_send(request, "enquiry", PRESSED) or sent_since(sender, now - DAY) >= MOST_A_DAY:
        form.add_error(None, TOO_OFTEN)
        return show_form(
            request, "portal/enquiry_form.html", {"form": form, "agency": agency}, status=429
        )
    try:
        made = send_enquiry(agency, now=now, sender_key=sender, **form.typed())
    except HoiAmError as error:
        field = error.field if isinstance(error, InvalidInput) else None
        form.add_error(field if field in form.fields else None, str(error))
        return None
    return HttpResponseRedirect(reverse("portal-enquiry-state", args=[made.code]) + "?moi=1")


@public
@require_safe
def state(request: HttpRequest, code: str) -> HttpResponse:
    """Where one enquiry stands, for who has its code; kept by no cache and no search engine."""
    found = enquiry_by_code(code)
    if found is None:
        raise Http404
    context = {
        "enquiry": found,
        "stages": stages_of(found),
        "is_new": "moi" in request.GET,
        "address": request.build_absolute_uri(reverse("portal-enquiry-state", args=[found.code])),
    }
    answer = HttpResponse(
        render_to_string("portal/enquiry_state.html", {"path": request.path, **context})
    )
    add_never_cache_headers(answer)
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def _today(request: HttpRequest) -> date:
    return now_of(request).astimezone(VIETNAM).date()
