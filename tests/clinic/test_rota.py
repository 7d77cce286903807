"""The rota as a page, and what every page says of it: who is on duty, and when nobody is."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from aftercare.models import Duty
from tests.aftercare.pages import queries_of, words
from tests.builders import MONDAY, fever, make_clinic, make_staff
from tests.clinic.conftest import at, flag_page, named

ROTA = "/rota/"


@pytest.fixture
def owner(clinic):
    return make_staff(clinic, "Olu Bankole", "is_owner")


@pytest.fixture
def sam(clinic):
    return make_staff(clinic, "Sam Kerr")


def on_duty(staff, backup=None, day=0, hours=(-1, 9)):
    """A turn on Monday or some days later, from 8am to 6pm unless told otherwise."""
    starts, ends = (MONDAY + timedelta(days=day, hours=hour) for hour in hours)
    return Duty.objects.create(
        clinic=staff.clinic, staff=staff, backup=backup, starts_at=starts, ends_at=ends
    )


def sent(staff, backup=None, **over):
    day, month, year = over.pop("day", "1 6 2026").split()
    return {
        "staff": str(staff.pk),
        "backup": str(backup.pk) if backup else "",
        "day_0": day,
        "day_1": month,
        "day_2": year,
        "starts": "08:00",
        "ends": "18:00",
        "weeks": "1",
    } | over


def of_day(page, label):
    """What the page says of one date."""
    days = page.content.decode().split('<li class="turns__day')[1:]
    [found] = [day for day in days if f"<h3>{label}" in day]
    return " ".join(re.sub(r"<[^>]+>", " ", found).split())


# --- The week ---------------------------------------------------------------------------


def test_without_a_rota_the_page_says_so_in_one_line_and_nothing_is_red(
    owner, signed_in
):
    page = signed_in(owner).get(ROTA)
    assert "No rota is kept here yet." in words(page)
    assert "Nobody is on duty" not in words(page)


def test_a_week_shows_each_day_with_hours_turns_backups_and_gaps(
    owner, nurse, sam, signed_in
):
    on_duty(nurse, sam)
    on_duty(sam, day=1, hours=(-1, 5))
    page = signed_in(owner).get(ROTA)
    assert "1 to 7 June 2026" in words(page)
    monday = of_day(page, "Monday 1 June")
    assert "Open 8:30am–6pm" in monday
    assert "8am–6pm Priya Nair On duty now Backup Sam Kerr" in monday
    assert "Nobody is on duty" not in monday
    tuesday = of_day(page, "Tuesday 2 June")
    assert "8am–2pm Sam Kerr No backup" in tuesday
    assert "2pm–6pm Nobody is on duty Fill this" in tuesday
    assert "Closed" in of_day(page, "Saturday 6 June")
    assert "Nobody is on duty" not in of_day(page, "Saturday 6 June")


def test_other_weeks_are_a_link_away_and_what_is_past_has_no_gaps(
    owner, nurse, signed_in
):
    on_duty(nurse)
    client = signed_in(owner)
    page = client.get(ROTA).content.decode()
    assert 'href="/rota/?week=2026-05-25"' in page
    before = client.get(f"{ROTA}?week=2026-05-25")
    assert "25 to 31 May 2026" in words(before)
    assert "Nobody is on duty" not in words(before).replace(
        "Nobody is on duty tomorrow", ""
    )
    assert "29 June to 5 July 2026" in words(client.get(f"{ROTA}?week=2026-07-01"))


@pytest.mark.parametrize(
    "week", ["", "nonsense", "2026-02-31", "9999-12-31", "0001-01-01"]
)
def test_a_week_that_is_none_is_this_week(owner, signed_in, week):
    page = signed_in(owner).get(ROTA, {"week": week})
    assert "1 to 7 June 2026" in words(page)


def test_a_turn_over_midnight_stands_where_it_starts_or_the_week_does(
    owner, nurse, signed_in
):
    on_duty(nurse, day=6, hours=(13, 21))
    client = signed_in(owner)
    assert "10pm–6am Monday Priya Nair" in of_day(client.get(ROTA), "Sunday 7 June")
    following = client.get(f"{ROTA}?week=2026-06-08")
    assert "10pm–6am Monday Priya Nair" in of_day(following, "Monday 8 June")


def test_who_has_left_is_shown_and_covers_nothing(owner, nurse, sam, signed_in):
    on_duty(nurse, day=2)
    nurse.deactivated_at = MONDAY
    nurse.save()
    wednesday = of_day(signed_in(owner).get(ROTA), "Wednesday 3 June")
    assert "does not count" in wednesday
    assert "8:30am–6pm Nobody is on duty" in wednesday


def test_everybody_who_sees_the_queue_reads_it_and_two_roles_change_it(
    owner, nurse, desk, lead, signed_in
):
    on_duty(nurse)
    for reader in (nurse, desk):
        page = signed_in(reader).get(ROTA).content.decode()
        assert "Priya Nair" in page
        assert "<form" not in page.split("<main")[1]
        assert signed_in(reader).post(f"{ROTA}put-on/", {}).status_code == 403
    for changer in (owner, lead):
        page = signed_in(changer).get(ROTA).content.decode()
        assert "Put somebody on" in page
        assert "Take off" in page


def test_another_clinics_rota_is_not_there(owner, nurse, signed_in):
    duty = on_duty(nurse)
    stranger = make_staff(make_clinic("Other"), "Eve Lund", "is_owner")
    client = signed_in(stranger)
    assert "Priya Nair" not in client.get(ROTA).content.decode()
    assert client.post(at("take_off_duty", duty)).status_code == 404


# --- Putting on -------------------------------------------------------------------------


def test_somebody_is_put_on_for_some_weeks(owner, nurse, sam, signed_in):
    client = signed_in(owner)
    answer = client.post(
        f"{ROTA}put-on/", sent(nurse, sam, weeks="3", day="8 6 2026"), follow=True
    )
    assert answer.redirect_chain == [(f"{ROTA}?week=2026-06-08", 303)]
    assert "Priya Nair is on the rota for 3 weeks." in words(answer)
    assert Duty.objects.filter(staff=nurse, backup=sam).count() == 3
    client.post(f"{ROTA}put-on/", sent(sam))
    assert Duty.objects.filter(staff=sam, backup=None).count() == 1


@pytest.mark.parametrize(
    ("over", "said"),
    [
        ({"staff": ""}, "Choose who is on duty."),
        ({"starts": "late"}, "Enter a time, for example 14:30."),
        ({"ends": ""}, "Enter the time."),
        ({"day": "31 2 2026"}, "Enter a date, for example 27 3 2026."),
        ({"day": "30 5 2026"}, "This date is past."),
        ({"day": "3 6 2027"}, "Enter a date within a year."),
        ({"day": "31 5 2026"}, "This time is over."),
        ({"weeks": "27"}, "Enter weeks from 1 to 26."),
        ({"starts": "09:00"}, "is on duty then already: now until 6pm."),
    ],
)
def test_what_cannot_be_comes_back_with_what_was_typed(
    owner, nurse, signed_in, over, said
):
    on_duty(nurse)
    answer = signed_in(owner).post(f"{ROTA}put-on/", sent(nurse, weeks="1") | over)
    if "day" in over:
        answer = signed_in(owner).post(f"{ROTA}put-on/", sent(nurse, **over))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page
    assert f'<option value="{nurse.pk}" selected>' in page or "staff" in over
    assert Duty.objects.count() == 1


def test_a_gap_leads_to_a_form_that_has_its_times(owner, nurse, signed_in):
    on_duty(nurse, hours=(-1, 5))
    client = signed_in(owner)
    page = client.get(ROTA).content.decode()
    [link] = re.findall(r'href="([^"]*day=2026-06-01[^"]*)#put-on"', page)
    form = client.get(link.replace("&amp;", "&")).content.decode()
    assert 'name="starts" value="14:00"' in form
    assert 'name="ends" value="18:00"' in form
    assert re.search(r'name="day_0" value="1"', form)


def test_nonsense_in_the_address_fills_nothing(owner, signed_in):
    query = {"day": "never", "from": "25:99", "until": "x"}
    page = signed_in(owner).get(ROTA, query).content.decode()
    assert 'name="starts" class' in page or 'name="starts"' in page
    assert "25:99" not in page


# --- Taking off -------------------------------------------------------------------------


def test_a_turn_is_taken_off(owner, nurse, signed_in):
    duty = on_duty(nurse, day=1)
    client = signed_in(owner)
    page = client.post(at("take_off_duty", duty), follow=True)
    assert "Priya Nair is off the rota." in words(page)
    assert not Duty.objects.exists()


def test_so_are_the_weeks_after_if_wished(owner, nurse, signed_in):
    first, *_ = [on_duty(nurse, day=7 * week + 1) for week in range(3)]
    address, answer = at("take_off_duty", first), {"following": "on"}
    page = signed_in(owner).post(address, answer, follow=True)
    assert "Priya Nair is off the rota, 3 weeks." in words(page)
    assert not Duty.objects.exists()


def test_what_is_over_stays(owner, nurse, signed_in):
    duty = on_duty(nurse, day=-1)
    client = signed_in(owner)
    page = client.post(at("take_off_duty", duty), follow=True)
    assert "This duty is over. It stays in the record." in words(page)
    assert at("take_off_duty", duty) not in page.content.decode()
    assert Duty.objects.exists()


# --- On every page ----------------------------------------------------------------------

BAR = "Nobody is on duty tomorrow 2pm–6pm. Put somebody on the rota."


@pytest.fixture
def gap(nurse):
    """Tomorrow's afternoon has nobody."""
    on_duty(nurse)
    on_duty(nurse, day=1, hours=(-1, 5))


