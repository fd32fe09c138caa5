"""Mạng xã hội: the week and the posts, the composer, one post with its previews."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from hoiam.agencies.models import Agency
from hoiam.core import authority
from hoiam.core.errors import HoiAmError
from hoiam.desk.forms import social as forms
from hoiam.desk.forms.verb_forms import VerbForm, offered
from hoiam.desk.guard import turned_away
from hoiam.desk.presenters import social as shown
from hoiam.desk.rim import actor_of, attempt, desk, now_of, refuse
from hoiam.desk.typed import number_in
from hoiam.desk.views.verbs import is_done, own_place, sent_form
from hoiam.newsroom.actions import social_posts as verbs
from hoiam.newsroom.models import Article, SocialPost
from hoiam.newsroom.queries import articles_visible_to
from hoiam.newsroom.queries import social as queries
from hoiam.newsroom.states.social import POST_STEPS, PostState

PER_PAGE = 30
SEG = (("open", "Đang làm"), ("approved", "Đã duyệt"), ("all", "Tất cả"))
OPEN = (PostState.DRAFT, PostState.SUBMITTED)
KINDS: tuple[type[VerbForm], ...] = (
    forms.SubmitForm,
    forms.ApproveForm,
    forms.ReturnForm,
    forms.PictureForm,
    forms.CancelPostForm,
)
ACTIONS: dict[str, Callable[..., Any]] = {
    "submit_post": verbs.submit_post,
    "approve_post": verbs.approve_post,
    "return_post": verbs.return_post,
    "add_picture": verbs.add_picture,
    "cancel_post": verbs.cancel_post,
}


@desk
def listed(request: HttpRequest) -> HttpResponse:
    """The week by day and account, and the posts by state."""
    actor, tab = actor_of(request), request.GET.get("tab", "open")
    first = shown.week_of(request.GET.get("tuan"), actor.today)
    rows = queries.posts_visible_to(actor)
    if tab == "open":
        rows = rows.filter(state__in=OPEN)
    elif tab == "approved":
        rows = rows.filter(state=PostState.APPROVED)
    week = shown.week(first, queries.acts_of_days(actor, first, shown.WEEK), actor.today)
    context = {
        "tabs": shown.tabs("desk-social"), "seg": SEG, "tab": tab, "week": week,
        "before": shown.week_of((first.fromordinal(first.toordinal() - 1)).isoformat(), actor.today),
        "after": first.fromordinal(first.toordinal() + shown.WEEK),
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "may_draft": own_place(request, "draft_post") is not None,
    }  # fmt: skip
    return render(request, "desk/social/posts.html", context)


def _channels(request: HttpRequest, place: Agency) -> list[Any]:
    return list(queries.channels_in_use({place.pk}, actor_of(request).today))


def _article(request: HttpRequest) -> Article | None:
    pk = number_in(request.GET.get("bai"))
    return articles_visible_to(actor_of(request)).filter(pk=pk).first() if pk else None


@desk
def new(request: HttpRequest) -> HttpResponse:
    """A draft, free or made of an article of the portal (?bai=)."""
    place = own_place(request, "draft_post")
    if place is None:
        turned_away(request, "draft_post", Agency())
        return redirect("desk-social")
    article = _article(request)
    first = verbs.typed_of(article) if article is not None else None
    form = forms.ComposeForm(request.POST or None, channels=_channels(request, place), first=first)
    if request.method == "POST" and form.is_valid():
        try:
            made = verbs.draft_post(
                place, actor=actor_of(request), now=now_of(request), typed=form.post_typed(),
                article=article,
            )  # fmt: skip
        except HoiAmError as error:
            refuse(form, error)
        else:
            messages.success(request, "Đã lưu. Xem bản xem trước từng nơi rồi gửi duyệt.")
            return redirect("desk-social-post", pk=made.pk)
    return _compose(request, form, place, article=article)


@desk
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft typed again."""
    found = _post(request, pk)
    if turned_away(request, "edit_post", found):
        return redirect("desk-social-post", pk=pk)
    channels = _channels(request, found.agency)
    form = forms.ComposeForm(request.POST or None, channels=channels, post=found)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            verbs.edit_post(
                found, actor=actor_of(request), now=now_of(request), typed=form.post_typed(),
                version=version,
            )  # fmt: skip
        except HoiAmError as error:
            refuse(form, error)
        else:
            messages.success(request, "Đã lưu.")
            return redirect("desk-social-post", pk=pk)
    return _compose(request, form, found.agency, post=found)


def _compose(request: HttpRequest, form: Any, place: Agency, **more: Any) -> HttpResponse:
    context = {"form": form, "place": place, "tabs": shown.tabs("desk-social"), **more}
    return render(request, "desk/social/compose.html", context, status=422 if form.errors else 200)


def _post(request: HttpRequest, pk: int) -> SocialPost:
    found: SocialPost = get_object_or_404(queries.posts_visible_to(actor_of(request)), pk=pk)
    return found


@desk
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """One post: how each account would show it, pictures, verbs, diary."""
    return _page(request, _post(request, pk))


def _page(request: HttpRequest, found: SocialPost, failed: VerbForm | None = None) -> HttpResponse:
    may = {verb for verb in authority.allowed(actor_of(request), POST_STEPS, found) if found.state in POST_STEPS[verb].sources}  # fmt: skip
    if "edit_post" in may:
        may.add("add_picture")
    if actor_of(request).pk in {found.drafted_by_id, found.edited_by_id}:
        may.discard("approve_post")
    pictures = list(found.pictures.all())
    texts = found.texts.select_related("channel__account")
    acts = list(found.acts.all())
    url = lambda verb: reverse("desk-social-post-do", args=[found.pk, verb])  # noqa: E731
    context = {
        "post": found, "pictures": pictures, "may": may, "form": failed,
        "previews": shown.previews(found, texts, len(pictures), acts),
        "forms": offered(KINDS, may, url, found, failed),
        "diary": shown.diary_of(found), "tabs": shown.tabs("desk-social"),
    }  # fmt: skip
    status = 422 if failed is not None else 200
    return render(request, "desk/social/post.html", context, status=status)


@desk
@require_POST
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """One verb on the post; a refusal keeps what was typed."""
    found = _post(request, pk)
    if verb == "drop_picture":
        row = number_in(request.POST.get("row")) or 0
        attempt(request, verbs.drop_picture, found, picture=row, done="Đã bỏ ảnh.")
        return redirect("desk-social-post", pk=pk)
    form = sent_form(request, KINDS, verb, found)
    if not is_done(request, form, ACTIONS, found):
        return _page(request, found, form)
    return redirect("desk-social-post", pk=pk)
