"""What every form of a step shares: the case it stands on, who types, and the lists it offers."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import Model, Q

from hoiam.agencies.models import Agency, Official
from hoiam.agencies.queries import agencies_on, assignable_to
from hoiam.agencies.states import Level
from hoiam.core.actor import Actor
from hoiam.handling.models import Case
from hoiam.handling.queries import Beside, beside


class Setting:
    """Where a step is taken: the case, the person, the moment; lists are read once however many forms offer them."""

    def __init__(self, case: Case, actor: Actor, now: datetime) -> None:
        self.case, self.actor, self.now = case, actor, now

    @cached_property
    def places(self) -> list[Agency]:
        """Units that may have a part: the case's own, those below it, the provinces and the centre."""
        case = self.case
        near = Q(pk=case.agency_id) | Q(parent=case.agency_id) | Q(level=Level.CENTRE)
        peers = Q(level=Level.PROVINCE, fictional=case.fictional)
        return list(agencies_on(self.actor.today).filter(near | peers))

    @cached_property
    def own_places(self) -> list[Agency]:
        """The case's own agency and the units below it: who may lead."""
        own = self.case.agency_id
        return [place for place in self.places if own in (place.pk, place.parent_id)]

    @cached_property
    def beside(self) -> Beside:
        """Directives, remedies, proofs: what stands beside the steps."""
        return beside(self.case)

    @cached_property
    def people(self) -> list[Official]:
        """Officials the actor may hand the case to."""
        return list(assignable_to(self.actor, self.case.agency))


class StepForm(forms.Form):
    """The form of one verb; `typed` is what the action takes."""

    verb = ""
    label = ""
    url = ""
    draft = ""
    is_open = False
    # What the action gave back, once it was taken.
    made: Any = None
    # Drawn only when asked for: its lists are read from the register.
    is_late = False

    def __init__(self, *args: Any, setting: Setting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.setting = setting
        self.label_suffix = ""
        for name, field in self.fields.items():
            label = str(field.label or name)
            field.error_messages["required"] = f"Còn thiếu: {label[:1].lower()}{label[1:]}."
        self.prepare(setting)

    def prepare(self, setting: Setting) -> None:
        """Fills the lists and first values of this form."""

    def subject(self) -> Model:
        """What the action is taken on."""
        return self.setting.case

    def typed(self) -> dict[str, Any]:
        """What the action takes by name."""
        return dict(self.cleaned_data)


@dataclass(frozen=True)
class Step:
    """One verb as a page offers it: its words, its form, its action, and where the page goes on.

    `where` is the part of the page the form stands in; `draft` keeps what was typed on the machine.
    """

    label: str
    form: type[StepForm]
    action: Callable[..., Any]
    done: str
    where: str = ""
    draft: bool = False


def area(label: str, rows: int = 3, **kwargs: Any) -> forms.CharField:
    """A field of several lines."""
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


def pick(
    label: str, things: Iterable[Model] = (), *, empty: str = "Chưa chọn", **kwargs: Any
) -> forms.TypedChoiceField:
    """A choice among rows already read; gives the row."""
    field = forms.TypedChoiceField(label=label, empty_value=None, **kwargs)
    offer(field, things, empty)
    return field


def offer(field: Any, things: Iterable[Model], empty: str = "Chưa chọn") -> None:
    """Puts these rows into a choice made by `pick`."""
    rows = {str(thing.pk): thing for thing in things}
    field.choices = [("", empty), *((pk, str(row)) for pk, row in rows.items())]
    field.coerce = rows.get


def is_yes(value: str) -> bool:
    """Whether the answer of a yes-or-no choice was yes."""
    return value == "yes"
