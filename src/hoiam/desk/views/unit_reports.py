"""One unit's report: read with its versions, filled on the desk or from a file, sent, returned, taken."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from hoiam.core import authority, blobs
from hoiam.core.errors import HoiAmError, InvalidInput
from hoiam.core.filekinds import admitted
from hoiam.desk.forms.round_rows import FillForm
from hoiam.desk.forms.rounds import (
    AskReportForm,
    ChaseForm,
    ExplainForm,
    FaultForm,
    FileForm,
    MendForm,
    SubmitForm,
    WaiveForm,
)
from hoiam.desk.presenters.rounds import answers_of, lamp_of, plain_of
from hoiam.desk.rim import actor_of, attempt, desk, now_of, refuse
from hoiam.desk.typed import number_in
from hoiam.desk.views.files import attached
from hoiam.kit.papers import PaperError
from hoiam.kit.papers.report_form import ANNEX, files_of, write_excel_form, write_word_form
from hoiam.kit.papers.sheets import EXCEL
from hoiam.monitoring.actions.digest_papers import WORD
from hoiam.scheme import actions
from hoiam.scheme.actions.unit_reports import TwoAtOnce, content_mark, findings_of
from hoiam.scheme.models import ReportExplanation, ScoreRule, UnitReport
from hoiam.scheme.policies.rounds import writers_of
from hoiam.scheme.queries.round_forms import due_words, form_of, tasks_of
from hoiam.scheme.queries.round_words import chase_letter
from hoiam.scheme.queries.rounds import answers_for, signers_of, unit_reports_visible_to
from hoiam.scheme.queries.scores import score_of
from hoiam.scheme.queries.standing import standing_of
from hoiam.scheme.states import UNIT_REPORT_TRANSITIONS, RoundState, UnitReportState

# verb of the address → (action, form or None, what is said when it is done)
VERBS: dict[str, tuple[Any, Any, str]] = {
    "submit_unit_report": (actions.submit_unit_report, SubmitForm, "Đã trình lãnh đạo duyệt."),
    "hand_back_unit_report": (actions.hand_back_unit_report, MendForm, "Báo cáo đã về người soạn để sửa."),
    "send_unit_report": (actions.send_unit_report, None, "Đã duyệt và gửi cấp trên."),
    "return_unit_report": (actions.return_unit_report, FaultForm, "Đã trả lại đơn vị."),
    "accept_unit_report": (actions.accept_unit_report, None, "Đã nhận báo cáo."),
    "chase_unit": (actions.chase_unit, ChaseForm, "Đã gửi thư đôn đốc."),
    "ask_report_explanation": (actions.ask_report_explanation, AskReportForm, "Đã yêu cầu giải trình."),
    "explain_report": (actions.explain_report, ExplainForm, "Đã gửi giải trình."),
    "waive_points": (actions.waive_points, WaiveForm, "Đã miễn trừ điểm."),
    "withdraw_waiver": (actions.withdraw_waiver, WaiveForm, "Đã rút việc miễn trừ."),
}  # fmt: skip
TAKEN_BACK = "Rút về sửa"  # what handing back is called for who wrote it
LABELS = {
    "chase_unit": "Đôn đốc",
    "ask_report_explanation": "Yêu cầu giải trình",
    "explain_report": "Giải trình",
    "waive_points": "Không trừ điểm",
    "withdraw_waiver": "Rút việc không trừ điểm",
}
KINDS = {"docx": (write_word_form, WORD), "xlsx": (write_excel_form, EXCEL)}


def _report(request: HttpRequest, pk: int) -> UnitReport:
    rows = unit_reports_visible_to(actor_of(request)).select_related("written_by", "accepted_by")
    return get_object_or_404(rows, pk=pk)


@desk
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The report as it stands, its versions, what may be done with it."""
    return _page(request, _report(request, pk))


