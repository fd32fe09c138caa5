"""Mailboxes: a source names an environment variable, and the variable alone says which box and with which password.

Were the host typed on a page, whoever may keep sources could have the password sent to a host of his own.
"""

import os
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from hoiam.core.errors import InvalidInput
from hoiam.core.fetch import MailPlace

# Only names that begin so are read, or any secret of the server could be tried as a mailbox.
NAME = re.compile(r"HOIAM_MAILBOX_[A-Z0-9_]{1,60}")
BAD_NAME = (
    "Tên biến môi trường phải bắt đầu bằng HOIAM_MAILBOX_, chỉ gồm chữ hoa, chữ số và gạch dưới."
)
NOT_SET = "Máy chủ chưa có hộp thư này: quản trị đặt biến môi trường {name} rồi khởi động lại."
BAD_VALUE = "Biến môi trường {name} phải có dạng imaps://tên:mật-khẩu@máy-chủ/INBOX (dấu @ trong tên viết %40)."


def mailbox_of(rule: Mapping[str, Any]) -> tuple[MailPlace, str]:
    """The mailbox a rule names and its password of this moment.

    Raises:
        InvalidInput: at the field "variable": a wrong name, not set, or not an address; no sentence holds the value.
    """
    name = str(rule.get("variable") or "")
    if not NAME.fullmatch(name):
        raise InvalidInput(BAD_NAME, "variable")
    said = os.environ.get(name, "")
    if not said:
        raise InvalidInput(NOT_SET.format(name=name), "variable")
    found = _parsed(said)
    if found is None:
        raise InvalidInput(BAD_VALUE.format(name=name), "variable")
    return found


def _parsed(said: str) -> tuple[MailPlace, str] | None:
    try:
        parts = urlsplit(said)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    folder = unquote(parts.path.strip("/")) or "INBOX"
    words = (host, user, folder)
    if (
        parts.scheme != "imaps"
        or not password
        or not all(w and w.isascii() and w.isprintable() for w in words)
    ):
        return None
    place = MailPlace(host, user, folder, port) if port else MailPlace(host, user, folder)
    return place, password
