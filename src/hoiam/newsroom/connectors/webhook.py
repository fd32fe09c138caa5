"""Anything else that takes a signed POST: a portal's own intake, a provincial publishing hub.

The same signature as the house's other webhooks (HMAC-SHA256 over "time.body"). The receiver passes over a
`HoiAm-Delivery` it had, so what was lost on the way is sent again with the same one.
"""

import hashlib
import hmac
import json
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, ClassVar

from hoiam.core.fetch import Fetched, retry_after_of
from hoiam.newsroom.connectors.base import (
    AnswerLost,
    AskedToRest,
    Comment,
    Connector,
    Done,
    NotOffered,
    Outgoing,
    Refused,
    Seen,
    TargetGone,
    TokenRefused,
    asked,
)

LATER = frozenset({408, 425, 429})
REST_SECONDS = 300.0


class Webhook(Connector):
    """One address with the secret that signs what is sent there."""

    resend_is_safe: ClassVar[bool] = True

    async def post(self, out: Outgoing) -> Done:
        """The receiver may give back {"id": …, "url": …}; else the act's own key is the id."""
        return await self._sent("post", out.marker, _told(out))

    async def edit(self, target: str, out: Outgoing) -> Done:
        """The new text for what the receiver knows under `target`."""
        return await self._sent("edit", out.marker, {"target": target, **_told(out)})

    async def remove(self, target: str) -> Done:
        """Asks for it to be taken down; gone already counts as done."""
        try:
            return await self._sent("remove", f"remove-{target}"[:64], {"target": target})
        except TargetGone as gone:
            return Done(target, "", {"gone": str(gone)})

    async def reply(self, target: str, out: Outgoing) -> Done:
        """Not to be had."""
        raise NotOffered("Webhook không có chỗ trả lời bình luận. Trả lời ở nơi nhận, rồi ghi lại.")

    async def hide(self, target: str) -> Done:
        """Not to be had."""
        raise NotOffered("Webhook không có chỗ ẩn bình luận. Ẩn ở nơi nhận, rồi ghi lại.")

    async def find(self, out: Outgoing, *, target: str, since: datetime, known: Collection[str], trail: dict[str, str]) -> Done | None:  # fmt: skip
        """Never needed: sending again is safe."""
        return None

    async def see(self, target: str) -> Seen | None:
        """Not to be had."""
        raise NotOffered("Webhook không cho xem lại bài đã gửi.")

    async def read_comments(self, targets: Sequence[str], since: datetime) -> list[Comment]:
        """Nothing comes back this way."""
        return []

    async def check_token(self) -> str:
        """The receiver answers a trial that is marked as one."""
        await self._sent("test", f"test-{self.now:%Y%m%d%H%M%S}", {})
        return self.place.address

    async def _sent(self, event: str, marker: str, told: dict[str, Any]) -> Done:
        body = json.dumps({"id": marker, "event": f"social.{event}", **told}, ensure_ascii=False)
        at, data = str(int(self.now.timestamp())), body.encode()
        signed = hmac.new(self.keys.access.encode(), f"{at}.".encode() + data, hashlib.sha256)
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "HoiAm-Event": f"social.{event}",
            "HoiAm-Delivery": marker,
            "HoiAm-Signature": f"t={at},v1={signed.hexdigest()}",
        }
        answer = _read(await asked(self.door, "POST", self.place.address, data, headers))
        made = str(answer.get("id") or told.get("target") or marker)[:120]
        url = str(answer.get("url", ""))
        return Done(made, url if url.startswith(("https://", "http://")) else "", answer)


def _read(answer: Fetched) -> dict[str, Any]:
    status, sentence = answer.status, f"Nơi nhận trả lời mã {answer.status}."
    if status in (401, 403):
        raise TokenRefused(f"{sentence} Kiểm tra khóa ký ở hai bên.")
    if status in LATER:
        raise AskedToRest(sentence, retry_after_of(answer.headers) or REST_SECONDS)
    if status in (404, 410):
        raise TargetGone(sentence)
    if status >= 500:
        raise AnswerLost(sentence)
    if status >= 300:
        raise Refused(sentence)
    try:
        told = json.loads(answer.body or b"{}")
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _told(out: Outgoing) -> dict[str, Any]:
    return {
        "title": out.title,
        "text": out.text,
        "link": out.link,
        "pictures": [{"url": one.address, "alt": one.alt} for one in out.pictures],
    }
