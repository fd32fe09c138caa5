"""Từ điển nhận diện: the rows, the draft with its dry runs, publication, history."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from hoiam.core.errors import HoiAmError
from hoiam.desk.forms.lexicon import PhraseForm, PublishForm, TrialForm, WeighForm, WhyForm
from hoiam.desk.guard import turned_away
from hoiam.desk.presenters.lexicon import (
    ShownRow,
    changes_shown,
    diff_shown,
    found_rows,
    rows_shown,
    words,
)
from hoiam.desk.presenters.lexicon_trials import trial_sentence, tried_lists
from hoiam.desk.rim import actor_of, attempt, desk, now_of, refuse
from hoiam.kit.recognition import Change, Lexicon
from hoiam.kit.recognition.editing import lost_changes
from hoiam.monitoring.actions import lexicon as verbs
from hoiam.monitoring.models import LexiconDraft, LexiconTrial, LexiconVersion
from hoiam.monitoring.models.lexicon import read_changes
from hoiam.monitoring.queries.lexicon import (
    differences,
    last_trial,
    open_draft,
    version_in_force,
    versions,
)
from hoiam.monitoring.states import TrialState

PUBLISH, ALL = "publish", "all"


def _state() -> tuple[LexiconVersion | None, LexiconDraft | None, list[Change], list[Change]]:
    """The version in force, the open draft, and the changes of each."""
    version, draft = version_in_force(), open_draft()
    published = list(read_changes(version.changes)) if version else []
    return version, draft, published, list(read_changes(draft.changes)) if draft else published


@desk
def lexicon(request: HttpRequest) -> HttpResponse:
    """Every row with its phrases and weight, searched without marks; the open draft stands above."""
    if turned_away(request, "read_lexicon", LexiconVersion):
        return redirect("desk-home")
    version, draft, published, changes = _state()
    query = request.GET.get("w", "").strip()
    families = {**words()["families"], ALL: "Tất cả"}
    # A search looks everywhere unless a group was chosen with it; a bare visit begins with the first group.
    family = request.GET.get("group") or (ALL if query else next(iter(families)))
    family = family if family in families else ALL
    rows = rows_shown(changes, published)
    return render(
        request,
        "desk/lexicon.html",
        {
            "version": version,
            "delivered": Lexicon.load().version,
            "lost": lost_changes(published),
            "family": family,
            "families": [
                (k, label, len(found_rows(rows, query, k))) for k, label in families.items()
            ],
            "query": query,
            "rows": found_rows(rows, query, family),
            **_draft_shown(draft, published, changes),
        },
    )


def _draft_shown(
    draft: LexiconDraft | None, published: list[Change], changes: list[Change]
) -> dict[str, Any]:
    if draft is None:
        return {"draft": None}
    trial = last_trial(draft)
    is_fresh = trial is not None and trial.digest == verbs.draft_digest(draft)
    return {
        "draft": draft,
        "draft_changes": changes_shown(differences(published, changes)),
        "trial": trial,
        "trial_says": trial_sentence(trial) if trial and trial.state == TrialState.DONE else "",
        "trial_is_fresh": is_fresh,
        "trial_runs": trial is not None and trial.state in {TrialState.WAITING, TrialState.RUNNING},
        "may_publish": is_fresh and trial is not None and trial.state == TrialState.DONE,
        "trial_form": TrialForm(),
        "publish_form": PublishForm(),
    }


@desk
def add(request: HttpRequest) -> HttpResponse:
    """Phrases of the officials' own, put into the draft."""
    if turned_away(request, "edit_lexicon", LexiconVersion):
        return redirect("desk-home")
    form = PhraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.add_phrases(actor=actor_of(request), now=now_of(request), **form.cleaned_data)
        except HoiAmError as error:
            refuse(form, error)
        else:
            messages.success(
                request, "Đã thêm vào bản nháp. Chạy thử rồi công bố thì mới có hiệu lực."
            )
            return redirect("desk-lexicon")
    return render(request, "desk/lexicon_add.html", {"form": form, "groups": words()["groups"]})


@desk
def row(request: HttpRequest, row: str) -> HttpResponse:
    """One row whole: every phrase, and changing its weight, switching it off, putting it back."""
    if turned_away(request, "edit_lexicon", LexiconVersion):
        return redirect("desk-home")
    _, _, published, changes = _state()
    shown = next((r for r in rows_shown(changes, published) if r.id == row), None)
    if shown is None:
        raise Http404
    weigh = WeighForm(request.POST if request.POST.get("do") == "weigh" else None)
    off = WhyForm(request.POST if request.POST.get("do") == "off" else None)
    if request.method == "POST" and _change(request, shown, weigh, off):
        return redirect("desk-lexicon")
    return render(request, "desk/lexicon_row.html", {"row": shown, "weigh": weigh, "off": off})


