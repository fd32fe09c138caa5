"""Legal questions in the actor's sight."""

from datetime import datetime

from django.db.models import Count, Q

from hoiam.core.actor import Actor
from hoiam.core.scope import ScopedQuerySet
from hoiam.kit.rulebook import Change, Light, changes_of, light
from hoiam.kit.vietnamese import VIETNAM
from hoiam.letters.models import LegalQuestion, PublishedAnswer, ReaderLetter
from hoiam.letters.policies import reads_letters
from hoiam.letters.queries.standing import question_stands
from hoiam.letters.states import OPEN_QUESTIONS, QuestionState
from hoiam.monitoring.calendars import calendar_in_use

QUESTION_TABS = ("open", "check", "standing", "review", "published", "other", "all")


def questions_visible_to(actor: Actor) -> ScopedQuerySet:
    """Legal questions put to the actor's agencies, for who works on letters."""
    if not reads_letters(actor):
        return LegalQuestion.objects.none().narrowed()
    rows = LegalQuestion.objects.select_related("agency", "published")
    return rows.narrowed() if actor.sees_everything else rows.narrowed(agency__in=actor.agency_ids)


def question_list(actor: Actor, *, tab: str = "open", words: str = "") -> ScopedQuerySet:
    """The questions of a tab; open ones by what is due first, the others newest first."""
    rows = questions_visible_to(actor).filter(_in_tab(tab, actor)).select_related("drafted_by")
    if words.strip():
        rows = rows.filter(Q(asked__icontains=words.strip()) | Q(question__icontains=words.strip()))
    return rows.order_by("due_at", "pk") if tab in ("open", "check", "standing") else rows


def question_tabs(actor: Actor) -> dict[str, int]:
    """How many questions each tab holds, in one query."""
    return questions_visible_to(actor).aggregate(
        **{tab: Count("pk", filter=_in_tab(tab, actor)) for tab in QUESTION_TABS}
    )


def _in_tab(tab: str, actor: Actor) -> Q:
    return {
        "open": Q(state__in=OPEN_QUESTIONS),
        "check": Q(state=QuestionState.DRAFTED),
        "standing": question_stands(actor.today),
        "review": Q(state=QuestionState.PUBLISHED, published__is_under_review=True),
        "published": Q(state=QuestionState.PUBLISHED),
        "other": Q(
            state__in=(QuestionState.ANSWERED, QuestionState.REFERRED, QuestionState.WITHDRAWN)
        ),
    }.get(tab, Q(pk__isnull=False))


def question_pages(actor: Actor) -> ScopedQuerySet:
    """Questions with all that the page of one draws."""
    return questions_visible_to(actor).select_related(
        "drafted_by", "checked_by", "approved_by", "letter", "entered_by"
    )


def question_light(question: LegalQuestion, now: datetime) -> Light:
    """The light of a question: MD-131, a product default."""
    if question.state in OPEN_QUESTIONS:
        return light(
            question.due_at, now, "run", unit="working_day", start=question.received_at,
            calendar=calendar_in_use(),
        )  # fmt: skip
    if question.published is not None and question.published.is_under_review:
        return Light("due", "run", "cần rà soát")
    return Light("ok", "done", str(question.get_state_display()).lower())


def changed_laws(answer: PublishedAnswer, now: datetime) -> tuple[Change, ...]:
    """What became, since the day its law was taken from, of the instruments a published answer cites."""
    cited = [*answer.laws, answer.answer_html]
    return changes_of(cited, after=answer.law_day, until=now.astimezone(VIETNAM).date())


def question_by_code(code: str) -> LegalQuestion | None:
    """The question its asker looks up by the code they were given; None when no code is this."""
    rows = LegalQuestion.objects.system("who asked holds the code")
    rows = rows.select_related("agency", "published")
    return rows.filter(code=code.strip().upper()).first() if code.strip() else None


def question_of(letter: ReaderLetter) -> LegalQuestion | None:
    """The question a letter turned out to be, for who holds the letter's own code."""
    rows = LegalQuestion.objects.system("who sent the letter asked the question")
    return rows.filter(letter=letter).first()


def questions_sent_since(sender_key: str, since: datetime) -> int:
    """How many questions one sender left by the public form since a moment."""
    rows = LegalQuestion.objects.system("the public form counts its senders")
    return rows.filter(sender_key=sender_key, received_at__gte=since).count()
