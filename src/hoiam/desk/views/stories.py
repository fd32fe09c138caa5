"""A story: its items, why it was picked, and mending how it was folded."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from hoiam.core import authority
from hoiam.core.actor import Actor
from hoiam.desk.forms.stories import AgencyForm, MergeForm
from hoiam.desk.presenters.notices import sendings_shown
from hoiam.desk.presenters.reasons import judged_by, reasons_table
from hoiam.desk.presenters.stories import (
    diary_of,
    history_of,
    item_shown,
    items_shown,
    split_step,
)
from hoiam.desk.presenters.versions import chains_shown, versions_shown
from hoiam.desk.presenters.watch import acts, agency_reasons, more_acts, reasons_of
from hoiam.desk.rim import actor_of, attempt, desk, now_of
from hoiam.desk.views.social_turns import message_behind
from hoiam.handling.queries import cases_visible_to, warning_light
from hoiam.monitoring.actions import stories as verbs
from hoiam.monitoring.actions.letters import short_text
from hoiam.monitoring.models import Item, Warning
from hoiam.monitoring.queries import (
    items_of,
    merged_into,
    root_of,
    stories_visible_to,
    story_with_spread,
    versions_of,
    warnings_visible_to,
)
from hoiam.monitoring.queries.notices import sendings_of


@desk
def story(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one story that this person may see."""
    actor, now = actor_of(request), now_of(request)
    found, spread = story_with_spread(pk, actor)
    if found is None:
        root = get_object_or_404(stories_visible_to(actor), pk=_root_key(pk, actor))
        return redirect("desk-story", pk=root.pk)
    warnings = list(
        warnings_visible_to(actor)
        .filter(story=found)
        .select_related("agency", "holder", "story")
        .order_by("pk")
    )
    items = list(items_of(found))
    lead = next(
        (item for item in items if item.pk == found.lead_item_id), items[0] if items else None
    )
    finding = getattr(lead, "finding", None)
    sent, diary = sendings_of(warnings), diary_of(warnings, found, items)
    return render(
        request,
        "desk/story.html",
        {
            "story": found,
            "items": items_shown(items, now),
            "lead": lead,
            "reasons": reasons_of(finding),
            "spread": spread,
            "warnings": [
                (
                    w,
                    warning_light(w, now),
                    acts(w, actor),
                    more_acts(w, actor),
                    sendings_shown(w, sent[w.pk], actor, now),
                )
                for w in warnings
            ],
            "zalo": _for_chat(request, warnings),
            "cases": cases_visible_to(actor).filter(story=found).select_related("agency"),
            "history": history_of(diary, items),
            "chains": chains_shown(items, now),
            "folding": {"merged": merged_into(found), "split": split_step(diary)},
            "merge_form": MergeForm(actor=actor, story=found),
            "agency_form": AgencyForm(actor=actor),
            "may_fold": authority.can(actor, "merge_stories", found),
        },
    )


def _root_key(pk: int, actor: Actor) -> int | None:
    """Which story a merged one now is, so that its old address still leads somewhere."""
    root = root_of(pk, actor)
    return root.pk if root else None


def _for_chat(request: HttpRequest, warnings: list[Warning]) -> str:
    """What is pasted into a chat about the gravest row; nothing when the story stands before nobody."""
    if not warnings:
        return ""
    gravest = max(warnings, key=lambda warning: warning.severity)
    return short_text(gravest, request.build_absolute_uri())


@desk
@require_POST
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Gộp: the items of this story join another."""
    actor = actor_of(request)
    found = get_object_or_404(stories_visible_to(actor), pk=pk)
    form = MergeForm(request.POST, actor=actor, story=found)
    if form.is_valid():
        into = form.cleaned_data["into"]
        if attempt(request, verbs.merge_stories, found, into=into, done="Đã gộp hai vụ việc."):
            return redirect("desk-story", pk=into.pk)
    else:
        messages.error(request, "Chọn vụ việc để gộp vào.")
    return redirect("desk-story", pk=pk)


@desk
@require_POST
def unmerge(request: HttpRequest, pk: int, merged: int) -> HttpResponse:
    """Hoàn tác gộp: a story merged into this one stands by itself again."""
    found = get_object_or_404(stories_visible_to(actor_of(request)), pk=pk)
    story = get_object_or_404(found.merged.all(), pk=merged)
    attempt(request, verbs.undo_merge, story, done="Đã hoàn tác gộp: hai vụ việc lại tách riêng.")
    return redirect("desk-story", pk=pk)


@desk
@require_POST
def unsplit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hoàn tác tách: the report goes back to the story it was split from."""
    found = get_object_or_404(stories_visible_to(actor_of(request)), pk=pk)
    old = attempt(request, verbs.undo_split, found, done="Đã đưa bài về vụ việc cũ.")
    return redirect("desk-story", pk=old.pk if old else pk)


@desk
@require_POST
def add_agency(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the story before one more unit."""
    actor = actor_of(request)
    found = get_object_or_404(stories_visible_to(actor), pk=pk)
    form = AgencyForm(request.POST, actor=actor)
    if form.is_valid():
        attempt(
            request,
            verbs.add_agency,
            found,
            agency=form.cleaned_data["agency"],
            done="Đã báo cho đơn vị.",
        )
    else:
        messages.error(request, "Chọn đơn vị liên quan.")
    return redirect("desk-story", pk=pk)


def item_in_sight(request: HttpRequest, pk: int) -> Item:
    """The report when its story is in this person's sight; else 404."""
    seen = stories_visible_to(actor_of(request)).values("pk")
    rows = Item.objects.filter(story__in=seen).select_related(
        "story", "finding", "capture", "channel__press_agency", "source", "clip", "recheck"
    )
    return get_object_or_404(rows.prefetch_related("finding__attributions__agency_today"), pk=pk)


@desk
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """One report in full, with its highlights and its evidence."""
    found, now = item_in_sight(request, pk), now_of(request)
    finding = getattr(found, "finding", None)
    return render(
        request,
        "desk/item.html",
        {
            "item": found,
            "shown": item_shown(found, now),
            "finding": finding,
            "reasons": reasons_table(finding),
            "agencies": agency_reasons(finding),
            "judged_by": judged_by(finding),
            "versions": versions_shown(versions_of(found)),
            "recheck": getattr(found, "recheck", None),
            "may_read": authority.can(actor_of(request), "read_again", found),
            "message": message_behind("item", found.pk, actor_of(request)),
        },
    )


@desk
@require_POST
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """Tách: the item becomes a story of its own."""
    found = item_in_sight(request, pk)
    fresh = attempt(request, verbs.split_item, found, done="Đã tách bài thành vụ việc riêng.")
    return redirect("desk-story", pk=fresh.pk if fresh else found.story_id)
