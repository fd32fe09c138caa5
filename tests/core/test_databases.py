"""A database at fault, told from a statement at fault."""

import sqlite3

import pytest
from django.db import DataError, IntegrityError, InterfaceError, InternalError, OperationalError
from django.db import ProgrammingError as Wrong

from hoiam.core.databases import is_at_fault, is_misfit


def said(kind, **code):
    """An error as Django raises it, with the number its driver gives."""
    error, cause = kind("said by the database"), Exception()
    vars(cause).update(code)
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    "error",
    [
        OperationalError("connection refused"),
        said(OperationalError, sqlite_errorcode=sqlite3.SQLITE_BUSY),
        said(OperationalError, sqlite_errorcode=sqlite3.SQLITE_READONLY),
        said(OperationalError, sqlstate="53100"),  # disk full
        said(OperationalError, sqlstate="57P01"),  # shut down
        said(InternalError, sqlstate="25006"),  # only reads
        said(OperationalError, sqlstate="40P01"),  # a deadlock: asked again, it is served
        said(OperationalError, sqlstate="40001"),  # another changed the same at the same time
        InterfaceError("connection already closed"),
    ],
)
def test_a_database_at_fault(error):
    assert is_at_fault(error)


@pytest.mark.parametrize(
    "error",
    [
        DataError("value too long"),
        IntegrityError("not unique"),
        Wrong("no such table"),
        said(OperationalError, sqlite_errorcode=sqlite3.SQLITE_ERROR),  # too many variables
        said(OperationalError, sqlstate="54000"),  # an index row beyond the limit
        ValueError("x"),
        None,
    ],
)
def test_a_statement_at_fault(error):
    assert not is_at_fault(error)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (said(Wrong, sqlstate="42703"), True),  # no such column
        (said(OperationalError, sqlite_errorcode=sqlite3.SQLITE_ERROR), True),
        (said(OperationalError, sqlite_errorcode=sqlite3.SQLITE_FULL), False),
        (said(OperationalError, sqlstate="54000"), False),
        (said(DataError, sqlite_errorcode=sqlite3.SQLITE_TOOBIG), False),
        (IntegrityError("not unique"), False),
        (ValueError("x"), False),
        (None, False),
    ],
)
def test_a_program_that_does_not_fit_its_database(error, expected):
    assert is_misfit(error) == expected
