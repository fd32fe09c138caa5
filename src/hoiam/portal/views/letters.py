"""Gửi đơn, hỏi pháp luật: choosing the agency, the form, and the page that only the writer knows."""

from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods, require_safe

from hoiam.agencies.models import Agency
from hoiam.core.errors import HoiAmError, InvalidInput
from hoiam.kit.vietnamese import VIETNAM
from hoiam.letters.actions import send_letter, send_question
from hoiam.letters.actions.kept_files import LARGEST_FILE, MOST_FILES
from hoiam.letters.queries import (
    letter_by_code,
    letters_sent_since,
    question_by_code,
    question_of,
    questions_sent_since,
)
from hoiam.portal.enquiries import agencies_asked, agency_asked
from hoiam.portal.forms.letters import SendForm
from hoiam.portal.letters import stages_of_letter, stages_of_question
from hoiam.portal.limits import Rate, key_of, may_send
from hoiam.portal.puzzle import is_solved, new_puzzle
from hoiam.portal.rim import now_of, public, show, show_form, sized

PURPOSE = "letter"
LONGEST_QUERY = 100
MOST_BYTES = LARGEST_FILE * MOST_FILES + 1_000_000
# not-law: how often one address may press the button with the puzzle solved, and without
SOLVED = (Rate(10, 300), Rate(40, 86_400))
UNSOLVED = (Rate(1, 300), Rate(3, 86_400))
CHOOSE_AGAIN = "Chọn lại tệp: trình duyệt không giữ tệp khi còn chỗ phải sửa."
DAY, MOST_A_DAY = timedelta(days=1), 10
TOO_OFTEN = (
    "Từ địa chỉ mạng này vừa có quá nhiều lần gửi. Nội dung bạn gõ còn nguyên bên dưới (tệp phải chọn lại): "
    "chờ ít phút rồi gửi lại, hoặc gửi đơn qua bưu điện, nộp tại cơ quan."
)


def _too_large(request: HttpRequest) -> HttpResponse:
    return show(request, "portal/letter_too_large.html", {}, status=413)


@public
@require_http_methods(["GET", "HEAD", "POST"])
@sized(MOST_BYTES, _too_large)
def send(request: HttpRequest) -> HttpResponse:
    """First which agency, then the form; a refusal gives back all that was typed."""
    agency = agency_asked(_today(request), request.GET.get("co-quan", ""))
    if agency is None:
        return _choose(request)
    form = SendForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        answer = _sent(request, agency, form)
        if answer is not None:
            return answer
    return _form(request, agency, form, 422 if form.errors else 200)


def _form(request: HttpRequest, agency: Agency, form: SendForm, status: int) -> HttpResponse:
    if form.errors and request.FILES and "files" not in form.errors:
        form.add_error("files", CHOOSE_AGAIN)
    puzzle = new_puzzle(PURPOSE, now_of(request))
    shown = {"form": form, "agency": agency, "puzzle": puzzle}
    return show_form(request, "portal/letter_form.html", shown, status=status)


def _choose(request: HttpRequest) -> HttpResponse:
    query = request.GET.get("q", "")[:LONGEST_QUERY].strip()
    found = agencies_asked(_today(request), query)
    return show(request, "portal/letter_choose.html", {"agencies": found, "query": query})


def _sent(request: HttpRequest, agency: Agency, form: SendForm) -> HttpResponse | None:
    now, sender, data = now_of(request), key_of(request, PURPOSE), form.cleaned_data
    solved = is_solved(PURPOSE, data["puzzle_token"], data["puzzle_number"], now)
    rates, action = (SOLVED, "letter") if solved else (UNSOLVED, "letter-unsolved")
    kept = letters_sent_since(sender, now - DAY) + questions_sent_since(sender, now - DAY)
    if not may_send(request, action, rates) or kept >= MOST_A_DAY:
        form.add_error(None, TOO_OFTEN)
        return _form(request, agency, form, 429)
    try:
        if form.is_question:
            code = send_question(
                agency, data["content"], form.sender(), now=now, sender_key=sender
            ).code
        else:
            code = send_letter(agency, form.written(), now=now, sender_key=sender).code
    except HoiAmError as error:
        field = error.field if isinstance(error, InvalidInput) else None
        form.add_error(field if field in form.fields else None, str(error))
        return None
    return HttpResponseRedirect(reverse("portal-letter-state", args=[code]) + "?moi=1")


@public
@require_safe
def state(request: HttpRequest, code: str) -> HttpResponse:
    """Where one letter or question stands, for who has its code; kept by no cache and no search engine."""
    letter, question = letter_by_code(code), question_by_code(code)
    found = letter or question
    if found is None:
        raise Http404
    context = {
        "found": found,
        "is_question": letter is None,
        "stages": stages_of_letter(letter) if letter is not None else stages_of_question(question),
        "goes_on": question_of(letter) if letter is not None else None,
        "is_new": "moi" in request.GET,
        "address": request.build_absolute_uri(reverse("portal-letter-state", args=[found.code])),
    }
    text = render_to_string("portal/letter_state.html", {"path": request.path, **context})
    answer = HttpResponse(text)
    add_never_cache_headers(answer)
    answer["X-Robots-Tag"] = "noindex, nofollow"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def _today(request: HttpRequest) -> date:
    return now_of(request).astimezone(VIETNAM).date()
