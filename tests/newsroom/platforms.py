"""Doubles of the platforms on loopback: they keep what was posted, answer in the recorded shapes, and fail as they are told.

A fault is given beforehand by name, once: "429", "expired", "refused", "lost" (done, and the line breaks before the answer),
"broken" (nothing done, the line breaks), "500", "garbage".
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

from hoiam.core.fetch import AddressGuard, Fetcher
from tests.core.fetch.loopback import QUICK

PAGE, OA = "100200300", "4455667788"
KEY = "EAAG-khoa-cua-trang-0001"


@dataclass
class Request:
    """One request as it came."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes

    @property
    def form(self) -> dict[str, str]:
        return {name: value[0] for name, value in parse_qs(self.body.decode()).items()}

    @property
    def json(self) -> dict:
        return json.loads(self.body or b"{}")


@dataclass
class Platform:
    """A page with its posts; `at` is its clock."""

    at: datetime
    posts: dict[str, dict] = field(default_factory=dict)
    comments: list[dict] = field(default_factory=list)
    photos: list[bytes] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    seen: list[Request] = field(default_factory=list)
    url: str = ""
    count: int = 0

    def next_id(self) -> str:
        self.count += 1
        return f"{PAGE}_{self.count}"

    def answer(self, asked: Request) -> tuple[int, dict, dict | bytes]:
        """Status, headers and body."""
        raise NotImplementedError

    def told(self, fault: str) -> tuple[int, dict, dict | bytes]:
        """What the platform says of a fault."""
        raise NotImplementedError


class Graph(Platform):
    """Facebook's Graph API, as far as a Page's posts and comments go."""

    def told(self, fault):
        errors = {
            "429": (429, {"Retry-After": "120"}, {"error": {"message": "limit", "code": 32}}),
            "expired": (400, {}, {"error": {"message": "Session has expired", "code": 190, "error_subcode": 463}}),
            "refused": (403, {}, {"error": {"message": "Permission denied", "code": 200}}),
            "500": (500, {}, {"error": {"message": "Service temporarily unavailable", "code": 2}}),
            "duplicate": (400, {}, {"error": {"message": "Duplicate status message", "code": 506}}),
            "throttled": (
                403,
                {"X-Business-Use-Case-Usage": '{"1":[{"estimated_time_to_regain_access":7}]}'},
                {"error": {"message": "limit", "code": 80001}},
            ),
            "garbage": (200, {}, b"<html>"),
        }  # fmt: skip
        return errors[fault]

    def answer(self, asked):
        if asked.headers.get("authorization") != f"Bearer {KEY}":
            return self.told("expired")
        target = asked.path.removeprefix("/v25.0/")
        stamp = self.at.strftime("%Y-%m-%dT%H:%M:%S+0000")
        if asked.method == "POST" and target.endswith("/photos"):
            self.photos.append(asked.body)
            return 200, {}, {"id": f"photo{len(self.photos)}"}
        if asked.method == "POST" and target.endswith(("/feed", "/comments")):
            made = self.next_id()
            self.posts[made] = {**asked.form, "created_time": stamp, "id": made, "edge": target}
            return 200, {}, {"id": made}
        if asked.method == "GET" and target.endswith(("/feed", "/comments")):
            rows = [row for row in self.posts.values() if row["edge"] == target]
            if target.endswith("/comments"):
                rows += [row for row in self.comments if row["under"] == target.split("/")[0]]
            return 200, {}, self._page(asked, list(reversed(rows)))
        if target == PAGE:
            return 200, {}, {"id": PAGE, "name": "Thi hành án dân sự Thanh Giang"}
        return self._one(asked, target)

    def _page(self, asked, rows):
        first, size = int(asked.query.get("after", 0)), int(asked.query["limit"])
        told = {"data": [self._shown(row) for row in rows[first : first + size]]}
        if len(rows) > first + size:
            told["paging"] = {"cursors": {"after": str(first + size)}, "next": "https://…"}
        return told

    def _one(self, asked, target):
        row = self.posts.get(target) or next((c for c in self.comments if c["id"] == target), None)
        if row is None:
            return 400, {}, {"error": {"message": "Object does not exist", "code": 100, "error_subcode": 33}}  # fmt: skip
        if asked.method == "DELETE":
            del self.posts[target]
        elif asked.method == "POST":
            row.update(asked.form)
        else:
            return 200, {}, self._shown(row)
        return 200, {}, {"success": True}

    def _shown(self, row):
        url = f"https://facebook.example/{row['id']}"
        names = ("id", "message", "created_time", "from")
        return {"permalink_url": url} | {name: row[name] for name in names if name in row}

    def say(self, text, under, author="Bạn đọc", when=None):
        """A reader writes under a post."""
        at = (when or self.at).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+0000")
        made = f"c{len(self.comments) + 1}"
        self.comments.append({"id": made, "message": text, "from": {"name": author}, "created_time": at, "under": under})  # fmt: skip
        return made


