"""Web push: a message only the browser that subscribed can read, sent by a server that says who it is.

RFC 8291 (encryption), RFC 8188 (aes128gcm), RFC 8292 (VAPID), written on `cryptography`: the ready library for it is under
the Mozilla licence (docs/adr/0014-permissive-licences.md). The network is not touched here; `core.fetch` sends.
"""

from hoiam.core.push.encryption import LONGEST, BadSubscription, encrypted, unpadded
from hoiam.core.push.vapid import authorisation, key_from, public_key
from hoiam.core.push.webhooks import signed_message

__all__ = [
    "LONGEST",
    "BadSubscription",
    "authorisation",
    "encrypted",
    "key_from",
    "public_key",
    "signed_message",
    "unpadded",
]
