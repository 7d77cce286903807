"""The devices on which somebody is signed in, and signing them out from afar."""

from __future__ import annotations

from typing import Any

from allauth.usersessions import views as devices
from allauth.usersessions.adapter import get_adapter
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from aftercare.showing.devices import device_words

from .own_account import own_account


class Devices(devices.ListUserSessionsView):
    """One row for each device. A button ends one of them, another all but this one."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        rows = [(one, device_words(one.user_agent)) for one in context["sessions"]]
        return context | {"devices": rows, "zone": self.request.clinic.zone}

    def form_valid(self, form: Any) -> HttpResponse:
        chosen = self.request.POST.get("device", "")
        if not chosen:
            return super().form_valid(form)
        mine = self.request.user.usersession_set.all()
        ended = [one for one in mine if str(one.pk) == chosen and not one.is_current()]
        get_adapter().end_sessions(ended)
        if ended:
            messages.success(self.request, "That device is signed out.")
        return redirect("usersessions_list")


all_devices = own_account(Devices.as_view())
