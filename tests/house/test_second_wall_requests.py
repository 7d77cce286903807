"""The wall around requests: raised for each, gone after each, on one connection.

The pages asked for here forget to say whose rows they want.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import cycle, islice
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, OperationalError, connection
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.template import engines
from django.template.response import TemplateResponse
from django.test import Client
from django.urls import URLResolver, get_resolver, include, path
from django.utils import timezone

from aftercare.models import Patient
from aftercare.noting import shows_no_record
from aftercare.second_wall import CLINIC
from aftercare.second_wall.building import erect
from aftercare.second_wall.standing import is_outside, outside_the_wall, piece_by_piece
from aftercare.views import public
from tests.builders import MONDAY
from tests.signing_in import sign_in

from .two_clinics import House, make_house

only_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="only PostgreSQL has a second wall"
)
on_the_database = [
    only_postgresql,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls(__name__),
]


# --- Careless pages -----------------------------------------------------------------------


def names() -> Iterator[str]:
    yield from Patient.objects.order_by("pk").values_list("given_name", flat=True)


@shows_no_record
def everybody(request: HttpRequest) -> HttpResponse:
    return HttpResponse("\n".join(names()))


@shows_no_record
def in_parts(request: HttpRequest) -> HttpResponseBase:
    return StreamingHttpResponse(f"{name}\n" for name in names())


@shows_no_record
def by_piece(request: HttpRequest) -> HttpResponseBase:
    keys = [record.pk for record in Patient.objects.order_by("pk")]
    parts = (Patient.objects.get(pk=key).given_name + "\n" for key in keys)
    return piece_by_piece(StreamingHttpResponse(parts))


@shows_no_record
def drawn_late(request: HttpRequest) -> HttpResponse:
    lines = engines["django"].from_string(
        "{% for one in names %}{{ one }} {% endfor %}"
    )
    return TemplateResponse(request, lines, {"names": names})


@outside_the_wall
@shows_no_record
def outside(request: HttpRequest) -> HttpResponse:
    return everybody(request)


@shows_no_record
def renamed(request: HttpRequest, end: str) -> HttpResponse:
    """Writes, then ends in some way."""
    Patient.objects.update(family_name="Changed")
    ends = {
        "500": RuntimeError("a mistake of ours"),
        "503": OperationalError("the database is away"),
        "404": Http404(),
        "403": PermissionDenied(),
    }
    if end in ends:
        raise ends[end]
    return HttpResponse("saved")


@shows_no_record
def goes_on(request: HttpRequest) -> HttpResponse:
    """Takes no notice that the database has refused, and with it undone, everything."""
    Patient.objects.update(family_name="Changed")
    with suppress(DatabaseError):
        Patient.objects.raw("SELECT nonsense")[0]
    return HttpResponse("saved")


urlpatterns = [
    path("everybody/", everybody),
    path("in-parts/", in_parts),
    path("by-piece/", by_piece),
    path("drawn-late/", drawn_late),
    path("outside/", outside),
    path("renamed/<str:end>/", renamed),
    path("goes-on/", goes_on),
    path("", include("aftercare.urls")),
]


# --- Two clinics on one connection --------------------------------------------------------


@pytest.fixture
def houses(settings, monkeypatch: pytest.MonkeyPatch) -> tuple[House, House]:
    settings.ROW_LEVEL_SECURITY = True
    monkeypatch.setattr(timezone, "now", lambda: MONDAY)
    erect(connection)
    return make_house("a"), make_house("b")


def desk_of(house: House) -> Client:
    return sign_in(Client(raise_request_exception=False), house.staff["lead"])


def said(answer: HttpResponseBase) -> str:
    return answer.getvalue().decode()


def patients_of(house: House) -> set[str]:
    return {record.name for record in house.records}


def left_behind() -> tuple[str, str]:
    """Role and clinic of the connection as the next one finds it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('role'), coalesce(current_setting(%s, true), '')",
            [CLINIC],
        )
        return cursor.fetchone()