def _page(
    request: HttpRequest, found: UnitReport, *, failed: Any = None, verb: str = ""
) -> HttpResponse:
    actor, now = actor_of(request), now_of(request)
    versions = list(found.versions.select_related("written_by", "approved_by", "returned_by"))
    standing = standing_of(found.round, versions, now)
    reads = authority.can(actor, "read_draft", found)
    sections = list(found.round.sections.all())
    content, findings = _shown(found, versions, reads)
    score = score_of(found, found.round, now, list(ScoreRule.objects.all()))
    asked = ReportExplanation.objects.filter(report=found).select_related("asked_by", "answered_by")
    explanation = asked.first()
    verbs = _verbs(actor, found, standing, score, explanation)
    context = {
        "report": found,
        "round": found.round,
        "due": due_words(found.round),
        "standing": standing,
        "lamp": lamp_of(standing, found.round, actor.today, begun=found.version > 0),
        "reads": reads,
        "chapters": answers_of(sections, content, findings) if content is not None else [],
        "findings": findings,
        "annex_keys": {section.key for section in sections if section.kind == "annex"},
        "versions": versions[::-1],
        "score": score,
        "explanation": explanation,
        "chases": list(found.chases.select_related("by")[:5]),
        "uploads": list(found.uploads.select_related("by")[:5]) if reads else [],
        "acts": [
            _act(
                name,
                found,
                standing,
                failed if name == verb else None,
                score,
                wrote=actor.pk in writers_of(found),
            )
            for name in verbs
        ],
        "signers": _signers(found, actor) if reads else None,
        "may_fill": "fill_unit_report" in _open_steps(actor, found),
        "today_by": answers_for(found, actor.today),
        "failed": failed,
    }
    return render(request, "desk/rounds/report.html", context, status=422 if failed else 200)


def _signers(found: UnitReport, actor: Any) -> list[str] | None:
    """The names of who may approve what waits for it; None when nothing waits."""
    if found.state != UnitReportState.SUBMITTED:
        return None
    return [str(each) for each in signers_of(found, actor.today)]


def _shown(found: UnitReport, versions: list[Any], reads: bool) -> tuple[Any, Any]:
    """What the reader is shown: the unit its own writing, others the last version sent; None when nothing was sent."""
    if reads and (found.state in ("draft", "submitted") or not versions):
        return found.content, findings_of(found)
    if not versions:
        return None, ()
    return versions[-1].content, versions[-1].findings


def _open_steps(actor: Any, found: UnitReport) -> set[str]:
    """The steps of the table that start from where the report stands and that the actor may take."""
    names = [n for n, step in UNIT_REPORT_TRANSITIONS.items() if found.state in step.sources]
    if found.round.state != RoundState.OPEN:
        names = [name for name in names if name == "accept_unit_report"]
    return authority.allowed(actor, names, found)


def _verbs(actor: Any, found: UnitReport, standing: Any, score: Any, explanation: Any) -> list[str]:
    """What may be done now, in the order of the page."""
    steps = _open_steps(actor, found) - {"fill_unit_report"}
    names = [name for name in VERBS if name in steps]
    others = {
        "chase_unit": found.round.state == RoundState.OPEN
        and (standing.received_at is None or standing.is_back),
        "ask_report_explanation": bool(standing.losses) and explanation is None,
        "explain_report": explanation is not None and explanation.answered_at is None,
        "waive_points": any(line.waiver is None for line in score.lines),
        "withdraw_waiver": any(line.waiver for line in score.lines),
    }
    allowed = authority.allowed(actor, [name for name, fits in others.items() if fits], found)
    return names + [name for name in others if name in allowed]


def _act(name: str, found: UnitReport, standing: Any, failed: Any, score: Any, *, wrote: bool) -> dict[str, Any]:  # fmt: skip
    step = UNIT_REPORT_TRANSITIONS.get(name)
    form_class = VERBS[name][1]
    form = failed or (form_class() if form_class else None)
    if form_class is WaiveForm:
        given = name == "withdraw_waiver"
        form.offer([line.loss for line in score.lines if bool(line.waiver) == given])
    letter = chase_letter(found.round, standing, "…") if name == "chase_unit" else ""
    taken_back = wrote and name == "hand_back_unit_report"
    return {
        "name": name,
        "label": TAKEN_BACK if taken_back else step.label if step else LABELS[name],
        "form": form,
        "is_go": name in ("submit_unit_report", "send_unit_report", "accept_unit_report"),
        "letter": letter,
    }


