"""A browser, the demonstration it walks through, and people who sign in; skipped with a word where no Chromium is."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, sync_playwright

from tests import demonstration

CHROMIUM = (
    os.environ.get("HOIAM_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every story here needs a browser and real transactions; where no browser is found they say so."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))
            if CHROMIUM is None:
                item.add_marker(
                    pytest.mark.skip(reason="no Chromium here: install it or set HOIAM_CHROMIUM")
                )


@pytest.fixture
def browser(house: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    # The house first: signing its papers runs an event loop, which a thread of Playwright's can have only one of.
    # Playwright keeps an event loop in this thread; the tests' own database calls are made one after another.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def house(live_server) -> str:
    """The demonstration, loaded, and the address it answers on."""
    demonstration.put()
    call_command("clearsessions")
    return live_server.url
