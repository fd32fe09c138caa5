"""A page that failed: away for a while with the time to come back, or a fault; both without the database."""

import errno
import sqlite3

import pytest
from django.db import InterfaceError, OperationalError
from django.test import Client, override_settings
from django.urls import path

from hoiam.config import failing
from hoiam.config.urls import handler500  # noqa: F401 -- the address book of these tests uses the house's


def from_sqlite(code):
    error, cause = OperationalError("said by sqlite"), sqlite3.OperationalError("said by sqlite")
    cause.sqlite_errorcode, error.__cause__ = code, cause
    return error


BUSY, FULL, WRONG = 5, 13, 1
AWAY = [
    OperationalError("connection refused"),  # PostgreSQL
    InterfaceError("connection already closed"),
    from_sqlite(BUSY),
    from_sqlite(FULL),
    OSError(errno.ENOSPC, "No space left on device"),
]
OURS = [from_sqlite(WRONG), ValueError("a fault"), OSError(errno.ENOENT, "no file"), None]


@pytest.mark.parametrize("error", AWAY, ids=repr)
def test_the_house_is_away(error):
    assert failing.is_away(error)


@pytest.mark.parametrize("error", OURS, ids=repr)
def test_a_fault_is_no_pause(error):
    assert not failing.is_away(error)


def breaks(request, number):
    raise (AWAY + OURS[:-1])[number]


urlpatterns = [path(f"{place}<int:number>/", breaks) for place in ("", "desk/", "cms/", "api/v1/")]


def asked(place, number=2):
    with override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=[]):
        return Client(raise_request_exception=False).get(f"{place}{number}/")


@pytest.mark.parametrize("place", ["/", "/desk/", "/cms/"])
def test_away_is_told_on_one_page_that_needs_nothing_beside_it(place):
    answer = asked(place)
    text = answer.content.decode()
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, str(failing.WAIT))
    assert "Hệ thống tạm dừng ít phút" in text and "src=" not in text and "{%" not in text
    assert "style-src 'sha256-" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_machines_are_told_in_their_own_shape():
    answer = asked("/api/v1/")
    assert (answer.status_code, answer.json()) == (503, {"error": failing.SORRY})


def test_machines_are_told_of_a_fault_in_their_own_shape():
    answer = asked("/api/v1/", len(AWAY))
    assert (answer.status_code, answer.json()) == (500, {"error": failing.OURS})


@pytest.mark.django_db
def test_a_watcher_learns_whether_the_database_answers(client):
    assert client.get("/readyz").content == b"ok"


def test_a_fault_is_told_as_a_fault_and_reads_no_database():
    answer = asked("/", len(AWAY))
    assert answer.status_code == 500 and "Hệ thống gặp lỗi" in answer.content.decode()
    assert "Retry-After" not in answer.headers
