"""The pages of signing in and of one's own login, in their states."""

from __future__ import annotations

from collections.abc import Iterator

from allauth.mfa.models import Authenticator
from playwright.sync_api import Page, expect

from aftercare import sessions
from aftercare.models import Patient, StaffMember

from .hand import Hand
from .pages import GLANDS, State, Step, press
from .questions import SEND
from .town import Town

PASSWORD = "four words that belong"


def entrance_states(town: Town) -> Iterator[State]:
    """Before anybody is signed in."""
    yield State("sign in", None, "/sign-in/")
    yield State("error: sign in", None, "/sign-in/", press("Sign in"))
    yield State("forgotten", None, "/password/")
    yield State("error: forgotten", None, "/password/", press("Send the link"))
    yield State("forgotten: sent", None, "/password/sent/")
    yield State("forgotten: old link", None, "/password/1-1/")
    yield State("forgotten: done", None, "/password/set/")
    newcomer, nurse = town.staff["lead"], town.staff["open"]
    yield State("set up", None, "/sign-in/", give_password(newcomer))
    yield State("set up: app", None, "/account/second-factor/app/")
    yield State("error: app", None, "/account/second-factor/app/", press("Set up"))
    yield State("set up: passkey", None, "/account/passkeys/new/")
    yield State("second step", nurse, "/sign-in/", second_step(nurse))
    yield State("error: second step", None, "/sign-in/code/", press("Sign in"))


def account_states(town: Town) -> Iterator[State]:
    """One's own login."""
    nurse = town.staff["open"]
    yield State("account", nurse, "/account/")
    yield State("confirm", nurse, "/account/confirm/")
    yield State("confirm by code", nurse, "/account/confirm/code/")
    yield State("second factor", nurse, "/account/second-factor/")
    yield State("new codes", nurse, "/account/recovery-codes/new/")
    yield State("codes", nurse, "/account/recovery-codes/new/", make_codes)
    yield State("codes: shown before", nurse, "/account/recovery-codes/")
    yield State("the only app", nurse, "/account/second-factor/app/remove/")
    yield State("no passkey", nurse, "/account/passkeys/")
    yield State("passkeys", nurse, "/account/passkeys/", add_passkeys(nurse))
    key = Authenticator.objects.filter(type="webauthn").latest("pk").pk
    yield State("rename", nurse, f"/account/passkeys/{key}/")
    yield State("remove", nurse, f"/account/passkeys/{key}/remove/")
    yield State("an app", nurse, "/account/second-factor/app/remove/")
    yield State("password", nurse, "/account/password/")
    yield State(
        "error: password", nurse, "/account/password/", press("Change password")
    )
    yield State("devices", nurse, "/account/devices/")
    yield State("covered", nurse, "/account/", cover)
    yield State("error: confirm", nurse, "/account/confirm/", press("Confirm"))


def lost_states(town: Town) -> Iterator[State]:
    """What comes back with everything that was typed."""
    patient = town.patients["not logged"]
    yield State("signed out", patient, "/today/", send_after_the_end(patient))


def give_password(staff: StaffMember) -> Step:
    def step(page: Page) -> None:
        staff.login.set_password(PASSWORD)
        staff.login.save()
        page.get_by_label("E-mail address").fill(staff.login.email or "")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()

    return step


def second_step(staff: StaffMember) -> Step:
    """Whoever has an app is signed out again and comes as far as the code."""

    def step(page: Page) -> None:
        page.context.clear_cookies()
        page.goto("/sign-in/")
        give_password(staff)(page)
        expect(page.get_by_role("heading", name="Show that it is you")).to_be_visible()

    return step


def make_codes(page: Page) -> None:
    page.get_by_role("button", name="Make new codes").click()


def add_passkeys(staff: StaffMember) -> Step:
    def step(page: Page) -> None:
        for name in ("Passkey", "The tablet at the front desk of the clinic"):
            data = {"name": name, "credential": {}}
            Authenticator.objects.create(
                user_id=staff.login_id, type="webauthn", data=data
            )
        page.reload()

    return step


def cover(page: Page) -> None:
    page.locator("[data-cover]").evaluate("cover => cover.hidden = false")


def send_after_the_end(patient: Patient) -> Step:
    def step(page: Page) -> None:

        sessions.end_all_sessions(patient.login)
        Hand(page).tick(GLANDS)
        Hand(page).press(SEND)
        again = page.get_by_role("button", name="Send again")
        expect(again).to_be_visible()

    return step