def _change(request: HttpRequest, shown: ShownRow, weigh: WeighForm, off: WhyForm) -> bool:
    """Whether the draft now says what was asked for; a refusal stands at its field."""
    who: dict[str, Any] = {"actor": actor_of(request), "now": now_of(request)}
    do = request.POST.get("do")
    form = {"weigh": weigh, "off": off}.get(do or "")
    if form is not None and not form.is_valid():
        return False
    try:
        if do == "weigh":
            verbs.weigh_row(shown.id, **who, **weigh.cleaned_data)
        elif do == "off":
            verbs.switch_off(shown.id, **who, **off.cleaned_data)
        else:
            verbs.undo_change(shown.id, **who) if do == "undo" else verbs.as_delivered(
                shown.id, **who
            )
    except HoiAmError as error:
        if form is None:
            messages.error(request, str(error))
        else:
            refuse(form, error)
        return form is None
    messages.success(request, "Đã ghi vào bản nháp. Chạy thử rồi công bố thì mới có hiệu lực.")
    return True


@desk
@require_POST
def draft(request: HttpRequest, verb: str) -> HttpResponse:
    """One act on the open draft: try, publish, put a row back, put the draft away."""
    if turned_away(request, "edit_lexicon", LexiconVersion):
        return redirect("desk-home")
    acts: dict[str, Callable[[HttpRequest], HttpResponse]] = {
        "try": _try,
        PUBLISH: _publish,
        "undo": _undo,
        "drop": _drop,
    }
    if verb not in acts:
        raise Http404
    return acts[verb](request)


def _try(request: HttpRequest) -> HttpResponse:
    form = TrialForm(request.POST)
    days = form.cleaned_data["days"] if form.is_valid() else 0
    trial = attempt(request, verbs.ask_trial, days=days)
    return redirect("desk-lexicon-trial", pk=trial.pk) if trial else redirect("desk-lexicon")


def _publish(request: HttpRequest) -> HttpResponse:
    form = PublishForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Ghi lý do công bố: người khác đọc lịch sử cần biết vì sao.")
        return redirect("desk-lexicon")
    version = attempt(request, verbs.publish_lexicon, **form.cleaned_data)
    if version:
        messages.success(
            request, f"Đã công bố bản số {version.number}. Tin mới từ nay xét theo bản này."
        )
    return redirect("desk-lexicon-history" if version else "desk-lexicon")


def _undo(request: HttpRequest) -> HttpResponse:
    attempt(request, verbs.undo_change, request.POST.get("row", ""), done="Đã bỏ một thay đổi.")
    return redirect("desk-lexicon")


def _drop(request: HttpRequest) -> HttpResponse:
    attempt(request, verbs.drop_draft, done="Đã bỏ bản nháp. Từ điển đang dùng không đổi.")
    return redirect("desk-lexicon")


@desk
def trial(request: HttpRequest, pk: int) -> HttpResponse:
    """A dry run: how far it is, then what it would add, drop and judge otherwise."""
    if turned_away(request, "read_lexicon", LexiconVersion):
        return redirect("desk-home")
    found = get_object_or_404(LexiconTrial.objects.select_related("draft", "by"), pk=pk)
    is_fresh = found.draft.is_open and found.digest == verbs.draft_digest(found.draft)
    return render(
        request,
        "desk/lexicon_trial.html",
        {
            "trial": found,
            "runs": found.state in {TrialState.WAITING, TrialState.RUNNING},
            "share": 100 * found.done // found.total if found.total else 0,
            "says": trial_sentence(found) if found.state == TrialState.DONE else "",
            "lists": tried_lists(found) if found.state == TrialState.DONE else [],
            "is_fresh": is_fresh,
            "publish_form": PublishForm(),
        },
    )


@desk
def history(request: HttpRequest) -> HttpResponse:
    """Every version with what it changed, and bringing one back."""
    if turned_away(request, "read_lexicon", LexiconVersion):
        return redirect("desk-home")
    found = list(versions())
    sets = {0: [], **{v.number: list(read_changes(v.changes)) for v in found}}
    shown = [(v, diff_shown(sets.get(v.number - 1, []), sets[v.number])) for v in found]
    context = {"versions": shown, "delivered": Lexicon.load().version, "form": WhyForm()}
    return render(request, "desk/lexicon_history.html", context)


@desk
@require_POST
def restore(request: HttpRequest, number: int) -> HttpResponse:
    """An earlier version in force again."""
    if turned_away(request, "restore_lexicon", LexiconVersion):
        return redirect("desk-home")
    form = WhyForm(request.POST)
    why = form.cleaned_data["why"] if form.is_valid() else ""
    version = attempt(request, verbs.restore_lexicon, number, reason=why)
    if version:
        messages.success(request, f"Đã quay về bản số {number} (nay là bản số {version.number}).")
    return redirect("desk-lexicon-history")
