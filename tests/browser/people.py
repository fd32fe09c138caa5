"""Signing in through the page, as a person does."""

import pytest
from playwright.sync_api import Browser, Page

from hoiam.config import demo


def sign_in(browser: Browser, house: str, username: str, *, scripts: bool = True) -> Page:
    """A page of this person; any error the browser reports fails the test."""
    page = browser.new_context(
        viewport={"width": 1360, "height": 900}, locale="vi-VN", java_script_enabled=scripts
    ).new_page()
    page.on("pageerror", lambda error: pytest.fail(f"script error: {error}"))
    page.on(
        "console",
        lambda told: pytest.fail(told.text) if "Content Security Policy" in told.text else None,
    )
    page.goto(f"{house}/desk/")
    page.fill("[name=login]", username)
    page.fill("[name=password]", demo.PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('Việc của tôi')")
    return page
