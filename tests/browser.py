"""A real Chromium for tests that look at a page, where there is one."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from playwright.async_api import Browser, BrowserContext, Page, ViewportSize, async_playwright, expect

NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
#: What keeps a browser from doing anything but showing our page.
FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
#: How a page is looked at, unless a test says otherwise.
USUAL = ViewportSize(width=1100, height=800)
#: A busy machine's patience, in milliseconds.
PATIENCE = 30_000
COMPLAINING = {"error", "warning"}
expect.set_options(timeout=PATIENCE)

needs_chromium = pytest.mark.skipif(
    CHROMIUM is None, reason=f"no Chromium here: none of {', '.join(NAMES)} is installed"
)


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """Run a browser without a window."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            await browser.new_context(
                viewport=USUAL
            )  # the one that lasts: opening one costs more than a page
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def visiting(browser: Browser, address: str, **looks: Any) -> AsyncIterator[Page]:  # noqa: ANN401 - Browser.new_context's own
    """Open the page at `address`; `looks` are the context's, such as viewport and color_scheme.

    Whatever the page complains about on its console fails the test at the end.
    """
    complaints: list[str] = []
    async with _context(browser, looks) as context, await context.new_page() as page:
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type in COMPLAINING else None)
        await page.goto(address)
        yield page
    assert complaints == []


@asynccontextmanager
async def _context(browser: Browser, looks: dict[str, Any]) -> AsyncIterator[BrowserContext]:
    """Lend the context that lasts, without what the last test was allowed there; other looks need one of their own.

    Nothing is left of what a page has stored: each test's page has an origin of its own.
    """
    if not looks:
        lasting = browser.contexts[0]
        try:
            yield lasting
        finally:
            await lasting.clear_permissions()
            await lasting.clear_cookies()
        return
    async with await browser.new_context(**({"viewport": USUAL} | looks)) as context:
        yield context
