"""What a person can ask for, read off the pages themselves: every link and filled form.

It starts from the table of routes and follows what it finds, so a page that is added later
is asked for too, and what can be sent from it is sent.
"""

from __future__ import annotations

import re
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit
from uuid import UUID

from django.apps import apps

from .asking import KEY, KNOWN, Ask
from .people import Person, whole
from .routes import ROUTES, filled
from .two_clinics import House, Record

EACH = 2
"""How many asks of one shape are kept: more of the same would show nothing new."""

PLAIN = {
    "email": "somebody@mail.example",
    "date": "2026-05-30",
    "datetime-local": "2026-05-30T10:00",
    "time": "10:00",
    "number": "1",
    "tel": "07700 900123",
    "password": "not the password of anybody",
}
WORDS = "Some words, as many as a form may want."


@dataclass(slots=True)
class Control:
    """What stands in a form under one name: what it would send, what it could send."""

    kind: str
    sends: list[str] = field(default_factory=list)
    could: list[str] = field(default_factory=list)

    def filled(self, name: str) -> list[str]:
        """A value as somebody would give it; a hidden one stays as it was drawn."""
        known = KNOWN.get(name)
        if self.kind == "hidden":
            return self.sends
        if self.kind in {"radio", "checkbox", "select"}:
            if known in self.could:
                return [known]
            return self.sends or self.could[:1]
        return [known or "".join(self.sends) or PLAIN.get(self.kind, WORDS)]


@dataclass(slots=True)
class DrawnForm:
    action: str
    method: str
    controls: dict[str, Control] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def control(self, name: str, kind: str) -> Control:
        return self.controls.setdefault(name, Control(kind))

    def fields(self) -> dict[str, Any]:
        return {name: one.filled(name) for name, one in self.controls.items()}


class Page(HTMLParser):
    """The links and forms of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[DrawnForm] = []
        self._form: DrawnForm | None = None
        self._select: Control | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in at:
            self.links.append(at["href"])
        elif tag == "form":
            self._form = DrawnForm(
                at.get("action", ""), at.get("method", "get").upper()
            )
            self.forms.append(self._form)
        elif self._form is not None:
            self._drawn(tag, at, self._form)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None

    def _drawn(self, tag: str, at: dict[str, str], form: DrawnForm) -> None:
        name, kind = at.get("name", ""), at.get("type", "text")
        if tag == "option" and self._select is not None and at.get("value"):
            self._select.could.append(at["value"])
            self._select.sends += [at["value"]] if "selected" in at else []
        elif not name or name == "csrfmiddlewaretoken":
            return
        elif tag == "select":
            self._select = form.control(name, "select")
        elif tag == "textarea":
            form.control(name, "text")
        elif tag == "button" or kind == "submit":
            form.buttons.append((name, at.get("value", "")))
        elif tag == "input" and kind in {"radio", "checkbox"}:
            control = form.control(name, kind)
            control.could.append(at.get("value", "on"))
            control.sends += control.could[-1:] if "checked" in at else []
        elif tag == "input":
            control = form.control(name, kind)
            control.sends += [at["value"]] if "value" in at else []

    def asks(self, address: str) -> Iterator[Ask]:
        """Everything that can be asked for from this page."""
        for link in self.links:
            yield from _to("GET", urljoin(address, link), {})
        for form in self.forms:
            if form.method == "DIALOG":  # it only closes
                continue
            for button in form.buttons or [None]:
                pressed = dict([button]) if button else {}
                action = urljoin(address, form.action or address)
                yield from _to(form.method, action, form.fields() | pressed)


def _to(method: str, address: str, fields: dict[str, Any]) -> Iterator[Ask]:
    there = urlsplit(address)
    if there.scheme or there.netloc or not there.path.startswith("/"):
        return
    query = dict(parse_qsl(there.query))
    if method == "GET":
        flat = {name: values[0] for name, values in fields.items() if values}
        yield Ask("GET", there.path, query | flat)
    else:
        yield Ask("POST", there.path, query, fields)


def harvest(person: Person, house: House, record: Record) -> list[Ask]:
    """Every ask of a person that leads to a page of theirs, twice of each shape at most."""
    keys = own_keys(house, record)
    waiting = [*_starts(person, keys)]
    found: dict[tuple[Any, ...], list[Ask]] = defaultdict(list)
    while waiting:
        ask = waiting.pop(0)
        alike = found[shape(ask)]
        if len(alike) >= EACH or ask in alike:
            continue
        alike.append(ask)
        if ask.method == "GET":
            answer = person.asks("GET", ask.address)
            if answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE:
                alike.pop()  # it says that no worker runs, and so it should
            elif (
                "html" in answer.get("Content-Type", "")
                and answer.status_code == HTTPStatus.OK
            ):
                waiting += Page(whole(answer).decode()).asks(ask.address)
    return [ask for alike in found.values() for ask in alike]


def _starts(person: Person, keys: Mapping[str, UUID]) -> Iterator[Ask]:
    """Every address that the person may use; sent to without a field where it takes that."""
    for place, route in ROUTES.items():
        if person.kind in route.may:
            for method in route.methods:
                yield Ask(method, filled(place, keys))


def shape(ask: Ask) -> tuple[Any, ...]:
    """What asks of one kind have in common."""
    path = re.sub(r"\d+", "#", KEY.sub("*", ask.path))
    return (ask.method, path, *sorted(ask.query), "&", *sorted(ask.form))


def own_keys(house: House, record: Record) -> dict[str, UUID]:
    """A key of one's own for every place in an address, by the name of its table."""
    places = {name for place in ROUTES for name in re.findall(r"<uuid:(\w+)>", place)}
    return {name: record.keys.get(name) or newest(name, house) for name in places}


def newest(name: str, house: House) -> UUID:
    """The last row of a clinic in a table of this name; nobody's where there is none."""
    for model in apps.get_app_config("aftercare").get_models():
        if model._meta.model_name == name.replace("_", ""):
            mine = model._base_manager.filter(clinic=house.clinic)
            if last := mine.order_by("-pk").first():
                return last.pk
    return uuid.uuid4()


def parts_with_keys(asks: list[Ask]) -> Counter[str]:
    """How many keys there are in paths, queries and forms."""
    return Counter(part for ask in asks for part, _ in ask.keys)
