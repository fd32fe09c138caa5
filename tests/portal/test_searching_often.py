"""Searching the portal too often: told in Vietnamese with what was typed, for every process, and no search is made."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hoiam.core.models import Passage
from hoiam.newsroom.models import PortalCount
from hoiam.portal.kept import key_of
from hoiam.portal.views.finding import ASKED

pytestmark = pytest.mark.django_db


def asked(client, times, address="203.0.113.7"):
    return [client.get("/tim/", {"q": "đối thoại"}, REMOTE_ADDR=address) for _ in range(times)]


def test_too_many_searches_are_held_up_and_another_address_is_not(client):
    assert {answer.status_code for answer in asked(client, ASKED[0].amount)} == {200}
    cache.clear()  # a second process has an empty one
    counted = PortalCount.objects.values_list("count", flat=True).get()
    [last] = asked(client, 1)
    text = last.content.decode()
    assert (last.status_code, last.headers["Retry-After"]) == (429, "60")
    assert "vừa tìm quá nhiều lần" in text and 'value="đối thoại"' in text
    assert "Không thấy bài nào" not in text
    assert PortalCount.objects.values_list("count", flat=True).get() == counted
    assert asked(client, 1, "203.0.113.8")[0].status_code == 200
    assert client.get("/tim/", REMOTE_ADDR="203.0.113.7").status_code == 200


def test_no_address_is_kept(client):
    asked(client, 1)
    assert "203.0.113" not in str(list(Passage.objects.values_list("key", flat=True)))


def test_pages_of_http_and_https_are_kept_apart(rf):
    assert key_of(rf.get("/tin/")) != key_of(rf.get("/tin/", secure=True)) is not None


def test_all_that_a_search_counts_is_one_write(client):
    asked(client, 1)
    with CaptureQueriesContext(connection) as ran:
        asked(client, 1)
    writes = [row["sql"] for row in ran if row["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}]
    assert len(writes) == 2, writes
    opened = [row["sql"] for row in ran if row["sql"].startswith("SAVEPOINT")]
    # In a test every transaction is a savepoint: the inner one is that of the count of searches.
    assert len(opened) == 2, opened


def test_who_was_refused_costs_no_write(client):
    asked(client, ASKED[0].amount)
    with CaptureQueriesContext(connection) as ran:
        assert asked(client, 1)[0].status_code == 429
    assert not [row for row in ran if row["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}]
