"""What the forms of the press desk share: the thing they stand on, who types, and the lists they offer."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import Q
from django.urls import reverse

from hoiam.agencies.models import Agency, Official, PressAgency
from hoiam.agencies.queries import agencies_on, assignable_to
from hoiam.core import authority
from hoiam.core.actor import Actor
from hoiam.desk.forms.steps import Step, StepForm
from hoiam.handling.models import Case
from hoiam.handling.policies import CLERKS
from hoiam.handling.queries import cases_visible_to
from hoiam.handling.states import CaseState

MOST_CASES = 200


class PressSetting:
    """Where a verb of the press desk is taken: the thing, the person, the moment; lists are read once a page."""

    def __init__(self, thing: Any, actor: Actor, now: datetime) -> None:
        self.thing, self.actor, self.now = thing, actor, now
        self.agency: Agency = thing.agency

    @cached_property
    def people(self) -> list[Official]:
        """Officials the actor may hand work to."""
        return list(assignable_to(self.actor, self.agency))

    @cached_property
    def units(self) -> list[Agency]:
        """The agency's own units, which supply content."""
        rows = agencies_on(self.actor.today)
        return list(rows.filter(Q(pk=self.agency.pk) | Q(parent=self.agency.pk)))

    @cached_property
    def cases(self) -> list[Case]:
        """Open cases of the agency, newest first."""
        return open_cases(self.actor, [self.agency])

    @cached_property
    def press(self) -> list[PressAgency]:
        """Press agencies in use."""
        return list(PressAgency.objects.filter(valid_to=None, successor=None))


class PressForm(StepForm):
    """A verb taken on the thing of the page."""

    def subject(self) -> Any:
        """What the action is taken on."""
        return self.setting.thing


@dataclass(frozen=True)
class Desk:
    """The verbs of one kind of thing: their table, where they post to, and what may be done now."""

    steps: dict[str, Step]
    address: str
    fits: Callable[[str, Any], bool]

    def offered(self, setting: PressSetting) -> list[str]:
        """The verbs this person may take now, in the order of the table."""
        verbs = [verb for verb in self.steps if self.fits(verb, setting.thing)]
        may = authority.allowed(setting.actor, verbs, setting.thing)
        return [verb for verb in verbs if verb in may]

    def form(self, verb: str, setting: PressSetting, *args: Any, **kwargs: Any) -> StepForm:
        """The form of a verb, named so that several stand on one page."""
        made = self.steps[verb].form(*args, setting=setting, auto_id=f"{verb}-%s", **kwargs)
        made.verb, made.label = verb, self.steps[verb].label
        made.url = reverse(self.address, args=[setting.thing.pk, verb])
        made.draft = f"{verb}-{setting.thing.pk}" if self.steps[verb].draft else ""
        return made

    def forms(
        self, verbs: Iterable[str], setting: PressSetting, failed: StepForm | None = None
    ) -> dict[str, StepForm]:
        """The forms of these verbs; the refused one stands open with what was typed."""
        found = {verb: self.form(verb, setting) for verb in verbs}
        if failed is not None:
            found[failed.verb] = failed
            failed.is_open = True
        return found


def open_cases(actor: Actor, places: Iterable[Agency]) -> list[Case]:
    """Open cases of these agencies in the actor's sight, newest first."""
    rows = cases_visible_to(actor).exclude(state=CaseState.CLOSED)
    return list(
        rows.filter(agency__in=[place.pk for place in places]).order_by("-opened_at")[:MOST_CASES]
    )


def own_agencies(actor: Actor) -> list[Agency]:
    """Agencies in whose name the person may enter what the press asks: where they hold a desk or clerk's post."""
    places = [post.agency_id for post in actor.posts if post.role in CLERKS]
    return list(agencies_on(actor.today).filter(pk__in=places))


class ReasonForm(PressForm):
    """Only a reason."""

    reason = forms.CharField(label="Lý do", widget=forms.Textarea(attrs={"rows": 2}))
