"""Search without marks over stories, cases and the press archive."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hoiam.core import search as index
from hoiam.core.actor import Actor
from hoiam.desk.presenters.found import found
from hoiam.desk.rim import actor_of, desk
from hoiam.letters.policies import reads_letters

LIMIT = 30


def scopes_of(actor: Actor) -> set[str] | None:
    """The words search narrows by for this person; None sees all."""
    if actor.sees_everything:
        return None
    places = {f"agency:{pk}" for pk in actor.agency_ids}
    return places | {f"letters:{pk}" for pk in actor.agency_ids if reads_letters(actor)}


@desk
def search(request: HttpRequest) -> HttpResponse:
    """Cases first, then warned stories; the whole press archive when asked for."""
    actor = actor_of(request)
    text = request.GET.get("q", "").strip()[:200]
    archive = request.GET.get("archive") == "1"
    own = ["case", "warning", *(["letter"] if reads_letters(actor) else [])]
    kinds, scope = (["item"], {"press"}) if archive else (own, scopes_of(actor))
    hits = index.find(text, kinds=kinds, scope=scope, limit=LIMIT) if text else []
    return render(
        request,
        "desk/search.html",
        {"text": text, "archive": archive, "rows": found(hits, text, actor), "limit": LIMIT},
    )
