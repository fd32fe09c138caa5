"""Counting how often something comes by: in the database, for all processes; a span begins with its first passage."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache

from hoiam.core.models import Passage
from hoiam.core.passages import forget_passages, passed

NOW = datetime(2026, 8, 5, 2, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)

pytestmark = pytest.mark.django_db


def passes(key, now, span=MINUTE):
    return passed({key: span}, now=now)[key]


def test_a_span_counts_begins_anew_and_each_key_for_itself():
    assert [passes("a", NOW) for _ in range(3)] == [1, 2, 3]
    cache.clear()  # what another process knows nothing of
    assert passed({"a": MINUTE, "b": MINUTE}, now=NOW + MINUTE / 2) == {"a": 4, "b": 1}
    assert [passes("a", NOW + MINUTE) for _ in range(2)] == [1, 2]


def test_a_span_ends_when_it_was_to_end_however_often_something_comes_by():
    passes("a", NOW)
    passes("a", NOW + MINUTE / 2)
    assert Passage.objects.get().until == NOW + MINUTE
    passes("a", NOW + 2 * MINUTE)
    assert Passage.objects.get().until == NOW + 3 * MINUTE


def test_many_keys_are_counted_in_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        passed({"a": MINUTE, "b": MINUTE, "c": 10 * MINUTE}, now=NOW)


def test_spans_that_are_over_are_forgotten():
    passes("a", NOW)
    passes("b", NOW, 10 * MINUTE)
    assert forget_passages(NOW + MINUTE) == 1
    assert list(Passage.objects.values_list("key", flat=True)) == ["b"]
