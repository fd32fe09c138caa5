"""Legal answers on the public site: published, answered to one, looked at again, withdrawn, flagged when a law changes."""

from datetime import datetime

from django.db import transaction
from django.utils.text import slugify

from hoiam.core import ledger, outbox
from hoiam.core.actor import Actor
from hoiam.core.errors import NotAllowed
from hoiam.core.markup import plain
from hoiam.kit.rulebook import changes_of
from hoiam.kit.vietnamese import VIETNAM, fold, squash
from hoiam.letters.actions.hiding import WHY, without_names
from hoiam.letters.actions.moving import needed
from hoiam.letters.actions.question_moves import OWN_DRAFT, begin_question, finish_question
from hoiam.letters.models import LegalQuestion, PublishedAnswer

SLUG = 100


@transaction.atomic
def publish_legal_answer(question: LegalQuestion, *, actor: Actor, now: datetime) -> LegalQuestion:
    """The answer on the public site; a revised one takes the place of the earlier at the same address.

    Raises:
        NotAllowed: the actor drafted it.
    """
    question = begin_question(question, "publish_legal_answer", actor)
    if question.drafted_by_id == actor.pk:
        raise NotAllowed(OWN_DRAFT)
    row = question.published or PublishedAnswer(
        agency=question.agency, slug=_free_slug(question.question), published_at=now,
        fictional=question.fictional,
    )  # fmt: skip
    row.question, row.answer_html, row.topic = (
        question.question,
        question.answer_html,
        question.topic,
    )
    assert question.law_day is not None  # no draft is saved without it
    row.laws, row.law_day = list(question.laws), question.law_day
    row.words = fold(" ".join([row.question, plain(row.answer_html), *row.laws]))
    row.reviewed_at, row.is_under_review, row.review_reason = now, False, ""
    row.withdrawn_at, row.withdrawn_reason = None, ""
    row.save()
    outbox.post("legal_answer_changed", row.pk, at=now)
    return finish_question(
        question, "publish_legal_answer", actor, now, told={"slug": row.slug}, published=row,
        approved_by=actor.official, answered_at=question.answered_at or now,
    )  # fmt: skip


def _free_slug(text: str) -> str:
    stem = slugify(fold(text))[:SLUG].strip("-") or "hoi-dap"
    rows = PublishedAnswer.objects.system("addresses are taken by every agency's answers")
    taken = set(rows.filter(slug__startswith=stem).values_list("slug", flat=True))
    if stem not in taken:
        return stem
    number = 2
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"


@transaction.atomic
def answer_asker(
    question: LegalQuestion, *, way: str, actor: Actor, now: datetime
) -> LegalQuestion:
    """The question answered to who asked alone, with no publishing.

    Raises:
        NotAllowed: the actor drafted it.
        InvalidInput: it is not said how.
    """
    question = begin_question(question, "answer_asker", actor)
    if question.drafted_by_id == actor.pk:
        raise NotAllowed(OWN_DRAFT)
    how = needed(way, "Ghi đã trả lời người hỏi bằng cách nào.", "way")
    return finish_question(
        question, "answer_asker", actor, now, reason=how, approved_by=actor.official,
        answered_at=now,
    )  # fmt: skip


@transaction.atomic
def refer_question(
    question: LegalQuestion, *, to: str, actor: Actor, now: datetime
) -> LegalQuestion:
    """The question with whom its asker should ask instead.

    Raises:
        InvalidInput: nowhere is named.
    """
    question = begin_question(question, "refer_question", actor)
    said = squash(needed(to, "Ghi nơi hướng dẫn người hỏi đến.", "to"))
    where = without_names(question, said)[:250]
    return finish_question(
        question, "refer_question", actor, now, told={"to": where}, referred_to=where
    )


@transaction.atomic
def review_legal_answer(
    question: LegalQuestion, *, note: str, actor: Actor, now: datetime
) -> LegalQuestion:
    """The published answer found to hold still, by the law of today.

    Raises:
        InvalidInput: nothing is said of what was looked at.
    """
    question = begin_question(question, "review_legal_answer", actor)
    why = needed(note, "Ghi đã đối chiếu với văn bản nào.", "note")
    row, today = question.published, now.astimezone(VIETNAM).date()
    assert row is not None  # the state says so
    row.reviewed_at, row.law_day, row.is_under_review, row.review_reason = now, today, False, ""
    row.save(update_fields=["reviewed_at", "law_day", "is_under_review", "review_reason"])
    outbox.post("legal_answer_changed", row.pk, at=now)
    return finish_question(question, "review_legal_answer", actor, now, reason=why, law_day=today)


@transaction.atomic
def revise_legal_answer(
    question: LegalQuestion, *, reason: str, actor: Actor, now: datetime
) -> LegalQuestion:
    """The question open for a new draft; what stands on the public site stays, marked as under review.

    Raises:
        InvalidInput: no reason.
    """
    question = begin_question(question, "revise_legal_answer", actor)
    why = needed(reason, "Ghi vì sao soạn lại.", "reason")
    if question.published is not None and question.published.withdrawn_at is None:
        _flag(question.published, "Cơ quan đang soạn lại giải đáp này.")
    return finish_question(
        question, "revise_legal_answer", actor, now, reason=why, drafted_by=actor.official,
        checked_by=None, checked_at=None,
    )  # fmt: skip


@transaction.atomic
def withdraw_legal_answer(
    question: LegalQuestion, *, reason: str, actor: Actor, now: datetime
) -> LegalQuestion:
    """The answer gone from the public site.

    Raises:
        InvalidInput: no reason.
    """
    question = begin_question(question, "withdraw_legal_answer", actor)
    why = needed(reason, "Ghi lý do rút.", "reason")
    row = question.published
    assert row is not None  # the state says so
    row.withdrawn_at, row.withdrawn_reason = now, why
    row.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    outbox.post("legal_answer_changed", row.pk, at=now)
    return finish_question(question, "withdraw_legal_answer", actor, now, reason=why)


@transaction.atomic
def flag_changed_laws(*, now: datetime) -> int:
    """How many published answers were marked for review because an instrument they cite changed since the day of their law."""
    today, flagged = now.astimezone(VIETNAM).date(), 0
    rows = PublishedAnswer.objects.system("laws change for every agency's answers")
    standing = rows.filter(withdrawn_at=None, is_under_review=False).select_for_update(of=("self",))
    for row in standing:
        found = changes_of([*row.laws, row.answer_html], after=row.law_day, until=today)
        if not found:
            continue
        _flag(row, "; ".join(str(change) for change in found) + ".")
        question = LegalQuestion.objects.system(WHY).filter(published=row).first()
        if question is not None:
            ledger.write(
                question, actor=None, step="flag_legal_answer", at=now, reason=row.review_reason
            )
            outbox.post("legal_answer_flagged", question.pk, at=now)
        flagged += 1
    return flagged


def _flag(row: PublishedAnswer, why: str) -> None:
    row.is_under_review, row.review_reason = True, why
    row.save(update_fields=["is_under_review", "review_reason"])
