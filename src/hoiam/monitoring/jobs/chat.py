"""Chat services through `apprise`: the one module that knows it (docs/adr/0015-notices-and-push.md).

apprise speaks to the network by itself, outside of `core.fetch` and its guards. So it is not installed by default
(requirements/channels.txt), only administrators may name addresses, and addresses that would fetch, read files or run
programs on this machine are refused by the name of their service.
"""

from typing import Any

from hoiam.monitoring.actions.deliveries import Outcome
from hoiam.monitoring.models import Delivery

# Services of apprise that reach into this machine or a free address rather than a chat: webhooks are ours to send.
CLOSED = frozenset(
    {"file", "syslog", "rsyslog", "dbus", "kde", "qt", "glib", "gnome", "macosx", "windows",
     "json", "jsons", "xml", "xmls", "form", "forms", "mqtt", "mqtts", "http", "https", "apprise",
     "apprises", "mailto", "mailtos", "rsyslogs", "smpp", "smpps"}
)  # fmt: skip
NOT_HERE = "Máy này chưa cài phần nối dịch vụ chat. Quản trị cài bằng requirements/channels.txt rồi thử lại."


def send(delivery: Delivery) -> Outcome:
    """What came of handing the short text to the service; titles never leave, for a title may name people."""
    address = delivery.line.address
    fault = refusal(address)
    if fault:
        return Outcome(fault=fault, is_final=True)
    library = _library()
    if library is None:
        return Outcome(fault=NOT_HERE, is_final=True)
    return hand_to(library, address, delivery.payload["text"])


def refusal(address: str) -> str:
    """Why this address is not one of a chat service; "" when it may be one."""
    service = address.partition("://")[0].strip().lower()
    if service in CLOSED or not service:
        return "Địa chỉ này không phải của một dịch vụ chat. Muốn gửi tới một trang web, hãy dùng webhook."
    return ""


def hand_to(library: Any, address: str, text: str) -> Outcome:
    """What came of handing the text to an address the library understands."""
    service = library.Apprise()
    if not service.add(address):
        return Outcome(fault="Địa chỉ dịch vụ chat viết không đúng.", is_final=True)
    if service.notify(body=text):
        return Outcome(status=200)
    return Outcome(fault="Dịch vụ chat không nhận tin. Hệ thống sẽ gửi lại.")


def _library() -> Any:
    try:
        import apprise  # noqa: PLC0415 -- optional, and the only place that may name it
    except ImportError:
        return None
    return apprise
