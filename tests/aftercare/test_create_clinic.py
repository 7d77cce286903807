"""A clinic opens its doors: from the command line to the link by which its owner comes in."""

from __future__ import annotations

import re
import sys
from datetime import time, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from aftercare.models import AuditEntry, Clinic, Invitation, Login, StaffMember
from aftercare.promise import Interval
from aftercare.services.create_clinic import close_on
from tests.builders import MONDAY, make_clinic

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery staple"
WORDS = {
    "zone": "Europe/London",
    "phone": "020 7946 0311",
    "emergency_number": "999",
    "out_of_hours_number": "111",
    "hours": ["mon=08:30-13:00", "mon=14:00-18:00", "tue-fri=8:30-18:00"],
    "owner": "Lena Hart",
    "email": "Lena@Clinic.example",
}


@pytest.fixture(autouse=True)
def _not_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", StringIO())


def create(*name: str, **over) -> str:
    out = StringIO()
    call_command(
        "create_clinic", *(name or ("Ashgrove Clinic",)), stdout=out, **(WORDS | over)
    )
    return out.getvalue()


def link_in(said: str) -> str:
    """The path of the link that was printed."""
    found = re.search(r"http://127\.0\.0\.1:8000(/join/\S+/)", said)
    assert found, said
    return found[1]


# --- The link -------------------------------------------------------------------------


def test_a_new_clinic_has_an_owner_who_is_not_in_yet() -> None:
    said = create()
    owner = StaffMember.objects.get()
    assert (owner.name, owner.login.email) == ("Lena Hart", "lena@clinic.example")
    assert owner.is_owner
    assert owner.is_clinical_lead
    assert owner.joined_at is None
    assert not owner.login.has_usable_password()
    assert "Give this link to Lena Hart. It works once, for 7 days" in said
    verbs = AuditEntry.objects.order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["clinic.created", "staff.invited"]


def test_the_token_of_the_link_is_kept_nowhere() -> None:
    token = link_in(create()).split("/")[2]
    link = Invitation.objects.get()
    assert len(token) >= 43
    assert token not in {link.digest, str(link.pk)}
    assert link.expires_at - link.created_at == timedelta(days=7)


def test_by_the_link_the_owner_comes_in(client: Client) -> None:
    path = link_in(create())
    assert "Join Ashgrove Clinic" in client.get(path).content.decode()
    assert client.post(path, {"password": PASSWORD}).status_code == 303
    owner = StaffMember.objects.get()
    assert owner.joined_at is not None
    assert owner.login.check_password(PASSWORD)


def test_an_owner_who_lost_the_link_gets_a_new_one(client: Client) -> None:
    first = link_in(create())
    out = StringIO()
    call_command("create_clinic", resend="LENA@clinic.example ", stdout=out)
    assert "the link before is dead" in out.getvalue()
    second = link_in(out.getvalue())
    assert client.get(first).status_code == 410
    assert client.get(second).status_code == 200
    assert AuditEntry.objects.filter(verb="staff.link_sent").count() == 1


def test_the_owner_of_two_new_clinics_gets_two_new_links() -> None:
    create()
    create("Birchwood Clinic")
    out = StringIO()
    call_command("create_clinic", resend="lena@clinic.example", stdout=out)
    assert out.getvalue().count("/join/") == 2
    assert Login.objects.count() == 1


def test_whoever_has_come_in_needs_no_link() -> None:
    create()
    StaffMember.objects.update(joined_at=timezone.now())
    with pytest.raises(CommandError, match="I have forgotten my password"):
        call_command("create_clinic", resend="lena@clinic.example")


# --- What is given --------------------------------------------------------------------


def test_a_clinic_may_close_for_lunch() -> None:
    create()
    weekly = Clinic.objects.get().opening_hours().weekly
    assert weekly[0] == (
        Interval(time(8, 30), time(13)),
        Interval(time(14), time(18)),
    )
    assert weekly[4] == (Interval(time(8, 30), time(18)),)
    assert 5 not in weekly


