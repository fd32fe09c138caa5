"""Whether a database is at fault itself, or what was asked of it: a value in hand, or a statement that never fits."""

from django.db import InterfaceError, InternalError, OperationalError, ProgrammingError

# Both databases call faults of one statement operational too. SQLite has one number for a statement that is wrong or asks
# too much; of PostgreSQL's classes (SQLSTATE) 54 is a statement beyond a limit. Class 40 (a deadlock, a change by another
# at the same time) is no such fault: the same statement is served when it is asked again.
WRONG_STATEMENT = 1
BEYOND_A_LIMIT = "54"


def is_at_fault(error: BaseException | None) -> bool:
    """Whether the database itself did not do its work (full, locked, only reading, gone, a deadlock), whatever is asked of it.

    >>> is_at_fault(OperationalError("database or disk is full")), is_at_fault(ValueError("x"))
    (True, False)
    """
    if not isinstance(error, OperationalError | InterfaceError | InternalError):
        return False
    state = getattr(error.__cause__, "sqlstate", None) or ""
    return not _is_wrong_statement(error) and not state.startswith(BEYOND_A_LIMIT)


def is_misfit(error: BaseException | None) -> bool:
    """Whether program and database do not fit (no such table or column, as before an upgrade is done), whatever the values.

    >>> is_misfit(ProgrammingError("no such column")), is_misfit(OperationalError("disk is full"))
    (True, False)
    """
    return isinstance(error, ProgrammingError) or (
        isinstance(error, OperationalError) and _is_wrong_statement(error)
    )


def _is_wrong_statement(error: BaseException) -> bool:
    code: int = getattr(error.__cause__, "sqlite_errorcode", 0)
    return code & 0xFF == WRONG_STATEMENT
