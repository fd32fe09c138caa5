"""feedparser's own test feeds: we lose no entry it finds."""

import io
import os
import tarfile
import warnings
from pathlib import Path

import feedparser
import pytest

from hoiam.kit.news import read_feed

_ROOT = Path(os.environ.get("HOIAM_SHARED") or Path(__file__).parents[3] / "../shared")
_FOLDER = _ROOT / "data" if (_ROOT / "data").is_dir() else _ROOT
ARCHIVE = _FOLDER / "feeds/feedparser-cases.tar.xz"


@pytest.mark.skipif(not ARCHIVE.exists(), reason="feedparser's cases are not on this machine")
def test_no_entry_of_feedparsers_cases_is_lost():
    fewer = []
    with tarfile.open(ARCHIVE) as archive:
        for member in archive:
            if not member.name.endswith(".xml"):
                continue
            data = archive.extractfile(member).read()
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                expected = len(feedparser.parse(io.BytesIO(data)).entries)
            if len(read_feed(data).entries) < expected:
                fewer.append(member.name)
    assert fewer == []
