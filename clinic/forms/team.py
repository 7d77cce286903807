"""Inviting a colleague, and which roles somebody has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms

from aftercare.forms.layout import Questions
from aftercare.forms.widgets import SignList
from aftercare.services.invite_staff import Invitee
from clinic.forms.follow_up import without_form_tag
from clinic.forms.seen import Seen
from clinic.forms.treatment import beside
from clinic.role_words import EXPLAINED, ROLES

if TYPE_CHECKING:
    from aftercare.models import StaffMember


def roles_field() -> forms.MultipleChoiceField:
    """Every role with what it means; several may be ticked."""
    return forms.MultipleChoiceField(
        label="Roles",
        help_text="Tick all that fit. In a small clinic one person has several.",
        choices=tuple(ROLES.items()),
        widget=SignList(hints=EXPLAINED),
        error_messages={"required": "Tick at least one role."},
    )


class Invite(forms.Form):
    """Somebody new."""

    name = forms.CharField(
        label="Name, as patients read it",
        max_length=120,
        error_messages={"required": "Enter the name."},
    )
    email = forms.EmailField(
        label="Their own e-mail address",
        max_length=254,
        error_messages={
            "required": "Enter the e-mail address.",
            "invalid": "Enter an e-mail address, for example name@clinic.example.",
        },
    )
    roles = roles_field()

    @property
    def helper(self) -> FormHelper:
        who = Questions(beside("name", "email"), "roles")
        return without_form_tag(who, Submit("", "Send the invitation"))

    @property
    def invitee(self) -> Invitee:
        data = self.cleaned_data
        return Invitee(data["name"], data["email"], frozenset(data["roles"]))


class Roles(Seen):
    """Which roles somebody has from now on."""

    roles = roles_field()

    @property
    def helper(self) -> FormHelper:
        return without_form_tag("version", Questions("roles"), Submit("", "Save roles"))


def roles_now(member: StaffMember) -> dict[str, Any]:
    """Somebody's roles as the form shows them."""
    ticked = [role for role in ROLES if getattr(member, role)]
    return {"roles": ticked, "version": member.version}