@pytest.mark.usefixtures("gap")
def test_a_gap_is_said_on_every_page_of_those_who_can_fill_it(
    owner, lead, nurse, desk, signed_in, flagged
):
    flag = at("flag_detail", flagged)
    pages = ("/queue/", flag, "/patients/", "/closed/", "/treatments/new/", ROTA)
    for who in (owner, lead):
        client = signed_in(who)
        for path in pages:
            assert BAR in words(client.get(path)), path
    for who in (nurse, desk):
        assert "Nobody is on duty" not in words(signed_in(who).get("/queue/"))


@pytest.mark.usefixtures("gap")
def test_the_queue_names_who_is_on_duty_and_takes_no_query_for_it(
    owner, nurse, lead, signed_in
):
    for number in range(3):
        named(nurse, f"Patient {number}", fever())
    client = signed_in(lead)
    assert "On duty Priya Nair Open until 6pm" in words(client.get("/queue/"))
    asked = [sql for sql in queries_of(client, "/queue/") if "INSERT" not in sql]
    assert len(asked) <= 5, "\n".join(asked)


def test_while_the_clinic_is_open_nobody_on_duty_is_said_too(
    lead, nurse, signed_in, flagged
):
    assert "On duty" not in words(signed_in(lead).get("/queue/"))
    on_duty(nurse, day=-1)
    assert "On duty Nobody Open until 6pm" in words(signed_in(lead).get("/queue/"))
    assert "On duty Nobody" in " ".join(
        re.sub("<[^>]+>", " ", flag_page(signed_in(lead), flagged)).split()
    )


def test_escalating_goes_to_the_lead_who_is_on_duty_unless_told_otherwise(
    nurse, lead, clinic, flagged, signed_in
):
    other = make_staff(clinic, "Ada Obi", "is_clinical_lead")
    client = signed_in(nurse)

    def chosen():
        form = flag_page(client, flagged).split('id="escalate"')[1]
        form = form.partition("</details>")[0]
        return re.search(r'<option value="([^"]+)" selected>', form)

    assert chosen() is None  # the first, Ada Obi
    on_duty(lead)
    assert chosen()[1] == str(lead.pk)
    assert reverse("rota") in client.get("/queue/").content.decode()
    assert other.pk != lead.pk
