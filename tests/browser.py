"""A real browser for the tests: Chromium from this machine, at the size of a phone.

`new_page` opens pages on the live server; each fails its test when the browser reports
an error, a content policy violation included. Without Chromium the tests that need one
are skipped with one line at the end, and fail under CI.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}
MISSING = "no Chromium: install it, or name it in CHROMIUM"

NewPage = Callable[..., Page]


def chromium() -> str | None:
    """The browser's program: $CHROMIUM, or one that is on the path."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return os.environ.get("CHROMIUM") or next(
        filter(None, map(shutil.which, names)), None
    )


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks every test that asks for a browser, and skips it where there is none."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
            if not chromium() and not os.environ.get("CI"):
                item.add_marker(pytest.mark.skip(reason=MISSING))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    count = sum(MISSING in str(report.longrepr) for report in skipped)
    if count:
        terminalreporter.write_line(f"BROWSER TESTS SKIPPED: {count}, {MISSING}.")


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any],
) -> dict[str, Any]:
    program = chromium()
    if not program:
        pytest.fail(MISSING)
    quiet = [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-gpu",
        "--disable-quic",
        "--disable-sync",
        "--no-first-run",
    ]
    if os.geteuid() == 0:
        quiet.append("--no-sandbox")
    return browser_type_launch_args | {"executable_path": program, "args": quiet}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return browser_context_args | {
        "viewport": PHONE,
        "is_mobile": True,
        "has_touch": True,
        "locale": "en-GB",
        "timezone_id": "Europe/London",
    }


@pytest.fixture
def browser_problems() -> Iterator[list[str]]:
    """What the browser reported as an error; the test fails with whatever is left in it."""
    problems: list[str] = []
    yield problems
    assert problems == []


@pytest.fixture
def new_page(
    browser: Browser,
    browser_context_args: dict[str, Any],
    live_server: Any,
    browser_problems: list[str],
) -> Iterator[NewPage]:
    """Opens a page in a browser of its own: `new_page(scripts=False, dark=True, desk=True)`.

    What `Browser.new_context` takes may be given too. Addresses are relative to the
    live server.
    """
    contexts: list[BrowserContext] = []

    def open_page(
        *, scripts: bool = True, dark: bool = False, desk: bool = False, **more: Any
    ) -> Page:
        arguments = browser_context_args | {
            "base_url": live_server.url,
            "java_script_enabled": scripts,
            "color_scheme": "dark" if dark else "light",
        }
        if desk:
            arguments |= {"viewport": DESK, "is_mobile": False, "has_touch": False}
        context = browser.new_context(**(arguments | more))
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: _note(message, page, browser_problems))
        page.on(
            "pageerror", lambda error: browser_problems.append(f"{page.url}: {error}")
        )
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def browser_page(new_page: NewPage) -> Page:
    """A phone with scripts on, in the light theme, not signed in."""
    return new_page()


def _note(message: ConsoleMessage, page: Page, problems: list[str]) -> None:
    """Keeps an error, unless it only says that the page itself was a 4xx or 5xx."""
    its_own_status = "Failed to load resource" in message.text and (
        message.location.get("url", "").split("#")[0] == page.url.split("#")[0]
    )
    if message.type == "error" and not its_own_status:
        problems.append(f"{page.url}: {message.text}")
