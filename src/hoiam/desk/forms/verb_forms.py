"""Forms of one verb each, drawn together on the page of their subject; and fields for amounts and counts."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from hoiam.desk.forms.spokespersons import TypedForm, sent
from hoiam.kit.vietnamese import read_money, read_number, show_number

MOST_MONEY = 10**15


class MoneyField(forms.Field):
    """Whole đồng: 40.000.000, 40 triệu, 1,2 tỷ."""

    widget = forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off"})

    def to_python(self, value: Any) -> int | None:
        """The amount, or None when nothing was typed."""
        if value in self.empty_values or isinstance(value, int):
            return value if isinstance(value, int) else None
        found = read_money(str(value))
        if found is None or found != int(found) or not 0 <= found <= MOST_MONEY:
            raise ValidationError(
                f"Không đọc được số tiền “{value}”. Viết như 40.000.000 hoặc 40 triệu."
            )
        return int(found)

    def prepare_value(self, value: Any) -> Any:
        """The amount with dots between thousands."""
        return show_number(value) if isinstance(value, int) else value


class CountField(forms.Field):
    """A whole number from `least` up: 12, 1.200."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def __init__(self, *, least: int = 0, most: int = 1_000_000, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.least, self.most = least, most

    def to_python(self, value: Any) -> int | None:
        """The number, or None when nothing was typed."""
        if value in self.empty_values or isinstance(value, int):
            return value if isinstance(value, int) else None
        found = read_number(str(value))
        if found is None or found != int(found) or not self.least <= found <= self.most:
            raise ValidationError(
                f"Ghi số nguyên từ {show_number(self.least)} đến {show_number(self.most)}."
            )
        return int(found)


def lines_of(text: str) -> tuple[str, ...]:
    """The lines typed, blank ones left out."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


class VerbForm(TypedForm):
    """The form of one verb: `verb` is what the address ends in, `label` its button, `done` the sentence afterwards."""

    verb = ""
    label = ""
    done = ""
    is_open = False

    def __init__(self, *args: Any, url: str = "", subject: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"{self.verb}-%s", **kwargs)
        self.url, self.subject = url, subject
        self.prepare()

    def prepare(self) -> None:
        """Fills lists and first values from `subject`."""

    @property
    def draft(self) -> str:
        """Where the browser keeps what was typed; a form with a file keeps nothing."""
        return "" if self.is_multipart() else f"{self.verb}-{getattr(self.subject, 'pk', '')}"


class FileForm(VerbForm):
    """A verb that may bring a file, in the field `file`."""

    file = forms.FileField(
        label="Tệp kèm theo", required=False, help_text="PDF, ảnh hoặc Word; không quá 20 MB."
    )

    def typed(self) -> dict[str, Any]:
        """What the action takes, the file read."""
        return {**self.cleaned_data, "file": sent(self.cleaned_data["file"])}


def offered(
    kinds: Iterable[type[VerbForm]],
    may: Iterable[str],
    url: Callable[[str], str],
    subject: Any,
    failed: VerbForm | None = None,
    initial: Mapping[str, Mapping[str, Any]] | None = None,
) -> list[VerbForm]:
    """The forms of the verbs that may be taken, the failed one as it was typed and opened."""
    allowed, forms_shown = set(may), []
    for kind in kinds:
        if kind.verb not in allowed:
            continue
        if failed is not None and failed.verb == kind.verb:
            failed.is_open, failed.url = True, url(kind.verb)
            forms_shown.append(failed)
        else:
            first = (initial or {}).get(kind.verb)
            forms_shown.append(kind(url=url(kind.verb), subject=subject, initial=first))
    return forms_shown
