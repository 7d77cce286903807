"""Signing in and out. Staff use e-mail and password."""

from __future__ import annotations

from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from aftercare.forms.account import SignInForm
from aftercare.second_wall.standing import outside_the_wall

sign_in = LoginView.as_view(
    template_name="account/login.html",
    authentication_form=SignInForm,
    redirect_authenticated_user=True,
)


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The first page of whoever is signed in."""
    if getattr(request, "staff", None):
        return redirect("queue")
    return redirect("today" if getattr(request, "patient", None) else "landing")


@outside_the_wall
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session on this device."""
    logout(request)
    return redirect("landing")
