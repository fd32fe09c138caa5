"""A Zalo Official Account: articles, messages of readers, keys that renew themselves.

Written against developers.zalo.me (Bài viết v2.0, Tin tư vấn v3.0, Xác thực v4) as it is told by programs that use it,
read on 28/11/2026. UNVERIFIED at the source: that an article still being made answers -214; the codes of a key that ran
out (-216, -220) and of calls too often (-32); the field names of the list of articles. Comments under articles have no
interface of which we know: they are brought in as a file. An article is made in two steps: a token at once, an id later.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings

from hoiam.core.fetch import Fetched
from hoiam.kit.vietnamese import squash
from hoiam.newsroom.connectors.base import (
    AnswerLost,
    AskedToRest,
    ChannelFault,
    Comment,
    Connector,
    Done,
    Keys,
    NotOffered,
    Outgoing,
    Refused,
    Seen,
    TargetGone,
    TokenRefused,
    asked,
    said,
    same_text,
)
from hoiam.newsroom.social_limits import limits_of

TOKEN = frozenset({-124, -216, -220})
REST = frozenset({-32})
BEING_MADE = -214
NO_SUCH = frozenset({-215, -210})
REST_SECONDS = 600.0
SLACK = timedelta(minutes=5)  # not-law: technical
LONGEST_AUTHOR = 50
PAGE_OF = 10
MOST_PAGES = 20
FROM_READER = 1


class Zalo(Connector):
    """One Official Account with its keys."""

    async def post(self, out: Outgoing) -> Done:
        """The article; when it is still being made, the answer counts as lost and its token is kept."""
        answer = await self._json("article/create", self._article(out))
        return await self._verified(str(_data(answer).get("token", "")), answer)

    async def edit(self, target: str, out: Outgoing) -> Done:
        """The whole article again under its id."""
        answer = await self._json("article/update", {"id": target, **self._article(out)})
        return await self._verified(str(_data(answer).get("token", "")), answer)

    async def remove(self, target: str) -> Done:
        """The article removed; what was gone already counts as removed."""
        try:
            answer = await self._json("article/remove", {"id": target})
        except TargetGone as gone:
            answer = {"gone": str(gone)}
        return Done(target, "", answer)

    async def reply(self, target: str, out: Outgoing) -> Done:
        """A message to who wrote to the account."""
        body = {"recipient": {"user_id": target}, "message": {"text": out.text}}
        answer = await self._json("oa/message/cs", body, version="v3.0")
        return Done(str(_data(answer).get("message_id", "")), "", answer)

    async def hide(self, target: str) -> Done:
        """Not to be had."""
        raise NotOffered("Zalo không cho ẩn bình luận qua API. Ẩn ở trang quản lý OA, rồi ghi lại.")

    async def find(self, out: Outgoing, *, target: str, since: datetime, known: Collection[str], trail: dict[str, str]) -> Done | None:  # fmt: skip
        """By the token when one came, else the newest articles with this very title; messages cannot be looked for."""
        if target:
            raise NotOffered(
                "Zalo không cho tìm lại tin đã gửi. Xem ở trang quản lý OA, rồi ghi lại."
            )
        if trail.get("token"):
            return await self._verified(trail["token"], {})
        for row in await self._articles():
            made = _moment(row.get("create_date"))
            fits = same_text(str(row.get("title", "")), self._title(out))
            if fits and str(row.get("id")) not in known and (made or since) >= since - SLACK:
                return Done(str(row["id"]), str(row.get("link_view", "")), row)
        return None

    async def see(self, target: str) -> Seen | None:
        """The text of the article as it stands; one that is hidden counts as gone."""
        try:
            row = _data(await self._get("article/getdetail", {"id": target}))
        except TargetGone:
            return None
        if row.get("status") == "hide":
            return None
        body = [str(part.get("content", "")) for part in row.get("body") or [] if isinstance(part, dict)]  # fmt: skip
        return Seen("\n\n".join(body), str(row.get("link_view", "")), row)

    async def read_comments(self, targets: Sequence[str], since: datetime) -> list[Comment]:
        """Messages readers sent to the account, from the newest back to `since`."""
        found: list[Comment] = []
        for page in range(MOST_PAGES):
            asked_for = {"data": json.dumps({"offset": page * PAGE_OF, "count": PAGE_OF})}
            rows = (await self._get("oa/listrecentchat", asked_for)).get("data")
            told = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
            fresh = [row for row in told if (_moment(row.get("time")) or since) >= since]
            found += [one for row in fresh if (one := _message(row)) is not None]
            if len(told) < PAGE_OF or len(fresh) < len(told):
                break
        return found

    async def check_token(self) -> str:
        """The account's name."""
        told = _data(await self._get("oa/getoa", {}))
        if self.place.page_id and str(told.get("oa_id", "")) != self.place.page_id:
            raise Refused("Khóa này không phải của OA có mã đã ghi. Kiểm tra lại mã OA.")
        return said(told.get("name", ""))

    async def refreshed(self) -> Keys | None:
        """The next pair of keys. The old refresh key is dead from now on, so the new pair is kept at once."""
        if not self.keys.refresh:
            return None
        body = urlencode(
            {
                "app_id": self.place.app_id,
                "grant_type": "refresh_token",
                "refresh_token": self.keys.refresh,
            }
        ).encode()
        headers = {
            "secret_key": self.keys.app_secret,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        url = f"{settings.HOIAM_ZALO_OAUTH.rstrip('/')}/v4/oa/access_token"
        told = _read(await asked(self.door, "POST", url, body, headers))
        if not told.get("access_token"):
            raise TokenRefused("Zalo không cấp khóa mới. Hãy cấp quyền lại rồi nhập khóa.")
        life = timedelta(seconds=int(told.get("expires_in", 3600)))
        return replace(
            self.keys,
            access=str(told["access_token"]),
            refresh=str(told.get("refresh_token", self.keys.refresh)),
            expires_at=self.now + life,
        )

    def _title(self, out: Outgoing) -> str:
        return squash(out.title)[: limits_of("zalo").title]

    def _article(self, out: Outgoing) -> dict[str, Any]:
        paragraphs = [part.strip() for part in out.text.split("\n\n") if part.strip()]
        lead = squash(out.lead or paragraphs[0])[: limits_of("zalo").lead]
        cover = {"cover_type": "photo", "photo_url": out.pictures[0].address, "status": "show"}
        return {
            "type": "normal",
            "title": self._title(out),
            "author": out.author[:LONGEST_AUTHOR],
            "cover": cover,
            "description": lead,
            "body": [{"type": "text", "content": part} for part in paragraphs],
            "status": "show",
            "comment": "show",
        }

    async def _verified(self, token: str, first: dict[str, Any]) -> Done:
        """The article's id and address behind the token."""
        trail = {"token": token}
        try:
            answer = await self._json("article/verify", {"token": token})
        except AnswerLost as lost:
            raise AnswerLost(str(lost), trail) from lost
        except (Refused, AskedToRest) as fault:
            # The article was handed in already: whatever is said of the question, it is not sent again.
            raise AnswerLost(str(fault), trail) from fault
        made = str(_data(answer).get("id", ""))
        if not made:
            raise AnswerLost("Zalo đang dựng bài.", trail)
        return Done(made, await self._address_of(made), {"create": first, "verify": answer})

    async def _address_of(self, made: str) -> str:
        try:
            rows = await self._articles()
        except ChannelFault:
            return ""
        return next((str(r.get("link_view", "")) for r in rows if str(r.get("id")) == made), "")

    async def _articles(self) -> list[dict[str, Any]]:
        asked_for = {"offset": 0, "limit": PAGE_OF, "type": "normal"}
        rows = _data(await self._get("article/getslice", asked_for)).get("medias")
        return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []

    async def _json(self, edge: str, body: dict[str, Any], version: str = "v2.0") -> dict[str, Any]:
        data = json.dumps(body, ensure_ascii=False).encode()
        return await self._call("POST", f"{version}/{edge}", data)

    async def _get(self, edge: str, fields: dict[str, Any]) -> dict[str, Any]:
        return await self._call("GET", f"v2.0/{edge}?{urlencode(fields)}")

    async def _call(self, method: str, edge: str, body: bytes | None = None) -> dict[str, Any]:
        headers = {"access_token": self.keys.access, "Content-Type": "application/json"}
        url = f"{settings.HOIAM_ZALO_API.rstrip('/')}/{edge}"
        return _read(await asked(self.door, method, url, body, headers))


def _read(answer: Fetched) -> dict[str, Any]:
    if answer.status == 429:
        told = str(answer.headers.get("Retry-After", ""))
        seconds = float(told) if told.isascii() and told.isdigit() else REST_SECONDS
        raise AskedToRest("Zalo đề nghị gửi thưa hơn.", seconds)
    try:
        told = json.loads(answer.body or b"{}")
    except ValueError:
        told = None
    if not isinstance(told, dict) or answer.status >= 500:
        raise AnswerLost(f"Zalo trả lời không đọc được (mã {answer.status}).")
    code = told.get("error", 0)
    if code:
        raise _fault(code, said(told.get("message") or told.get("error_description", "")))
    return told


def _fault(code: Any, words: str) -> ChannelFault:
    sentence = f"Zalo: {words} (mã {code})"
    if code in TOKEN or (isinstance(code, int) and code <= -14000):
        return TokenRefused(sentence)
    if code in REST:
        return AskedToRest(sentence, REST_SECONDS)
    if code == BEING_MADE:
        return AnswerLost(sentence)
    if code in NO_SUCH:
        return TargetGone(sentence)
    return Refused(sentence)


def _data(answer: dict[str, Any]) -> dict[str, Any]:
    found = answer.get("data")
    return found if isinstance(found, dict) else {}


def _moment(told: Any) -> datetime | None:
    """A moment of milliseconds, as the lists hold it."""
    try:
        return datetime.fromtimestamp(int(told) / 1000, UTC)
    except (ValueError, TypeError, OverflowError, OSError):
        return None


def _message(row: dict[str, Any]) -> Comment | None:
    if row.get("src") != FROM_READER:
        return None
    return Comment(
        platform_id=str(row.get("message_id", "")),
        kind="direct",
        text=str(row.get("message", "")),
        author=str(row.get("from_display_name", "")),
        under=str(row.get("from_id", "")),
        permalink="",
        written_at=_moment(row.get("time")),
    )
