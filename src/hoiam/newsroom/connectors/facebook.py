"""A Facebook Page through the Graph API: posts with pictures, comments, hiding, looking for what was posted.

Written against developers.facebook.com (Pages API: Posts, Comments; Graph API: Error Handling, Rate Limiting), read on
28/11/2026. The key travels in a header or in the body and never in an address, so that no log shows it; the header form is
documented for other parts of the Graph API (UNVERIFIED for Pages).
"""

import json
import re
from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings

from hoiam.core.fetch import Fetched
from hoiam.newsroom.connectors.base import (
    AnswerLost,
    AskedToRest,
    ChannelFault,
    Comment,
    Connector,
    Done,
    NotReached,
    Outgoing,
    OutPicture,
    Refused,
    Seen,
    TargetGone,
    TokenRefused,
    asked,
    said,
    same_text,
)
from hoiam.newsroom.connectors.multipart import multipart

TOKEN = frozenset({102, 190, 463, 467})
REST = frozenset({4, 17, 32, 341, 368, 613})
UNKNOWN = frozenset({1, 2})
DUPLICATE = 506
NO_OBJECT = 100
NO_OBJECT_SUB = 33
REST_SECONDS = 600.0
# A page's clock and ours may differ a little.
SLACK = timedelta(minutes=5)  # not-law: technical
PAGE_OF = 100
MOST_PAGES = 20
NEWEST = {"order": "reverse_chronological"}


class Facebook(Connector):
    """One Page with its key."""

    async def post(self, out: Outgoing) -> Done:
        """Pictures go up unpublished first: what fails before the last step leaves nothing on the page."""
        fields = {"message": out.text}
        for number, picture in enumerate(out.pictures):
            photo = await self._photo(picture)
            fields[f"attached_media[{number}]"] = json.dumps({"media_fbid": photo})
        if out.link and not out.pictures:
            fields["link"] = out.link
        answer = await self._send(f"{self.place.page_id}/feed", fields)
        return await self._made(answer)

    async def _photo(self, picture: OutPicture) -> str:
        kind, body = multipart(
            {"published": "false", "alt_text_custom": picture.alt},
            {"source": (picture.data, picture.content_type)},
        )
        try:
            answer = await self._call("POST", f"{self.place.page_id}/photos", body, kind)
        except AnswerLost as lost:
            # An unpublished picture is seen by nobody: it is simply sent again.
            raise NotReached(str(lost)) from lost
        return str(answer.get("id", ""))

    async def edit(self, target: str, out: Outgoing) -> Done:
        """The message changed; pictures and link stay as they were."""
        answer = await self._send(_id(target), {"message": out.text})
        return Done(target, "", answer)

    async def remove(self, target: str) -> Done:
        """Deleted; what was gone already counts as removed."""
        try:
            answer = await self._call("DELETE", _id(target))
        except TargetGone as gone:
            answer = {"gone": str(gone)}
        return Done(target, "", answer)

    async def reply(self, target: str, out: Outgoing) -> Done:
        """A comment under the comment."""
        answer = await self._send(f"{_id(target)}/comments", {"message": out.text})
        return Done(str(answer.get("id", "")), "", answer)

    async def hide(self, target: str) -> Done:
        """Seen from now on by its writer and their friends alone."""
        return Done(target, "", await self._send(_id(target), {"is_hidden": "true"}))

    async def find(self, out: Outgoing, *, target: str, since: datetime, known: Collection[str], trail: dict[str, str]) -> Done | None:  # fmt: skip
        """The newest posts of the page, or comments under the comment, with this very text."""
        edge = f"{_id(target)}/comments" if target else f"{self.place.page_id}/feed"
        first = int((since - SLACK).timestamp())
        fields = "id,message,created_time,permalink_url"
        asked_for = {"fields": fields, "since": first, "limit": PAGE_OF, **NEWEST}
        rows = await self._rows(edge, asked_for, since - SLACK)
        for row in rows:
            fits = same_text(str(row.get("message", "")), out.text) and row.get("id") not in known
            if fits and (_moment(row.get("created_time")) or since) >= since - SLACK:
                return Done(str(row["id"]), str(row.get("permalink_url", "")), row)
        return None

    async def see(self, target: str) -> Seen | None:
        """The message as it stands."""
        try:
            row = await self._get(_id(target), {"fields": "id,message,created_time,permalink_url"})
        except TargetGone:
            return None
        return Seen(str(row.get("message", "")), str(row.get("permalink_url", "")), row)

    async def read_comments(self, targets: Sequence[str], since: datetime) -> list[Comment]:
        """Comments under our own posts, replies included; a post that is gone has none."""
        found: list[Comment] = []
        for target in targets:
            asked_for = {
                "fields": "id,message,created_time,permalink_url,from{name}",
                "filter": "stream",
                "since": int(since.timestamp()),
                "limit": PAGE_OF,
                **NEWEST,
            }
            try:
                rows = await self._rows(f"{_id(target)}/comments", asked_for, since)
            except TargetGone:
                continue
            found += [_comment(row, target) for row in rows if not self._is_ours(row)]
        return found

    def _is_ours(self, row: dict[str, Any]) -> bool:
        return str((row.get("from") or {}).get("id", "")) == self.place.page_id

    async def check_token(self) -> str:
        """The page's name."""
        answer = await self._get(self.place.page_id, {"fields": "id,name"})
        if str(answer.get("id")) != self.place.page_id:
            raise Refused("Khóa này không phải của trang có mã đã ghi. Kiểm tra lại mã trang.")
        return said(answer.get("name", ""))

    async def _made(self, answer: dict[str, Any]) -> Done:
        """The new post with its address; the address is a nicety and may be missing."""
        made = str(answer.get("id", ""))
        if not made:
            raise AnswerLost("Facebook nhận bài mà không trả mã bài.")
        try:
            told = await self._get(made, {"fields": "permalink_url"})
        except ChannelFault:
            told = {}
        return Done(made, str(told.get("permalink_url", "")), answer)

    async def _send(self, edge: str, fields: dict[str, str]) -> dict[str, Any]:
        body = urlencode(fields).encode()
        return await self._call("POST", edge, body, "application/x-www-form-urlencoded")

    async def _get(self, edge: str, fields: dict[str, Any]) -> dict[str, Any]:
        return await self._call("GET", f"{edge}?{urlencode(fields)}")

    async def _rows(self, edge: str, fields: dict[str, Any], since: datetime) -> list[dict[str, Any]]:  # fmt: skip
        """The rows from the newest back to `since`, page by page; a platform that knows no `since` is cut here."""
        found: list[dict[str, Any]] = []
        after: str | None = ""
        for _ in range(MOST_PAGES):
            answer = await self._get(edge, fields | ({"after": after} if after else {}))
            rows = answer.get("data")
            page = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
            fresh = [row for row in page if (_moment(row.get("created_time")) or since) >= since]
            found += fresh
            after = _next(answer)
            if not after or len(fresh) < len(page):
                break
        return found

    async def _call(self, method: str, edge: str, body: bytes | None = None, kind: str = "") -> dict[str, Any]:  # fmt: skip
        headers = {"Authorization": f"Bearer {self.keys.access}", "Accept": "application/json"}
        if kind:
            headers["Content-Type"] = kind
        url = f"{settings.HOIAM_FACEBOOK_API.rstrip('/')}/{edge}"
        return _read(await asked(self.door, method, url, body, headers))


