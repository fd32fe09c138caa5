"""Whether a database is at fault itself, or only what was asked of it."""

from django.db import InterfaceError, InternalError, OperationalError

# Both databases call faults of one statement operational too. SQLite has one number for a statement that is wrong or asks
# too much; of PostgreSQL's classes (SQLSTATE) 40 is a statement that lost against another one, 54 one beyond a limit.
WRONG_STATEMENT = 1
OF_ONE_STATEMENT = ("40", "54")


def is_at_fault(error: BaseException | None) -> bool:
    """Whether the database itself cannot do its work (full, locked, only reading, gone), whatever is asked of it.

    >>> is_at_fault(OperationalError("database or disk is full")), is_at_fault(ValueError("x"))
    (True, False)
    """
    if not isinstance(error, OperationalError | InterfaceError | InternalError):
        return False
    code = getattr(error.__cause__, "sqlite_errorcode", 0)
    state = getattr(error.__cause__, "sqlstate", None) or ""
    return code & 0xFF != WRONG_STATEMENT and not state.startswith(OF_ONE_STATEMENT)
