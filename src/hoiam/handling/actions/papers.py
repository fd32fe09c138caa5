"""Outgoing papers: drafted, edited, submitted, and approved by somebody else; the number is given at approval."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from hoiam.agencies.models import Channel
from hoiam.core import authority, blobs, ledger, outbox
from hoiam.core.actor import Actor
from hoiam.core.errors import InvalidInput, WrongState
from hoiam.handling.actions.moving import locked, locked_open, of_case, refuse_closed
from hoiam.handling.actions.numbering import next_number
from hoiam.handling.actions.paper_fields import AT_APPROVAL, data_of, first_fields, readable
from hoiam.handling.actions.paper_grounds import gaps_of
from hoiam.handling.actions.signing import Signing, check_signing
from hoiam.handling.models import Case, Evidence, Paper, PaperVersion
from hoiam.handling.states import PAPER_TRANSITIONS, PaperState
from hoiam.kit.papers import PaperError, draft_text, kind, missing_fields, number_line, write
from hoiam.kit.vietnamese import VIETNAM, show_number, squash
from hoiam.monitoring.models import Item

# Which kinds press agencies receive: these start a round of feedback.
ROUNDS = frozenset({"response", "correction_demand"})
LONGEST_BODY = 60_000


@transaction.atomic
def draft_paper(
    case: Case,
    *,
    code: str,
    actor: Actor,
    now: datetime,
    item: Item | None = None,
    fields: Mapping[str, Any] | None = None,
) -> Paper:
    """The new draft, filled with what the case knows; `fields` adds to it or takes its place.

    Raises:
        InvalidInput: no such kind of paper.
        WrongState: the case is closed.
    """
    case = locked_open(case, "draft_paper", actor)
    _known(code)
    item = item or _lead_item(case)
    typed = {
        name: readable(value) for name, value in (fields or {}).items() if name not in AT_APPROVAL
    }
    subject = squash(str(typed.pop("subject", "")))[:500] or _subject(case, code)
    data = {**first_fields(case, code, item, now=now, drafter=str(actor)), **typed}
    channel = item.channel if item else None
    paper = Paper.objects.create(
        case=case,
        agency=case.agency,
        kind=code,
        subject=subject,
        item=item,
        channel=channel,
        press_agency=channel.press_agency if channel else None,
        addressee="; ".join(_lines(data.get("addressees")))[:250],
        fields=data,
        body=draft_text(code, {**data, "draft": True}),
        drafted_by=actor.official,
        drafted_at=now,
        round=_round(case, code, channel),
    )
    _keep_version(paper, actor, now)
    ledger.write(case, actor=actor, step="draft_paper", at=now, paper=paper.pk, kind=code)
    return paper


def _known(code: str) -> None:
    try:
        kind(code)
    except PaperError as error:
        raise InvalidInput(str(error), "kind") from error


def _lead_item(case: Case) -> Item | None:
    row = case.case_items.select_related("item__channel__press_agency", "item__clip").first()
    return row.item if row else None


def _subject(case: Case, code: str) -> str:
    """Blank where the form words it by itself (it knows the outlet and the day)."""
    return "" if kind(code).subject else squash(case.title)[:300]


def _round(case: Case, code: str, channel: Channel | None) -> int:
    if code not in ROUNDS:
        return 1
    before = case.papers.filter(kind__in=ROUNDS, channel=channel).exclude(
        state=PaperState.WITHDRAWN
    )
    return before.count() + 1


def _keep_version(paper: Paper, actor: Actor, now: datetime) -> None:
    PaperVersion.objects.create(
        paper=paper, body=paper.body, fields=paper.fields, by=actor.official, at=now
    )


def locked_paper(paper: Paper) -> Paper:
    """The paper reloaded under lock with its case, so that a stale copy is safe."""
    locked(paper.case_id)  # the case first: sending a paper moves it
    rows = Paper.objects.system("reload under lock").select_for_update(of=("self",))
    return rows.select_related("case__agency", "agency").get(pk=paper.pk)


def move_paper(
    paper: Paper,
    step: str,
    *,
    actor: Actor,
    now: datetime,
    reason: str = "",
    told: Mapping[str, Any] | None = None,
    **fields: Any,
) -> Paper:
    """The paper after one transition: lock, authority, state, write, diary on its case (`told`: what else it says)."""
    paper = locked_paper(paper)
    authority.check(actor, step, paper)
    check_paper_state(paper, step)
    if step != "withdraw_paper":
        refuse_closed(paper.case)
    paper.state = PAPER_TRANSITIONS[step].target
    for name, value in fields.items():
        setattr(paper, name, value)
    paper.save(update_fields=["state", *fields])
    ledger.write(
        paper.case,
        actor=actor,
        step=step,
        at=now,
        reason=reason.strip(),
        paper=paper.pk,
        **(told or {}),
    )
    return paper


def check_paper_state(paper: Paper, step: str) -> None:
    """Nothing, when the step may start from the paper's state.

    Raises:
        WrongState: it may not; the sentence names both.
    """
    transition = PAPER_TRANSITIONS[step]
    if paper.state not in transition.sources:
        raise WrongState(
            f"Văn bản đang ở tình trạng “{PaperState(paper.state).label}”, không làm "
            f"“{transition.label}” được. Tải lại trang để xem ai vừa xử lý."
        )


@transaction.atomic
def edit_paper(
    paper: Paper,
    *,
    actor: Actor,
    now: datetime,
    fields: Mapping[str, Any],
    body: str | None = None,
    subject: str | None = None,
    attached: Evidence | None = None,
) -> Paper:
    """The draft with changed fields; a body edited by hand stays as it is, else it is written anew from the fields.

    Args:
        body: the text as the person left it; None or unchanged keeps the machine's own wording.
        subject: the subject line; None leaves it as it is, blank lets the form word it.
        attached: the file that goes with it, of its case's evidence; None leaves what there is.

    Raises:
        InvalidInput: the text is longer than any paper, or the file is of another case.
    """
    before = locked_paper(paper)
    of_case(attached, before.case, "attached")
    if body is not None and len(body) > LONGEST_BODY:
        raise InvalidInput(
            f"Nội dung dài {show_number(len(body))} ký tự, quá {show_number(LONGEST_BODY)}. Chuyển phần dài sang "
            "phụ lục.",
            "body",
        )
    data = {
        name: readable(value)
        for name, value in fields.items()
        if name not in AT_APPROVAL | {"body", "subject"}
    }
    data = {**before.fields, **data}
    edited = body is not None and _flat(body) != _flat(before.body)
    keeps_own = before.is_body_edited or edited
    text = body if keeps_own and body is not None else None
    machine = draft_text(before.kind, {**data, "draft": True})
    if text is None:
        text = before.body if keeps_own else machine
    keeps_own = keeps_own and _flat(text) != _flat(machine)
    changed = move_paper(
        paper,
        "edit_paper",
        actor=actor,
        now=now,
        fields=data,
        body=text,
        is_body_edited=keeps_own,
        subject=before.subject if subject is None else squash(subject)[:500],
        addressee="; ".join(_lines(data.get("addressees")))[:250],
        attached=attached or before.attached,
        # Whoever edits last has written it: the four eyes are counted from there.
        drafted_by=actor.official,
    )
    _keep_version(changed, actor, now)
    return changed


def _flat(text: str) -> str:
    return " ".join(text.split())


def _lines(value: Any) -> list[str]:
    return value.splitlines() if isinstance(value, str) else list(value or [])


@transaction.atomic
def submit_paper(paper: Paper, *, actor: Actor, now: datetime) -> Paper:
    """The paper before who may sign it.

    Raises:
        InvalidInput: mandatory content is missing or cannot stand; the sentence names all of it.
    """
    paper = locked_paper(paper)
    authority.check(actor, "submit_paper", paper)
    check_paper_state(paper, "submit_paper")
    data = data_of(paper)
    lacking = [
        f for f in missing_fields(paper.kind, {**data, "draft": True}) if f.name not in AT_APPROVAL
    ]
    _refuse_gaps(paper, [(field.label, field.name) for field in lacking], now)
    _written(paper, draft=True, signer="(chờ ký)", signer_title="(chờ ký)")
    moved = move_paper(paper, "submit_paper", actor=actor, now=now, submitted_at=now)
    outbox.post("paper_submitted", moved.pk, at=now)
    return moved


def _refuse_gaps(paper: Paper, lacking: list[tuple[str, str]], now: datetime) -> None:
    """Refuses in one sentence all that the form and the law still want."""
    today = now.astimezone(VIETNAM).date()
    wanted = lacking + [(gap.sentence, gap.place) for gap in gaps_of(paper, today=today)]
    if wanted:
        labels = "; ".join(label for label, _ in wanted)
        raise InvalidInput(f"Văn bản còn thiếu: {labels}. Bổ sung rồi trình lại.", wanted[0][1])


def _written(paper: Paper, **more: Any) -> bytes:
    try:
        return write(paper.kind, data_of(paper, **more))
    except PaperError as error:
        raise InvalidInput(str(error), "body") from error


def preview(paper: Paper) -> bytes:
    """The Word file as it stands now: the approved bytes once there are any, else a draft with blanks for the signer."""
    if paper.blob:
        return blobs.read(paper.blob)
    return _written(paper, draft=True, signer="……", signer_title="……")


@transaction.atomic
def return_paper(paper: Paper, *, actor: Actor, now: datetime, reason: str) -> Paper:
    """The paper back with who drafted it.

    Raises:
        InvalidInput: it is not said what to mend.
    """
    if not reason.strip():
        raise InvalidInput("Ghi điều cần sửa để người soạn biết.", "reason")
    moved = move_paper(paper, "return_paper", actor=actor, now=now, reason=reason)
    outbox.post("paper_returned", moved.pk, at=now)
    return moved


@transaction.atomic
def approve_paper(
    paper: Paper,
    *,
    actor: Actor,
    now: datetime,
    signer_title: str,
    signing_form: str = "none",
    signing_for: str = "",
    basis: Mapping[str, Any] | None = None,
) -> Paper:
    """The paper approved, numbered and written: its bytes are kept and never change again.

    Args:
        signing_form: one of NĐ 30/2020/NĐ-CP Điều 13: none, Q, TM, KT, TL, TUQ.
        basis: what TL. and TUQ. rest on, by name (`signing.LABELS`).

    Raises:
        NotAllowed: the actor drafted it, or may not sign for the agency (four eyes).
        InvalidInput: the signer's title is missing, the signing form is not lawful for this person, the law's
            grounds are gone, or the form of NĐ 30 refuses the content.
    """
    if not signer_title.strip():
        raise InvalidInput("Ghi chức vụ người ký.", "signer_title")
    how = Signing(signing_form, signing_for, basis)
    moved = move_paper(
        paper,
        "approve_paper",
        actor=actor,
        now=now,
        approved_by=actor.official,
        approved_at=now,
        signing_form=signing_form,
        issued_on=now.astimezone(VIETNAM).date(),
    )
    check_signing(moved, how, actor=actor, today=moved.issued_on)
    moved.signing_basis = how.kept()
    _refuse_gaps(moved, [], now)
    moved.number, moved.year = next_number(moved.agency, now)
    moved.symbol = _symbol(moved)
    moved.fields = {
        **moved.fields,
        "signer": str(actor),
        "signer_title": signer_title.strip(),
        "signing_form": signing_form,
        "signing_for": signing_for.strip(),
        "number": moved.number,
        "issued_on": moved.issued_on.isoformat(),
    }
    moved.blob = blobs.put(_written(moved)).sha256
    moved.save(update_fields=["number", "year", "symbol", "fields", "blob", "signing_basis"])
    outbox.post("paper_approved", moved.pk, at=now)
    return moved


def _symbol(paper: Paper) -> str:
    form = kind(paper.kind)
    line = number_line(
        paper.number,
        str(paper.fields.get("agency_symbol", "")),
        unit_symbol=str(paper.fields.get("unit_symbol", "")) if form.form == "letter" else "",
        type_symbol=form.symbol,
    )
    return line.removeprefix("Số:").strip()[:60]


@transaction.atomic
def withdraw_paper(paper: Paper, *, actor: Actor, now: datetime, reason: str) -> Paper:
    """The paper withdrawn before it was sent; its number, once given, stays in the register.

    Raises:
        InvalidInput: no reason.
    """
    if not reason.strip():
        raise InvalidInput("Ghi lý do thu hồi văn bản.", "reason")
    return move_paper(
        paper,
        "withdraw_paper",
        actor=actor,
        now=now,
        reason=reason,
        withdrawn_reason=reason.strip(),
    )