@desk
@require_POST
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """One verb of the report; a refusal keeps what was typed."""
    if verb not in VERBS:
        raise Http404("no such verb")
    found, (action, form_class, done) = _report(request, pk), VERBS[verb]
    if form_class is None:
        attempt(request, action, found, done=done)
        return redirect("desk-round-report", pk=pk)
    form = form_class(request.POST)
    if form.is_valid():
        try:
            action(found, actor=actor_of(request), now=now_of(request), **form.cleaned_data)
        except HoiAmError as error:
            refuse(form, error)
        else:
            messages.success(request, done)
            return redirect("desk-round-report", pk=pk)
    return _page(request, found, failed=form, verb=verb)


@desk
def fill(request: HttpRequest, pk: int) -> HttpResponse:
    """The form to fill. What was typed is kept whatever it is; two people at once see both texts."""
    found = _report(request, pk)
    if not authority.can(actor_of(request), "fill_unit_report", found):
        raise Http404("not this unit's report")
    spec, tasks = form_of(found.round), tasks_of(found)
    form = FillForm(spec, found.content, tasks, request.POST or None)
    clash: list[tuple[Any, str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.fill_unit_report(
                found, actor=actor_of(request), now=now_of(request), content=form.cleaned_data,
                base=form.base(),
            )  # fmt: skip
        except TwoAtOnce as error:
            clash = _clash(form, error)
            form.add_error(None, str(error))
        except HoiAmError as error:
            refuse(form, error)
        else:
            return _saved(request, saved)
    annexes = _annexes(found)
    marks = form.marks if clash or request.method != "POST" else form.base()
    context = {
        "report": found, "round": found.round, "due": due_words(found.round), "form": form,
        "clash": clash, "marks": marks, "file_form": FileForm(),
        "annexes": annexes, "annex_keys": {section.key for section, _ in annexes},
        "findings": findings_of(found),
        "only_signer": _only_signer(found, actor_of(request)),
        "is_open": "fill_unit_report" in _open_steps(actor_of(request), found),
        "refusals": [last for last in found.uploads.all()[:1] if not last.taken],
    }  # fmt: skip
    status = 409 if clash else 422 if form.errors else 200
    return render(request, "desk/rounds/fill.html", context, status=status)


def _only_signer(found: UnitReport, actor: Any) -> bool:
    """Whether nobody could approve the report once the reader writes of it."""
    signers = {each.pk for each in signers_of(found, actor.today)}
    return signers <= {actor.pk}


def _saved(request: HttpRequest, saved: UnitReport) -> HttpResponse:
    left = findings_of(saved)
    words = (
        f"Đã lưu. Còn {len(left)} điều chưa đủ, chưa khớp." if left else "Đã lưu; báo cáo đã đủ."
    )
    messages.success(request, words)
    if request.POST.get("then") == "stay":
        return redirect("desk-round-fill", pk=saved.pk)
    return redirect("desk-round-report", pk=saved.pk)


def _clash(form: FillForm, error: TwoAtOnce) -> list[tuple[Any, str, str]]:
    """The sections both people changed: title, theirs; the form's marks are moved to theirs, so that saving again settles it."""
    told = []
    for key in error.keys:
        section = form.spec.section(key)
        form.marks[key] = content_mark(error.theirs.get(key))
        told.append((section, plain_of(section, error.theirs.get(key)), f"id_{key}"))
    return told


def _annexes(found: UnitReport) -> list[tuple[Any, list[dict[str, Any]]]]:
    rows = found.round.sections.filter(kind="annex")
    return [(section, found.content.get(section.key, [])) for section in rows]


@desk
@require_POST
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """A filled file: taken whole into the form, or kept with why not."""
    found, form = _report(request, pk), FileForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, "Chọn tệp Word hoặc Excel đã điền theo mẫu của đợt.")
        return redirect("desk-round-fill", pk=pk)
    file = form.cleaned_data["file"]
    made = attempt(
        request, actions.upload_unit_report, found, data=file.read(), file_name=file.name,
        seen=number_in(request.POST.get("seen")) or 0,
    )  # fmt: skip
    if made is not None and made.taken:
        messages.success(request, f"Đã đưa nội dung tệp “{file.name}” vào báo cáo.")
        for notice in made.notes:
            messages.warning(request, notice)
    elif made is not None:
        messages.error(request, f"Chưa đưa tệp “{file.name}” vào báo cáo. {made.notes[0]}")
    return redirect("desk-round-fill", pk=pk)


@desk
@require_POST
def annex(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """A file put into an annex, or (`blob`) taken out of it."""
    found = _report(request, pk)
    if request.POST.get("blob"):
        attempt(
            request, actions.remove_annex, found, key=key, blob=request.POST["blob"],
            done="Đã bỏ tệp khỏi báo cáo.",
        )  # fmt: skip
        return redirect("desk-round-fill", pk=pk)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, "Chọn tệp kèm theo rồi bấm Thêm tệp.")
        return redirect("desk-round-fill", pk=pk)
    file = form.cleaned_data["file"]
    data = file.read()
    try:
        kind = admitted(data, file.name, office=True)
    except InvalidInput as error:
        messages.error(request, str(error))
        return redirect("desk-round-fill", pk=pk)
    attempt(
        request, actions.add_annex, found, key=key, data=data, name=file.name, kind=kind,
        done=f"Đã thêm tệp “{file.name}”.",
    )  # fmt: skip
    return redirect("desk-round-fill", pk=pk)


@desk
def template(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The form as a Word or Excel file, with what is written already."""
    found = _report(request, pk)
    if kind not in KINDS or not authority.can(actor_of(request), "read_draft", found):
        raise Http404("no such form")
    writer, mime = KINDS[kind]
    try:
        data = writer(
            form_of(found.round), found.content, unit=str(found.agency), tasks=tasks_of(found)
        )
    except PaperError as error:
        messages.error(request, str(error))
        return redirect("desk-round-fill", pk=pk)
    return attached(request, data, f"mau-bao-cao-{found.round_id}-{found.agency.code}.{kind}", mime)


def _contents(request: HttpRequest, found: UnitReport) -> list[dict[str, Any]]:
    """The contents the reader may see: every version sent, and the unit its own writing."""
    contents = list(found.versions.values_list("content", flat=True))
    if authority.can(actor_of(request), "read_draft", found):
        contents.append(found.content)
    return contents


@desk
def file(request: HttpRequest, pk: int, blob: str) -> HttpResponse:
    """A file of an annex; one that no version in sight holds is not there."""
    found = _report(request, pk)
    # Of annexes only: a row of a table may carry any word under any name, a hash of somebody else's file too.
    keys = list(found.round.sections.filter(kind=ANNEX).values_list("key", flat=True))
    for content in _contents(request, found):
        for each in (each for key in keys for each in files_of(content, key)):
            if each["blob"] == blob:
                return attached(request, blobs.read(blob), each["name"], each["kind"], blob)
    raise Http404("no such file")


@desk
def word(request: HttpRequest, pk: int) -> HttpResponse:
    """The Word file of the version sent last, or of the version asked for (`ban`)."""
    found = _report(request, pk)
    rows = found.versions.exclude(blob="")
    asked = number_in(request.GET.get("ban"))
    if asked is not None:
        rows = rows.filter(number=asked)
    version = rows.order_by("-number").first()
    if version is None:
        raise Http404("nothing sent yet")
    name = f"bao-cao-{found.agency.code}-ban-{version.number}.docx"
    return attached(request, blobs.read(version.blob), name, WORD, version.blob)


@desk
def version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One version as it was received, with what was not right then."""
    found = _report(request, pk)
    shown = get_object_or_404(
        found.versions.select_related("written_by", "approved_by", "returned_by"), number=number
    )
    sections = list(found.round.sections.all())
    context = {
        "report": found, "round": found.round, "version": shown,
        "chapters": answers_of(sections, shown.content, shown.findings),
        "scans": list(shown.scans.select_related("by")),
        "may_keep": authority.can(actor_of(request), "keep_report_scan", found),
        "scan_form": FileForm(label_suffix="", auto_id="scan-%s"),
    }  # fmt: skip
    return render(request, "desk/rounds/version.html", context)
