"""Every page in every state: whose it is, where it is, and what is done to get there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from aftercare.models import Patient, StaffMember

from .hand import Hand
from .questions import GLANDS, PAIN, SEND
from .town import ANSWERS, Town

Step = Callable[[Page], None]


@dataclass(frozen=True)
class State:
    """A page in one of its states. `blank`: no symptom may be answered beforehand."""

    name: str
    who: Patient | StaffMember | None
    path: str
    then: Step | None = None
    blank: bool = False

    @property
    def has_errors(self) -> bool:
        return self.name.startswith("error: ")


def press(button: str) -> Step:
    """Sends a form as it stands, which comes back with what is wrong."""

    def step(page: Page) -> None:
        Hand(page).press(button)
        comes_back(page)

    return step


def comes_back(page: Page) -> None:
    """The form that was sent is here again, and its summary has the focus."""
    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.get_by_role("alert")).to_be_focused()


def open_every_tile(page: Page) -> None:
    for tile in page.locator(".signs > .sign:has(+ .sign__more) > input").all():
        tile.check()
    page.get_by_role("group", name="Swelling").get_by_role("radio", name="Mild").check()


def send_half_a_log(page: Page) -> None:
    Hand(page).choose(PAIN, "3")
    press(SEND)(page)


def send_an_impossible_date(page: Page) -> None:
    """As from a phone whose clock is wrong: a sign that cannot be stored."""
    page.locator("[name=for_date]").evaluate("field => field.value = '2031-01-01'")
    Hand(page).tick("An emergency sign")
    press(SEND)(page)


def patient_states(town: Town) -> Iterator[State]:
    """The patient's side."""
    yield from log_states(town)
    yield from advice_states(town)
    for name in ("open, NONE", "open, URGENT", "between", "over", "nobody", "closed"):
        yield State(f"today: {name}", town.patients[name], "/today/")
    yield from recovery_states(town)
    flagged, who = town.logs["open, PROMPT"], town.patients["open, PROMPT"]
    back = f"/log/{flagged.treatment_id}/retract/{flagged.pk}/"
    yield State("taking back", who, back)
    yield State("error: taking back", who, back, press("Take this log back"))
    for hours in ("open", "closed", "no hours"):
        yield State(f"help: {hours}", town.patients[f"{hours}, NONE"], "/help/")
    yield State("not there", town.patients["not logged"], "/advice/nowhere/")


def recovery_states(town: Town) -> Iterator[State]:
    """The recovery, every log of it, and the aftercare."""
    for name in ("not logged", "open, URGENT"):
        yield State(f"recovery: {name}", town.patients[name], "/recovery/")
    for name in ("open, URGENT", "before", "corrected", "taken back"):
        yield State(f"every log: {name}", town.patients[name], "/recovery/logs/")
    for name, day in (("open, URGENT", ""), ("before", ""), ("not logged", "9/")):
        path = f"/aftercare/{day}"
        yield State(f"aftercare: {name}", town.patients[name], path)


def log_states(town: Town) -> Iterator[State]:
    """The log page."""
    for name in ("not logged", "first day", "before"):
        yield State(f"log: {name}", town.patients[name], "/today/", blank=True)
    who, treatment = town.patients["not logged"], town.treatments["not logged"].pk
    late = f"/log/{treatment}/?for=2026-05-31"
    yield State("log: yesterday", who, late, blank=True)
    yield State("log: every tile open", who, "/today/", open_every_tile)
    yield State("error: half a log", who, "/today/", send_half_a_log)
    yield State("error: not saved", who, f"/log/{treatment}/", send_an_impossible_date)
    flagged, who = town.logs["open, URGENT"], town.patients["open, URGENT"]
    another = f"/log/{flagged.treatment_id}/"
    yield State("log: sent already", who, another, blank=True)
    yield State("log: another", who, f"{another}?again=1", blank=True)
    again = f"{another}correct/{flagged.pk}/"
    yield State("log: correction", who, again, blank=True)
    yield State("error: correction", who, again, press("Send correction"))


def advice_states(town: Town) -> Iterator[State]:
    """What to do next: every level, and what became of it.

    At other hours the page says other words in the same places.
    """
    for level in ANSWERS:
        yield advice_state(town, f"open, {level.name}")
    for name in ("closed, PROMPT", "closed, URGENT", "no hours, PROMPT"):
        yield advice_state(town, name)
    for name in ("unsure", "corrected", "taken back", "acknowledged", "contacted"):
        yield advice_state(town, name)
    for name in ("no answer", "closed", "back again"):
        yield advice_state(town, name)


def advice_state(town: Town, name: str) -> State:
    page = f"/advice/{town.logs[name].pk}/"
    return State(f"advice: {name}", town.patients[name], page)


