"""Sixteen classes of address and seven spellings: only the public internet is spoken to."""

import pytest
from yarl import URL

from hoiam.core.fetch import AddressGuard, RefusedAddress

PUBLIC = ["8.8.8.8", "203.162.4.190", "172.32.0.1", "2405:4800::1", "2001:ee0::1"]
INNER = {
    "loopback": ["127.0.0.1", "127.255.255.254", "::1"],
    "this network": ["0.0.0.0", "0.1.2.3", "::"],
    "private": ["10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1"],
    "link-local and metadata": ["169.254.169.254", "fe80::1"],
    "carrier": ["100.64.0.1", "100.127.255.255"],
    "multicast": ["224.0.0.1", "239.255.255.250", "ff02::1"],
    "reserved and broadcast": ["240.0.0.1", "255.255.255.255"],
    "documentation": ["192.0.2.1", "198.51.100.7", "203.0.113.9", "2001:db8::1", "3fff::1"],
    "benchmark": ["198.18.0.1", "198.19.255.255"],
    "protocol assignments": ["192.0.0.8", "192.88.99.1", "2001::1"],
    "unique local": ["fc00::1", "fd12:3456::1"],
    "mapped": ["::ffff:127.0.0.1", "::ffff:8.8.8.8", "::ffff:7f00:1"],
    "compatible": ["::127.0.0.1", "::7f00:1"],
    "NAT64": ["64:ff9b::7f00:1", "64:ff9b::8.8.8.8", "64:ff9b:1::1"],
    "6to4": ["2002:7f00:1::", "2002:808:808::1"],
    "zone": ["fe80::1%eth0", "2405:4800::1%1"],
}


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_permitted(address):
    assert AddressGuard().permits(address) is True


@pytest.mark.parametrize(
    ("label", "address"), [(label, a) for label, found in INNER.items() for a in found]
)
def test_inner_addresses_are_refused(label, address):
    assert AddressGuard().permits(address) is False, label


def test_sixteen_classes_are_covered():
    assert len(INNER) == 16


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "2130706433",
        "0x7f000001",
        "0x7f.0.0.1",
        "0177.0.0.1",
        "127.1",
        "[::ffff:127.0.0.1]",
        "0",
        "127.0.0.1.",
        "１２７.0.0.1",
        "127。0。0。1",
        "[fe80::1%25eth0]",
    ],
)
def test_no_spelling_of_loopback_passes(host):
    with pytest.raises(RefusedAddress, match="không nằm trên mạng công cộng"):
        AddressGuard().check_url(URL(f"http://{host}/"))


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("ftp://bao.example/a", "http:// hoặc https://"),
        ("file:///etc/passwd", "http:// hoặc https://"),
        ("//bao.example/a", "http:// hoặc https://"),
        ("http://ai:mat@bao.example/", "tên hoặc mật khẩu"),
        ("http://ai@bao.example/", "tên hoặc mật khẩu"),
        ("http://bao.example:22/", "cổng 22"),
        ("http://bao.example/" + "a" * 5000, "quá dài"),
    ],
)
def test_addresses_that_are_no_page_are_refused(url, sentence):
    with pytest.raises(RefusedAddress, match=sentence):
        AddressGuard().check_url(URL(url))


@pytest.mark.parametrize(
    "url", ["http://bao.example/", "https://bao.example:8080/a", "http://báo.example/"]
)
def test_ordinary_addresses_pass(url):
    assert AddressGuard().check_url(URL(url)) is None


def test_an_opened_address_is_permitted_and_its_neighbour_is_not():
    guard = AddressGuard(allow=["127.0.0.1"])

    assert (guard.permits("127.0.0.1"), guard.permits("127.0.0.2")) == (True, False)