def _id(target: str) -> str:
    """The platform's id as part of an address: one out of a person's file could else ask for something else.

    Raises:
        Refused: it is none.
    """
    if not re.fullmatch(r"[A-Za-z0-9_-]+", target):
        raise Refused(
            "Mã của bình luận, bài đăng có ký tự lạ. Làm trên trang Facebook rồi ghi lại."
        )
    return target


def _read(answer: Fetched) -> dict[str, Any]:
    try:
        told = json.loads(answer.body or b"{}")
    except ValueError:
        told = None
    if not isinstance(told, dict):
        raise AnswerLost(f"Facebook trả lời không đọc được (mã {answer.status}).")
    error = told.get("error")
    if answer.status == 429:
        raise _rest(answer, "Facebook đề nghị gửi thưa hơn.")
    if isinstance(error, dict):
        raise _fault(error, answer)
    if answer.status >= 500:
        raise AnswerLost(f"Facebook đang lỗi (mã {answer.status}).")
    if answer.status >= 400:
        raise Refused(f"Facebook từ chối (mã {answer.status}).")
    return told


def _fault(error: dict[str, Any], answer: Fetched) -> ChannelFault:
    code, sub = error.get("code"), error.get("error_subcode")
    words = said(error.get("error_user_msg") or error.get("message", ""))
    sentence = f"Facebook: {words} (mã {code})"
    if code in TOKEN:
        return TokenRefused(sentence)
    if code in REST or (isinstance(code, int) and 80000 <= code <= 80014):
        return _rest(answer, sentence)
    if code in UNKNOWN or code == DUPLICATE:
        # "The same post again" means that the first one may have arrived.
        return AnswerLost(sentence)
    if code == NO_OBJECT and sub == NO_OBJECT_SUB:
        return TargetGone(sentence)
    return Refused(sentence)


def _rest(answer: Fetched, sentence: str) -> AskedToRest:
    told = str(answer.headers.get("Retry-After", "")).strip()
    if told.isascii() and told.isdigit():
        return AskedToRest(sentence, float(told))
    return AskedToRest(sentence, _regained(answer) or REST_SECONDS)


def _regained(answer: Fetched) -> float:
    """The seconds until calls are let through again, as the usage header tells in minutes."""
    try:
        told = json.loads(answer.headers.get("X-Business-Use-Case-Usage", "{}"))
        minutes = [
            float(row["estimated_time_to_regain_access"])
            for rows in told.values()
            for row in rows
        ]  # fmt: skip
    except (ValueError, TypeError, KeyError, AttributeError):
        return 0.0
    return max(minutes, default=0.0) * 60


def _next(answer: dict[str, Any]) -> str | None:
    """The mark of the next page, when there is one."""
    paging = answer.get("paging")
    if not isinstance(paging, dict) or not paging.get("next"):
        return None
    cursors = paging.get("cursors")
    return str(cursors.get("after", "")) if isinstance(cursors, dict) else None


def _moment(told: Any) -> datetime | None:
    try:
        return datetime.strptime(str(told), "%Y-%m-%dT%H:%M:%S%z").astimezone(UTC)
    except ValueError:
        return None


def _comment(row: dict[str, Any], under: str) -> Comment:
    return Comment(
        platform_id=str(row.get("id", "")),
        kind="comment",
        text=str(row.get("message", "")),
        author=str((row.get("from") or {}).get("name", "")),
        under=under,
        permalink=str(row.get("permalink_url", "")),
        written_at=_moment(row.get("created_time")),
    )
