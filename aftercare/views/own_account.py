"""Who may open the pages of a login: its own member of staff, and nobody else.

The sign-in library lets anybody in who is signed in; patients have no password, and the
people of the demo share their logins.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404
from django.http.response import HttpResponseBase

from aftercare import sessions
from aftercare.noting import shows_no_record
from aftercare.people import PersonRequest
from aftercare.second_wall.standing import outside_the_wall
from aftercare.sessions import Hold

View = Callable[..., HttpResponseBase]


def own_account(view: View, *open_while: Hold) -> View:
    """The page exists for staff alone, and for those held for one of these reasons."""

    @wraps(view)
    def guarded(request: PersonRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        held = request.held is not None and request.held.why in open_while
        if not (request.staff or held) or sessions.is_demo(request.session):
            raise Http404
        return view(request, *args, **kwargs)

    guarded.open_while = open_while
    guarded.login_required = True
    return shows_no_record(outside_the_wall(guarded))


def for_everybody(view: View) -> View:
    """The page is for people who are not signed in as well."""

    @wraps(view)
    def opened(request: PersonRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    opened.login_required = False
    return outside_the_wall(opened)
