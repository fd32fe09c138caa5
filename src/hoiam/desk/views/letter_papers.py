"""What leaves a letter as a file: its Word papers, what came with it, the register as a spreadsheet."""

from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from hoiam.core.errors import HoiAmError
from hoiam.desk.presenters.letters import register_table
from hoiam.desk.rim import actor_of, desk, now_of
from hoiam.desk.sheets import spreadsheet
from hoiam.desk.views.files import attached
from hoiam.kit.vietnamese import VIETNAM, read_date
from hoiam.letters.actions import open_letter_file
from hoiam.letters.actions.papers import letter_word
from hoiam.letters.queries import letters_visible_to, register_rows

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MOST_ROWS = 5000


@desk
def word(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """One paper of a letter; who wrote stands on it only when posted with a reason."""
    found = get_object_or_404(
        letters_visible_to(actor_of(request)).select_related("agency", "handed_to"), pk=pk
    )
    reason = request.POST.get("reason", "") if request.method == "POST" else ""
    try:
        data = letter_word(found, code, actor=actor_of(request), now=now_of(request), reason=reason)
    except HoiAmError as error:
        messages.error(request, str(error))
        return redirect(f"{reverse('desk-letter', args=[pk])}#van-ban")
    name = f"{found.number.replace(' ', '').replace('/', '-')}-{code}.docx"
    return attached(request, data, name, WORD)


@desk
@require_POST
def file(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """One file that came with a letter, for who may know who wrote; each time is written into the diary."""
    actor = actor_of(request)
    found = get_object_or_404(letters_visible_to(actor), pk=pk)
    reason = request.POST.get("reason", "")
    try:
        kept, data = open_letter_file(found, file, reason=reason, actor=actor, now=now_of(request))
    except HoiAmError as error:
        messages.error(request, str(error))
        return redirect(f"{reverse('desk-letter', args=[pk])}#tep")
    return attached(request, data, kept.name, kept.kind, kept.sha256)


@desk
def register(request: HttpRequest) -> HttpResponse:
    """The register of a span of days, this year when none is given; who wrote stands nowhere in it."""
    today = now_of(request).astimezone(VIETNAM).date()
    first = read_date(request.GET.get("tu", ""), today) or date(today.year, 1, 1)
    last = read_date(request.GET.get("den", ""), today) or today
    last = min(last, first + timedelta(days=366))  # not-law: a register is a year's book
    rows = register_rows(actor_of(request), first, last)[:MOST_ROWS]
    name = f"so-tiep-nhan-don-{first:%Y%m%d}-{last:%Y%m%d}"
    return spreadsheet(
        request, register_table(rows), name=name, title="Sổ tiếp nhận đơn", paper="A3"
    )
