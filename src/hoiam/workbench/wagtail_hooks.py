"""What the workbench tells Wagtail by its hooks: menus, buttons, colours, what a chooser lists, where a text stands.

Hooks call functions of this room by name; they are Wagtail's own way and no signals: what happens stands in this one file.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page
from wagtail.permissions import policy_registry

from hoiam.agencies.models import Agency
from hoiam.agencies.states import Level
from hoiam.core.actor import Actor
from hoiam.desk.rim import actor_of
from hoiam.newsroom.queries import accepted_submissions, fact_checks_of
from hoiam.workbench.actions import branch_for
from hoiam.workbench.editing import TextPages
from hoiam.workbench.models import Text
from hoiam.workbench.queries import (
    article_of,
    branches_visible_to,
    last_review,
    open_review,
    reviews_visible_to,
)
from hoiam.workbench.states import ReviewState

# What editors do not need, by the names Wagtail gives its entries.
HIDDEN = {"settings", "help", "explorer", "users", "workflows", "redirects"}
HIDDEN_REPORTS = {"page-types-usage", "workflows", "workflow-tasks"}
HIDDEN_ACTIONS = {"action-publish", "action-unpublish", "action-submit", "action-workflow"}


@hooks.register("insert_global_admin_css")
def colours() -> str:
    """The desk's colours."""
    return format_html('<link rel="stylesheet" href="{}">', static("workbench/workbench.css"))


@hooks.register("insert_global_admin_js")
def names() -> str:
    """Names for fields that Wagtail draws without one; days as Vietnamese read them, before any script asks for them."""
    days, fields = static("workbench/dates.js"), static("workbench/names.js")
    return format_html('<script src="{}"></script><script src="{}" defer></script>', days, fields)


@hooks.register("insert_editor_js")
def remarks() -> str:
    """Many remarks in the margin drawn at once; after the script that keeps them and before it begins."""
    return format_html('<script src="{}"></script>', static("workbench/remarks.js"))


@hooks.register("register_admin_viewset")
def pages() -> PageViewSet:
    """Wagtail's views of pages, without its mails."""
    return TextPages()


@hooks.register("register_admin_menu_item")
def reviews_item() -> MenuItem:
    """What waits for a decision."""
    return MenuItem("Duyệt bài", reverse("workbench-reviews"), name="reviews", icon_name="check", order=20)  # fmt: skip


@hooks.register("register_admin_menu_item")
def pages_item() -> MenuItem:
    """Texts, without Wagtail's panel that asks an API."""
    return MenuItem("Bài viết", reverse("wagtailadmin_explore_root"), name="texts", icon_name="doc-empty", order=10)  # fmt: skip


@hooks.register("register_admin_menu_item")
def material_item() -> MenuItem:
    """Pieces sent in."""
    return MenuItem("Bài gửi", reverse("workbench-material"), name="material", icon_name="mail", order=30)  # fmt: skip


@hooks.register("register_admin_menu_item")
def sections_item() -> MenuItem:
    """Sections of the portal."""
    return MenuItem("Chuyên mục", reverse("workbench-sections"), name="sections", icon_name="list-ul", order=900)  # fmt: skip


@hooks.register("register_admin_menu_item")
def desk_item() -> MenuItem:
    """The way back."""
    return MenuItem("Về bàn trực", "/desk/", name="desk", icon_name="arrow-left", order=10_000)


@hooks.register("construct_main_menu", order=1000)
def only_ours(request: HttpRequest, items: list[Any]) -> None:
    """Leave out what editors do not need."""
    items[:] = [item for item in items if item.name not in HIDDEN]


@hooks.register("construct_reports_menu", order=1000)
def only_reports_of_ours(request: HttpRequest, items: list[Any]) -> None:
    """Leave out reports about what is not used."""
    items[:] = [item for item in items if item.name not in HIDDEN_REPORTS]


@hooks.register("construct_homepage_panels")
def welcome(request: HttpRequest, panels: list[Any]) -> None:
    """The branches of the person's own posts stand ready when the first page opens."""
    actor = actor_of(request)
    known = set(branches_visible_to(actor).values_list("agency", flat=True))
    for post in actor.posts:
        if post.agency_id not in known and post.level != Level.MILITARY:
            branch_for(Agency.objects.get(pk=post.agency_id))
    panels.insert(0, ToDo(actor))


class ToDo(Component):
    """What waits in the workbench, first on its first page."""

    order = 10
    template_name = "workbench/todo.html"

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """How many texts wait, were given back, and how many pieces nobody has taken up."""
        reviews = reviews_visible_to(self.actor)
        return {
            "waiting": reviews.filter(state=ReviewState.WAITING).count(),
            "returned": reviews.filter(state=ReviewState.RETURNED).count(),
            "pieces": accepted_submissions(self.actor).count(),
        }


