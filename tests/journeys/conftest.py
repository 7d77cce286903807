"""A clinic on a Monday morning: people at phones and desks, and a server as it is run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client, override_settings
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from aftercare.models import Clinic, Patient, StaffMember, Treatment
from tests import signing_in
from tests.browser import NewPage
from tests.builders import make_clinic, make_staff, make_treatment
from tests.clock import Wall

OpenFor = Callable[..., Page]
PATIENCE_MS = 10_000
SERVED = {"BACKEND": "aftercare.staticfiles.JoinedManifestStorage"}


@pytest.fixture(scope="package")
def live_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """The server as a clinic runs it: one joined stylesheet, hashed and compressed."""
    served = override_settings(
        STATIC_ROOT=tmp_path_factory.mktemp("static"),
        STORAGES={**settings.STORAGES, "staticfiles": SERVED},
        WHITENOISE_USE_FINDERS=False,
        WHITENOISE_AUTOREFRESH=False,
    )
    with served:
        call_command("collectstatic", interactive=False, verbosity=0)
        server = LiveServer("localhost", start=False)
        # Static files are served by the house itself, as anywhere else.
        server.thread.static_handler = lambda application: application
        server.start()
        yield server
        server.stop()


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Pages change at once: while a transition runs, nothing on them can be touched."""
    return browser_context_args | {"reduced_motion": "reduce"}


@pytest.fixture
def clinic(wall: Wall, transactional_db: None) -> Clinic:
    return make_clinic()


@pytest.fixture
def nurse(clinic: Clinic) -> StaffMember:
    return make_staff(clinic, "Priya Nair")


@pytest.fixture
def treatment(nurse: StaffMember) -> Treatment:
    """Maya Okafor's, four days ago."""
    return make_treatment(nurse)


@pytest.fixture
def open_for(new_page: NewPage, live_server: LiveServer) -> OpenFor:
    """A browser in which somebody is signed in: a phone, or a desk for staff."""

    def open_page(person: Patient | StaffMember, **options: Any) -> Page:
        if isinstance(person, StaffMember):
            options = {"desk": True} | options
        page = new_page(**options)
        page.set_default_timeout(PATIENCE_MS)
        sign_in(page, person, live_server.url)
        return page

    return open_page


@pytest.fixture
def maya(open_for: OpenFor, treatment: Treatment) -> Page:
    """Maya's phone."""
    return open_for(treatment.patient)


def sign_in(page: Page, person: Patient | StaffMember, url: str) -> None:
    """Puts the session of a person into the browser."""
    client = signing_in.sign_in(Client(), person)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": url}])
