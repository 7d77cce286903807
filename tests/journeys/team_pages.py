"""The pages on which a clinic is set up: its team, its settings, a colleague's way in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.test import Client
from playwright.sync_api import Page, expect

from aftercare.models import StaffMember
from aftercare.services.invite_staff import Invitee, invite_staff
from aftercare.services.join import join_with_password
from aftercare.services.team import deactivate
from tests.builders import make_clinic, make_staff

from .pages import State, comes_back, press
from .town import NOW, Town

PASSWORD = "correct horse battery staple"
WEEK = timedelta(days=7)


def joining_states(_: Town) -> Iterator[State]:
    """A colleague follows the link of an invitation."""
    owner = make_staff(make_clinic("Larchwood Clinic"), "Olu Ade", "is_owner")
    _, link = invited(owner, "Ada Obi")
    join = f"/join/{link}/"
    yield State("join", None, join)
    yield State("error: join", None, join, press("Join"))
    yield State("join: somebody is signed in", owner, join)
    _, old = invited(owner, "Tom Reid", age=WEEK)
    yield State("join: too old", None, f"/join/{old}/")
    other = make_staff(make_clinic("Rowan Clinic"), "Omar Said", "is_owner")
    ada, elsewhere = invited(other, "Ada Obi")
    again = f"/join/{elsewhere}/"
    join_with_password(token=link, password=PASSWORD, at=NOW)
    assert Client().get(again).status_code == 200
    yield State("join: used", None, join)
    yield State("join: has a login", None, again)
    yield State("join: another login", owner, again)
    ada = StaffMember.objects.get(clinic=owner.clinic, login=ada.login)
    yield State("join: with a login", ada, again)


def setting_up_states(_: Town) -> Iterator[State]:
    """The team and the settings, as their owner finds them."""
    clinic = make_clinic("Alder Clinic")
    owner = make_staff(clinic, "Olu Ade", "is_owner")
    nurse, former = (make_staff(clinic, name) for name in ("Priya Nair", "Ex Nurse"))
    deactivate(staff_id=former.pk, by=owner, seen=1, at=NOW)
    (ada, _), (tom, _) = invited(owner, "Ada Obi"), invited(owner, "Tom Reid", WEEK)
    yield State("team", owner, "/team/")
    yield State("error: invite", owner, "/team/", press("Send the invitation"))
    for name, member in (("active", nurse), ("left", former), ("invited", ada)):
        yield State(f"colleague: {name}", owner, f"/team/{member.pk}/")
    yield State("colleague: link expired", owner, f"/team/{tom.pk}/")
    mine = f"/team/{owner.pk}/"
    yield State("error: last owner", owner, mine, step_down)
    settings = "/settings/clinic/"
    yield State("settings", owner, settings)
    yield State("error: hours", owner, settings, type_impossible_hours)
    yield State("settings: what patients would be told", owner, settings, look_before)
    yield State("error: a fortnight closed", owner, settings, close_for_long)


def invited(
    owner: StaffMember, name: str, age: timedelta = timedelta()
) -> tuple[StaffMember, str]:
    """Somebody who was invited some time ago, and the token of their link."""
    tokens: list[str] = []

    def keep(token: str) -> str:
        tokens.append(token)
        return token

    email = f"{name.split(maxsplit=1)[0].lower()}@alder.example"
    who = Invitee(name, email, frozenset({"is_clinician"}))
    member = invite_staff(by=owner, invitee=who, at=NOW - age, link_to=keep)
    return member, tokens[0]


def step_down(page: Page) -> None:
    page.get_by_role("checkbox", name="Owner").uncheck()
    page.get_by_role("checkbox", name="Auditor").check()
    press("Save roles")(page)


def type_impossible_hours(page: Page) -> None:
    page.get_by_label("Monday").fill("18:00–8:30")
    page.get_by_label("Tuesday").fill("soon")
    page.locator("#hours_save").click()
    comes_back(page)


def look_before(page: Page) -> None:
    page.get_by_label("Monday").fill("14–18")
    page.locator("#hours_preview").click()
    expect(page.locator("#draft")).to_be_visible()


def close_for_long(page: Page) -> None:
    for group, day in (("Date", "3"), ("Last date, if there are several", "30")):
        boxes = page.get_by_role("group", name=group, exact=True)
        for label, digits in {"Day": day, "Month": "8", "Year": "2026"}.items():
            boxes.get_by_label(label).fill(digits)
    page.locator("#days_save").click()
    comes_back(page)