def public_states(town: Town) -> Iterator[State]:
    """Pages for everybody."""
    for path in ("/", "/help/", "/safety/", "/privacy/", "/accessibility/", "/demo/"):
        yield State(path, None, path)


def problem_states(town: Town) -> Iterator[State]:
    """What is shown while help and the storing of logs are out of order."""
    who = town.patients["not logged"]
    yield State("cannot be read", who, "/today/?treatment=%00")
    yield State("not there", who, "/nowhere/")
    yield State("out of order", who, "/help/")
    yield State("not saved", who, "/today/", send_a_sign)


def send_a_sign(page: Page) -> None:
    Hand(page).tick(GLANDS)
    Hand(page).press(SEND)
    expect(page.get_by_role("button", name="Try again")).to_be_visible()


def staff_states(town: Town) -> Iterator[State]:
    """The staff's side."""
    nurse, lead, desk = (town.staff[name] for name in ("open", "lead", "desk"))
    yield from queue_states(town)
    yield from flag_states(town)
    for tab in ("", "?q=okafor", "?q=xyz"):
        yield State(f"patients{tab}", nurse, f"/patients/{tab}")
    yield State("patients: front desk", desk, "/patients/")
    for name in (
        "not logged",
        "open, URGENT",
        "closed",
        "corrected",
        "voided",
        "nobody",
    ):
        who = f"/patients/{town.patients[name].pk}/"
        yield State(f"patient: {name}", nurse, who)
    yield State("closed flags", lead, "/closed/")
    yield from audit_states(town)
    yield from form_states(town)
    yield State("not allowed", desk, "/closed/")


def audit_states(town: Town) -> Iterator[State]:
    nurse, lead, auditor = (town.staff[name] for name in ("open", "lead", "auditor"))
    yield State("audit: their own", nurse, "/audit/")
    yield State("audit: everybody's", lead, "/audit/")
    yield State("audit: filtered", lead, "/audit/?kind=flag&since=2026-01-01")
    yield State("audit: nothing found", auditor, "/audit/?whose=nobody")
    yield State("audit: to be taken out", auditor, "/audit/export/")


def queue_states(town: Town) -> Iterator[State]:
    nurse, quiet = town.staff["open"], town.staff["quiet"]
    for tab in ("todo", "mine", "waiting", "snoozed"):
        yield State(f"queue: {tab}", nurse, f"/queue/?tab={tab}")
    yield State("queue: nothing to do", quiet, "/queue/")
    yield State("queue: closed", town.staff["closed"], "/queue/")
    yield State("queue: front desk", town.staff["desk"], "/queue/")


def flag_states(town: Town) -> Iterator[State]:
    nurse, lead = town.staff["open"], town.staff["lead"]
    for name in (
        "open, EMERGENCY",
        "open, URGENT",
        "acknowledged",
        "contacted",
        "no answer",
        "snoozed",
        "closed",
        "back again",
        "corrected",
        "not logged",
    ):
        yield State(f"flag: {name}", nurse, f"/queue/{town.treatments[name].pk}/")
    flag = f"/queue/{town.treatments['contacted'].pk}/"
    for form in ("assign", "snooze"):
        yield State(f"flag: {form} open", lead, f"{flag}?open={form}")
    yield State("error: contact", nurse, f"{flag}?open=contact", press("Save contact"))
    yield State("error: close", lead, f"{flag}?open=close", send_an_empty_review)
    front = f"{flag}contact/"
    yield State("contact: front desk", town.staff["desk"], front)
    yield State(
        "error: contact: front desk", town.staff["desk"], front, press("Save contact")
    )


def send_an_empty_review(page: Page) -> None:
    page.locator("#close").get_by_role("button", name="Close").click()
    comes_back(page)


def form_states(town: Town) -> Iterator[State]:
    nurse, patient = town.staff["open"], town.patients["not logged"]
    treatment = town.treatments["not logged"].pk
    yield State("new treatment", nurse, "/treatments/new/")
    yield State("new treatment: found", nurse, "/treatments/new/?q=okafor")
    yield State("new treatment: known", nurse, f"/treatments/new/?patient={patient.pk}")
    save = press("Save and invite")
    yield State("error: new treatment", nurse, "/treatments/new/", save)
    edit = f"/treatments/{treatment}/"
    yield State("change", nurse, edit)
    yield State("error: void", nurse, edit, press("Void this treatment"))
    voided = town.treatments["voided"].pk
    yield State("change: voided", nurse, f"/treatments/{voided}/")
    yield State("telephone", nurse, f"{edit}log/", blank=True)
    yield State("error: telephone", nurse, f"{edit}log/", press("Save log"))