@pytest.mark.parametrize(
    ("over", "said"),
    [
        ({"zone": "Europe/Londn"}, r"--zone: There is no .* mean Europe/London\?"),
        ({"zone": "berlinn"}, r"Did you mean Europe/Berlin\?"),
        ({"zone": "xq"}, "Write it as Europe/London"),
        ({"hours": ["monday=08:30-18:00"]}, "--hours: “monday” is no day"),
        ({"hours": ["fri-mon=8-18"]}, "“fri-mon” ends before it begins"),
        ({"hours": ["mon=8.30-18x"]}, "--hours: mon: “8.30-18x” cannot be read"),
        (
            {"hours": ["mon=18:00-08:30"]},
            "--hours: mon: Closing at 8:30 is not after opening at 18:00",
        ),
        ({"hours": ["mon=8-12", "mon=11-18"]}, "--hours: Two openings of one day"),
        ({"hours": ["mon=closed"]}, "--hours: A clinic must open at least once"),
        ({"phone": "call us"}, "--phone: Enter a number that can be called"),
        ({"emergency_number": "9"}, "--emergency-number: Enter a number"),
        ({"email": "lena"}, "--email: Enter an e-mail address"),
        (
            {
                "email": f"{'a' * 60}@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 20}.example"
            },
            "--email: Enter an address of 254",
        ),
        ({"owner": "  "}, "--owner: Enter a name"),
        ({"owner": "a" * 121}, "--owner: Enter a name of 120 letters"),
        ({"address": "a" * 201}, "at most 200 characters"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_sentence_and_nothing_is_made(
    over, said
) -> None:
    with pytest.raises(CommandError, match=said):
        create(**over)
    assert not Clinic.objects.exists()
    assert not StaffMember.objects.exists()


def test_without_a_terminal_everything_that_is_missing_is_named() -> None:
    with pytest.raises(CommandError, match=r"Say also: name, --zone, .*--email"):
        call_command("create_clinic")


@pytest.mark.parametrize("typed", ["europe/london", "Europe/London ", "London"])
def test_a_zone_is_known_however_it_is_typed(typed) -> None:
    create(zone=typed)
    assert Clinic.objects.get().zone == "Europe/London"


# --- What is asked for ----------------------------------------------------------------


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def at_a_terminal(monkeypatch: pytest.MonkeyPatch, *typed: str) -> list[str]:
    """Types one answer after the other; what was asked."""
    asked: list[str] = []
    answers = iter(typed)

    def ask(question: str) -> str:
        asked.append(question)
        try:
            return next(answers)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr("builtins.input", ask)
    return asked


def test_at_a_terminal_everything_is_asked_for(monkeypatch) -> None:
    asked = at_a_terminal(
        monkeypatch,
        "Ashgrove Clinic",
        "Europe/London",
        "020 7946 0311",
        "999",
        "111",
        "mon-fri=9:00-17:00",
        "Lena Hart",
        "lena@clinic.example",
    )
    call_command("create_clinic", stdout=StringIO())
    assert len(asked) == 8
    assert "for example Europe/London" in asked[1]
    assert Clinic.objects.get().name == "Ashgrove Clinic"


def test_what_cannot_be_used_is_answered_and_asked_for_again(monkeypatch) -> None:
    asked = at_a_terminal(monkeypatch, "soon", "mon-fri=9-17")
    out = StringIO()
    known = {name: value for name, value in WORDS.items() if name != "hours"}
    call_command("create_clinic", "Ashgrove Clinic", stdout=out, **known)
    assert len(asked) == 2
    assert "“soon” is no day. Write hours as mon-fri=8:30-18:00" in out.getvalue()
    assert Clinic.objects.exists()


def test_whoever_stops_half_way_makes_nothing(monkeypatch) -> None:
    at_a_terminal(monkeypatch, "Ashgrove Clinic")
    with pytest.raises(CommandError, match=r"Stopped\. Nothing was made\."):
        call_command("create_clinic", stdout=StringIO())
    assert not Clinic.objects.exists()


# --- Hours ----------------------------------------------------------------------------


def test_on_a_holiday_no_person_is_promised() -> None:
    clinic = make_clinic()
    assert clinic.opening_hours().is_open(MONDAY)
    close_on(clinic=clinic, days=[MONDAY.date()])
    assert not clinic.opening_hours().is_open(MONDAY)
    assert clinic.opening_hours().is_open(MONDAY + timedelta(days=1))


# --- Signed out -----------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/queue/", "/today/", "/team/", "/settings/clinic/"])
def test_signed_out_every_page_leads_to_sign_in(client: Client, path: str) -> None:
    assert client.get(path).url == f"/sign-in/?next={path}"
