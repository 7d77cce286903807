"""The pages for when something is wrong with the request or with us.

None of them reads the record or who is signed in: the cause of the trouble may be just
that. Each says what happened to what was sent and gives one way forward.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import urlsplit

from django.core.exceptions import (
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.template.loader import render_to_string

from aftercare.tries import can_be_counted

RETRY_AFTER_S = 5
SECRETS = {"code", "credential"}
TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
# SQLSTATE: no connection, no room, stopped by somebody, trouble of the machine.
AWAY = ("08", "53", "57", "58")
NO_ROOM = "53100"
READ_ONLY = "25006"  # a standby, or a guard over the last of the room


def is_outage(error: BaseException | None) -> bool:
    """Whether the database is away, full or busy, rather than asked for nonsense."""
    if error is not None and _code_of(error) == READ_ONLY:
        return True
    if type(error) is DatabaseError:
        return _is_cut_off(error.__cause__)
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    # SQLite reports a missing table as an operational error too; that one is our fault.
    code = getattr(error.__cause__, "sqlite_errorcode", None)
    return code != sqlite3.SQLITE_ERROR


def is_full(error: BaseException) -> bool:
    """Whether there is no room to write: what is there can still be read."""
    code = getattr(error.__cause__, "sqlite_errorcode", None)
    return code == sqlite3.SQLITE_FULL or _code_of(error) in {NO_ROOM, READ_ONLY}


def _code_of(error: BaseException) -> str | None:
    """What PostgreSQL calls it."""
    return getattr(error.__cause__, "pgcode", None)


def _is_cut_off(cause: BaseException | None) -> bool:
    """Whether psycopg2 lost the server, of which it knows now and then only that.

    What the server itself refuses comes with a code. Without one it never answered:
    the connection is closed, or not even known any more.
    """
    if not hasattr(cause, "pgcode"):
        return False
    if cause.pgcode:
        return cause.pgcode.startswith(AWAY)
    return cause.cursor is None or cause.cursor.connection.closed != 0


def unavailable(request: HttpRequest) -> HttpResponse:
    """503, with everything that was posted kept on the page and a button to resend it."""
    headers = {"Retry-After": str(RETRY_AFTER_S)}
    status = HTTPStatus.SERVICE_UNAVAILABLE
    return _page(request, "503.html", status, headers, _whom_to_call(request))


def server_error(request: HttpRequest) -> HttpResponse:
    """500; or 503 when the database went away before a view was reached."""
    if is_outage(sys.exc_info()[1]):
        return unavailable(request)
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    return _page(request, "500.html", status, facts=_whom_to_call(request))


def _whom_to_call(request: HttpRequest) -> dict[str, object]:
    """The clinic with its numbers, where it was known before the trouble began."""
    return {"clinic": getattr(request, "clinic", None)}


def bad_request(_: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400 or 413: the request could not be read, or was larger than any form of ours."""
    too_much = isinstance(exception, TOO_MUCH)
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE if too_much else HTTPStatus.BAD_REQUEST
    html = render_to_string("400.html", {"too_much": too_much})
    return HttpResponse(html, status=status)


def signed_out(request: HttpRequest) -> HttpResponse | None:
    """Somebody sends a form whose session has ended; nothing where nothing was typed."""
    if not _kept(request):
        return None
    return _page(request, "signed_out.html", HTTPStatus.FORBIDDEN)


def held(request: HttpRequest, address: str) -> HttpResponse | None:
    """Staff send a form from a screen that has locked itself, to be unlocked there."""
    if not _kept(request):
        return None
    facts = {"address": address}
    return _page(request, "held.html", HTTPStatus.FORBIDDEN, facts=facts)


def wrong_token(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The token of a form has changed, with a new sign-in for example: see `_kept`."""
    template = "send_again.html" if _kept(request) else "403_csrf.html"
    return _page(request, template, HTTPStatus.FORBIDDEN, facts={"reason": reason})


def too_many(request: HttpRequest) -> HttpResponse:
    """Somebody tries too often; 503 where that only seems so, as nothing can be written."""
    if not can_be_counted():
        return unavailable(request)
    return _page(request, "429.html", HTTPStatus.TOO_MANY_REQUESTS)


def _page(
    request: HttpRequest,
    template: str,
    status: HTTPStatus,
    headers: dict[str, str] | None = None,
    facts: Mapping[str, object] | None = None,
) -> HttpResponse:
    context: dict[str, object] = {
        "kept": _kept(request),
        "csrf_token": get_token(request),
    }
    html = render_to_string(template, context | dict(facts or {}))
    return HttpResponse(html, status=status, headers=headers)


def _kept(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields of a form that may be shown again, ready to send.

    None of a sign-in, and none of a form that did not come from a page of ours: another
    site must not get its own answers behind a button that works.
    """
    if request.method != "POST" or not _came_from_us(request):
        return []
    if any("password" in name or name in SECRETS for name in request.POST):
        return []
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken"
        for value in values
    ]


def _came_from_us(request: HttpRequest) -> bool:
    """The check of the form's token, which an early failure has not reached yet.

    A token that is no longer good may still be from a page of ours: see below.
    """
    if _browser_says_so(request):
        return True
    check = TokenCheck(_no_view)
    return check.process_view(request, _no_view, (), {}) is None


class TokenCheck(CsrfViewMiddleware):
    """Django's check alone; its answer to a wrong token is a page that asks this too."""

    def _reject(self, *_: object) -> HttpResponse:
        return HttpResponseForbidden()


def _browser_says_so(request: HttpRequest) -> bool:
    """Whether a browser vouches for it: no page of another site can set these headers."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    origin = request.headers.get("Origin", "")
    return urlsplit(origin).netloc == request.headers.get("Host", "") != ""


def _no_view(_: HttpRequest) -> HttpResponse:
    return HttpResponse()
