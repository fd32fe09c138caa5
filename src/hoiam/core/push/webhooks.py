"""A webhook's message: JSON with a signature its receiver can check, so that nobody else writes in our name.

The signature is HMAC-SHA256 over "time.body" with the receiver's secret: an old message cannot be sent again later as a new
one, and the delivery's number lets the receiver pass over what it had.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any


def signed_message(
    payload: Mapping[str, Any], *, event: str, number: int | str, secret: str, now: datetime
) -> tuple[bytes, dict[str, str]]:
    """Body and headers of one message.

    Args:
        payload: what is told; `id` is added.
        event: its kind, also a header.
        number: names the delivery; the same when it is tried again.
        secret: known to the receiver.
        now: the moment that is signed, as seconds since 1970.
    """
    whole = {"id": number, **payload}
    body = json.dumps(whole, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace")
    at = str(int(now.timestamp()))
    signed = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return body, {
        "Content-Type": "application/json; charset=utf-8",
        "HoiAm-Event": event,
        "HoiAm-Delivery": str(number),
        "HoiAm-Signature": f"t={at},v1={signed}",
    }
