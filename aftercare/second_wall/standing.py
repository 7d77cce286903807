"""The wall around a request: one transaction, in which only one clinic's rows exist.

Role and clinic are set for the transaction and gone with it, however it ends, so that
nothing is left on a connection that others use next, a pooler's included.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import TypeVar, cast
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.urls import Resolver404, resolve

from . import CLINIC, ROLE

View = TypeVar("View", bound=Callable[..., HttpResponseBase])

# libpq's word for a transaction that a refused query has ended.
IN_ERROR = 3


class WentOn(transaction.TransactionManagementError):
    """A page went on after the database had refused a query: nothing of it is kept."""


@contextmanager
def raise_wall(clinic: UUID) -> Iterator[None]:
    """Until the block ends, queries reach the rows of this clinic and no others.

    Without ROW_LEVEL_SECURITY it does nothing at all. An exception undoes all that was
    written within.
    """
    if not settings.ROW_LEVEL_SECURITY:
        yield
        return
    # Released into a transaction around it, a setting would outlive the block.
    within = connection.in_atomic_block
    with transaction.atomic():
        before = _now() if within else None
        _become(ROLE, str(clinic))
        yield
        if not connection.needs_rollback:
            _refuse_what_is_broken()
            if before:
                _become(*before)


@contextmanager
def step_out() -> Iterator[None]:
    """To find or make a login that another clinic may know, and for nothing else.

    However the block ends, the wall stands as before.
    """
    if not (settings.ROW_LEVEL_SECURITY and connection.in_atomic_block):
        yield
        return
    with transaction.atomic():
        before = _now()
        _become("none", "")
        yield
        _become(*before)


def behind_wall(
    get_response: Callable[[HttpRequest], HttpResponse],
    request: HttpRequest,
    clinic: UUID,
) -> HttpResponse:
    """The answer to a request of somebody of this clinic, with the wall raised around it.

    Of an answer that says "something is wrong with us" nothing is kept. One that is sent
    in parts raises the wall again for the parts.
    """
    if not settings.ROW_LEVEL_SECURITY or _leads_outside(request.path_info):
        return get_response(request)
    with raise_wall(clinic):
        response = get_response(request)
        if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            transaction.set_rollback(True)
    _stream_behind_wall(response, clinic)
    return response


def _stream_behind_wall(response: HttpResponseBase, clinic: UUID) -> None:
    """What reads the database is read later; a file is not asked of the database."""
    if isinstance(response, StreamingHttpResponse) and not isinstance(
        response, FileResponse
    ):
        behind = piecemeal if getattr(response, "piecemeal", False) else streamed
        # Nothing is asynchronous here.
        parts = cast(Iterable[bytes], response.streaming_content)
        response.streaming_content = behind(clinic, parts)


def streamed(clinic: UUID, parts: Iterable[bytes]) -> Iterator[bytes]:
    """Parts that are read behind the wall, when they are sent: after the page is done."""
    with raise_wall(clinic):
        yield from parts


def piecemeal(clinic: UUID, parts: Iterable[bytes]) -> Iterator[bytes]:
    """The same, with a transaction for each part and none while it is on its way."""
    reading = iter(parts)
    while True:
        with raise_wall(clinic):
            part = next(reading, None)
        if part is None:
            return
        yield part


def piece_by_piece(answer: StreamingHttpResponse) -> StreamingHttpResponse:
    """A long answer: no transaction waits for a slow line.

    What makes its parts keeps no query open from one to the next.
    """
    answer.piecemeal = True
    return answer


def outside_the_wall(view: View) -> View:
    """A page about what signs somebody in, not about the record of a clinic."""
    view.outside_the_wall = True
    return view


def is_outside(view: Callable[..., HttpResponseBase]) -> bool:
    """Whether a page is asked for by people rather than from within a clinic.

    Those that need no sign-in are, since they may change who is signed in, and so are the
    account pages of allauth.
    """
    return (
        getattr(view, "outside_the_wall", False)
        or not getattr(view, "login_required", True)
        or view.__module__.startswith("allauth.")
    )


def _leads_outside(path: str) -> bool:
    try:
        return is_outside(resolve(path).func)
    except Resolver404:
        return False


def _become(role: str, clinic: str) -> None:
    """SET LOCAL of both, in one round trip."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('role', %s, true), set_config(%s, %s, true)",
            [role, CLINIC, clinic],
        )


def _now() -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('role'), coalesce(current_setting(%s, true), '')",
            [CLINIC],
        )
        return cursor.fetchone()


def _refuse_what_is_broken() -> None:
    """PostgreSQL answers the COMMIT of a broken transaction with a silent ROLLBACK."""
    if connection.connection.info.transaction_status == IN_ERROR:
        raise WentOn("The database had refused a query, and the page went on.")