NOTHING = ("none", "")


class TestOnTheDatabase:
    pytestmark = on_the_database

    @pytest.mark.parametrize(
        "page", ["everybody", "in-parts", "by-piece", "drawn-late"]
    )
    def test_a_page_without_a_where_shows_no_other_clinic(self, page, houses) -> None:
        for house in houses:
            answer = desk_of(house).get(f"/{page}/")
            assert set(said(answer).split()) == patients_of(house)
            assert left_behind() == NOTHING

    def test_outside_of_the_wall_it_would(self, houses) -> None:
        shown = said(desk_of(houses[0]).get("/outside/")).split()
        assert set(shown) == patients_of(houses[0]) | patients_of(houses[1])

    def test_an_export_that_is_cut_off_leaves_nothing(self, houses) -> None:
        answer = desk_of(houses[0]).get("/in-parts/")
        assert next(answer.streaming_content).decode().strip() in patients_of(houses[0])
        assert left_behind() != NOTHING
        answer.close()
        assert left_behind() == NOTHING

    def test_between_the_pieces_of_a_long_export_no_transaction_is_open(
        self, houses
    ) -> None:
        answer = desk_of(houses[0]).get("/by-piece/")
        for part in answer.streaming_content:
            assert part.decode().strip() in patients_of(houses[0])
            assert left_behind() == NOTHING
            assert not connection.in_atomic_block

    @pytest.mark.parametrize(
        ("end", "status", "kept"),
        [
            ("well", 200, True),
            ("404", 404, True),
            ("403", 403, True),
            ("500", 500, False),
            ("503", 503, False),
        ],
    )
    def test_what_a_page_wrote_is_kept_unless_it_failed(
        self, end, status, kept, houses
    ) -> None:
        """As without the wall, where each service has a transaction of its own."""
        assert desk_of(houses[0]).get(f"/renamed/{end}/").status_code == status
        assert left_behind() == NOTHING
        changed = Patient.objects.filter(family_name="Changed")
        ours = [record.patient.pk for record in houses[0].records] if kept else []
        assert set(changed.values_list("pk", flat=True)) == set(ours)

    def test_what_the_database_undid_is_never_called_saved(self, houses) -> None:
        assert desk_of(houses[0]).get("/goes-on/").status_code == 500
        assert left_behind() == NOTHING
        assert not Patient.objects.filter(family_name="Changed").exists()

    def test_two_clinics_in_turns_on_one_connection(self, houses) -> None:
        """As behind a pooler that gives each transaction whatever connection is free."""
        desks = [(house, desk_of(house)) for house in houses]
        pages = ("/everybody/", "/in-parts/", "/patients/", "/renamed/500/", "/queue/")
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            [server] = cursor.fetchone()
        for (house, desk), page in islice(zip(cycle(desks), cycle(pages)), 100):
            other = houses[1] if house is houses[0] else houses[0]
            shown = said(desk.get(page))
            assert not {word for word in other.words if word in shown}
            assert left_behind() == NOTHING
        assert connection.connection.info.backend_pid == server


# --- What stands outside ------------------------------------------------------------------


OUTSIDE = {
    "patients/<uuid:patient>/erase/": "nothing may be deleted behind the wall",
}


def test_the_pages_outside_are_those_about_signing_in_and_one_more() -> None:
    """Those that need no sign-in, and one's own account, may change who is signed in."""
    outside = {
        place
        for place, view in views(get_resolver("aftercare.urls").url_patterns)
        if is_outside(view) and getattr(view, "login_required", True)
    }
    assert {one for one in outside if not one.startswith("account/")} == set(OUTSIDE)


def views(patterns: list[Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """Every address with its view."""
    for pattern in patterns:
        place = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns, place)
        else:
            yield place, pattern.callback


def test_a_page_is_behind_the_wall_unless_it_says_otherwise() -> None:
    assert not is_outside(everybody)
    assert is_outside(public.landing)
    assert is_outside(outside)
