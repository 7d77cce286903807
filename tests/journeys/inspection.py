"""What every page is held to, measured in the browser. An empty list is a good page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page, Request

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
TAGS = [
    "wcag2a",
    "wcag2aa",
    "wcag21a",
    "wcag21aa",
    "wcag22a",
    "wcag22aa",
    "best-practice",
]
COLOURS = ["color-contrast", "link-in-text-block"]
# The checker would read the stylesheet again, which nothing here needs.
QUIET = {"resultTypes": ["violations"], "preload": False, "selectors": False}

MOST_REQUESTS = 4
MOST_BYTES = 40 * 1024

BARRIERS = """async (options) => {
  const found = await window.axe.run(document, options);
  return found.violations.map((rule) =>
    `${rule.id}: ${rule.nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`);
}"""

UNFOLD = """() => {
  for (const folded of document.querySelectorAll("details.more")) folded.open = true;
}"""

PUT_DOWN = """() => {
  for (const bar of document.querySelectorAll(".tabbar, .actions")) bar.style.position = "static";
}"""

SCROLLS_SIDEWAYS = """() => {
  const wide = (box) => box.scrollWidth > box.clientWidth + 1;
  const named = (box) => `${box.localName}.${box.className} ${box.scrollWidth}>${box.clientWidth}`;
  const found = wide(document.documentElement) ? [named(document.documentElement)] : [];
  for (const box of document.querySelectorAll("body *:not(svg, svg *, input, textarea)")) {
    if (!wide(box) || box.matches(".vh, .data-box") || !box.checkVisibility()) continue;
    const { overflowX, display } = getComputedStyle(box);
    if (display !== "inline" && overflowX !== "visible") found.push(named(box));
  }
  return found;
}"""

CUT_OFF = """() => [...document.querySelectorAll("body *:not(svg, svg *, .vh)")]
  .filter((box) => box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth + 1)
  .filter((box) => ["hidden", "clip"].includes(getComputedStyle(box).overflowY))
  .filter((box) => box.checkVisibility() && box.innerText?.trim())
  .map((box) => `${box.localName}.${box.className}: ${box.innerText.slice(0, 60)}`)"""

SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important; } p { margin-block-end: 2em !important; }`);
  document.adoptedStyleSheets = [sheet];
}"""

SMALL_TARGETS = """(least) => {
  const CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  const inSentence = (control) => control.localName === "a"
    && getComputedStyle(control).display === "inline"
    && [...control.parentElement.childNodes].some((node) =>
      node.nodeType === Node.TEXT_NODE && node.textContent.trim());
  const part = (control) => control.closest("label") ?? control;
  const reach = (control, x, y, dx, dy) => {
    let length = 0;
    const hit = (n) => control.contains(document.elementFromPoint(x + dx * n, y + dy * n));
    while (length < least && hit(length + 1)) length += 1;
    return length;
  };
  const size = (control) => {
    const box = control.getBoundingClientRect();
    if (Math.min(box.width, box.height) >= least - .5) return [box.width, box.height];
    control.scrollIntoView({ block: "center" });
    const here = control.getClientRects()[0];
    const [x, y] = [here.x + here.width / 2, here.y + here.height / 2];
    return [reach(control, x, y, -1, 0) + reach(control, x, y, 1, 0) + 1,
            reach(control, x, y, 0, -1) + reach(control, x, y, 0, 1) + 1];
  };
  const found = [];
  for (const control of document.querySelectorAll(CONTROLS)) {
    if (!control.checkVisibility() || control.matches(".skip") || inSentence(control)) continue;
    const [width, height] = size(part(control));
    if (Math.min(width, height) < least - .5)
      found.push(`${control.localName} "${part(control).innerText}" ${width}×${height}`);
  }
  return found;
}"""

UNTOLD = """() => {
  const found = [];
  if (!document.title.startsWith("Error: ")) found.push(`title: ${document.title}`);
  if (!document.activeElement.matches("[data-errors]")) found.push("summary without focus");
  const inline = [...document.querySelectorAll(".q__error")].map((one) => one.textContent);
  for (const link of document.querySelectorAll("[data-errors] a")) {
    if (!document.querySelector(link.hash)) found.push(`link to nowhere: ${link.hash}`);
    if (!inline.some((words) => words.endsWith(link.textContent)))
      found.push(`not said inline: ${link.textContent}`);
  }
  const links = document.querySelectorAll("[data-errors] a").length;
  if (links !== inline.length) found.push(`${links} links, ${inline.length} errors`);
  return found;
}"""

