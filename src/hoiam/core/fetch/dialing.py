"""A plain connection to a checked address, for the mail protocol; the web has its own in `connector`."""

import socket

from hoiam.core.fetch.connector import InnerAddress, Lookup
from hoiam.core.fetch.guard import AddressGuard


def dial(
    host: str, port: int, *, guard: AddressGuard, lookup: Lookup, seconds: float
) -> socket.socket:
    """A socket connected to the first address of this name that may be spoken to and answers.

    Raises:
        InnerAddress: the name leads to inner addresses only.
        OSError: nobody answers there.
    """
    rows = lookup(host, port, socket.AF_UNSPEC, socket.SOCK_STREAM)
    open_rows = [row for row in rows if guard.permits(row[4][0])]
    if not open_rows:
        raise InnerAddress(f"{host} leads to an inner address")
    fault: OSError | None = None
    for family, kind, proto, _, address in open_rows:
        made = socket.socket(family, kind, proto)
        made.settimeout(seconds)
        try:
            made.connect(address)
        except OSError as error:
            made.close()
            fault = error
            continue
        return made
    raise fault or OSError(f"{host} has no address")
