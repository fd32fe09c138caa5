"""Lists of sealed things (bảng kê niêm phong): the text a token covers; no database, so that a dossier can be checked anywhere."""

import hashlib
import json
from typing import Any

HEAD = "HOIAM-NIEM-PHONG 1\n# SHA-256 của tệp  SHA-256 của phần mô tả  loại/số\n"


def facts_digest(facts: dict[str, Any]) -> str:
    """SHA-256 over the facts in one fixed form."""
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def line(kind: str, subject_id: int, sha256: str, facts: dict[str, Any]) -> str:
    """One line of a list: the hash of the bytes, of the facts, and whose they are."""
    return f"{sha256}  {facts_digest(facts)}  {kind}/{subject_id}"
