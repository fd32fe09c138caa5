"""What readers write: the list, one message with its answer, a file brought in after a look at its rows."""

import csv
import io
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from hoiam.core import authority
from hoiam.core.errors import HoiAmError
from hoiam.desk.forms import social as forms
from hoiam.desk.forms.letters import letter_agencies
from hoiam.desk.forms.verb_forms import VerbForm, offered
from hoiam.desk.presenters import social as shown
from hoiam.desk.rim import actor_of, attempt, desk, now_of, refuse
from hoiam.desk.views.verbs import is_done, own_place, sent_form
from hoiam.kit.vietnamese import show_datetime
from hoiam.monitoring.actions.intake import Line
from hoiam.newsroom.actions import social_acts
from hoiam.newsroom.actions import social_messages as verbs
from hoiam.newsroom.connectors import Comment
from hoiam.newsroom.models import SocialChannel, SocialMessage
from hoiam.newsroom.queries import social as queries
from hoiam.newsroom.social_csv import ReadFile, read_comments_file
from hoiam.newsroom.states.social import MESSAGE_STEPS, OPEN_ACTS, OPEN_MESSAGES, ActKind

PER_PAGE = 50
SAMPLE = 20
KINDS: tuple[type[VerbForm], ...] = (
    forms.TakeForm,
    forms.ReplyForm,
    forms.TurnForm,
    forms.HidingForm,
    forms.CloseForm,
)
ACTIONS: dict[str, Callable[..., Any]] = {
    "take_message": verbs.take_message,
    "draft_reply": social_acts.draft_reply,
    "turn_message": verbs.turn_message,
    "propose_hiding": social_acts.propose_hiding,
    "close_message": verbs.close_message,
}


@desk
def inbox(request: HttpRequest) -> HttpResponse:
    """What waits for somebody, or everything."""
    tab = request.GET.get("tab", "open")
    rows = queries.messages_visible_to(actor_of(request))
    if tab == "open":
        rows = rows.filter(state__in=OPEN_MESSAGES)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "tab": tab, "page": page, "rows": [(row, shown.message_lamp(row)) for row in page],
        "tabs": shown.tabs("desk-social-inbox"),
        "may_bring": own_place(request, "draft_post") is not None,
    }  # fmt: skip
    return render(request, "desk/social/inbox.html", context)


def _message(request: HttpRequest, pk: int) -> SocialMessage:
    found: SocialMessage = get_object_or_404(queries.messages_visible_to(actor_of(request)), pk=pk)
    return found


@desk
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """One message: why it was kept, what was done."""
    return _page(request, _message(request, pk))


def _page(request: HttpRequest, found: SocialMessage, failed: VerbForm | None = None) -> HttpResponse:  # fmt: skip
    acts = list(found.acts.order_by("pk"))
    may = {verb for verb in authority.allowed(actor_of(request), MESSAGE_STEPS, found) if found.state in MESSAGE_STEPS[verb].sources}  # fmt: skip
    open_kinds = {act.kind for act in acts if act.state in OPEN_ACTS}
    if ActKind.REPLY in open_kinds:
        may.discard("draft_reply")
    if found.is_hidden or found.kind != "comment" or ActKind.HIDE in open_kinds:
        may.discard("propose_hiding")
    url = lambda verb: reverse("desk-social-message-do", args=[found.pk, verb])  # noqa: E731
    context = {
        "why": list(dict.fromkeys(reason["text"] for reason in found.reasons)),
        "message": found, "lamp": shown.message_lamp(found), "may": may, "form": failed,
        "acts": [(act, shown.act_lamp(act)) for act in acts],
        "may_enter": found.agency_id in {place.pk for place in letter_agencies(actor_of(request))},
        "next": shown.next_place(found.turned_to, actor_of(request)),
        "forms": offered(KINDS, may, url, found, failed), "diary": shown.diary_of(found),
        "tabs": shown.tabs("desk-social-inbox"),
    }  # fmt: skip
    status = 422 if failed is not None else 200
    return render(request, "desk/social/message.html", context, status=status)


@desk
@require_POST
def do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """One verb on the message; a refusal keeps what was typed."""
    found = _message(request, pk)
    form = sent_form(request, KINDS, verb, found)
    if not is_done(request, form, ACTIONS, found):
        return _page(request, found, form)
    return redirect("desk-social-message", pk=pk)


@desk
def bring_in(request: HttpRequest) -> HttpResponse:
    """A CSV file: first its rows as they would come in, then the rows themselves. Nothing is kept in between."""
    channels = _own_channels(request)
    form = forms.BringInForm(request.POST or None, request.FILES or None, channels=channels)
    read: ReadFile | None = None
    if request.method == "POST" and form.is_valid():
        try:
            read = read_comments_file(form.data_of_file(), now=now_of(request))
        except HoiAmError as error:
            refuse(form, error)
    context = {"form": form, "tabs": shown.tabs("desk-social-inbox"), "may": channels.exists()}
    if read is None:
        status = 422 if form.errors else 200
        return render(request, "desk/social/bring_in.html", context, status=status)
    channel = form.cleaned_data["channel"]
    if form.cleaned_data["kept"] and not read.faults:
        return _brought(request, channel, read)
    return render(request, "desk/social/bring_in.html", context | _preview(request, channel, read))


def _own_channels(request: HttpRequest) -> Any:
    own = {post.agency_id for post in actor_of(request).posts}
    return queries.channels_visible_to(actor_of(request)).filter(agency__in=own)


def _preview(request: HttpRequest, channel: SocialChannel, read: ReadFile) -> dict[str, Any]:
    line = Line(now=now_of(request))
    judged = [(row, verbs.concerns(row.text, channel, line) is not None) for row in read.rows]
    return {
        "read": read, "channel": channel, "sample": judged[:SAMPLE],
        "ours": sum(is_ours for _, is_ours in judged), "kept": _as_csv(read.rows),
    }  # fmt: skip


def _as_csv(rows: tuple[Comment, ...]) -> str:
    """The good rows as a file again, so that the page carries them and the house keeps nothing yet."""
    out = io.StringIO()
    write = csv.writer(out)
    write.writerow(("Nội dung", "Người viết", "Thời điểm", "Đường dẫn", "Mã", "Loại"))
    for row in rows:
        at = show_datetime(row.written_at) if row.written_at else ""
        kind = "Tin nhắn" if row.kind == "direct" else "Bình luận"
        write.writerow((row.text, row.author, at, row.permalink, row.platform_id, kind))
    return out.getvalue()


def _brought(request: HttpRequest, channel: SocialChannel, read: ReadFile) -> HttpResponse:
    found = attempt(request, verbs.bring_in, channel, read.rows, how="tệp CSV")
    if found is not None:
        words = f"Đã giữ {found.kept} dòng; {found.known} dòng đã có; {found.passed_over} dòng không liên quan, không giữ."  # fmt: skip
        messages.success(request, words)
    return redirect("desk-social-inbox")
