"""What of a text stands on the portal, and the three acts on it: correct, withdraw, take down."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from hoiam.core import authority, ledger
from hoiam.desk.rim import actor_of
from hoiam.newsroom import actions
from hoiam.newsroom.states.articles import OPEN_FROM
from hoiam.workbench.forms.decisions import ActForm
from hoiam.workbench.queries import article_of
from hoiam.workbench.views.pages import done, text_of


@dataclass(frozen=True)
class Act:
    """One of the three: its name, what it does to the reader's page, what is asked, its verb."""

    slug: str
    name: str
    what: str
    asked: str
    verb: str
    argument: str
    said: str


ACTS = {
    act.slug: act
    for act in (
        Act(
            "dinh-chinh",
            "Đính chính",
            "Bài vẫn đứng trên cổng; đầu bài hiện lời đính chính. Nơi đã nhận bài được báo.",
            "Điều đã đăng sai và điều đúng",
            "correct_article",
            "notice",
            "Đã đính chính.",
        ),
        Act(
            "rut",
            "Rút bài",
            "Nội dung không còn hiện; trang của bài ghi đã rút và lý do. Nơi đã nhận bài được báo.",
            "Lý do rút bài",
            "withdraw_article",
            "reason",
            "Đã rút bài.",
        ),
        Act(
            "go",
            "Gỡ bài",
            "Địa chỉ của bài trả lời là không còn; nội dung chỉ được giữ trong hồ sơ. Nơi đã nhận bài được báo.",
            "Lý do gỡ bài",
            "take_down_article",
            "reason",
            "Đã gỡ bài.",
        ),
    )
}


def standing(request: HttpRequest, page_id: int) -> HttpResponse:
    """What readers have of this text, its earlier versions, and what may be done with it."""
    text, actor = text_of(page_id), actor_of(request)
    article = article_of(text, actor)
    if article is None:
        raise Http404
    acts = [
        act
        for act in ACTS.values()
        if article.state in OPEN_FROM[act.verb] and authority.can(actor, act.verb, article)
    ]
    shown = {
        "text": text,
        "article": article,
        "acts": acts,
        "versions": article.versions.select_related("by"),
        "diary": ledger.of(article),
    }
    return render(request, "workbench/published.html", shown)


def act(request: HttpRequest, page_id: int, act: str) -> HttpResponse:
    """Do one of the three acts, with its reason."""
    if act not in ACTS:
        raise Http404
    text, chosen = text_of(page_id), ACTS[act]
    article = article_of(text, actor_of(request))
    if article is None:
        raise Http404
    form = ActForm(request.POST or None, label=chosen.asked)
    if request.method == "POST" and form.is_valid():
        verb, words = getattr(actions, chosen.verb), form.cleaned_data["words"]
        if done(request, form, verb, article, said=chosen.said, **{chosen.argument: words}):
            return redirect("workbench-published", page_id)
    shown = {"text": text, "article": article, "act": chosen, "form": form}
    return render(request, "workbench/act.html", shown, status=422 if form.errors else 200)
