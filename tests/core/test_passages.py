"""Counting how often something comes by: in the database, for all processes; a span begins with its first passage."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache

from hoiam.core.models import Passage
from hoiam.core.passages import forget_passages, passed

NOW = datetime(2026, 8, 5, 2, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)

pytestmark = pytest.mark.django_db


def test_a_span_counts_begins_anew_and_each_key_for_itself():
    assert [passed("a", span=MINUTE, now=NOW) for _ in range(3)] == [1, 2, 3]
    cache.clear()  # what another process knows nothing of
    assert passed("a", span=MINUTE, now=NOW + MINUTE / 2) == 4
    assert passed("b", span=MINUTE, now=NOW) == 1
    assert [passed("a", span=MINUTE, now=NOW + MINUTE) for _ in range(2)] == [1, 2]


def test_spans_that_are_over_are_forgotten():
    passed("a", span=MINUTE, now=NOW)
    passed("b", span=10 * MINUTE, now=NOW)
    assert forget_passages(NOW + MINUTE) == 1
    assert list(Passage.objects.values_list("key", flat=True)) == ["b"]
