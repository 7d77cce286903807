"""What a page's controls hold: what somebody finds ticked, chosen and typed in it."""

from __future__ import annotations

from html.parser import HTMLParser


class _Controls(HTMLParser):
    """Collects (name, value) of every control that would be sent."""

    def __init__(self) -> None:
        super().__init__()
        self.held: set[tuple[str, str]] = set()
        self._area = ""
        self._text = ""
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name, value = given.get("name", ""), given.get("value", "")
        if tag == "textarea":
            self._area, self._text = name, ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in given:
            self.held.add((self._select, value))
        elif tag == "input":
            ticked = given.get("type") in {"checkbox", "radio"}
            if not ticked or "checked" in given:
                self.held.add((name, value or ("on" if ticked else "")))

    def handle_data(self, data: str) -> None:
        if self._area:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            # A browser drops the first line break of a text area.
            self.held.add((self._area, self._text.removeprefix("\n")))
            self._area = ""


def held_by(html: str) -> set[tuple[str, str]]:
    """The names and values that a page would send if its forms were sent as they are."""
    parser = _Controls()
    parser.feed(html)
    return parser.held
