"""After a form was taken: go and read the page about it, so that "back" is harmless."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import HttpResponseRedirect
from django.shortcuts import resolve_url


class SeeOther(HttpResponseRedirect):
    """303: read the named page next."""

    status_code = HTTPStatus.SEE_OTHER

    def __init__(self, name: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(resolve_url(name, *args, **kwargs))
