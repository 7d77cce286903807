"""Somebody at the real pages while something behind them does not work."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic


def visitor(at: datetime, heard: Callable[[int, float], None]) -> Callable[[], None]:
    """Somebody who logs, and somebody who has forgotten a password.

    Each visit asks both pages; `heard` is told the status of an answer and its seconds.
    """
    from django.test import Client  # noqa: PLC0415  needs django.setup()
    from django.urls import reverse  # noqa: PLC0415

    from tests.builders import make_clinic, make_staff, make_treatment  # noqa: PLC0415
    from tests.journeys.served import hidden  # noqa: PLC0415
    from tests.signing_in import sign_in  # noqa: PLC0415

    clinic = make_clinic()
    nurse = make_staff(clinic)
    forgetful = (make_staff(clinic, f"Nurse {number}") for number in range(1000))
    treatment = make_treatment(nurse, performed_at=at - timedelta(days=4))
    phone, desk = sign_in(Client(), treatment.patient), Client()
    numbers = iter(range(1000))

    def visit() -> None:
        path = f"/log/{treatment.pk}/?again={next(numbers)}"
        page = phone.get(path).content.decode()
        form = {name: hidden(page, name) for name in ("key", "for_date")}
        form |= {"overall_change": "better", "pain": "1", "redness": "mild"}
        form |= {"swelling": "none", "signs": "none"}
        forgotten = reverse("account_reset_password")
        for ask in (
            lambda: phone.post(path, form),
            lambda: desk.post(forgotten, {"email": next(forgetful).login.email}),
        ):
            began = monotonic()
            status = ask().status_code
            heard(status, monotonic() - began)

    return visit
