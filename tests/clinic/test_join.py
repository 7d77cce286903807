"""A colleague follows the link of an invitation."""

from __future__ import annotations

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client

from aftercare.models import Invitation, Login
from aftercare.services.invite_staff import Invitee, invite_staff
from aftercare.services.join import join_with_password
from tests.builders import make_clinic, make_patient, make_staff
from tests.signing_in import set_up_app, sign_in

PASSWORD = "correct horse battery staple"


@pytest.fixture
def owner(clinic):
    return make_staff(clinic, "Olu Ade", "is_owner")


@pytest.fixture
def invited(wall):
    """Somebody is invited; the path of their link."""

    def invite(owner, email="ada@clinic.example") -> str:
        paths: list[str] = []

        def link_to(token: str) -> str:
            paths.append(f"/join/{token}/")
            return paths[-1]

        who = Invitee("Ada Obi", email, frozenset({"is_clinician"}))
        invite_staff(by=owner, invitee=who, at=wall.now, link_to=link_to)
        return paths[-1]

    return invite


def shown(answer) -> str:
    return " ".join(answer.content.decode().split())


# --- With a first password ------------------------------------------------------------


def test_opening_the_link_says_where_it_leads_and_spends_nothing(
    client: Client, owner, invited
) -> None:
    link = invited(owner)
    for _ in range(3):
        page = client.get(link)
        assert page.status_code == 200
        assert "Hello Ada Obi. Choose a password." in shown(page)
        assert 'value="ada@clinic.example"' in shown(page)
    assert Invitation.objects.get().used_at is None


def test_a_password_lets_them_in_and_a_second_factor_comes_first(
    client: Client, owner, invited
) -> None:
    link = invited(owner)
    answer = client.post(link, {"password": PASSWORD})
    assert (answer.status_code, answer.url) == (303, "/home/")
    assert SESSION_KEY in client.session
    assert client.get("/queue/").url.startswith("/account/second-factor/")
    assert client.get(link).status_code == 410


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("", "Choose a password."),
        ("short", "too short"),
        ("123456789987654321", "too common"),
        ("ada@clinic.example", "too similar"),
    ],
)
def test_a_password_that_will_not_do_spends_nothing(
    client: Client, owner, invited, password, said
) -> None:
    answer = client.post(invited(owner), {"password": password})
    assert answer.status_code == 422
    assert said in shown(answer)
    assert Invitation.objects.get().used_at is None
    assert not Login.objects.get(email="ada@clinic.example").has_usable_password()


def test_a_used_link_says_so(client: Client, owner, invited) -> None:
    link = invited(owner)
    client.post(link, {"password": PASSWORD})
    answer = Client().get(link)
    assert answer.status_code == 410
    assert "This link was used already. Sign in instead." in shown(answer)


def test_an_old_link_says_so(client: Client, owner, invited, wall) -> None:
    link = invited(owner)
    wall.forward(days=8)
    answer = client.post(link, {"password": PASSWORD})
    assert answer.status_code == 410
    assert "This link is too old." in shown(answer)


def test_a_link_that_is_spent_while_the_form_is_filled_in_says_so(
    client: Client, owner, invited, monkeypatch
) -> None:
    link = invited(owner)
    monkeypatch.setattr("aftercare.services.join.spend", lambda *_: False)
    answer = client.post(link, {"password": PASSWORD})
    assert answer.status_code == 410
    assert "used already" in shown(answer)


def test_a_made_up_link_leads_nowhere(client: Client, db) -> None:
    assert client.get(f"/join/{'x' * 43}/").status_code == 404


def test_whoever_is_signed_in_here_is_told_and_signed_out(
    client: Client, owner, invited
) -> None:
    sign_in(client, owner)
    link = invited(owner)
    assert "Somebody is signed in here." in shown(client.get(link))
    client.post(link, {"password": PASSWORD})
    ada = Login.objects.get(email="ada@clinic.example")
    assert client.session[SESSION_KEY] == str(ada.pk)


# --- With a login of another clinic ---------------------------------------------------


@pytest.fixture
def ada(invited, wall):
    """Ada, who works at Birchwood already."""
    other = make_staff(make_clinic("Birchwood Clinic"), "Omar Said", "is_owner")
    token = invited(other).split("/")[2]
    member = join_with_password(token=token, password=PASSWORD, at=wall.now)
    set_up_app(member.login)
    return member


def test_whoever_has_a_login_signs_in_first(
    client: Client, owner, invited, ada
) -> None:
    link = invited(owner)
    page = shown(client.get(link))
    assert "Sign in as <b>ada@clinic.example</b> first" in page
    assert f"/sign-in/?next={link}" in page
    assert client.post(link, {"password": "another one altogether"}).status_code == 200
    assert Login.objects.get(pk=ada.login_id).check_password(PASSWORD)
    assert Invitation.objects.filter(used_at=None).count() == 1


def test_with_their_login_they_join_and_are_there(
    client: Client, owner, invited, ada
) -> None:
    link = invited(owner)
    sign_in(client, ada)
    assert "You keep your password" in shown(client.get(link))
    answer = client.post(link)
    assert (answer.status_code, answer.url) == (303, "/home/")
    page = shown(client.get("/queue/"))
    assert "You work at Ashgrove Clinic now." in page
    assert client.get(link).status_code == 410


def test_another_login_is_sent_away(client: Client, owner, invited, ada) -> None:
    link = invited(owner)
    sign_in(client, owner)
    assert "Somebody else is signed in here." in shown(client.get(link))
    assert "Somebody else is signed in here." in shown(client.post(link))
    assert Invitation.objects.filter(used_at=None).count() == 1


def test_a_patient_who_is_signed_in_is_somebody_else(
    client: Client, owner, invited, ada
) -> None:
    link = invited(owner)
    sign_in(client, make_patient(owner))
    assert "Somebody else is signed in here." in shown(client.get(link))


def test_a_locked_session_is_unlocked_first(
    client: Client, owner, invited, ada, wall
) -> None:
    link = invited(owner)
    sign_in(client, ada, at=wall.now)
    wall.forward(minutes=16)
    answer = client.get(link)
    assert answer.status_code == 302
    assert answer.url.startswith("/account/unlock/")


def test_of_two_presses_of_the_button_one_counts(
    client: Client, owner, invited, ada, monkeypatch
) -> None:
    link = invited(owner)
    sign_in(client, ada)
    monkeypatch.setattr("aftercare.services.join.spend", lambda *_: False)
    assert client.post(link).status_code == 410