@hooks.register("construct_page_chooser_queryset")
def choosable(pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    """Pages a chooser lists: those in scope."""
    policy = policy_registry.get_by_type(Page)
    return pages & policy.explorable_instances(request.user)


@hooks.register("construct_explorer_page_queryset")
def listed(parent: Page, pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    """Pages a list shows: those in scope."""
    mine = policy_registry.get_by_type(Page).explorable_instances(request.user)
    return pages.filter(pk__in=mine.values("pk"))


class Step(ActionMenuItem):
    """A way from the editor to what comes next; drawn only where it leads somewhere."""

    def page_of(self, context: dict[str, Any]) -> Any:
        """The text being edited, or None while it was never saved."""
        return context.get("page") if context["view"] == "edit" else None


class SendStep(Step):
    """Gửi duyệt."""

    label, name, icon_name = "Gửi duyệt…", "action-send", "upload"

    def is_shown(self, context: dict[str, Any]) -> bool:
        """While nothing of it waits."""
        page = self.page_of(context)
        return page is not None and open_review(page) is None

    def get_url(self, context: dict[str, Any]) -> str:
        """The page that asks for a note."""
        return reverse("workbench-send", args=[context["page"].pk])


class DecideStep(Step):
    """Xem và duyệt."""

    label, name, icon_name = "Xem lần gửi duyệt…", "action-decide", "check"

    def is_shown(self, context: dict[str, Any]) -> bool:
        """While it waits."""
        page = self.page_of(context)
        return page is not None and open_review(page) is not None

    def get_url(self, context: dict[str, Any]) -> str:
        """The page of the decision."""
        return reverse("workbench-decide", args=[context["page"].pk])


class StandingStep(Step):
    """Đính chính, rút, gỡ."""

    label, name, icon_name = "Trên cổng: đính chính, rút, gỡ…", "action-standing", "view"

    def is_shown(self, context: dict[str, Any]) -> bool:
        """Once it was published."""
        page = self.page_of(context)
        return page is not None and page.first_published_at is not None

    def get_url(self, context: dict[str, Any]) -> str:
        """The page of what readers have."""
        return reverse("workbench-published", args=[context["page"].pk])


hooks.register("register_page_action_menu_item", lambda: SendStep(order=5))
hooks.register("register_page_action_menu_item", lambda: DecideStep(order=6))
hooks.register("register_page_action_menu_item", lambda: StandingStep(order=7))


@hooks.register("construct_page_action_menu", order=1000)
def without_publishing(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Wagtail's own ways to the portal are not drawn."""
    items[:] = [item for item in items if item.name not in HIDDEN_ACTIONS]


@hooks.register("before_edit_page")
def say_where_it_stands(request: HttpRequest, page: Page) -> HttpResponse | None:
    """One sentence on top: waiting, given back and why, on the portal, questions to units."""
    text = page.specific
    if not isinstance(text, Text):
        return redirect("wagtailadmin_explore", page.pk)
    if request.method == "GET" and request.headers.get("x-requested-with") is None:
        for level, sentence in sentences(text, request):
            messages.add_message(request, level, sentence)
    return None


def sentences(text: Any, request: HttpRequest) -> Iterable[tuple[int, str]]:
    """What an editor must know of the text before changing it."""
    review = last_review(text)
    if review is not None and review.state == ReviewState.WAITING:
        yield (
            messages.INFO,
            f"Bài đang chờ duyệt, {review.sent_by} gửi. Sửa bây giờ thì phải gửi duyệt lại bản mới.",
        )
    if review is not None and review.state == ReviewState.SCHEDULED:
        yield (
            messages.INFO,
            "Bài đã duyệt, đang chờ đến giờ đăng. Sửa bây giờ không đổi bản sẽ đăng.",
        )
    if review is not None and review.state == ReviewState.RETURNED:
        yield messages.WARNING, f"{review.decided_by} trả lại để sửa: {review.answer}"
    if review is not None and review.state == ReviewState.FAILED:
        yield messages.ERROR, f"Đến giờ mà không đăng được: {review.answer}"
    article = article_of(text, actor_of(request)) if text.first_published_at else None
    if article is not None:
        yield (
            messages.INFO,
            f"Trên cổng: {article.get_state_display().lower()}, bản {article.version}.",
        )
    asked = fact_checks_of(text.page_key).count()
    if asked:
        yield messages.INFO, f"Có {asked} yêu cầu kiểm chứng về bài này; xem ở trang gửi duyệt."
