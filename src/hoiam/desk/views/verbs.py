"""What pages with one form a verb share: a verb sent, something new of one's own agency, a Word file given out."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from hoiam.agencies.models import Agency
from hoiam.agencies.queries import agencies_visible_to
from hoiam.core import authority
from hoiam.core.errors import HoiAmError
from hoiam.desk.forms.verb_forms import VerbForm
from hoiam.desk.guard import turned_away
from hoiam.desk.presenters.cooperation import tabs
from hoiam.desk.rim import actor_of
from hoiam.desk.views.files import attached
from hoiam.desk.views.spokespersons import take
from hoiam.monitoring.actions.digest_papers import WORD


def own_place(request: HttpRequest, verb: str) -> Agency | None:
    """The reader's own agency where the verb may be taken, the one worked from first."""
    actor = actor_of(request)
    own = {place.pk: place for place in agencies_visible_to(actor).filter(pk__in=[post.agency_id for post in actor.posts])}  # fmt: skip
    places = (own[post.agency_id] for post in actor.posts if post.agency_id in own)
    return next((place for place in places if authority.can(actor, verb, place)), None)


def sent_form(
    request: HttpRequest, kinds: Iterable[type[VerbForm]], verb: str, subject: Any
) -> VerbForm:
    """The form of this verb as it was sent; a verb the page does not have is not there."""
    kind = next((each for each in kinds if each.verb == verb), None)
    if kind is None:
        raise Http404("no such verb")
    return kind(request.POST, request.FILES, subject=subject)


def is_done(
    request: HttpRequest, form: VerbForm, actions: Mapping[str, Callable[..., Any]], subject: Any
) -> bool:
    """Whether the verb was taken, which is then said; else the form holds the refusal and what was typed."""
    if not form.is_valid() or take(request, form, actions[form.verb], subject) is None:
        return False
    messages.success(request, form.done)
    return True


def begun(
    request: HttpRequest, area: str, verb: str, form: Any, action: Callable[..., Any], *,
    template: str, page: str, done: Callable[[Any], str],
) -> HttpResponse:  # fmt: skip
    """Something new of the reader's own agency: its form, or the page of what was made.

    Args:
        area: the name of the list's address, where somebody who may not is sent back to.
        page: the name of the address of what was made.
        done: the sentence afterwards, said of what was made.
    """
    place = own_place(request, verb)
    if place is None:
        turned_away(request, verb, Agency())
        return redirect(area)
    if request.method == "POST" and form.is_valid():
        made = take(request, form, action, place)
        if made is not None:
            messages.success(request, done(made))
            return redirect(page, pk=made.pk)
    context = {"form": form, "place": place, "tabs": tabs(area)}
    return render(request, template, context, status=422 if form.errors else 200)


def word_file(
    request: HttpRequest, make: Callable[[], bytes], name: str, back: HttpResponse
) -> HttpResponse:
    """The Word file under this name; what cannot be made is said on the page one came from."""
    try:
        data = make()
    except HoiAmError as error:
        messages.error(request, str(error))
        return back
    return attached(request, data, name, WORD)
