"""The form that makes a digest."""

from typing import Any

from django import forms

from hoiam.agencies.models import Agency
from hoiam.agencies.states import Level
from hoiam.core.actor import Actor
from hoiam.desk.forms.fields import DayField


class DigestForm(forms.Form):
    """Which day, for which of my agencies."""

    day = DayField(label="Ngày điểm tin")
    agency = forms.ModelChoiceField(Agency.objects.none(), label="Đơn vị", empty_label=None)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = {post.agency_id for post in actor.posts}
        self.fields["agency"].queryset = Agency.objects.filter(pk__in=mine).exclude(
            level=Level.MILITARY
        )
        self.fields["agency"].initial = actor.posts[0].agency_id if actor.posts else None
