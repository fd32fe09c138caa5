"""Forms of the story page."""

from typing import Any

from django import forms

from hoiam.agencies.models import Agency
from hoiam.agencies.queries import agencies_visible_to
from hoiam.core.actor import Actor
from hoiam.monitoring.models import Story
from hoiam.monitoring.queries import stories_visible_to


class MergeForm(forms.Form):
    """Which story the items join: one of the last ones in sight."""

    into = forms.ModelChoiceField(
        Story.objects.none(), label="Gộp vào vụ việc", empty_label="Chọn vụ việc"
    )

    def __init__(self, *args: Any, actor: Actor, story: Story, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        near = stories_visible_to(actor).exclude(pk=story.pk).order_by("-last_at")
        self.fields["into"].queryset = Story.objects.filter(pk__in=near.values("pk")[:50])


class AgencyForm(forms.Form):
    """The unit the story also concerns."""

    agency = forms.ModelChoiceField(
        Agency.objects.none(), label="Đơn vị", empty_label="Chọn đơn vị"
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = agencies_visible_to(actor)
