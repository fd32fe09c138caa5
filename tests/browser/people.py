"""Signing in through the page, as a person does."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from hoiam.config import demo


def stranger(browser: Browser, *, width: int = 1360, scripts: bool = True, **more: Any) -> Page:
    """A page of somebody nobody knows; any error the browser reports fails the test."""
    page = browser.new_context(
        viewport={"width": width, "height": 900},
        locale="vi-VN",
        java_script_enabled=scripts,
        **more,
    ).new_page()
    page.on("pageerror", lambda error: pytest.fail(f"script error: {error}"))
    page.on(
        "console",
        lambda told: pytest.fail(told.text) if "Content Security Policy" in told.text else None,
    )
    return page


def sign_in(
    browser: Browser,
    house: str,
    username: str,
    *,
    width: int = 1360,
    scripts: bool = True,
    **more: Any,
) -> Page:
    """A page of this person, who has signed in."""
    page = stranger(browser, width=width, scripts=scripts, **more)
    page.goto(f"{house}/desk/")
    page.fill("[name=login]", username)
    page.fill("[name=password]", demo.PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('Việc của tôi')")
    return page
