"""Letters and questions that stand open too long: as long as they do, what names people in them is kept."""

from datetime import date, datetime, timedelta

from django.db.models import Q

from hoiam.agencies.models import Agency
from hoiam.core.scope import ScopedQuerySet
from hoiam.kit.rulebook import default_number
from hoiam.kit.vietnamese import VIETNAM
from hoiam.letters.models import LegalQuestion, ReaderLetter
from hoiam.letters.states import OPEN_QUESTIONS, LetterState

STANDING_AFTER = "MD-135"
WHY = "the head is told what stands open"
OVER = (LetterState.CLOSED, LetterState.SPLIT)


def _before(today: date) -> datetime:
    day = today - timedelta(days=default_number(STANDING_AFTER))
    return datetime.combine(day, datetime.min.time(), tzinfo=VIETNAM)


def letter_stands(today: date) -> Q:
    """The condition that a letter was received longer ago than MD-135 allows and is not closed."""
    return Q(received_at__lt=_before(today)) & ~Q(state__in=OVER)


def question_stands(today: date) -> Q:
    """The condition that a legal question was received so long ago and is not answered."""
    return Q(received_at__lt=_before(today), state__in=OPEN_QUESTIONS)


def standing_letters(agency: Agency, today: date) -> ScopedQuerySet:
    """The agency's letters that stand open too long."""
    return ReaderLetter.objects.system(WHY).filter(letter_stands(today), agency=agency)


def standing_questions(agency: Agency, today: date) -> ScopedQuerySet:
    """The agency's legal questions that stand open too long."""
    return LegalQuestion.objects.system(WHY).filter(question_stands(today), agency=agency)


def agencies_with_standing(today: date) -> list[Agency]:
    """The agencies that have any, in their order."""
    letters = ReaderLetter.objects.system(WHY).filter(letter_stands(today)).values("agency")
    questions = LegalQuestion.objects.system(WHY).filter(question_stands(today)).values("agency")
    return list(Agency.objects.filter(Q(pk__in=letters) | Q(pk__in=questions)).order_by("pk"))
