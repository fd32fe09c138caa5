"""Forms and templates speak Vietnamese dates and numbers, never the American order."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from django import forms
from django.template import Context, Template
from django.utils import formats, timezone, translation


class _Form(forms.Form):
    day = forms.DateField(required=False)
    moment = forms.DateTimeField(required=False)
    amount = forms.DecimalField(required=False, localize=True)


@pytest.fixture(autouse=True)
def _vietnamese():
    with translation.override("vi"):
        yield


def read(**data):
    form = _Form(data)
    return form.cleaned_data if form.is_valid() else form.errors


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("05/04/2026", date(2026, 4, 5)),
        ("5/4/2026", date(2026, 4, 5)),
        ("31/12/2026", date(2026, 12, 31)),
        ("05-04-2026", date(2026, 4, 5)),
        ("05.04.2026", date(2026, 4, 5)),
        ("05/04/26", date(2026, 4, 5)),
        ("2026-04-05", date(2026, 4, 5)),
    ],
)
def test_the_day_stands_first(typed, day):
    assert read(day=typed)["day"] == day


def test_the_american_order_is_refused():
    form = _Form({"day": "12/31/2026"})
    assert not form.is_valid()
    assert list(form.errors) == ["day"]


@pytest.mark.parametrize("typed", ["05/04/2026 14:05", "2026-04-05T14:05", "05-04-2026 14:05:00"])
def test_moments(typed):
    moment = timezone.make_naive(read(moment=typed)["moment"], timezone.get_current_timezone())
    assert moment == datetime(2026, 4, 5, 14, 5)


@pytest.mark.parametrize(
    ("typed", "amount"), [("1.234.567,5", "1234567.5"), ("1.234.567", "1234567"), ("0,5", "0.5")]
)
def test_numbers(typed, amount):
    assert read(amount=typed)["amount"] == Decimal(amount)


def test_a_form_shows_what_it_reads():
    assert 'value="05/04/2026"' in str(_Form(initial={"day": date(2026, 4, 5)})["day"])


def test_templates_print_the_vietnamese_way():
    page = Template(
        "{{ day }} · {{ day|date:'SHORT_DATE_FORMAT' }} · {{ moment|date:'DATETIME_FORMAT' }} · {{ amount }}"
    )
    shown = page.render(
        Context(
            {
                "day": date(2026, 4, 5),
                "moment": datetime(2026, 4, 5, 14, 5),
                "amount": Decimal("1234567.5"),
            }
        )
    )
    assert shown == "05/04/2026 · 05/04/2026 · 05/04/2026 14:05 · 1.234.567,5"


def test_the_week_begins_on_monday():
    assert formats.get_format("FIRST_DAY_OF_WEEK") == 1
