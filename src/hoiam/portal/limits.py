"""How often one address may send a public form; counted in the cache, kept as a keyed hash, gone when the time is over."""

import ipaddress
from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

# An IPv6 household owns a whole network of this size: its addresses count as one.
IPV6_NETWORK = 64


@dataclass(frozen=True)
class Rate:
    """At most so many sendings in so many seconds."""

    amount: int
    seconds: int


def may_send(request: HttpRequest, action: str, rates: tuple[Rate, ...]) -> bool:
    """Whether this sending is within every rate; it is counted in any case.

    Counted from the first sending of a span, and in one process: a bar against floods, no wall.
    """
    who = salted_hmac("hoiam.portal.limits", f"{action}:{_address(request)}").hexdigest()
    counted = [_within(f"limit:{who}:{rate.seconds}", rate) for rate in rates]
    return all(counted)


def _within(key: str, rate: Rate) -> bool:
    if cache.add(key, 1, rate.seconds):
        return rate.amount >= 1
    try:
        return cache.incr(key) <= rate.amount
    except ValueError:  # it ran out between the two
        cache.set(key, 1, rate.seconds)
        return True


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
