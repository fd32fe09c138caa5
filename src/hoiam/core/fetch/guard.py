"""Which addresses may be spoken to: the public internet, and nothing else.

`ipaddress` alone is not enough: on Python 3.11 it calls multicast, NAT64 and 6to4 forms of loopback "global" (measured).
So every range that leads inward is named here, and forms that carry an IPv4 address inside are unpacked and judged by it.
"""

from collections.abc import Collection
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from yarl import URL

from hoiam.core.fetch.errors import RefusedAddress

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

PORTS = frozenset({80, 443, 8080})
MAIL_PORTS = frozenset({993})  # IMAP over TLS; the plain one would show the password to the network
_LONGEST_URL = 4096

# IANA special-purpose registries (RFC 6890 and its updates), and the ranges that hide an IPv4 address.
_CLOSED: tuple[Network, ...] = tuple(
    ip_network(text)
    for text in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # shared by carriers
        "127.0.0.0/8",  # loopback
        "169.254.0.0/16",  # link-local, cloud metadata
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)
# In IPv6 the internet is 2000::/3; mapped, compatible, NAT64, unique-local, link-local and multicast lie outside it.
_OPEN6 = IPv6Network("2000::/3")
_CLOSED6 = tuple(
    IPv6Network(text)
    for text in (
        "2001::/23",  # protocol assignments, Teredo, ORCHID
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4
        "3fff::/20",  # documentation
    )
)


class AddressGuard:
    """Says of an address whether it may be spoken to; `allow` opens single addresses or networks (for tests)."""

    def __init__(self, allow: Collection[str] = (), ports: Collection[int] | None = PORTS) -> None:
        self._allow: tuple[Network, ...] = tuple(ip_network(text) for text in allow)
        self._ports = ports

    def permits(self, host: str) -> bool:
        """Whether this literal address is public (or allowed by name); False for anything that is no address."""
        try:
            address = ip_address(host)  # a zone id makes it an address of this machine's own links
        except ValueError:
            return False
        if any(address in network for network in self._allow):
            return True
        return is_public(address)

    def permits_mail(self, port: int) -> bool:
        """Whether a mailbox may be read at this port."""
        return self._ports is None or port in MAIL_PORTS

    def check_url(self, url: URL) -> None:
        """Nothing, when the address is one we may ask for as far as its text tells.

        Raises:
            RefusedAddress: not http(s), a password or name in it, an odd port, or a literal inner address.
        """
        text = str(url)
        if url.scheme not in ("http", "https") or not url.host:
            raise RefusedAddress("Chỉ đọc được địa chỉ bắt đầu bằng http:// hoặc https://.", text)
        if url.user is not None or url.password is not None:
            raise RefusedAddress("Địa chỉ có kèm tên hoặc mật khẩu. Hãy bỏ phần đó đi.", text)
        if len(text) > _LONGEST_URL:
            raise RefusedAddress("Địa chỉ quá dài, không thể là một bài báo.", text[:200])
        if self._ports is not None and url.port not in self._ports:
            raise RefusedAddress(f"Không đọc địa chỉ ở cổng {url.port}.", text)
        host = url.host
        if looks_literal(host) and not self.permits(host):
            raise inner(text)


def is_public(address: Address) -> bool:
    """Whether this is an address of the public internet."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _CLOSED)
    if address.scope_id is not None or address not in _OPEN6:
        return False
    return not any(address in network for network in _CLOSED6)


def looks_literal(host: str) -> bool:
    """Whether the host is written as a number, in any of the spellings a system resolver would take for one.

    >>> [looks_literal(h) for h in ("127.0.0.1", "2130706433", "0x7f.1", "0177.0.0.1", "::1", "bao.example")]
    [True, True, True, True, True, False]
    """
    if ":" in host:
        return True
    last = host.rstrip(".").rpartition(".")[2].lower()
    if last.startswith("0x"):
        return all(letter in "0123456789abcdef" for letter in last[2:])
    return last.isdigit()


def inner(url: str) -> RefusedAddress:
    """The refusal of an address that leads into this machine or its network."""
    return RefusedAddress("Địa chỉ này không nằm trên mạng công cộng nên không được đọc.", url)