class ZaloOA(Platform):
    """Zalo's interface of an Official Account: articles, messages, keys."""

    key: str = KEY
    refresh: str = "khoa-gia-han-0001"
    tokens: dict

    def told(self, fault):
        errors = {
            "429": (429, {"Retry-After": "120"}, {}),
            "expired": (200, {}, {"error": -216, "message": "Access token is invalid"}),
            "refused": (200, {}, {"error": -224, "message": "OA package is not supported"}),
            "500": (500, {}, {}),
            "garbage": (200, {}, b"<html>"),
            "being_made": (200, {}, {"error": -214, "message": "Media is processing"}),
        }
        return errors[fault]

    def answer(self, asked):
        if asked.path == "/v4/oa/access_token":
            return self._renew(asked)
        if asked.headers.get("access_token") != self.key:
            return self.told("expired")
        edge = asked.path.split("/", 2)[2]
        return getattr(self, edge.replace("/", "_"))(asked)

    def _renew(self, asked):
        if asked.form.get("refresh_token") != self.refresh or not asked.headers.get("secret_key"):
            return 200, {}, {"error": -14014, "error_description": "Invalid refresh token"}
        self.count += 1
        self.key, self.refresh = f"khoa-truy-cap-moi-{self.count:04}", f"khoa-gia-han-moi-{self.count:04}"  # fmt: skip
        return 200, {}, {"access_token": self.key, "refresh_token": self.refresh, "expires_in": "3600"}  # fmt: skip

    def _ok(self, data):
        return 200, {}, {"error": 0, "message": "Success", "data": data}

    def article_create(self, asked):
        made = self.next_id()
        stamp = int(self.at.timestamp() * 1000)
        self.posts[made] = {**asked.json, "id": made, "create_date": stamp}
        return self._ok({"token": f"token-{made}"})

    def article_update(self, asked):
        self.posts[asked.json["id"]].update(asked.json)
        return self._ok({"token": f"token-{asked.json['id']}"})

    def article_verify(self, asked):
        return self._ok({"id": asked.json["token"].removeprefix("token-")})

    def article_remove(self, asked):
        if self.posts.pop(asked.json["id"], None) is None:
            return 200, {}, {"error": -215, "message": "Article is not exist"}
        return self._ok({})

    def article_getslice(self, asked):
        rows = [
            {"id": row["id"], "title": row["title"], "create_date": row["create_date"],
             "link_view": f"https://zalo.example/{row['id']}"}
            for row in reversed(self.posts.values())
        ]  # fmt: skip
        return self._ok({"medias": rows, "total": len(rows)})

    def article_getdetail(self, asked):
        row = self.posts.get(asked.query["id"])
        if row is None:
            return 200, {}, {"error": -215, "message": "Article is not exist"}
        return self._ok(row)

    def oa_getoa(self, asked):
        return self._ok({"oa_id": OA, "name": "Thi hành án Thanh Giang"})

    def oa_listrecentchat(self, asked):
        told = json.loads(asked.query["data"])
        rows = self.comments[::-1][told["offset"] : told["offset"] + told["count"]]
        return 200, {}, {"error": 0, "message": "Success", "data": rows}

    def oa_message_cs(self, asked):
        made = self.next_id()
        told = asked.json
        self.posts[made] = {"id": made, "to": told["recipient"]["user_id"], "message": told["message"]["text"]}  # fmt: skip
        return self._ok({"message_id": made})

    def say(self, text, under="", author="Bạn đọc", when=None):
        """A reader writes to the account."""
        at = int((when or self.at).timestamp() * 1000)
        made = f"m{len(self.comments) + 1}"
        self.comments.append({"message_id": made, "src": 1, "time": at, "message": text, "from_id": "u-77", "from_display_name": author})  # fmt: skip
        return made


class Hub(Platform):
    """A receiver of webhooks that knows keys it had."""

    def told(self, fault):
        errors = {
            "429": (429, {"Retry-After": "120"}, {}),
            "expired": (401, {}, {}),
            "refused": (422, {}, {}),
            "500": (500, {}, {}),
        }
        return errors[fault]

    def answer(self, asked):
        told, event = asked.json, asked.headers["hoiam-event"]
        marker = asked.headers["hoiam-delivery"]
        if event == "social.post":
            self.posts.setdefault(marker, {**told, "message": told["text"]})
        elif event == "social.edit":
            self.posts[told["target"]]["message"] = told["text"]
        elif event == "social.remove" and self.posts.pop(told["target"], None) is None:
            return 404, {}, {}
        return 200, {}, {"id": told.get("target", marker), "url": f"https://hub.example/{marker}"}


@contextmanager
def running(platform: Platform) -> Iterator[Platform]:
    """The platform behind an address."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_one(self) -> None:
            parts = urlsplit(self.path)
            headers = {name.lower(): value for name, value in self.headers.items()}
            query = {name: value[0] for name, value in parse_qs(parts.query).items()}
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            asked = Request(self.command, parts.path, query, headers, body)
            platform.seen.append(asked)
            fault = platform.faults.pop(0) if platform.faults else ""
            if fault in {"lost", "broken"}:
                if fault == "lost":
                    platform.answer(asked)
                self.close_connection = True
                return
            status, more, told = platform.told(fault) if fault else platform.answer(asked)
            data = told if isinstance(told, bytes) else json.dumps(told).encode()
            self.send_response(status)
            for name, value in more.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_DELETE = handle_one  # noqa: N815 -- names the server calls

        def log_message(self, *_: object) -> None:
            """Tests read what they need from `seen`."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    platform.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield platform
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)


def door() -> Fetcher:
    """A door that lets tests speak to loopback."""
    return Fetcher(guard=AddressGuard(["127.0.0.1"], ports=None), manners=QUICK)
