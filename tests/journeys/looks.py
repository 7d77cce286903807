"""What the browser really draws: colours as computed, and what can be seen at once."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

SUCCESS = """() => {
  const probe = document.body.appendChild(document.createElement("i"));
  const drawn = (token) => {
    probe.style.color = `var(${token})`;
    return getComputedStyle(probe).color;
  };
  const green = new Set(["--ok", "--ok-tint", "--ok-solid"].map(drawn));
  probe.remove();
  const PARTS = ["color", "backgroundColor", "borderTopColor", "borderLeftColor",
                 "outlineColor", "fill", "stroke"];
  const found = [];
  for (const element of document.querySelectorAll("body *")) {
    if (!element.checkVisibility()) continue;
    for (const pseudo of [undefined, "::before", "::after"]) {
      const style = getComputedStyle(element, pseudo);
      if (pseudo && style.content === "none") continue;
      const has = PARTS.some((part) => green.has(style[part]))
        || [...green].some((colour) => style.boxShadow.includes(colour));
      if (has) found.push(`${element.className?.baseVal ?? element.className}${pseudo ?? ""}`);
    }
  }
  return found;
}"""

IN_SIGHT = """(element) => {
  const box = element.getBoundingClientRect();
  const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  return scrollY === 0
    && box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth
    && [[x, box.top + 2], [x, y], [x, box.bottom - 2]].every(([x, y]) =>
      element.contains(document.elementFromPoint(x, y)));
}"""


def success_colours(page: Page) -> list[str]:
    """The classes of everything that is drawn in the green of success."""
    found: list[str] = page.evaluate(SUCCESS)
    return found


def in_sight(control: Locator) -> bool:
    """Whether all of a control is seen without scrolling, with nothing over it."""
    seen: bool = control.evaluate(IN_SIGHT)
    return seen