ANSWERED = """() => [...document.querySelectorAll("main form [name]")]
  .filter((field) => !["hidden", "submit", "button"].includes(field.type))
  .filter((field) => field.checked || (!["radio", "checkbox"].includes(field.type) && field.value))
  .map((field) => `${field.name}=${field.value}`)"""

HELP = """() => [...document.querySelectorAll("header a[href='/help/'], main a[href^='tel:']")]
  .filter((link) => link.checkVisibility()).map((link) => link.href)"""


class Inspector:
    """Goes over the page that a browser shows, and over what it took to show it."""

    def __init__(self, page: Page, home: str) -> None:
        self.page = page
        self.home = home
        self.requests: list[Request] = []
        page.on("request", self._note)
        # Each page is measured as on a first visit.
        self.network = page.context.new_cdp_session(page)
        self.network.send("Network.enable")
        self.network.send("Network.setCacheDisabled", {"cacheDisabled": True})

    def _note(self, request: Request) -> None:
        if request.is_navigation_request():
            self.requests.clear()
        if not request.url.startswith("data:"):
            self.requests.append(request)

    def weight(self) -> int:
        """Bytes of the bodies of this page, as they came over the wire."""
        return sum(one.sizes()["responseBodySize"] for one in self.requests)

    def heavy(self) -> list[str]:
        found = []
        if len(self.requests) > MOST_REQUESTS:
            found.append(f"{len(self.requests)} requests")
        if self.weight() > MOST_BYTES:
            found.append(f"{self.weight()} bytes")
        elsewhere = [
            one.url for one in self.requests if not one.url.startswith(self.home)
        ]
        return found + elsewhere

    def unfold(self) -> None:
        self.page.evaluate(UNFOLD)

    def barriers(self) -> list[str]:
        """What axe finds in the light theme, and in the dark one where colours count.

        Bars that stay in view are put where they stand, so that none lies over another
        control; one that is covered can be scrolled to.
        """
        self.page.evaluate(PUT_DOWN)
        self.page.evaluate(AXE)
        everything = QUIET | {"runOnly": {"type": "tag", "values": TAGS}}
        colours = QUIET | {"runOnly": {"type": "rule", "values": COLOURS}}
        self.page.emulate_media(color_scheme="light")
        found = self._axe(everything)
        self.page.emulate_media(color_scheme="dark")
        found += [f"dark: {barrier}" for barrier in self._axe(colours)]
        self.page.emulate_media(color_scheme="light")
        return found

    def _axe(self, options: dict[str, Any]) -> list[str]:
        found: list[str] = self.page.evaluate(BARRIERS, options)
        return found

    def sideways(self, *widths: int) -> list[str]:
        """What scrolls sideways or is cut off at a width."""
        size, found = self.page.viewport_size, []
        for width in widths:
            self.page.set_viewport_size({"width": width, "height": 844})
            found += [f"at {width}: {box}" for box in self.overflowing()]
        if size:
            self.page.set_viewport_size(size)
        return found

    def overflowing(self) -> list[str]:
        found: list[str] = self.page.evaluate(SCROLLS_SIDEWAYS)
        cut: list[str] = self.page.evaluate(CUT_OFF)
        return found + [f"cut off {box}" for box in cut]

    def enlarged(self) -> list[str]:
        """The same with text at twice its size, and with text spaced out."""
        self.page.evaluate("document.documentElement.style.fontSize = '200%'")
        found = [f"text 200 %: {box}" for box in self.overflowing()]
        self.page.evaluate("document.documentElement.style.fontSize = ''")
        self.page.evaluate(SPACED)
        found += [f"text spaced: {box}" for box in self.overflowing()]
        self.page.evaluate("document.adoptedStyleSheets = []")
        return found

    def small_targets(self, least: int) -> list[str]:
        found: list[str] = self.page.evaluate(SMALL_TARGETS, least)
        return found

    def answered(self) -> list[str]:
        """Fields about a symptom that are filled or ticked."""
        found: list[str] = self.page.evaluate(ANSWERED)
        return found

    def errors_untold(self) -> list[str]:
        """What is amiss in how a form that came back says what is wrong."""
        found: list[str] = self.page.evaluate(UNTOLD)
        return found

    def without_help(self) -> list[str]:
        helped = self.page.evaluate(HELP)
        return [] if helped else ["no help within one tap"]


def report(problems: dict[str, list[str]]) -> str:
    return json.dumps(problems, indent=1, ensure_ascii=False)
