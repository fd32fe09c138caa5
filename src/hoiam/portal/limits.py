"""How often one address may send a public form; counted for the whole house, kept as a keyed hash, gone when the time is over."""

import ipaddress
from dataclasses import dataclass
from datetime import timedelta

from allauth.account.adapter import get_adapter
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from hoiam.core.passages import counted, passed

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
    keys = _keys(request, action, rates)
    counts = passed(_spans(keys), now=timezone.now())
    return all(counts[key] <= rate.amount for key, rate in keys.items())


def may_ask(request: HttpRequest, action: str, rates: tuple[Rate, ...]) -> bool:
    """Whether there is room for one more in every rate; `count_asked` counts it when it was answered.

    For what is asked often: looking costs a read, and the count can be written together with what is written anyhow. Who
    asks several times at the same moment may go beyond by as many as the house answers at once, and no further; who was
    refused is not counted, and is let in again when the span is over.
    """
    keys = _keys(request, action, rates)
    counts = counted(keys, now=timezone.now())
    return all(counts.get(key, 0) < rate.amount for key, rate in keys.items())


def count_asked(request: HttpRequest, action: str, rates: tuple[Rate, ...]) -> None:
    """Nothing; this asking is counted in every rate, in one write."""
    passed(_spans(_keys(request, action, rates)), now=timezone.now())


def _keys(request: HttpRequest, action: str, rates: tuple[Rate, ...]) -> dict[str, Rate]:
    who = _address(request)
    return {_key(f"{action}:{rate.seconds}:{who}"): rate for rate in rates}


def _spans(keys: dict[str, Rate]) -> dict[str, timedelta]:
    return {key: timedelta(seconds=rate.seconds) for key, rate in keys.items()}


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
