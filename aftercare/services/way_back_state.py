"""How far somebody has come on the way back in: kept in the session, on the server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.db import transaction

from aftercare.models import MOST_TRIES

# What is kept in the session, under one name.
WAY_BACK = "way_back"
State = dict[str, Any]

CODE_LASTS = timedelta(minutes=10)
ASK_AGAIN_AFTER = timedelta(seconds=30)
FORGOTTEN_AFTER = timedelta(hours=1)


class Step(StrEnum):
    """The question that comes next."""

    ASK = "which address?"
    CODE = "which code?"
    BIRTH_DATE = "born when?"
    WHO = "which of several?"
    OVER = "none: tried too often, or too late"


def new_state(
    address: str, people: list[str], salt: str, digest: str, at: datetime
) -> State:
    """A code was just sent."""
    return {
        "address": address,
        "people": people,
        "salt": salt,
        "digest": digest,
        "sent_at": at.timestamp(),
        "wrong_codes": 0,
        "proven": False,
        "wrong_dates": 0,
        "fits": [],
    }


def state_of(session: SessionBase) -> State:
    """What a session says; empty where no code was asked for."""
    state: State = session.get(WAY_BACK, {})
    return state


def where(session: SessionBase, at: datetime) -> Step:
    """The question that comes next in this browser."""
    return step_of(state_of(session), at)


def asked_address(session: SessionBase) -> str:
    """The address that a code was asked for."""
    return str(state_of(session).get("address", ""))


def too_soon(session: SessionBase, address: str, at: datetime) -> bool:
    """Whether a code went to this address so lately that it may still be on its way."""
    state = state_of(session)
    since = at.timestamp() - state.get("sent_at", 0.0)
    return state.get("address") == address and since < ASK_AGAIN_AFTER.total_seconds()


def step_of(state: State, at: datetime) -> Step:
    if not state:
        return Step.ASK
    if MOST_TRIES in {state["wrong_codes"], state["wrong_dates"]}:
        return Step.OVER
    since = at.timestamp() - state["sent_at"]
    lasts = FORGOTTEN_AFTER if state["proven"] else CODE_LASTS
    if since >= lasts.total_seconds():
        return Step.OVER
    if not state["proven"]:
        return Step.CODE
    return Step.WHO if state["fits"] else Step.BIRTH_DATE


@contextmanager
def held(session: SessionBase) -> Iterator[State]:
    """What the session says now, held and kept: guesses sent at once are counted singly.

    The session of the request itself stays as it was read, or it would be written back.
    """
    with transaction.atomic():
        rows = Session.objects.select_for_update()
        rows.filter(pk=session.session_key).first()
        now = type(session)(session.session_key)
        state = state_of(now)
        yield state
        if state:
            now[WAY_BACK] = state
            now.save()
