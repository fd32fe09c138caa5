"""How often one address may send a public form; counted for the whole house, kept as a keyed hash, gone when the time is over."""

import ipaddress
from dataclasses import dataclass
from datetime import timedelta

from allauth.account.adapter import get_adapter
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from hoiam.core.passages import passed

# An IPv6 household owns a whole network of this size: its addresses count as one.
IPV6_NETWORK = 64


@dataclass(frozen=True)
class Rate:
    """At most so many sendings in so many seconds."""

    amount: int
    seconds: int


def may_send(request: HttpRequest, action: str, rates: tuple[Rate, ...]) -> bool:
    """Whether this sending is within every rate; it is counted in any case.

    Counted from the first sending of a span, in the database, so that every process of the house counts together.
    """
    now, who = timezone.now(), _address(request)
    keys = [(_key(f"{action}:{rate.seconds}:{who}"), rate) for rate in rates]
    counted = [
        passed(key, span=timedelta(seconds=rate.seconds), now=now) <= rate.amount
        for key, rate in keys
    ]
    return all(counted)


def _key(text: str) -> str:
    return str(salted_hmac("hoiam.portal.limits", text, algorithm="sha256").hexdigest())


def _address(request: HttpRequest) -> str:
    """The asker's address, found as for signing in (proxies included)."""
    found = get_adapter(request).get_client_ip(request)
    try:
        ip = ipaddress.ip_address(found)
    except ValueError:
        return found
    if ip.version == 6:
        return str(ipaddress.ip_network(f"{ip}/{IPV6_NETWORK}", strict=False))
    return str(ip)


def key_of(request: HttpRequest, purpose: str) -> str:
    """A keyed hash of the asker's address, to tell one sender's letters from another's without keeping the address."""
    return salted_hmac("hoiam.portal.limits", f"{purpose}:{_address(request)}").hexdigest()
