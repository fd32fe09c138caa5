"""The form of every text: choices within the editor's scope, and what may not be left open."""

from typing import Any

from django import forms
from django.utils import timezone
from wagtail.admin.forms.pages import WagtailAdminPageForm

from hoiam.agencies.models import Official, Post
from hoiam.agencies.queries import in_force
from hoiam.newsroom.models import Section
from hoiam.newsroom.queries import articles_visible_to
from hoiam.newsroom.states.articles import ArticleKind
from hoiam.newsroom.states.themes import THEMES


class Writers(forms.ModelMultipleChoiceField):
    """Officials whose names may stand under the text; kept as a list of keys."""

    def prepare_value(self, value: Any) -> Any:
        """The keys, whether they come from the page or from what was chosen."""
        return super().prepare_value(
            value if value is None or isinstance(value, Official) else list(value)
        )

    def clean(self, value: Any) -> list[int]:
        """The keys of those chosen."""
        return [one.pk for one in super().clean(value)]

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether others were chosen."""
        return {str(one) for one in initial or ()} != {str(one) for one in data or ()}


class TextForm(WagtailAdminPageForm):
    """Biểu mẫu soạn bài."""

    writers = Writers(
        label="Tác giả trong ngành",
        required=False,
        queryset=Official.objects.none(),
        widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text="Giữ phím Ctrl để chọn nhiều người.",
    )
    theme = forms.TypedChoiceField(
        label="Chủ đề trọng tâm",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[
            ("", "Không thuộc chủ đề nào"),
            *((theme.number, f"{theme.number}. {theme.short}") for theme in THEMES),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        actor = getattr(self.for_user, "actor", None)
        if actor is None:
            return
        self.fields["writers"].queryset = _people(actor)
        if "section" in self.fields:
            self.fields["section"].queryset = Section.objects.filter(is_shown=True)
        seen = articles_visible_to(actor)
        if "campaign" in self.fields:
            self.fields["campaign"].queryset = seen.filter(kind=ArticleKind.CAMPAIGN)
        if "corrects" in self.fields:
            self.fields["corrects"].queryset = seen.exclude(kind=ArticleKind.CORRECTION)

    def clean(self) -> dict[str, Any]:
        """What was typed, with each thing left open marked at its field."""
        data = super().clean()
        down_at = data.get("down_at")
        if data.get("names_debtor") and not down_at and "down_at" not in self.errors:
            self.add_error(
                "down_at", "Bài có nêu tên người phải thi hành án: đặt giờ hạ bài trước khi lưu."
            )
        if down_at and down_at <= timezone.now() and "down_at" in self.changed_data:
            self.add_error("down_at", "Giờ hạ bài đã qua. Đặt giờ ở phía trước.")
        if data.get("cover") and not (data.get("cover_alt") or "").strip():
            self.add_error("cover_alt", "Ghi một câu nói ảnh đại diện cho thấy gì.")
        return data


def _people(actor: Any) -> Any:
    held = Official.objects.filter(is_active=True, posts__in=_posts(actor))
    return held.distinct().order_by("sort_key")


def _posts(actor: Any) -> Any:
    rows = Post.objects.filter(in_force(actor.today))
    return rows if actor.sees_everything else rows.filter(agency__in=actor.agency_ids)
