"""One hand on a page: it finds controls by what they are called, and counts its work."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page


class Hand:
    """`presses` are buttons, links and what opens; `taps` are these and every choice.

    `inputs` are taps and keys together, as the bars count them. Scrolling is free.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.touches = page.evaluate("navigator.maxTouchPoints") > 0
        self.taps = self.keys = self.presses = 0

    @property
    def inputs(self) -> int:
        return self.taps + self.keys

    def choose(
        self, question: str, *answers: str, within: Locator | None = None
    ) -> None:
        """Answers to one question: tiles or ticks."""
        group = (within or self.page).get_by_role("group", name=question, exact=True)
        for answer in answers:
            one = group.get_by_role("radio", name=answer, exact=True)
            several = group.get_by_role("checkbox", name=answer, exact=True)
            self._tap(one.or_(several))

    def tick(self, words: str) -> None:
        """A tile, or any box that stands alone, by the start of its words."""
        starts = re.compile(f"^{re.escape(words)}")
        self._tap(self.page.get_by_role("checkbox", name=starts).first)

    def write(self, label: str, words: str, within: Locator | None = None) -> None:
        """Words into a field: a tap to get there, then the keys."""
        field = (within or self.page).get_by_label(label)
        self._tap(field)
        field.press_sequentially(words)
        self.keys += len(words)

    def press(self, button: str) -> None:
        self._press(self.page.get_by_role("button", name=button))

    def follow(self, link: str) -> None:
        self._press(self.page.get_by_role("link", name=link))

    def open(self, words: str) -> None:
        """What is folded away under these words."""
        self._press(self.page.locator("summary").filter(has_text=words))

    def _press(self, control: Locator) -> None:
        self._tap(control)
        self.presses += 1

    def _tap(self, control: Locator) -> None:
        if self.touches:
            control.tap()
        else:
            control.click()
        self.taps += 1
